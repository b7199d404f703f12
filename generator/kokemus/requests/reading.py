"""A request as it came, by e-mail or copied from a form service: its questions are known in every language."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from kokemus.request_form.questions import FIELDS, HIDDEN
from kokemus.requests.request import REFERENCE, Request
from kokemus.text import fold
from kokemus.vocabulary import Terms, Vocabulary

_LABELS = {
    " ".join(fold(word)): key
    for key, labels in {**{key: field["label"] for key, field in FIELDS.items()}, **HIDDEN}.items()
    for word in (key, *map(str, labels.values()))
}
_LINE = re.compile(r"\s*(?P<label>[^:\t]{2,90}?)\s*[:\t](?P<value>.*)")
_REMOTE = frozenset(
    " ".join(fold(label))
    for field in ("municipality", "mode")
    for option in FIELDS[field]["options"]
    if option["value"] == "remote"
    for label in (option["value"], *option["label"].values())
)


def read(text: str, vocabulary: Vocabulary, on: date) -> Request:
    """The request in a text, received on a day."""
    return of_answers(dict(_answers(text)), vocabulary, on)


def of_answers(answers: Mapping[str, str], vocabulary: Vocabulary, on: date) -> Request:
    """The request in answers by the key of their question. Every answer is kept as it came."""
    told = {key: text for key in (*FIELDS, "language") if (text := answers.get(key, "").strip())}
    reference = answers.get("reference", "").strip().upper()
    place = told.get("municipality_other") or told.get("municipality", "")
    return Request(
        reference=reference if REFERENCE.fullmatch(reference) else "",
        received=on,
        topics=tuple(dict.fromkeys(_ids(told.get("topics", ""), vocabulary.topics))),
        format=next(_ids(told.get("format", ""), vocabulary.formats), None),
        audience=next(_ids(told.get("audience", ""), vocabulary.audiences), None),
        language=next(_ids(told.get("talk_language", ""), vocabulary.languages), None),
        place=next(_ids(place, vocabulary.places), None),
        remote=any(" ".join(fold(told.get(key, ""))) in _REMOTE for key in ("municipality", "mode")),
        answers=told,
    )


def _answers(text: str) -> Iterator[tuple[str, str]]:
    """Each question that is known with its answer, beside it or on the lines below."""
    key, lines = "", list[str]()
    for line in [*text.splitlines(), "request:"]:
        found = _LINE.match(line)
        label = found["label"] if found else line
        if (new := _LABELS.get(" ".join(fold(label)), "")) or line == "request:":
            if key:
                yield key, "\n".join(lines).strip()
            key, lines = new, [found["value"]] if found else []
        else:
            lines.append(line)


def _ids(answer: str, terms: Terms) -> Iterator[str]:
    whole = terms.find(answer)
    parts = [whole] if whole else map(terms.find, re.split(r"[,;\n]", answer))
    return (id for id in parts if id)
