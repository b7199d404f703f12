"""The consent sheet: what would be public of one expert at each level, by the very functions that publish.

Nothing is reckoned here: each level is the site of the day with the expert at that level, less the site without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kokemus import consent, crowd, profile, publish
from kokemus.calendar import months_later
from kokemus.document import Data, Document
from kokemus.explanation import offered
from kokemus.inputs import Inputs
from kokemus.problems import Problem
from kokemus.profile import Consent, Profile
from kokemus.statement import Card, Statement

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an expert signs for. ``common`` is on the site already, by others; ``coming`` may enter the next edition.

    ``signed`` is what own permission adds, ``kept`` what it keeps on the site when the others leave.
    """

    code: str
    on: date
    until: date
    text: str
    added: tuple[Statement, ...]
    common: tuple[Statement, ...]
    coming: tuple[Statement, ...]
    signed: tuple[Statement, ...]
    kept: tuple[Statement, ...]
    card: Card | None


def sheet(inputs: Inputs, document: Document, on: date) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The sheet of a profile as if it were signed on the day; None where the profile itself is wrong.

    Only the days of signatures may be missing, since they are written after this sheet is signed.
    """
    found, problems = profile.read(replace(document, data=_dated(document.data, on)), inputs.vocabulary)
    if found is None:
        return None, problems
    signed = _signed(found, on)
    others = tuple(other for other in inputs.profiles if other.path != document.path)
    without = replace(inputs, profiles=others)

    def among(chosen: Profile) -> Inputs:
        return replace(inputs, profiles=tuple(sorted((*others, chosen), key=lambda one: one.path)))

    counted = among(replace(signed, solo=(), card=None))
    alone = among(replace(signed, card=None))
    carded = among(signed)
    before, today, permitted, shown = (publish.of_the_day(of, on)[0] for of in (without, counted, alone, carded))
    current, _ = crowd.current(inputs, on)
    following, unchanged = (crowd.following(of, current, on)[0].crowd for of in (counted, without))
    own = set(offered(signed, inputs.vocabulary))
    cards = tuple(set(shown.cards) - set(permitted.cards))
    return (
        Sheet(
            code=signed.code,
            on=on,
            until=signed.consent.review,
            text=_text(document.data),
            added=tuple(sorted(today.statements - before.statements)),
            common=tuple(sorted(own & today.statements)),
            coming=tuple(sorted((following - unchanged) - today.statements)),
            signed=tuple(sorted(permitted.statements - today.statements)),
            kept=tuple(sorted(consent.solo([signed], on, inputs.vocabulary) & today.statements)),
            card=cards[0] if cards else None,
        ),
        problems,
    )


def _dated(data: Data, on: date) -> Data:
    """The profile's data with the day where a signature's day is still missing."""
    if not isinstance(data, dict):
        return data
    dated: dict[str, Data] = {"consent": {}, **data}
    for part, key in (("consent", "given"), ("card", "consent")):
        found = dated.get(part)
        if isinstance(found, dict) and found.get(key) is None:
            dated[part] = {**found, key: on}
        elif part == "consent" and found is None:
            dated[part] = {key: on}
    return dated


def _signed(found: Profile, on: date) -> Profile:
    """The profile in consent on the day: a consent that holds stays as it is, any other is signed anew."""
    holds = consent.in_force(replace(found, pause=None), on)
    card = found.card and replace(found.card, consent=min(found.card.consent, on))
    renewed = found.consent if holds else Consent(on, months_later(on, MONTHS))
    return replace(found, consent=renewed, pause=None, admitted=min(found.admitted, on), card=card)


def _text(data: Data) -> str:
    part = data.get("consent") if isinstance(data, dict) else None
    return str(part.get("text") or "") if isinstance(part, dict) else ""


def by_topic(statements: Iterable[Statement]) -> Mapping[str, tuple[Statement, ...]]:
    """Statements under their topics, in the order in which they come."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.topic, []).append(statement)
    return {topic: tuple(known) for topic, known in found.items()}
