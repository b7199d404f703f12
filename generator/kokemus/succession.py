"""How one edition follows another, so that nobody can tell from the difference who came or who left.

Two publications of changing people can be compared (sequential release: Xiao, Tao, SIGMOD 2007). So what a single
person's coming or leaving would change waits until enough others who match the same combination have come or left, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kokemus.anonymity import Rule
from kokemus.edition import Edition, Gathered
from kokemus.statement import Statement, closed

_NONE = Gathered(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that the profiles would make: how many have come or left who would hide it, of how many needed.

    With enough of them it waits for a wider statement.
    """

    statement: Statement
    enters: bool
    gathered: int
    needed: int


def gather(previous: Edition | None, rule: Rule, newcomers: int) -> Mapping[Statement, Gathered]:
    """For each combination who came and who left since its last refresh, as counts.

    ``newcomers`` are the members who were admitted after the day of the previous edition. Who left is told by the count
    of that edition, so that a deleted file and a changed offer count too; what cannot be explained otherwise has come.
    A combination that a sealed edition has no count of was matched by fewer than k then: whoever is entered after a
    first edition that was made too early comes, whatever day his file tells.
    """
    before = previous.gathered if previous else {}
    most = previous.rule.k - 1 if previous and previous.sealed else rule.cells.everyone.bit_count()
    found: dict[Statement, Gathered] = {}
    for combination, members in rule.cells.combinations(rule.parameters.k):
        found[combination] = _counted(before.get(combination), members, newcomers, most)
    for combination, known in before.items():
        if combination not in found:
            members = rule.cells.group(**combination.dimensions).members
            found[combination] = _counted(known, members, newcomers, most)
    if previous is None:
        return {combination: Gathered(0, 0, counts.matching) for combination, counts in found.items()}
    return found


def _counted(before: Gathered | None, members: int, newcomers: int, most: int) -> Gathered:
    """The counts of a combination of which at most ``most`` matched where none are known."""
    matching = members.bit_count()
    came = max((members & newcomers).bit_count(), matching - (before.matching if before else most))
    if before is None:
        return Gathered(came, 0, matching)
    return Gathered(before.joined + came, before.left + before.matching + came - matching, matching)


def following(previous: Edition | None, rule: Rule, day: date, newcomers: int) -> tuple[Edition, tuple[Waiting, ...]]:
    """The edition of a day, and the changes that wait.

    A statement enters when at least c matching people have come, leaves when at least c have left; its parents come
    with it or keep it out. What follows is thus a function of the edition before, of what the day's crowd may publish,
    and of how many came and left, which others can count themselves: it tells nothing that these do not.
    """
    gathered = gather(previous, rule, newcomers)
    old = previous.crowd if previous else frozenset[Statement]()
    wanted = rule.statements()
    crowd = _changed(old, wanted, gathered, rule) if previous else wanted
    waiting = tuple(_waiting(crowd, wanted, gathered, rule.parameters.c))
    refreshed = {statement.combination for statement in crowd ^ old} if previous else frozenset[Statement]()
    kept = {
        combination: Gathered(0, 0, counts.matching) if combination in refreshed else counts
        for combination, counts in gathered.items()
        if counts != _NONE
    }
    return Edition(day, rule.parameters, crowd, kept), waiting


def _changed(
    was: frozenset[Statement], wanted: frozenset[Statement], gathered: Mapping[Statement, Gathered], rule: Rule
) -> frozenset[Statement]:
    """What is left of the last edition, with its parents, and what may enter, coarsest first."""
    least = rule.parameters.c
    ancestors = rule.cells.vocabulary.ancestors

    def counts(statement: Statement) -> Gathered:
        return gathered.get(statement.combination, _NONE)

    shown = set(closed((found for found in was if found in wanted or counts(found).left < least), ancestors))
    for statement in sorted(wanted - shown, key=lambda found: len(closed([found], ancestors))):
        if counts(statement).joined >= least and shown.issuperset(statement.parents(ancestors)):
            shown.add(statement)
    return frozenset(shown)


def _waiting(
    crowd: frozenset[Statement], wanted: frozenset[Statement], gathered: Mapping[Statement, Gathered], needed: int
) -> Iterator[Waiting]:
    for statement in sorted(wanted - crowd):
        yield Waiting(statement, True, gathered.get(statement.combination, _NONE).joined, needed)
    for statement in sorted(crowd - wanted):
        yield Waiting(statement, False, gathered.get(statement.combination, _NONE).left, needed)
