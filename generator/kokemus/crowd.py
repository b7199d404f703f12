"""The crowd on a day: the rule for it, the edition that says what is shown of it, and the one that would follow."""

from datetime import date

from kokemus import consent, edition, succession
from kokemus.anonymity import Rule
from kokemus.cells import Cells
from kokemus.edition import Edition
from kokemus.explanation import Situation
from kokemus.inputs import Inputs
from kokemus.parameters import parameters
from kokemus.problems import Problem, errors
from kokemus.succession import Waiting


def rule(inputs: Inputs, on: date) -> Rule:
    """The rule for the crowd that counts on the day."""
    members = consent.crowd(inputs.profiles, on, inputs.vocabulary)
    chosen, house = (
        ({}, frozenset()) if not inputs.settings else (inputs.settings.anonymity, inputs.settings.house_topics)
    )
    return Rule(Cells.of(members, inputs.vocabulary), parameters(len(members), chosen), house)


def following(inputs: Inputs, previous: Edition | None, on: date) -> tuple[Edition, tuple[Waiting, ...]]:
    """The edition that follows on the day, and the changes that wait."""
    newcomers = consent.newcomers(inputs.profiles, on, previous.day) if previous else 0
    return succession.following(previous, rule(inputs, on), on, newcomers)


def current(inputs: Inputs, on: date) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition in force, and what is wrong with its lock file; a warning where there is none yet.

    A file without the checksum that ``kokemus edition`` writes must at least be what the profiles of its day allow.
    """
    if inputs.edition:
        found, problems = edition.read(inputs.edition, inputs.vocabulary, on)
        if found and not found.sealed and not errors(inputs.problems):
            problems += edition.unsupported(inputs.edition.path, found, rule(inputs, found.day))
        return (None if errors(problems) else found), problems
    broken = any(found.path == inputs.lock for found in (*inputs.problems, *inputs.left_out))
    return None, () if broken or not inputs.documents else (Problem("no-edition", inputs.lock),)


def situation(inputs: Inputs, on: date) -> Situation:
    """All that decides what is shown on the day, for the coordinator."""
    standing, _ = current(inputs, on)
    _, waiting = following(inputs, standing, on)
    return Situation(on, inputs.profiles, standing, rule(inputs, on), waiting, inputs.vocabulary)
