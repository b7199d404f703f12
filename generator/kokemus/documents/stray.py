"""What nobody wants in a file: marks of an unfinished merge, and characters that are not what they look like."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from kokemus.documents.document import Document
from kokemus.documents.problems import Mark, Problem, Route, problem

_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
_DASHES, _QUOTES, _COLONS = "‐‑‒–—−", "“”„‟’‘‚‛«»‹›´`", "：﹕꞉∶"
_UNSEEN = r"[^\S \r\n]|[\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff]"
_IN_YAML = re.compile(
    rf"^(?: |- )*(?P<first>{_UNSEEN}|[{_DASHES}](?= ))|[:,\[{{-] *(?P<before>{_UNSEEN})|^[ \w-]*(?P<colon>[{_COLONS}])"
    rf"|^(?: |- )*(?:[\w-]+: *)?[\[{{]? *(?P<opens>[{_QUOTES}])|\"[^\"\n]*(?P<closes>[{_QUOTES}]) *$",
    re.MULTILINE,
)
_AROUND = re.compile(rf"^\s*[{_QUOTES}]|[{_QUOTES}]\s*$")
_FACTS = frozenset(("email", "phone", "address", "business_id", "url", "site_url"))
_READ = frozenset(("title", "description", "keywords", "limits", "notes"))
_REMARK = re.compile(r"[ \t]*#")
_TWICE = re.compile("Ã[¤¶¥„–…\x84\x85\x96]|â€")
_IN_WORD = re.compile(rf"{_UNSEEN}|[{_QUOTES}{_COLONS}{_DASHES}]")


def spoilt(path: str, text: str) -> Iterator[Problem]:
    """An unfinished merge, or UTF-8 that was once read in another encoding; each at most once for a file.

    A line of equals signs alone does not count, because it may underline a heading.
    """
    if found := _CONFLICT.search(text):
        yield problem("merge-conflict", path, (), Mark.after(text[: found.start()]), file=path)
    if found := _TWICE.search(text):
        yield problem("broken-letters", path, (), Mark.after(text[: found.start()]))


def around(document: Document, problems: Iterable[Problem], *keys: str | int) -> list[Problem]:
    """The problems; each fact in copied quotation marks has only one, since these would be part of the fact."""
    quoted = {
        route: problem("curly-quotes", document.path, route, character=marks[0].strip())
        for route, text in document.leaves(*keys)
        if route and route[-1] in _FACTS and (marks := _AROUND.findall(text))
    }
    return [*(found for found in problems if found.route not in quoted), *quoted.values()]


def is_cut(text: str, route: Route, end: Any) -> bool:
    """Whether YAML takes the rest of a line of text for people as a comment."""
    if not route or (route[-1] not in _READ and route[:2] != ("card", "text")):
        return False
    return bool(_REMARK.match(text, end.index))


def printable(text: str) -> Mark:
    """The position of the first control character in a text."""
    return Mark.after(text[: next((at for at, c in enumerate(text) if not c.isprintable() and c not in "\n\r"), 0)])


def tabs(path: str, text: str, at: int = 0) -> Problem:
    """The first tab from ``at`` on, and the numbers of all lines with a tab.

    It is a single problem, since a file may be full of them.
    """
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\t" in line]
    return problem("tab", path, (), Mark.after(text[: text.index("\t", at)]), lines=", ".join(map(str, lines)))


def in_yaml(text: str, path: str, place: Mark) -> Problem | None:
    """The character that makes a line of YAML, or the line before, say something else than a reader sees."""
    lines = text.split("\n")
    start, end = (sum(len(one) + 1 for one in lines[: max(place.line - before, 0)]) for before in (2, 0))
    if found := _IN_YAML.search(text, start, end):
        at = found.start(str(found.lastgroup))
        mark = Mark.after(text[:at])
        return tabs(path, text, at) if text[at] == "\t" else odd(path, text[at], mark)
    return None


@lru_cache(maxsize=512)
def in_word(word: str) -> int | None:
    """The index of a character in a word or key that is invisible or looks like another; None if there is none."""
    if found := _IN_WORD.search(word):
        return found.start()
    strange = [at for at, letter in enumerate(word) if letter.isalpha() and not _is_latin(letter)]
    return strange[0] if strange and any(letter.isalpha() and _is_latin(letter) for letter in word) else None


def odd(path: str, character: str, mark: Mark) -> Problem:
    """The problem of a character, named by its number and name, because its look does not identify it."""
    if character in _QUOTES:
        return problem("curly-quotes", path, (), mark, character=character)
    named = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return problem("odd-character", path, (), mark, character=named)


def plain(line: str, at: int) -> str:
    """The line of YAML with its odd characters replaced by those that they look like.

    If there is an odd quotation mark at ``at``, only that one and the last one become ``"``; a ``"`` between becomes
    ``'``.
    """
    if line[at : at + 1] in {*_QUOTES}:
        last = max(index for index, letter in enumerate(line) if letter in _QUOTES)
        ends = {at, last}
        return "".join(
            '"' if index in ends else "'" if letter == '"' and last > at else letter
            for index, letter in enumerate(line)
        )
    line = re.sub(rf"^((?: |- )*)[{_DASHES}](?= )", r"\1-", re.sub(_UNSEEN, _seen, line))
    return re.sub(rf"^([ \w-]*)[{_COLONS}] *", r"\1: ", line)


def _seen(found: re.Match[str]) -> str:
    return " " if found[0].isspace() else ""


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
