"""Names of people and places in a text, in all inflected forms, and other names recognised by their capital.

A form that is no everyday word is found however it is written. One that is also a word (``Toivo``, ``Salossa``) is
found only with a capital inside a sentence, since Finnish and Swedish write only names so, or if the words around it
show that it is a name. A capital inside a sentence is a name even if no table has it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kokemus.lint import organisations, phrases
from kokemus.lint.patterns import Span
from kokemus.lint.wordforms import forms, of
from kokemus.text import Word, adjoining, words

_LONGEST = 60
_CLITIC = re.compile(r"(?:kin|kaan|kään|han|hän|ko|kö|pa|pä)$")
_PEOPLE = re.compile(r"(.{2,30}?)l(?:ai|äi)(?:nen|s[a-zåäö]{0,20})")
_NATURE = re.compile(
    r"(?!(?:koti|lähi|mökki|metsä|lasket|pulkka|autio|lapsuu|kesä|teko|naapuri|raja))\w{3,20}"
    r"(?:järve|nieme|lahde|salme|koske|joe|lamme|mäe|saare|vaara|vuore|harju)(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle)"
)
_SAYS_OF_ITSELF = re.compile(
    r"olen|olin|entinen|ammatiltani|\w{0,40}vuotias|\w{0,40}l(?:ai|äi)nen"
    r"|som|är|var|blev|blivit|en|an?|was|am|as|been|become|former"
)
_DAY = re.compile(r"\s?-päivä")  # «Minna Canth -päivä»


def found(text: str, small_text: str, language: str) -> Iterator[tuple[str, Span]]:
    """The organisations, names, places and posts in a text, with their kind. They may overlap; the first one counts.

    ``small_text`` is the text in lower case.
    """
    listed = words(text)
    public = phrases.public(text, small_text)
    shown = [bool(public[word.start]) for word in listed]
    kinds = [None if known else _kind(word, language) for word, known in zip(listed, shown, strict=True)]
    for index, (word, following) in enumerate(pairwise(listed)):
        if shown[index] or shown[index + 1]:
            continue
        adjoin = text[word.end : following.start].isspace()
        small, after = word.small, following.small
        # «Toivo Virtanen»: the first word of a sentence is a name if a name follows.
        if adjoin and kinds[index] is None and small in forms().kind:
            named = kinds[index + 1] == "name" and following.capital and word.initial
            says = word.initial and word.capital and phrases.says(small_text, word.end, small)
            whole = small in of("given") and after in of("surname") and {small, after} & forms().sure
            if named or says or whole:
                kinds[index] = "name"
                kinds[index + 1] = kinds[index + 1] or ("name" if whole else None)
        if adjoin and kinds[index + 1] is None and _is_at(small, after, language):
            kinds[index + 1] = "place"
    yield from phrases.names(text, small_text)
    yield from phrases.posts(small_text)
    yield from organisations.found(text, small_text, listed, kinds, language)
    start = None
    for index, (word, kind) in enumerate(zip(listed, kinds, strict=True)):
        if kind is None:
            continue
        start = word.start if start is None else start
        last = index + 1 == len(listed) or kinds[index + 1] != kind or not adjoining(text, word, listed[index + 1])
        if last or kind == "place":
            if not _DAY.match(text, word.end):
                yield kind, (start, word.end)
            start = None
    yield from _posts(listed, language)


def _kind(word: Word, language: str) -> str | None:
    """What a word names: a place or a person; None if neither."""
    table = forms()
    if len(word.text) > _LONGEST or _harmless(word):
        return None
    if language == "fi" and (match := _PEOPLE.fullmatch(word.small)) and match.group(1) in of("demonym"):
        return "place"
    for form in _readings(word.small, language):
        kind = table.kind.get(form)
        if kind is None:
            continue
        large = word.text.isupper() and len(word.text) > 1
        if word.capital and not large and (not word.initial or _starts_as_name(form, language)):
            return kind
        if language == "fi" and len(form) > 3 and form in table.small:
            return kind
        if kind == "place" and len(form) > 4 and form in table.small and form in table.lemmas:
            return kind
    if word.text.partition(":")[0].isupper():
        return None
    if word.capital and not word.initial:
        return "name"
    if word.capital and re.search(r"-[A-ZÅÄÖ][a-zåäö]", word.text):
        return "place"
    return "place" if language == "fi" and _NATURE.fullmatch(word.small) else None


def _readings(small: str, language: str) -> Iterator[str]:
    """The forms that a word may be, most likely first: as written, without an ending, its first part."""
    yield small
    if language == "fi":
        yield _CLITIC.sub("", small)
    elif language == "en":
        yield re.sub(r"['’]s$", "", small)
    elif len(small) > 4:
        yield small.removesuffix("s")
    if "-" in small:
        yield small.partition("-")[0]


def _starts_as_name(form: str, language: str) -> bool:
    table = forms()
    if language == "fi":
        return form in table.sure
    return form in table.lemmas and form not in of("word-sv", "word-en")


def _is_at(small: str, after: str, language: str) -> bool:
    """Whether a word is a place because of the preposition before it: «i vasa», «in pori»."""
    return (
        language in ("sv", "en")
        and small in ("i", "in", "från", "from", "till", "to", "near", "nära")
        and after in of("place", "place-as-is")
        and after in forms().lemmas
        and after not in of("word-sv", "word-en")
    )


def _harmless(word: Word) -> bool:
    """Whether a word with a capital identifies nobody."""
    if not word.capital:
        return False
    small = word.small
    first = re.split(r"[-'’]", small)[0]
    known = of("harmless", "harmless-as-is")
    if len(first) == 1 and "-" in word.text and word.text[2:].islower():
        return True
    return bool({small, first, _CLITIC.sub("", small), small.removesuffix("s")} & known)


def _posts(listed: Sequence[Word], language: str) -> Iterator[tuple[str, Span]]:
    """What people say they are or were: a ``post`` that few hold in a municipality, or an occupation."""
    for before, word in pairwise(listed):
        small = word.small
        own = _SAYS_OF_ITSELF.fullmatch(before.small) or (language == "fi" and small.endswith(("na", "nä")))
        if own and (small in of("office") or small in of("office-as-is")):
            yield "post", (word.start, word.end)
        elif own and (small in of("occupation") or small in of("occupation-as-is")):
            yield "occupation", (word.start, word.end)
