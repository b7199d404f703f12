"""The table of forms: names, places and other words in their cases, made ahead of time (``make forms``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PLACES = ("place", "place-as-is", "country")
_PEOPLES_NAMES = ("given", "given-abroad", "surname", "surname-abroad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms of a section: which are known, and of these the ones to take with care.

    ``small`` may be found without a capital, ``sure`` at the start of a sentence, the others only inside one.
    ``lemmas`` are the uninflected ones.
    """

    kind: Mapping[str, str]
    small: frozenset[str]
    sure: frozenset[str]
    lemmas: frozenset[str]
    sections: Mapping[str, frozenset[str]]


@cache
def forms() -> Forms:
    """The table, read once."""
    kind: dict[str, str] = {}
    small: set[str] = set()
    careful: set[str] = set()
    lemmas: set[str] = set()
    sections: dict[str, set[str]] = {}
    for line in (files("kokemus") / "lint" / "forms.tsv").read_text("utf-8").splitlines()[1:]:
        section, stem, endings = line.split("\t")
        found = sections.setdefault(section, set())
        named = "place" if section in _PLACES else "name" if section in _PEOPLES_NAMES else ""
        for index, ending in enumerate(endings.split(" ")):
            form = stem + ending.lstrip("~^").rstrip(".")
            found.add(form)
            if not named:
                continue
            kind.setdefault(form, named)
            if index == 0:
                lemmas.add(form)
            if ending[0] == "~":
                careful.add(form)
            elif ending[0] != "^" and section in ("place", "given"):
                small.add(form)
    return Forms(
        kind=kind,
        small=frozenset(small - careful),
        sure=frozenset(kind.keys() - careful),
        lemmas=frozenset(lemmas),
        sections={section: frozenset(words) for section, words in sections.items()},
    )


@cache
def of(*sections: str) -> frozenset[str]:
    """The forms of some sections of the table."""
    return frozenset().union(*(forms().sections[section] for section in sections))
