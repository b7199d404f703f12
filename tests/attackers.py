"""Attackers who know everything about the experts but who holds which topic, and the rule with all its parameters.

A *world* is a set of members who might hold a topic, as a number: bit i for the i-th member. An attacker keeps those
worlds that would have given the publication that was seen; what all of them agree on is certain. Topics are published
one by one, so they are attacked one by one. ``python -m tests.attackers`` prints what the attackers find.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from kokemus.anonymity import Rule
from kokemus.blocks import divided
from kokemus.cells import Cells, Member, bits, positions
from kokemus.edition import Edition
from kokemus.parameters import Parameters, parameters
from kokemus.statement import Statement, closed
from kokemus.succession import following
from kokemus.vocabulary import Terms
from tests.crowds import LAPLAND, NEARBY, TOPICS, choosy, crowd, holding

Worlds = NDArray[np.uint16]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int8]
Combinations = frozenset[Statement]
Model = cp_model.CpModel
Bool = cp_model.BoolVarT
Count = cp_model.IntVar
LARGEST = 16
FIRST, SECOND = date(2026, 10, 1), date(2027, 1, 1)


@dataclass(frozen=True)
class Tally:
    """Of so many pairs of an expert and a topic, how many an attacker is certain are held, or are not.

    ``highest`` is the greatest
    share of worlds in which a pair that is not certain is held; ``statements`` counts what was published.
    """

    pairs: int = 0
    held: int = 0
    lacking: int = 0
    highest: float = 0.0
    statements: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.pairs + other.pairs,
            self.held + other.held,
            self.lacking + other.lacking,
            max(self.highest, other.highest),
            self.statements + other.statements,
        )

    @property
    def certain(self) -> float:
        """The share of certain pairs, held or not."""
        return (self.held + self.lacking) / self.pairs


def tally(worlds: Worlds, members: Sequence[int], statements: int = 0) -> Tally:
    """What the worlds that are left agree on about some members."""
    shares = [float((worlds >> np.uint16(member) & 1).mean()) for member in members]
    highest = max((share for share in shares if share < 1), default=0.0)
    return Tally(len(shares), shares.count(1), shares.count(0), highest, statements)


@dataclass(frozen=True)
class Insider:
    """Knows each member's languages, places, formats and audiences, the rule and the blocks that it makes.

    Which of their formats and audiences the holders offer with a topic is not known (any of them), or, with
    ``knows_offers``, known to be all.
    """

    cells: Cells
    rule: Parameters
    knows_offers: bool = False

    @cached_property
    def worlds(self) -> Worlds:
        size = self.cells.everyone.bit_length()
        if size > LARGEST:
            raise ValueError(f"{size} members have too many worlds to look at each")
        return np.arange(1 << size, dtype=np.uint16)

    @cached_property
    def combinations(self) -> Mapping[Statement, int]:
        """What k or more members match, coarsest first; nothing else can be published."""
        ancestors = self.cells.vocabulary.ancestors
        found = self.cells.combinations(self.rule.k)
        return dict(sorted(found, key=lambda pair: len(closed([pair[0]], ancestors))))

    @cached_property
    def blocks(self) -> Sequence[int]:
        return tuple(map(bits, divided(self.cells, self.rule.block)))

    def possible(self, seen: Combinations) -> Mask:
        """Which worlds would have given this publication of a topic.

        Where offers are not known, a world is possible if some choice of offers gives the publication, and one choice
        is enough to try: all holders offer what is published, and nothing else is offered.
        """
        held = [np.bitwise_count(self.worlds & np.uint16(block)).astype(np.int8) for block in self.blocks]
        caps = [max(0, block.bit_count() - self.rule.g) for block in self.blocks]
        capped = [np.minimum(count, cap) for count, cap in zip(held, caps, strict=True)]
        filled = [
            np.where(count >= cap, block.bit_count(), count)
            for count, cap, block in zip(held, caps, self.blocks, strict=True)
        ]
        nothing, fits = self._published(capped, filled, seen)
        none_over = np.logical_and.reduce([count <= cap for count, cap in zip(held, caps, strict=True)])
        exact = self._published(held, held, seen)[1] if self.rule.g else fits  # without a guard blocks are never full
        instead = np.where(none_over, exact, not seen)
        return np.where(nothing, instead, fits)

    def _published(self, fewest: Sequence[Counts], most: Sequence[Counts], seen: Combinations) -> tuple[Mask, Mask]:
        """In which worlds nothing is published, and in which this is, with so many holders in each block.

        Combinations that equally many of each block match are asked together, for they have the same answer.
        """
        ancestors = self.cells.vocabulary.ancestors
        shown: dict[Statement, Mask] = {}
        fits = np.ones(len(self.worlds), bool)

        @cache
        def passing(matching: tuple[int, ...]) -> Mask:
            least, greatest = np.zeros_like(fewest[0]), np.zeros_like(most[0])
            for block, inside, few, many in zip(self.blocks, matching, fewest, most, strict=True):
                if inside:
                    least += np.maximum(0, few - (block.bit_count() - inside))
                    greatest += np.minimum(many, inside)
            return (least >= self.rule.k) & (greatest <= self.rule.most(sum(matching)))

        for combination, members in self.combinations.items():
            if not self.knows_offers and combination not in seen and by_offer(combination):
                continue
            passes = passing(tuple((block & members).bit_count() for block in self.blocks))
            for parent in combination.parents(ancestors):
                passes = passes & shown[parent]
            shown[combination] = passes
            fits &= passes == (combination in seen)
        return ~shown[Statement("")], fits


def by_offer(combination: Statement) -> bool:
    """Whether matching it depends on what is offered with the topic."""
    return bool(combination.format or combination.audience)


def seen(rule: Rule, topic: str) -> Combinations:
    """What is published of a topic, as combinations."""
    return frozenset(statement.combination for statement in rule.publishable(topic))


def attacked(members: Sequence[Member], rule: Parameters, knows_offers: bool = False) -> Tally:
    """What an insider finds out from all that a crowd publishes."""
    cells = Cells.of(members, LAPLAND)
    insider = Insider(cells, rule, knows_offers)
    found = Tally()
    for topic in TOPICS:
        published = seen(Rule(cells, rule), topic)
        possible = insider.possible(published)
        if not possible[cells.topics.get(topic, 0)]:
            raise ValueError("the attacker gave up the real world")
        found += tally(insider.worlds[possible], range(len(members)), len(published))
    return found


def every_combination(cells: Cells, least: int) -> frozenset[int]:
    """Who matches any language, place, format and audience together, for all that enough people match."""
    kinds = (cells.languages, cells.where, cells.formats, cells.audiences)
    found = {cells.everyone}
    for kind in kinds:
        found |= {members & more for members, more in product(found, kind.values())}
        found = {members for members in found if members.bit_count() >= least}
    return frozenset(found)


def attacked_naive(members: Sequence[Member], k: int) -> Tally:
    """What an insider finds out where every combination is published that k share, two topics together included.

    A pair of topics tells of the one what is certain about the other, so each is asked again until nothing changes.
    """
    cells = Cells.of(members, LAPLAND)
    combinations = [np.uint16(matching) for matching in every_combination(cells, k)]
    truth = {topic: np.uint16(cells.topics.get(topic, 0)) for topic in TOPICS}
    worlds = {topic: np.arange(1 << len(members), dtype=np.uint16) for topic in TOPICS}
    statements = 0
    for topic, combination in product(TOPICS, combinations):
        shown = np.bitwise_count(truth[topic] & combination) >= k
        worlds[topic] = worlds[topic][(np.bitwise_count(worlds[topic] & combination) >= k) == shown]
        statements += int(shown)
    before = 0
    while before != (now := sum(map(len, worlds.values()))):
        before = now
        for topic, other in product(TOPICS, TOPICS):
            surely, maybe = np.bitwise_and.reduce(worlds[other]), np.bitwise_or.reduce(worlds[other])
            for combination in combinations if topic != other else ():
                if np.bitwise_count(truth[topic] & truth[other] & combination) >= k:
                    fits = np.bitwise_count(worlds[topic] & maybe & combination) >= k
                else:
                    fits = np.bitwise_count(worlds[topic] & surely & combination) < k
                worlds[topic] = worlds[topic][fits]
    found = (tally(left, range(len(members))) for left in worlds.values())
    return sum(found, Tally(statements=statements))


def worlds_that_differ(size: int, known: Callable[[Model, Sequence[Bool]], None], truth: int) -> Iterator[int]:
    """Worlds that fit what is known, each with some member who is other than in truth and than in all worlds before.

    What none of them has changed is certain.
    """
    model = cp_model.CpModel()
    holds = [model.new_bool_var("") for _ in range(size)]
    known(model, holds)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.cp_model_probing_level = 0  # preparing these small models takes longer than solving them
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    left = set(range(size))
    while left:
        asked = model.clone()
        asked.add_bool_or([~holds[member] if truth >> member & 1 else holds[member] for member in sorted(left)])
        if solver.solve(asked) == cp_model.INFEASIBLE:
            return
        world = sum(solver.boolean_value(held) << member for member, held in enumerate(holds))
        left -= set(positions(world ^ truth))
        yield world


def republishing(cells: Cells, rule: Parameters, published: Combinations) -> Callable[[Model, Sequence[Bool]], None]:
    """That a crowd publishes this of a topic with its full blocks as full, for some choice of offers.

    This is the whole rule but for what it publishes only of crowds without full blocks, which larger crowds hardly do.
    """
    blocks, ancestors = tuple(map(bits, divided(cells, rule.block))), cells.vocabulary.ancestors

    def known(model: Model, holds: Sequence[Bool]) -> None:
        counts = [sum(holds[member] for member in positions(block)) for block in blocks]

        @cache
        def overlap(at: int, inside: int) -> tuple[Count, Count]:
            """How many holders a block has inside a combination that so many of it match, at least and at most."""
            size = blocks[at].bit_count()
            cap = max(0, size - rule.g)
            few = [max(0, min(held, cap) - size + inside) for held in range(size + 1)]
            many = [min(inside, size if held >= cap else held) for held in range(size + 1)]
            found = model.new_int_var(0, size, ""), model.new_int_var(0, size, "")
            model.add_element(counts[at], few, found[0])
            model.add_element(counts[at], many, found[1])
            return found

        for combination, members in sorted(cells.combinations(rule.k)):
            shown = combination in published
            if not shown and (by_offer(combination) or not published.issuperset(combination.parents(ancestors))):
                continue
            pairs = [
                overlap(at, inside) for at, block in enumerate(blocks) if (inside := (block & members).bit_count())
            ]
            least, most = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
            supported, guarded = model.new_bool_var(""), model.new_bool_var("")
            model.add(least >= rule.k).only_enforce_if(supported)
            model.add(least < rule.k).only_enforce_if(~supported)
            model.add(most <= rule.most(members.bit_count())).only_enforce_if(guarded)
            model.add(most > rule.most(members.bit_count())).only_enforce_if(~guarded)
            if shown:
                model.add_bool_and([supported, guarded])
            else:
                model.add_bool_or([~supported, ~guarded])

    return known


def searched(members: Sequence[Member], rule: Parameters) -> Tally:
    """What an insider finds out from a crowd too large for looking at each world."""
    cells = Cells.of(members, LAPLAND)
    found = Tally()
    for topic in TOPICS:
        published, truth = seen(Rule(cells, rule), topic), cells.topics.get(topic, 0)
        certain = cells.everyone
        for world in worlds_that_differ(len(members), republishing(cells, rule, published), truth):
            if seen(Rule(holding(cells, topic, world, published), rule), topic) != published:
                raise ValueError("the search found a world that does not give the publication")
            certain &= ~(world ^ truth)
        found += _proven(len(members), certain, truth, len(published))
    return found


def searched_naive(members: Sequence[Member], k: int) -> Tally:
    """The same where every combination with one topic is published that k share."""
    cells = Cells.of(members, LAPLAND)
    combinations = sorted(every_combination(cells, k))
    found = Tally()
    for topic in TOPICS:
        truth = cells.topics.get(topic, 0)
        shown = [(truth & combination).bit_count() >= k for combination in combinations]

        def known(model: Model, holds: Sequence[Bool], shown: Sequence[bool] = shown) -> None:
            for combination, yes in zip(combinations, shown, strict=True):
                count = sum(holds[member] for member in positions(combination))
                model.add(count >= k if yes else count < k)

        certain = cells.everyone
        for world in worlds_that_differ(len(members), known, truth):
            certain &= ~(world ^ truth)
        found += _proven(len(members), certain, truth, sum(shown))
    return found


def _proven(size: int, certain: int, truth: int, statements: int) -> Tally:
    return Tally(size, (certain & truth).bit_count(), (certain & ~truth).bit_count(), statements=statements)


@dataclass(frozen=True)
class Change:
    """Two days of an association of which an insider knows who left and who came in between; nobody else changes.

    A world is a set of ``people``: those who leave come first, those who join come last. Each offers a topic in all
    formats and for all audiences that they do, and that is known, too.
    """

    people: Sequence[Member]
    leaving: int
    joining: int

    @cached_property
    def before(self) -> Cells:
        return Cells.of(self.people[: len(self.people) - self.joining], NEARBY)

    @cached_property
    def after(self) -> Cells:
        return Cells.of(self.people[self.leaving :], NEARBY)

    @cached_property
    def worlds(self) -> Worlds:
        return np.arange(1 << len(self.people), dtype=np.uint16)

    @property
    def movers(self) -> Sequence[int]:
        """Who left or came, by position."""
        size = len(self.people)
        return (*range(self.leaving), *range(size - self.joining, size))

    @property
    def _days(self) -> Iterator[tuple[Cells, Worlds]]:
        """Both days' cells, and the part of each world that a day's publication is made of."""
        yield self.before, self.worlds & np.uint16(self.before.everyone)
        yield self.after, self.worlds >> np.uint16(self.leaving)

    def at_once(self, topic: str, rule: Parameters) -> Mask:
        """The worlds that are left where the rule of one day is published anew on each."""
        found = np.ones(len(self.worlds), bool)
        for cells, part in self._days:
            found &= Insider(cells, rule, True).possible(seen(Rule(cells, rule), topic))[part]
        return found

    def naively(self, topic: str, k: int) -> Mask:
        """The worlds that are left where every combination with one topic that k share is published on each day."""
        found = np.ones(len(self.worlds), bool)
        for cells, part in self._days:
            for combination in every_combination(cells, k):
                shown = (cells.topics.get(topic, 0) & combination).bit_count() >= k
                found &= (np.bitwise_count(part & np.uint16(combination)) >= k) == shown
        return found

    def first(self, topic: str, rule: Parameters) -> Mask:
        """The worlds that are left after the first edition alone."""
        cells, part = next(self._days)
        return Insider(cells, rule, True).possible(seen(Rule(cells, rule), topic))[part]

    def by_editions(self, topic: str, rule: Parameters) -> Mask:
        """The worlds that are left after both editions."""
        (before, _), (after, part) = self._days
        first, found = seen(Rule(before, rule), topic), self.first(topic, rule)
        second = self._second(rule, first, after.topics.get(topic, 0))
        fitting = [now for now in np.unique(part[found]) if self._second(rule, first, int(now)) == second]
        return found & np.isin(part, fitting)

    @cached_property
    def _second(self) -> Callable[[Parameters, Combinations, int], Combinations]:
        """What the second edition shows of a topic, by what the first showed and who holds it now."""
        terms = replace(NEARBY, topics=Terms({TOPICS[0]: NEARBY.topics[TOPICS[0]]}))
        before, after = replace(self.before, vocabulary=terms), replace(self.after, vocabulary=terms)
        came = after.everyone & ~(after.everyone >> self.joining)

        @cache
        def start(rule: Parameters) -> Edition:
            return following(None, Rule(before, rule), FIRST, 0)[0]

        @cache
        def second(rule: Parameters, first: Combinations, world: int) -> Combinations:
            shown = frozenset(replace(combination, topic=TOPICS[0]) for combination in first)
            now = Rule(holding(after, TOPICS[0], world), rule)
            edition, _ = following(replace(start(rule), crowd=shown), now, SECOND, came)
            return frozenset(statement.combination for statement in edition.crowd)

        return second


def counting_cards(members: Sequence[Member], carded: int, rule: Parameters) -> Tally:
    """What an insider would find out about the others if the first so many counted, whose cards show their topics."""
    cells = Cells.of(members, LAPLAND)
    insider = Insider(cells, rule)
    shown = np.uint16((1 << carded) - 1)
    found = Tally()
    for topic in TOPICS:
        fits = insider.possible(seen(Rule(cells, rule), topic))
        fits &= insider.worlds & shown == cells.topics.get(topic, 0) & shown
        found += tally(insider.worlds[fits], range(carded, len(members)))
    return found


def _support_only(rule: Parameters) -> Parameters:
    return replace(rule, d=0, h=1.0, g=0)


ATTACKS: Mapping[str, Callable[[Sequence[Member], Parameters], Tally]] = {
    "naive": lambda members, rule: attacked_naive(members, rule.k),
    "support only": lambda members, rule: attacked(choosy(members, 1), _support_only(rule)),
    "support and guard": lambda members, rule: attacked(choosy(members, 1), replace(rule, g=0)),
    "full rule": lambda members, rule: attacked(choosy(members, 1), rule),
    "full rule, offers known": lambda members, rule: attacked(members, rule, knows_offers=True),
    "naive, searched": lambda members, rule: searched_naive(members, rule.k),
    "full rule, searched": lambda members, rule: searched(choosy(members, 1), rule),
}
SIZES, LARGE = (8, 10, 12, 14), (20, 40)
SEEDS, LARGE_SEEDS = range(20), range(4)


@cache
def measured(attack: str, size: int, correlated: bool) -> Tally:
    """What an attack finds in crowds of a size, all seeds together."""
    crowds = (crowd(size, seed, correlated) for seed in (SEEDS if size in SIZES else LARGE_SEEDS))
    return sum((ATTACKS[attack](members, parameters(size, {})) for members in crowds), Tally())


FOLLOWED: Mapping[str, Callable[[Change, str, Parameters], Mask]] = {
    "first edition alone": Change.first,
    "two editions": Change.by_editions,
    "full rule at once": Change.at_once,
    "naive at once": lambda change, topic, rule: change.naively(topic, rule.k),
}
CHANGES: Mapping[str, tuple[int, int, int]] = {
    "one leaves": (9, 1, 0),
    "one comes": (8, 0, 1),
    "one leaves, one comes": (8, 1, 1),
    "two leave": (9, 2, 0),
    "two come": (8, 0, 2),
    "three leave": (10, 3, 0),
    "three come": (8, 0, 3),
}
CHANGE_SEEDS = range(2)


@cache
def followed(how: str, kind: str, c: int = 3) -> Tally:
    """What an insider finds out about those who leave and come, from both days; the statements are not counted."""
    size, leaving, joining = CHANGES[kind]
    found = Tally()
    for seed, correlated in product(CHANGE_SEEDS, (False, True)):
        change = Change(crowd(size + joining, seed, correlated), leaving, joining)
        for topic in TOPICS[::2]:
            worlds = change.worlds[FOLLOWED[how](change, topic, parameters(size, {"c": c}))]
            found += tally(worlds, change.movers)
    return found


def _row(name: str, kind: str, size: int, found: Tally, statements: float) -> str:
    shares = (f"{share / found.pairs:8.2%}" for share in (found.held, found.lacking))
    return f"{name:24} {kind:21} {size:3} {' '.join(shares)} {found.highest:8.3f} {statements:8.1f}"


def table() -> str:
    """All that the attackers find, a line for each attack, kind and size of crowd; statements are of all topics."""
    names = f"{'held':>8} {'lacking':>8} {'highest':>7} {'statements':>8}"
    lines = [f"{'':24} {'':21} {'N':>3} {names}"]
    for attack, correlated in product(ATTACKS, (False, True)):
        for size in LARGE if "searched" in attack else SIZES:
            found = measured(attack, size, correlated)
            statements = found.statements / len(SEEDS if size in SIZES else LARGE_SEEDS)
            lines.append(_row(attack, "correlated" if correlated else "independent", size, found, statements))
    for how, kind in product(FOLLOWED, CHANGES):
        lines.append(_row(how, kind, CHANGES[kind][0], followed(how, kind), 0.0))
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
