"""What nobody means to have in a file: marks of an unfinished merge, and characters that are not what they look."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kokemus.documents.problems import Mark, Problem, problem

_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
_DASHES, _QUOTES, _COLONS = "‐‑‒–—−", "“”„‟’‘‚‛«»‹›´`", "：﹕꞉∶"
_UNSEEN = r"[^\S \r\n]|[\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff]"
_IN_YAML = re.compile(
    rf"^(?: |- )*(?P<first>{_UNSEEN}|[{_DASHES}](?= ))|[:,\[{{-] *(?P<before>{_UNSEEN})|^[ \w-]*(?P<colon>[{_COLONS}])"
    rf"|^(?: |- )*(?:[\w-]+: *)?[\[{{]? *(?P<opens>[{_QUOTES}])|\"[^\"\n]*(?P<closes>[{_QUOTES}]) *$",
    re.MULTILINE,
)
_IN_WORD = re.compile(rf"{_UNSEEN}|[{_QUOTES}{_COLONS}{_DASHES}]")


def conflict(path: str, text: str) -> Iterator[Problem]:
    """Where a merge was left unfinished; once for a file. A line of equal signs alone may be a heading's."""
    if found := _CONFLICT.search(text):
        yield problem("merge-conflict", path, (), Mark.after(text[: found.start()]))


def tabs(path: str, text: str, at: int = 0) -> Problem:
    """The first tab from a place on, with every line that has one; once for a file, which may be full of them."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\t" in line]
    return problem("tab", path, (), Mark.after(text[: text.index("\t", at)]), lines=", ".join(map(str, lines)))


def in_yaml(text: str, path: str, place: Mark) -> Problem | None:
    """What makes a line of YAML, or the one before it, say something else than a reader sees."""
    lines = text.split("\n")
    start, end = (sum(len(one) + 1 for one in lines[: max(place.line - before, 0)]) for before in (2, 0))
    if found := _IN_YAML.search(text, start, end):
        at = found.start(str(found.lastgroup))
        mark = Mark.after(text[:at])
        return tabs(path, text, at) if text[at] == "\t" else odd(path, text[at], mark)
    return None


@lru_cache(maxsize=512)
def in_word(word: str) -> int | None:
    """Where in a word or a key there is a character that one does not see, or takes for another."""
    if found := _IN_WORD.search(word):
        return found.start()
    strange = [at for at, letter in enumerate(word) if letter.isalpha() and not _is_latin(letter)]
    return strange[0] if strange and any(letter.isalpha() and _is_latin(letter) for letter in word) else None


def odd(path: str, character: str, mark: Mark) -> Problem:
    """A character by its number and its name, since nobody could tell it by its look."""
    if character in _QUOTES:
        return problem("curly-quotes", path, (), mark, character=character)
    named = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return problem("odd-character", path, (), mark, character=named)


def plain(line: str, at: int) -> str:
    """A line of YAML with what its odd characters look like; of its quotation marks the one at a place and the last."""
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
