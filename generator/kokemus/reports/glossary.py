"""Search in the vocabulary, for the coordinator: by any word of a name, in any inflected form."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain

from kokemus import resources
from kokemus.text import in_language
from kokemus.vocabulary import Term, Terms
from kokemus.website import search
from kokemus.website.names import ALIKE, EXACT, folded

_TONGUES = ("fi", "sv", "en")
_STEM = 5
"""This many first letters identify a word, whatever ending follows."""


def found(terms: Terms, text: str) -> tuple[Term, ...]:
    """The terms whose names contain every word of a text.

    If there are none: those that the text lists, else those whose description contains it, else the one with the most
    similar name.
    """
    words = folded(text).split()
    named = [term for term in terms.values() if _has(" ".join(term.names), words)]
    if named := named or [terms[id] for id in terms.several(text)]:
        return tuple(named)
    if described := [term for term in terms.values() if _has(" ".join(term.texts.get("about", {}).values()), words)]:
        return tuple(described)
    near = terms.nearest(text)
    return (near[1],) if near else ()


def everyday(kind: str, text: str) -> tuple[str, ...]:
    """The terms of a kind that the site's search finds by everyday words, those that match most words first."""
    words, explained = folded(text).split(), dict[str, set[str]]()
    for name, phrases in search.further().items():
        section, _, id = name.partition("/")
        for phrase in chain.from_iterable(phrases.values()) if section == kind else ():
            met = [{word for word in words if _stands_for(part, word)} for part in folded(phrase).split()]
            if all(met):
                explained.setdefault(id, set()).update(*met)
    return tuple(sorted(explained, key=lambda id: -len(explained[id])))


def lines(terms: Terms, shown: tuple[Term, ...], language: str) -> Iterator[str]:
    """Each term's id and labels; on the next line its synonyms in the coordinator's language."""
    width = max(map(len, terms), default=0)
    for term in shown:
        yield f"{term.id:{width}}  {' · '.join(term.label(tongue) for tongue in _TONGUES)}"
        if term.synonyms:
            yield f"{'':{width}}  ({', '.join(in_language(term.synonyms, language, *_TONGUES))})"


@cache
def _alike() -> Mapping[str, Mapping[str, list[str]]]:
    """Words that stand for one another, by the name of their group and by language."""
    found: Mapping[str, Mapping[str, list[str]]] = resources.texts("public/search/search")["alike"]
    return found


def _stands_for(part: str, word: str) -> bool:
    """Whether a part of a search phrase matches a word, both folded.

    A part with a star matches words with any ending, and one such as ``@kin`` any word of that group.
    """
    if not part.startswith(ALIKE):
        return fnmatchcase(word, part.removesuffix(EXACT))
    groups = ("kin", "parent") if part == "@kin" else (part.removeprefix(ALIKE),)
    return any(_stands_for(folded(one), word) for group in groups for said in _alike()[group].values() for one in said)


def _has(names: str, words: list[str]) -> bool:
    """Whether each word occurs in the names: whole, as part of a word, or with another ending."""
    whole = folded(names)
    known = whole.split()
    return all(word in whole or (len(word) > _STEM and _begins(word, known)) for word in words)


def _begins(word: str, known: list[str]) -> bool:
    """Whether a name has the same stem as the word."""
    stem = word[: max(_STEM, len(word) * 2 // 3)]
    return any(name.startswith(stem) for name in known)
