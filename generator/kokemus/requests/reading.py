"""Read requests from e-mails and form services' tables. The form's questions are recognised in every language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kokemus import resources
from kokemus.request_form.questions import FIELDS, HIDDEN
from kokemus.requests.request import REFERENCE, Request
from kokemus.text import fold
from kokemus.vocabulary import Terms, Vocabulary

_LABELS = {
    " ".join(fold(word)): key
    for key, labels in {**{key: field["label"] for key, field in FIELDS.items()}, **HIDDEN}.items()
    for word in (key, *map(str, labels.values()), *FIELDS.get(key, {}).get("former", ()))
}
_EVERYDAY = {
    " ".join(fold(word)): key for key, words in resources.texts("coordinator/texts/labels").items() for word in words
}
_LINE = re.compile(r"\s*(?P<label>[^:\t]{2,90}?)\s*[:\t](?P<value>.*)")
_REMOTE = frozenset(
    " ".join(fold(label))
    for field in ("municipality", "mode")
    for option in FIELDS[field]["options"]
    if option["value"] == "remote"
    for label in (option["value"], *option["label"].values())
)
_REQUIRED = frozenset(key for key, field in FIELDS.items() if field.get("required"))
_FEWEST = 5
"""The headings of a table of requests have topics and at least this many required questions.

Other tables may have a few of them too.
"""
_SEARCHED = 20


def read(text: str, vocabulary: Vocabulary, on: date) -> Request:
    """The request in a text, received on a day. If the text is not a copy of the form, everyday labels count too."""
    given = dict(_answers(text, _LABELS))
    if len(given) < _FEWEST:
        given = dict(_answers(text, {**_EVERYDAY, **_LABELS}))
    return of_answers(given, vocabulary, on)


def table(rows: Sequence[Sequence[str]], vocabulary: Vocabulary, on: date) -> tuple[Request, ...] | None:
    """The requests in a form service's table; None if no row has the form's questions as headings.

    A question may have one column per language.
    """
    for row, cells in enumerate(rows[:_SEARCHED]):
        keys = [_LABELS.get(" ".join(fold(cell)), "") for cell in cells]
        if "topics" in keys and len(_REQUIRED.intersection(keys)) >= _FEWEST:
            found = (of_answers(_first(zip(keys, one, strict=False)), vocabulary, on) for one in rows[row + 1 :])
            return tuple(request for request in found if not request.is_empty)
    return None


def _first(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first non-empty answer to each question."""
    found: dict[str, str] = {}
    for key, cell in cells:
        if key and cell.strip():
            found.setdefault(key, cell.strip())
    return found


def of_answers(answers: Mapping[str, str], vocabulary: Vocabulary, on: date) -> Request:
    """The request in answers by the key of their question. Answers to the form's questions are kept as they came."""
    lines = {key: text.replace("\r\n", "\n").strip() for key, text in answers.items()}
    given = {key: lines[key] for key in (*FIELDS, "language") if lines.get(key)}
    reference = lines.get("reference", "").upper()
    place = given.get("municipality_other") or given.get("municipality", "")
    return Request(
        reference=reference if REFERENCE.fullmatch(reference) else "",
        received=on,
        topics=tuple(dict.fromkeys(_topics(given.get("topics", ""), vocabulary))),
        format=next(_ids(given.get("format", ""), vocabulary.formats), None),
        audience=next(_ids(given.get("audience", ""), vocabulary.audiences), None),
        language=next(_ids(given.get("talk_language", ""), vocabulary.languages), None),
        place=next(_ids(place, vocabulary.places), None),
        remote=any(" ".join(fold(given.get(key, ""))) in _REMOTE for key in ("municipality", "mode")),
        answers=given,
    )


def _answers(text: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each known question with its answer, which is beside it or on the lines below."""
    key, lines = "", list[str]()
    for line in [*text.splitlines(), "request:"]:
        found = _LINE.match(line)
        label = found["label"] if found else line
        if (new := labels.get(" ".join(fold(label)), "")) or line == "request:":
            if key:
                yield key, "\n".join(lines).strip()
            key, lines = new, [found["value"]] if found else []
        else:
            lines.append(line)


def _topics(answer: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The named topics. A group's name stands for all its topics, unless a topic has the same name."""
    for part in _parts(answer, vocabulary.topics):
        if topic := vocabulary.topics.find(part):
            yield topic
        elif group := vocabulary.groups.find(part):
            yield from (id for id, one in vocabulary.topics.items() if one.facts.get("group") == group)


def _ids(answer: str, terms: Terms) -> Iterator[str]:
    return (id for part in _parts(answer, terms) if (id := terms.find(part)))


def _parts(answer: str, terms: Terms) -> list[str]:
    """The items of a list. A term with a comma in its name is one item if it is the whole answer."""
    return [answer] if terms.find(answer) else re.split(r"[,;\n]", answer)
