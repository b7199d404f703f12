"""The papers for data protection and for the next coordinator, filled in with what the association has told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kokemus import resources
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import messages, paper
from kokemus.reports.paper import Page
from kokemus.reports.particulars import Facts
from kokemus.website.wording import day

PAPERS: Mapping[str, Any] = resources.texts("coordinator/texts/officer")


def papers(inputs: Inputs, crowd: Crowd, facts: Facts, language: str) -> Iterator[tuple[str, Page]]:
    """Each paper by its name."""
    whole = {**facts, **_numbers(inputs.profiles, crowd, language)}
    for name, content in PAPERS.items():
        yield name, paper.document(content, whole, inputs.vocabulary, language)


def _numbers(profiles: Sequence[Profile], crowd: Crowd, language: str) -> Facts:
    """What the day tells: how many there are, how strict the rule is, when it was last used."""
    on, edition = crowd.in_force.on, crowd.edition
    none = messages.say("report.none", language)
    rule = crowd.parameters.at_look(crowd.clock.size, edition.parameters.k if edition else 0)
    lapse = consent.next_lapse(profiles, on)
    return {
        "day": day(on, language),
        "people": str(len(profiles)),
        "size": str(crowd.clock.size),
        "look": str(edition.look if edition else 0),
        "looked": day(edition.looked, language) if edition and edition.looked else none,
        "lapse": day(lapse, language) if lapse else none,
        **{name: str(getattr(rule, name)) for name in ("k", "c", "months", "floor")},
        **{name: f"{getattr(rule, name):.0%}".replace("%", "\N{NO-BREAK SPACE}%") for name in ("person", "item")},
    }
