"""The leak audit: no private value of any profile may be in any byte of the output.

A leak is a private value that is found in the output and that the public inputs (terms, templates, hand-written pages,
configuration, published cards) do not explain. The name Toivo is also «toivo», the Finnish word for hope and a topic,
so it is explained; «Toivo Virtanen» is not.

decoding.py finds the texts in a file of the output, lines.py searches many texts quickly, and needles.py compares texts
with values.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import PurePosixPath
from urllib.parse import unquote

from kokemus.anonymity import Card
from kokemus.audit.decoding import decoded, texts
from kokemus.audit.lines import Lines
from kokemus.audit.needles import Needles, Secret
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, problem
from kokemus.text import fold

_SHINGLE = 6
_decoded, _folded = lru_cache(2**9)(decoded), lru_cache(2**9)(fold)
"""Cached, because most public texts are the same in the next build of a preview."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that was found in a file of the output."""

    file: str
    secret: Secret


def secrets(documents: Iterable[Document], published: Iterable[Card] = ()) -> tuple[Secret, ...]:
    """Every value that must not be published: codes, all of ``private``, and the words of unpublished cards.

    A code is the name of a profile's file without ``.yml``. Each word of a name is also a secret of its own, and so is
    every run of six words in a longer text. Values are read from the documents as typed, so that no value
    escapes the audit because of an error in its profile. What an unpublished card shares with a published one is no
    secret.
    """
    shown = [fold(text) for card in published for text in (card.name, *(words for _, words in card.texts))]
    said = " | ".join(("", *(" ".join(words) for words in shown), ""))
    found: list[Secret] = []
    for document in documents:
        found.append(Secret(document.path, (), document.stem))
        for route, text in document.leaves("private"):
            found.append(Secret(document.path, route, text))
            if route[:2] == ("private", "name") and len(text.split()) > 1:
                found.extend(Secret(document.path, route, word, True) for word in text.split() if len(word) > 2)
            found.extend(Secret(document.path, route, part) for part in _shingles(text))
        for key in ("name", "text"):
            for route, text in document.leaves("card", key):
                parts = (text, *_shingles(text))
                own = (part for part in parts if f" {' '.join(fold(part))} " not in said)
                found.extend(Secret(document.path, route, part) for part in own)
    return tuple(found)


def _shingles(text: str) -> Iterator[str]:
    """Every run of six words in a longer text, since a leak may be only a part of it."""
    words = text.split()
    if len(words) > _SHINGLE:
        for start in range(len(words) - _SHINGLE + 1):
            yield " ".join(words[start : start + _SHINGLE])


@dataclass(frozen=True, slots=True)
class Wanted:
    """The secrets that an output is searched for: all but the explained ones.

    Both searches, for explanations and for leaks, use one index of all secrets, explained or not.
    """

    all: tuple[Secret, ...]
    explained: frozenset[Secret] = frozenset()

    def __iter__(self) -> Iterator[Secret]:
        return (secret for secret in self.all if secret not in self.explained)


def unexplained(secrets: Iterable[Secret], public: Iterable[str], pages: Iterable[str] = ()) -> Wanted:
    """The secrets that no public text explains, so that finding one anywhere in the output is a leak.

    ``pages`` are texts written by hand, such as pages and cards, where a whole private value may have slipped in. So
    they explain only single words of a longer name, and a one-word value that they never spell as the profile does: the
    word «toivo» explains the name Toivo; «Toivo» does not, since it may be that name.
    """
    secrets = tuple(secrets)
    needles = _lines(secrets).needles
    found = partial(needles.found, folded=_folded)
    explained = {secret for text in public for form in {text, _decoded(text)} for secret in found(form)}
    for text in dict.fromkeys(pages):
        words = set(re.findall(r"[^\W_]+", _decoded(text)))
        explained |= {
            secret
            for secret in found(text)
            if secret.one_of_several or (len(fold(secret.text)) == 1 and secret.text.strip() not in words)
        }
    return Wanted(secrets, frozenset(explained))


@lru_cache(1)
def _lines(secrets: tuple[Secret, ...]) -> Lines:
    """The search for these secrets, with its cache of lines; the next preview has most of the same lines."""
    return Lines(Needles(secrets))


def leaks(files: Iterable[tuple[str, bytes]], secrets: Iterable[Secret]) -> tuple[Leak, ...]:
    """The secrets found in the files of an output, given as (name, content); names are searched too."""
    wanted = secrets if isinstance(secrets, Wanted) else Wanted(tuple(secrets))
    lines = _lines(wanted.all)
    found = {
        Leak(name, secret)
        for name, content in files
        for text, guessed in ((name, False), (unquote(name), False), *texts(content))
        for secret in (lines.in_whole(text, guessed=True) if guessed else lines.found(text))
        if secret not in wanted.explained
    }
    return tuple(sorted(found, key=lambda leak: (leak.file, leak.secret.path, str(leak.secret.route))))


def places(text: str, secret: Secret) -> Iterator[int]:
    """Where a secret occurs in a text, once per line; if it spans lines, a place in the last of them."""
    own, lines = Lines(Needles((secret,))), text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    ends = [number for number, line in enumerate(lines) if any(own.found(line))]
    for number in ends or [next((one for one, end in enumerate(starts[1:]) if any(own.found(text[:end]))), 0)]:
        yield starts[number] + _column(lines[number], secret.text)


def _column(line: str, words: str) -> int:
    """The column at which the words begin, or of the first non-blank character if they are not there as written."""
    written = re.search(r"\s+".join(map(re.escape, words.split())), line, re.IGNORECASE)
    return written.start() if written else len(line) - len(line.lstrip())


def as_problem(file: str, secret: Secret) -> Problem:
    """A leak as a problem of the leaking file, naming the file and route of the secret, never its value."""
    code = {} if secret.route else {"near": PurePosixPath(secret.path).stem}
    return problem("leak", file, profile=secret.path, where=".".join(map(str, secret.route)), **code)


def as_problems(leaks: Iterable[Leak]) -> tuple[Problem, ...]:
    """The same for leaks in files of the output."""
    return tuple(dict.fromkeys(as_problem(leak.file, leak.secret) for leak in leaks))
