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
    secrets, first = tuple(secrets), dict[tuple[Problem, int], Mark]()
    for path, text, place in _texts(inputs, day.files):
        for secret, at in audit.located(text, secrets):
            found, mark = audit.as_problem(path, secret), place(at)
            first[found, mark.line] = min(mark, first.get((found, mark.line), mark))
    for (found, _), mark in first.items():
        yield replace(found, mark=mark, route=("card",) if found.path in day.files else ())
    told = {found for found, _ in first}
    for path, card in zip(day.files, day.cards, strict=True):  # a value may begin in the name and end in the text
        whole = " ".join((card.name, *(words for _, words in card.texts)))
        spread = (audit.as_problem(path, leak.secret) for leak in audit.leaks([("", whole.encode())], secrets))
        yield from dict.fromkeys(replace(found, route=("card",)) for found in spread if found not in told)


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
