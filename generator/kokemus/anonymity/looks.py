"""When a look at all items is due, decided only by days and numbers that anybody who knows who came and left knows.

The decision never depends on secret data: simulatable auditing (Kenthapadi, Mishra, Nissim, PODS 2005).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kokemus.anonymity.edition import Edition
from kokemus.anonymity.parameters import Parameters
from kokemus.anonymity.rule import Member, look
from kokemus.dates import months_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What is due on a day, and why.

    ``size`` is the size of the crowd. ``came`` and ``left`` count people since the last look. ``look_from`` is the
    first day on which the next look may be made, and ``edition_from`` that of the next edition; each is None if no
    look, or no edition, has been made yet. ``has_look`` says that a look is due, ``empties`` that the list must be
    emptied. ``new_signed`` are signed topics that the last edition lacks.
    """

    size: int
    came: int
    left: int
    look_from: date | None
    edition_from: date | None
    has_look: bool
    empties: bool
    new_signed: frozenset[str]
    on: date

    @property
    def waits(self) -> bool:
        """Whether there is anything to change, even if a month has not yet passed since the last edition."""
        return self.has_look or self.empties or bool(self.new_signed)

    @property
    def due(self) -> bool:
        """Whether an edition is due."""
        return self.waits and (self.edition_from is None or self.on >= self.edition_from)


def clock(
    previous: Edition | None, members: Sequence[Member], signed: frozenset[str], chosen: Parameters, on: date
) -> Clock:
    """What is due on a day, given that day's crowd and the signed topics of experts whose consent is in force."""
    size = len(members)
    looked = previous.looked if previous else None
    look_from = months_later(looked, chosen.months) if looked else None
    came = left = 0
    if previous and looked:
        came = max(sum(one.admitted > looked for one in members), size - previous.counted)
        left = max(0, previous.counted - sum(one.admitted <= looked for one in members))
    open_again = look_from is None or on >= look_from
    moved = look_from is None or max(came, left) >= chosen.c
    return Clock(
        size=size,
        came=came,
        left=left,
        look_from=look_from,
        edition_from=months_later(previous.day, 1) if previous else None,
        has_look=size >= chosen.floor and open_again and moved,
        empties=bool(previous and previous.listed) and size < chosen.floor and open_again,
        new_signed=signed - frozenset(previous.signed if previous else ()),
        on=on,
    )


def following(
    previous: Edition | None,
    members: Sequence[Member],
    signed: frozenset[str],
    chosen: Parameters,
    items: Mapping[str, frozenset[str]],
    on: date,
    seed: str,
    postponed: bool = False,
) -> Edition | None:
    """The edition of the day, or None if none is due. A look that is due is made unless it is ``postponed``.

    ``seed`` is 64 hex digits that nobody has used or seen before; it is used only if a look is made.
    """
    now = clock(previous, members, signed, chosen, on)
    if not now.due:
        return None
    kept = previous or Edition(day=on, parameters=chosen)
    kept = replace(kept, day=on, signed=tuple(sorted(signed)))
    if now.empties:
        return replace(kept, listed=())
    if not now.has_look or postponed:
        return kept
    parameters = chosen.at_look(now.size, kept.parameters.k if kept.look else 0)
    number = kept.look + 1
    listed = look(members, items, number, seed, parameters)
    return replace(kept, look=number, looked=on, counted=now.size, seed=seed, parameters=parameters, listed=listed)
