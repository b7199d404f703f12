"""The experts' own names in hand-written pages and in cards: in any case form, as initials, as a log-in name.

A text that names an expert is an error, even if other people share the name; to mean somebody else, write their whole
name. What an association says of itself in its configuration is not a mention.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Problem, problem
from kokemus.lint.declension import is_ending, stems
from kokemus.lint.wordforms import everyday, forms, of
from kokemus.text import Word, adjoining, fold, spellings, words
from kokemus.website.guide import Guide

_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![\w.])([^\W\d_])\.\s?([^\W\d_])\.?(?!\w)")
_LOG_IN = re.compile(r"(?<![\w.@-])[a-z][a-z0-9]*(?:[._-][a-z0-9]+){0,2}(?!\w)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_JOINTS = str.maketrans("", "", "._-")
_BETWEEN = re.compile(r"[\W\d_]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an expert's name, in lower case.

    ``path`` is the file of the profile. ``family`` is true of the last of several parts.
    """

    path: str
    name: str
    family: bool


@dataclass(frozen=True, slots=True)
class Experts:
    """What the experts are called: parts of names by the stems of their case forms, initials, and log-in names.

    ``met`` holds the answers about words that were asked before, since most words are in many texts.
    """

    parts: Mapping[str, tuple[_Part, ...]]
    initials: frozenset[str]
    log_ins: frozenset[str]
    met: dict[str, tuple[_Part, ...]] = field(default_factory=dict, compare=False)


def experts(documents: Iterable[Document], known: Iterable[str]) -> Experts:
    """What the experts of these profiles are called, without words that the association says of itself (``known``)."""
    said = {word for text in known for word in fold(text)}
    parts: dict[str, list[_Part]] = defaultdict(list)
    initials: set[str] = set()
    log_ins: set[str] = set()
    for document in documents:
        for _, text in document.leaves("private", "name"):
            called = [name.lower() for name in _NAME.findall(text) if len(name) >= _SHORTEST]
            for number, name in enumerate(called):
                if not said.issuperset(fold(name)):
                    part = _Part(document.path, name, 0 < number == len(called) - 1)
                    for stem in stems(name):
                        if stem[:2] == name[:2]:
                            parts[stem].append(part)
            if len(called) > 1:
                first, last = _ascii(called[0]), _ascii(called[-1])
                initials.add(called[0][0] + called[-1][0])
                log_ins |= {first[0] + last, last + first[0], first + last[0], first + last, last + first}
    return Experts({stem: tuple(found) for stem, found in parts.items()}, frozenset(initials), frozenset(log_ins))


def problems(
    documents: Iterable[Document], guides: Iterable[Guide], known: Iterable[str], memory: Memory | None = None
) -> Iterator[Problem]:
    """Every mention of an expert in a page or a card. On their own card, experts may use the name that it shows.

    With a ``memory``, unchanged pages are not searched again for the same names.
    """
    documents, guides = tuple(documents), tuple(guides)
    everybody = experts(documents, known)

    def make() -> tuple[Problem, ...]:
        return tuple(_in_pages(guides, everybody))

    yield from memory.made("mentions", (guides, everybody), make) if memory else make()
    for document in documents:
        own = frozenset(word for _, name in document.leaves("card", "name") for word in fold(name))
        for route, text in document.leaves("card", "text"):
            for code, at in _mentions(text, everybody, document.path, own):
                yield problem(code, document.path, ("card",), document.within(route, text, at))


def _in_pages(guides: Iterable[Guide], everybody: Experts) -> Iterator[Problem]:
    for guide in guides:
        for code, at in _mentions(guide.markdown, everybody, guide.path, frozenset()):
            yield problem(code, guide.path, (), guide.place(at))
        for text in (guide.title, guide.description, *guide.keywords):
            for code, at in _mentions(text, everybody, guide.path, frozenset()):
                yield problem(code, guide.path, (), guide.place_above(text, at))


