"""Private values in what people wrote: cards, pages, own fees and crisis help. Found before a site is built."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from kokemus import audit
from kokemus.audit.needles import Secret
from kokemus.documents.problems import Mark, Problem
from kokemus.experts.consent import InForce
from kokemus.publication.inputs import Inputs

Place = Callable[[int], Mark]
"""From a place in a text to its place in the file."""


def private(inputs: Inputs, day: InForce, secrets: Iterable[Secret]) -> Iterator[Problem]:
    """Each private value at the line where it was written, once a line, even if several parts of it match there."""
    texts, first = [*_texts(inputs, day.files)], dict[tuple[Problem, int], Mark]()
    wholes = [(one.name, *(words for _, words in one.texts)) for one in day.cards]
    said = [*(text for _, text, _ in texts), *map(" ".join, wholes)]
    leaks = audit.leaks((("." * number, text.encode()) for number, text in enumerate(said)), secrets)
    for leak in (one for one in leaks if len(one.file) < len(texts)):
        path, text, place = texts[len(leak.file)]
        for at in audit.places(text, leak.secret):
            found, mark = audit.as_problem(path, leak.secret), place(at)
            first[found, mark.line] = min(mark, first.get((found, mark.line), mark))
    for (found, _), mark in first.items():
        yield replace(found, mark=mark, route=("card",) if found.path in day.files else ())
    told = {found for found, _ in first}
    spread = [(day.files[len(one.file) - len(texts)], one.secret) for one in leaks if len(one.file) >= len(texts)]
    for found in dict.fromkeys(audit.as_problem(*one) for one in spread):  # begun in the name, ended in the text
        if found not in told:
            yield replace(found, route=("card",))


def _texts(inputs: Inputs, with_cards: Iterable[str]) -> Iterator[tuple[str, str, Place]]:
    """The texts of these profiles' cards, of own facts and of pages, each with the path of its file."""
    cards = [one for one in inputs.documents if one.path in with_cards]
    parts = [*((one, ("card", key)) for one in cards for key in ("name", "text")), *((one, ()) for one in inputs.facts)]
    for document, keys in parts:
        for route, text in document.leaves(*keys):
            yield document.path, text, partial(document.within, route, text)
    for guide in inputs.guides:
        for text in (guide.title, guide.slug, guide.description, *guide.keywords):
            yield guide.path, text, partial(guide.place_above, text)
        yield guide.path, guide.markdown, guide.place
