"""Profiles that wait for a signature: a state of its own, not a mistake. Nothing of them counts or shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, errors
from kokemus.vocabulary.node import Node

_ANY_DAY = date(2100, 1, 1)


def is_unsigned(document: Document) -> bool:
    """Whether the day of the consent is left open. A consent that has been withdrawn was signed once."""
    consent = document.at(("consent",))
    if not isinstance(consent, dict) or consent.get("given") is not None or "withdrawn" in consent:
        return False
    return not Node(document, [], ("consent", "given")).is_comment()


def paths(problems: Iterable[Problem]) -> frozenset[str]:
    """The paths of the profiles that lack nothing but a signature."""
    problems = tuple(problems)
    return frozenset(one.path for one in problems if one.code == "unsigned") - {one.path for one in errors(problems)}


def dated(document: Document, on: date) -> Document:
    """The profile with the day filled in wherever a date of signature is missing."""
    return replace(document, data=_dated(document.data, on, has_key=False))


def as_if_signed(document: Document) -> Document:
    """The profile with some day that fits the others, so that everything else can be read and checked."""
    review = document.at(("consent", "review"))
    day = review if isinstance(review, date) else _ANY_DAY
    return replace(document, data=_dated(document.data, day, has_key=True))


def _dated(data: Data, on: date, has_key: bool) -> Data:
    """The data with the day filled in. With ``has_key``, a card gets it only if it has the key."""
    if not isinstance(data, dict):
        return data
    dated: dict[str, Data] = {"consent": {}, **data}
    for part, key in (("consent", "given"), ("card", "consent")):
        found = dated.get(part)
        is_open = isinstance(found, dict) and found.get(key) is None
        if is_open and isinstance(found, dict) and (key in found or part == "consent" or not has_key):
            dated[part] = {**found, key: on}
        elif part == "consent" and found is None:
            dated[part] = {key: on}
    return dated
