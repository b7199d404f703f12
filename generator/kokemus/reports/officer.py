"""The association's papers: data protection, handover and the board's report, filled in with its own facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from kokemus import resources
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import board, handover, paper, particulars
from kokemus.reports.paper import Page
from kokemus.reports.particulars import Fact, Facts
from kokemus.requests.half_years import halves
from kokemus.settings import Settings
from kokemus.website.wording import day

PAPERS: Mapping[str, Any] = resources.texts("coordinator/texts/officer")


def spoken(name: str, language: str) -> str:
    """The language in which a paper is printed: the coordinator's, or English if the paper does not exist in it."""
    return language if language in PAPERS[name]["title"] else "en"


def made(
    name: str, inputs: Inputs, settings: Settings, own: Facts, crowd: Crowd, association: str | None = None
) -> Page:
    """A paper by its name. ``own`` are the facts of ``papers.yml``, which the configuration does not have.

    If ``association`` is set, the paper is in the name of that one of the associations that share the catalogue.
    """
    language, on = spoken(name, inputs.language), crowd.in_force.on
    facts: dict[str, Fact] = {
        **particulars.of_association(settings, inputs.configuration, language, association),
        **own,
        **_numbers(inputs.profiles, crowd, language),
        **{place: getattr(inputs, place) for place in ("configuration", "experts", "docs", "lock")},
    }
    found: dict[str, Sequence[Sequence[str]]] = {}
    if name == "handover":
        found["keys"] = [*handover.keys(inputs, settings)]
        found["breaks"] = handover.breaks(inputs, on, language)
        found["due"] = [
            (day(when, language), paper.say(key, language, **values))
            for when, (key, values) in handover.due(inputs, crowd)
        ]
    if name == "year":
        found.update(board.rows(inputs, settings, on, language))
        facts |= dict(zip(("first", "second"), map(board.period, halves(on)), strict=True))
    return paper.document(PAPERS[name], facts, found, inputs.vocabulary, language)


def _numbers(profiles: Sequence[Profile], crowd: Crowd, language: str) -> Facts:
    """Numbers of the day: how many experts, how strict the anonymity rule is, and when it was last applied."""
    on, edition = crowd.in_force.on, crowd.edition
    none = paper.say("none", language)
    rule = crowd.parameters.at_look(crowd.clock.size, edition.parameters.k if edition else 0)
    lapse = consent.next_lapse(profiles, on)
    return {
        "day": day(on, language),
        "people": str(len(profiles)),
        "in_consent": str(sum(consent.holds(profile, on) for profile in profiles)),
        "size": str(crowd.clock.size),
        "look": str(edition.look if edition else 0),
        "looked": day(edition.looked, language) if edition and edition.looked else none,
        "lapse": day(lapse, language) if lapse else none,
        **{name: str(getattr(rule, name)) for name in ("k", "c", "months", "floor")},
        **{name: f"{getattr(rule, name):.0%}".replace("%", "\N{NO-BREAK SPACE}%") for name in ("person", "item")},
    }
