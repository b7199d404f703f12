"""A request: what is asked for by ids, the answers as they came, and how far the matter has got with whom."""

import re
import secrets
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from kokemus.documents.document import Data

STATES = ("asked", "accepted", "declined", "done", "debriefed")
REFERENCE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of asking an expert, by code: one of ``STATES``, and on which day."""

    expert: str
    state: str
    on: date

    @property
    def data(self) -> Data:
        return {"expert": self.expert, "state": self.state, "on": self.on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a request asks for, by ids, and ``answers`` as they came, by the key of their question: they are private.

    ``reference`` is empty until it is kept. ``marks`` are in the order in which they were made: the last one of an
    expert says how it stands. ``closed`` is the day from which nobody needs to do any more for it; ``evaluation`` is
    what the host answered after the visit.
    """

    reference: str = ""
    received: date
    topics: tuple[str, ...] = ()
    format: str | None = None
    audience: str | None = None
    language: str | None = None
    place: str | None = None
    remote: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    closed: date | None = None
    evaluation: Mapping[str, Data] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: not even for something that nobody knows yet."""
        known = self.topics or self.format or self.audience or self.place or self.remote
        return not known and not any(self.answers.get(key) for key in ("topics", "format", "audience"))

    @property
    def standing(self) -> Mapping[str, Mark]:
        """How it stands with each expert who was asked, by code."""
        return {mark.expert: mark for mark in self.marks}

    @property
    def data(self) -> dict[str, Data]:
        """The request as it is written, with what it has alone."""
        whole: dict[str, Data] = {
            "reference": self.reference,
            "received": self.received,
            "topics": list(self.topics),
            **{name: getattr(self, name) for name in ("format", "audience", "language", "place")},
            "remote": self.remote,
            "answers": dict(self.answers),
            "asked": [mark.data for mark in self.marks],
            "closed": self.closed,
            "evaluation": dict(self.evaluation),
        }
        return {name: value for name, value in whole.items() if value}


def new_reference(known: Container[str]) -> str:
    """A reference that says nothing, as the form makes one, for a request that came without."""
    while True:
        text = "".join(secrets.choice(_LETTERS) for _ in range(8))
        if (made := f"{text[:4]}-{text[4:]}") not in known:
            return made
