"""Evaluations that hosts send after visits, and the kept request that each belongs to, by its reference."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kokemus.documents.document import Data
from kokemus.request_form.questions import EVALUATION
from kokemus.requests.request import REFERENCE, Request
from kokemus.requests.store import Kept
from kokemus.requests.writing import Changes
from kokemus.text import fold

SCALES = ("served", "matched", "arranged")
"""The questions answered on a scale from 1 to 5."""
VISITED = frozenset({"done", "debriefed"})
_ANSWERS = tuple(key for key in EVALUATION.fields if key != "reference")
_LABELS = {
    " ".join(fold(word)): key
    for key, labels in {**{key: one["label"] for key, one in EVALUATION.fields.items()}, **EVALUATION.hidden}.items()
    for word in (key, *map(str, labels.values()))
}
_VALUES = {
    (key, " ".join(fold(word))): option["value"]
    for key, entry in EVALUATION.fields.items()
    for option in entry.get("options", ())
    for word in (option["value"], *option["label"].values())
}
_LINE = re.compile(r"\s*(?P<label>[^:\t]{2,90}?)\s*[:\t](?P<value>.*)")
_SEARCHED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A host's answers, by the key of the question; ``reference`` is empty if no valid one was given."""

    reference: str
    answers: Mapping[str, Data]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What becomes of evaluations, by reference.

    ``new`` has the change to make for each new one. ``known`` are references that already have an evaluation,
    ``unknown`` those of no kept request. ``without`` counts the evaluations without a reference.
    """

    new: Mapping[str, Changes | None] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    without: int = 0


def read(text: str) -> Evaluation | None:
    """The evaluation in a text with its questions beside or above the answers; None if there is none."""
    return _of(dict(_answers(text)))


def table(rows: Sequence[Sequence[str]]) -> tuple[Evaluation, ...] | None:
    """The evaluations in a form service's table, which may hold requests too; None if no row has the headings."""
    for row, cells in enumerate(rows[:_SEARCHED]):
        keys = [_LABELS.get(" ".join(fold(cell)), "") for cell in cells]
        if {"reference", *SCALES} <= {*keys}:
            found = (_of(dict(_filled(zip(keys, one, strict=False)))) for one in rows[row + 1 :])
            return tuple(one for one in found if one)
    return None


def _filled(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((key, cell) for key, cell in cells if key and cell.strip())


def _answers(text: str) -> Iterator[tuple[str, str]]:
    key, lines = "", list[str]()
    for line in [*text.splitlines(), "kind:"]:
        found = _LINE.match(line)
        if new := _LABELS.get(" ".join(fold(found["label"] if found else line)), ""):
            if key:
                yield key, "\n".join(lines).strip()
            key, lines = new, [found["value"]] if found else []
        else:
            lines.append(line)


def _of(typed: Mapping[str, str]) -> Evaluation | None:
    answers = {key: value for key in _ANSWERS if (value := _value(key, typed.get(key, "").strip())) is not None}
    return Evaluation(reference=_reference(typed.get("reference", "")), answers=answers) if answers else None


def _value(key: str, answer: str) -> Data:
    """The value of an answer: of a choice its id, of a scale its number. None for an empty or unknown choice."""
    if not answer or "options" not in EVALUATION.fields[key]:
        return answer or None
    value = _VALUES.get((key, " ".join(fold(answer))))
    return int(value) if value and key in SCALES else value


def _reference(typed: str) -> str:
    """A reference, even if typed without its dash, in lower case or with spaces; empty if it is not one."""
    signs = re.sub(r"[^A-Z0-9]", "", typed.upper())
    made = f"{signs[:4]}-{signs[4:]}"
    return made if REFERENCE.fullmatch(made) else ""


def join(came: Iterable[Evaluation], kept: Kept, on: date) -> Joined:
    """What becomes of each evaluation. If there are several for one request, the first is kept."""
    new: dict[str, Changes | None] = {}
    known, unknown, without = list[str](), list[str](), 0
    for one in came:
        request = kept.by_reference.get(one.reference)
        if not one.reference:
            without += 1
        elif request is None:
            unknown.append(one.reference)
        elif request.evaluation or one.reference in new:
            known.append(one.reference)
        else:
            new[one.reference] = {("evaluation",): {"on": on, **one.answers}}
    return Joined(new=new, known=tuple(dict.fromkeys(known)), unknown=tuple(dict.fromkeys(unknown)), without=without)


def due(requests: Iterable[Request]) -> tuple[Request, ...]:
    """The requests whose visit took place and has no evaluation yet, with the latest marks first."""
    open_ones = [one for one in requests if not one.evaluation and VISITED & {mark.state for mark in one.marks}]
    return tuple(sorted(open_ones, key=lambda one: max(mark.on for mark in one.marks), reverse=True))
