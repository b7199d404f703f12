"""The crowd on a day: the edition in force, what is due, and the next edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kokemus import anonymity
from kokemus.anonymity import Clock, Edition, Parameters
from kokemus.anonymity import edition as lock
from kokemus.documents.problems import Problem
from kokemus.experts import consent
from kokemus.experts.consent import InForce
from kokemus.publication import lost
from kokemus.publication.inputs import Inputs
from kokemus.settings.closing import Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What is true of the crowd on a day.

    ``closing`` is set from the day on which the association closes: then no consent is in force and nothing is due.
    ``items`` are the topics and groups that a look counts. ``lock`` is the path of the lock file in messages, and
    ``problems`` are those of that file. If one of them is an error, ``edition`` is None.
    """

    in_force: InForce
    closing: Closing | None = None
    edition: Edition | None
    clock: Clock
    parameters: Parameters
    items: Mapping[str, frozenset[str]]
    lock: str
    problems: tuple[Problem, ...]


def on_the_day(inputs: Inputs, on: date) -> Crowd:
    """The crowd on the day, the edition in force, and what is due."""
    closing = inputs.settings.closed_on(on) if inputs.settings else None
    in_force = consent.in_force(() if closing else inputs.profiles, on)
    edition, problems = lock.read(inputs.edition, on) if inputs.edition else (None, ())
    problems = tuple(lost.edited(inputs.folder, one, on) if one.code == "edition-changed" else one for one in problems)
    chosen = inputs.settings.anonymity if inputs.settings else Parameters()
    clock = anonymity.clock(None if closing else edition, in_force.members, in_force.signed, chosen, on)
    is_broken = any(found.path == inputs.lock for found in (*inputs.problems, *inputs.left_out))
    if not inputs.edition and clock.due and not is_broken:
        problems = (Problem(code="no-edition", path=inputs.lock),)
    return Crowd(
        in_force=in_force,
        closing=closing,
        edition=edition,
        clock=clock,
        parameters=chosen,
        items=anonymity.items(inputs.vocabulary),
        lock=inputs.lock,
        problems=problems,
    )


def following(crowd: Crowd, seed: str, postponed: bool) -> Edition | None:
    """The next edition, as of the day; None if none is due."""
    if crowd.closing:
        return None
    return anonymity.following(
        crowd.edition,
        crowd.in_force.members,
        crowd.in_force.signed,
        crowd.parameters,
        crowd.items,
        crowd.in_force.on,
        seed,
        postponed,
    )
