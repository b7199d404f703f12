"""Why something is shown or withheld, and what would change it: for the coordinator alone, never for the site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kokemus import consent
from kokemus.anonymity import Rule
from kokemus.cells import Cell
from kokemus.edition import Edition
from kokemus.profile import Profile
from kokemus.statement import Statement, closed
from kokemus.succession import Waiting
from kokemus.vocabulary import REMOTE, Vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """One statement, whether it is shown, and why: a code of ``terms/explain.yml`` with its values."""

    statement: Statement
    shown: bool
    code: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Situation:
    """All that decides what is shown on a day."""

    on: date
    profiles: tuple[Profile, ...]
    edition: Edition | None
    rule: Rule
    waiting: tuple[Waiting, ...]
    vocabulary: Vocabulary

    def reason(self, statement: Statement) -> Reason:
        """Why the statement is shown or withheld on the day."""
        if statement in consent.solo(self.profiles, self.on, self.vocabulary):
            signers = [profile.code for profile in self.profiles if self._signed(profile, statement)]
            return Reason(statement, True, "solo", {"codes": ", ".join(signers)})
        cell = self._cell(statement)
        least = self.rule.parameters
        numbers: dict[str, object] = {"count": cell.offering, "k": least.k}
        if self.edition and statement in self.edition.crowd:
            standing = self.rule.passes(cell)
            return Reason(statement, True, "crowd" if standing else "carried", numbers | {"c": least.c})
        return Reason(statement, False, *self._withheld(statement, cell, numbers))

    def _withheld(self, statement: Statement, cell: Cell, numbers: dict[str, object]) -> tuple[str, dict[str, object]]:
        least = self.rule.parameters
        if self.vocabulary.topics[statement.topic].topic_only and statement.dimensions:
            return "topic-only", numbers
        if cell.offering < least.k:
            return "support", numbers | {"missing": least.k - cell.offering}
        if not self.rule.passes(cell):
            outside = cell.group.size - cell.inside
            return "guard", numbers | {"inside": cell.inside, "outside": outside, "d": least.d}
        above = closed([statement], self.vocabulary.ancestors) - {statement}
        broken = next((found for found in sorted(above) if not self.rule.passes(self._cell(found))), None)
        if broken:
            return "parent", numbers | {"parent": broken}
        waits = next((wait for wait in self.waiting if wait.statement == statement), None)
        if waits and waits.gathered < waits.needed:
            return "waits", numbers | {"gathered": waits.gathered, "needed": waits.needed}
        if self.edition is None:
            return "no-edition", numbers
        return "blends", numbers | {"g": least.g}

    def _cell(self, statement: Statement) -> Cell:
        return self.rule.cells.cell(statement)

    def _signed(self, profile: Profile, statement: Statement) -> bool:
        signed = closed(profile.solo, self.vocabulary.ancestors)
        return consent.in_force(profile, self.on) and statement in signed


def offered(profile: Profile, vocabulary: Vocabulary) -> Iterator[Statement]:
    """The statements that an expert's offers could stand behind, topic by topic, in the places that were named."""
    where = [REMOTE] if profile.remote else []
    named = [place for place in profile.places if place in vocabulary.served]
    where += sorted({node for place in named for node in (place, *vocabulary.ancestors(place))})
    for offer in profile.offers:
        yield Statement(offer.topic)
        yield from (Statement(offer.topic, language=language) for language in profile.languages)
        for place in where:
            yield Statement(offer.topic, where=place)
            yield from (Statement(offer.topic, language=language, where=place) for language in profile.languages)
        yield from (Statement(offer.topic, audience=audience) for audience in offer.audiences)
        yield from (Statement(offer.topic, format=format) for format in offer.formats)


def standing(profile: Profile, on: date) -> str:
    """The code of what the expert's consent means on the day."""
    if on < profile.consent.given:
        return "before"
    if profile.consent.withdrawn and profile.consent.withdrawn <= on:
        return "withdrawn"
    if on > profile.consent.review:
        return "lapsed"
    if not consent.in_force(profile, on):
        return "paused"
    if profile.card:
        return "card"
    return "counts" if consent.counts(profile, on) else "not-admitted"
