"""Search in the vocabulary, for the coordinator: by any word of a name, in any inflected form."""

from collections.abc import Iterator

from kokemus.text import in_language
from kokemus.vocabulary import Term, Terms
from kokemus.website.names import folded

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


def lines(terms: Terms, shown: tuple[Term, ...], language: str) -> Iterator[str]:
    """Each term's id and labels; on the next line its synonyms in the coordinator's language."""
    width = max(map(len, terms), default=0)
    for term in shown:
        yield f"{term.id:{width}}  {' · '.join(term.label(tongue) for tongue in _TONGUES)}"
        if term.synonyms:
            yield f"{'':{width}}  ({', '.join(in_language(term.synonyms, language, *_TONGUES))})"


def _has(names: str, words: list[str]) -> bool:
    """Whether each word occurs in the names: whole, as part of a word, or with another ending."""
    whole = folded(names)
    known = whole.split()
    return all(word in whole or (len(word) > _STEM and _begins(word, known)) for word in words)


def _begins(word: str, known: list[str]) -> bool:
    """Whether a name has the same stem as the word."""
    stem = word[: max(_STEM, len(word) * 2 // 3)]
    return any(name.startswith(stem) for name in known)
