"""A request: what it asks for as ids, the answers as they came, and what became of asking each expert."""

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
    """What became of asking an expert: their code, one of ``STATES``, and the day."""

    expert: str
    state: str
    on: date

    @property
    def data(self) -> Data:
        return {"expert": self.expert, "state": self.state, "on": self.on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a request asks for, as ids, and ``answers`` as they came, by the key of their question. Answers are private.

    ``reference`` may be empty until the request is kept. ``marks`` are in the order in which they were made; the last
    one of an expert is their current state. ``closed`` is the day on which the coordinator closed the request;
    ``evaluation`` has the host's answers after the visit.
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
        """Whether it asks for nothing, not even for a topic, format or audience that the vocabulary lacks."""
        known = self.topics or self.format or self.audience or self.place or self.remote
        return not known and not any(self.answers.get(key) for key in ("topics", "format", "audience"))

    @property
    def standing(self) -> Mapping[str, Mark]:
        """The last mark of each expert who was asked, by code."""
        return {mark.expert: mark for mark in self.marks}

    @property
    def data(self) -> dict[str, Data]:
        """The request as it is written to the file, without empty values."""
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
    """A random reference, in the form's own format, for a request that came without one."""
    while True:
        text = "".join(secrets.choice(_LETTERS) for _ in range(8))
        if (made := f"{text[:4]}-{text[4:]}") not in known:
            return made