def in_file_names(folder: Path, name: str, everybody: Experts) -> Iterator[Problem]:
    """Files and folders whose names, which are in the site's addresses, name an expert or, probably, somebody else.

    Messages call the folder ``name``. Pages are left out, because their addresses are not those of their files.
    """
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.suffix == ".md" or any(part.startswith(".") for part in below.parts):
            continue
        spoken = _BETWEEN.sub(" ", unicodedata.normalize("NFC", path.stem))
        joined = map("-".join, pairwise(spoken.split()))
        if any(names(text, everybody) for text in (spoken, *joined)):
            yield problem("file-names-expert", f"{name}/{below.as_posix()}")
        elif _is_whole_name(spoken.lower().split()):
            yield problem("file-names-somebody", f"{name}/{below.as_posix()}")


def _is_whole_name(said: list[str]) -> bool:
    """Whether a given name and a family name stand side by side."""
    given, family = of("given", "given-abroad"), of("surname", "surname-abroad")
    return any(one in given and other in family for one, other in pairwise(said))


def names(text: str, everybody: Experts) -> bool:
    """Whether a text names an expert."""
    return any(True for _ in _mentions(text, everybody, "", frozenset()))


def _mentions(text: str, everybody: Experts, path: str, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The code and position of each mention in a text; of a name with several parts, that of the first.

    On a card, ``own`` is the name that it shows.
    """
    if any(_met(small, everybody) for small in spellings(text)):
        yield from _named(text, everybody, path, own)
    for found in _INITIALS.finditer(text):
        if (found[1] + found[2]).lower() in everybody.initials and found[1].isupper():
            yield "text-private-initials", found.start()
    for found in _LOG_IN.finditer(_ascii(text)):
        if found[0].translate(_JOINTS) in everybody.log_ins:
            yield "text-private-initials", found.start()


def _named(text: str, everybody: Experts, path: str, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The mentions that are words."""
    listed = words(text)
    known = (_met(word.text.lower(), everybody) for word in listed)
    met = [[part for part in parts if part.path != path or not own.issuperset(fold(part.name))] for parts in known]
    named = -1
    for index, (word, parts) in enumerate(zip(listed, met, strict=True)):
        if not parts:
            continue
        before = listed[index - 1] if index and adjoining(text, listed[index - 1], word) else None
        after = listed[index + 1] if index + 1 < len(listed) and adjoining(text, word, listed[index + 1]) else None
        beside = [*met[index - 1]] if before else []
        beside += [part for part in (met[index + 1] if after else ()) if part.family]
        alone = _is_said_as_name(word)
        if any(_is_whole(part, beside) or (alone and not _is_another(part, before, after)) for part in parts):
            if not (before and named == index - 1):
                yield "text-private-name", word.start
            named = index


def _met(small: str, everybody: Experts) -> tuple[_Part, ...]:
    """The parts of experts' names of which a word in lower case may be a form."""
    if small not in everybody.met:
        everybody.met[small] = (*dict.fromkeys(_parts(small, everybody)),)
    return everybody.met[small]


def _parts(small: str, everybody: Experts) -> Iterator[_Part]:
    stems = (
        (one[:end], one, end)
        for one in {small, *small.split("-")}
        for end in range(2, len(one) + 1)
        if one[:end] in everybody.parts
    )
    return (part for stem, one, end in stems if is_ending(one, end) for part in everybody.parts[stem])


def _is_said_as_name(word: Word) -> bool:
    """Whether the word alone reads as a name: capitalised inside a sentence, or not an everyday word."""
    small = word.small
    is_word = small in everyday() or small in of("word-sv", "word-en")
    if not word.capital:
        return small in forms().small and not is_word
    is_word |= (small in forms().kind and small not in forms().sure) or small in of("harmless")
    return not (word.initial and is_word)


def _is_whole(part: _Part, beside: Iterable[_Part]) -> bool:
    """Whether another part of the same expert's name stands beside this one."""
    return any(other.path == part.path and other.name != part.name for other in beside)


def _is_another(part: _Part, before: Word | None, after: Word | None) -> bool:
    """Whether the neighbouring word makes this the whole name of somebody else."""
    if part.family:
        return before is not None and before.capital and before.small in of("given", "given-abroad")
    return after is not None and after.capital


def _ascii(text: str) -> str:
    """The text in lower case without accents. Every letter keeps its position."""
    return _NOT_ASCII.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0].lower()[0], text).lower()
