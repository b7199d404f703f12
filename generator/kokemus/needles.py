"""Needles: private values as they are looked for in a text.

Values and texts are compared in one folded form: case, composition, accents and all that is no letter or digit are
gone, so that slugs, split tags and odd spacing match too.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from kokemus.decoding import SHORTEST_GUESSED
from kokemus.problems import Route

_LONG = 8
_SAMPLE = 6
_STEP = _LONG - _SAMPLE + 1
_DIGITS = 6
_LINES = 2**10
_WIDE = 1000
"""So many lines are remembered, of so many letters at most: nine in ten lines of a page stood on one shortly before."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A private value, known in reports only by its file and route; or one word of a name of several."""

    path: str
    route: Route
    text: str
    one_of_several: bool = False


class _Seen(dict[int, int | None]):
    """For ``str.translate``: accents and invisible characters are dropped."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        dropped = unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        return self.setdefault(code, None if dropped else code)


_SEEN = _Seen()


def fold(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which values and output are compared."""
    return tuple(re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", text.casefold()).translate(_SEEN)))


def national(number: str) -> str:
    """The digits of a phone number without the country, so that one number is the same however it is written."""
    return re.sub(r"\D", "", number).removeprefix("00").removeprefix("358").removeprefix("0")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text: its words, the same in one piece, and where a needle may begin.

    ``short`` are the places of words that begin a short needle; ``long`` the places in the piece whose sample is one of
    a long needle, or goes on into the next line.
    """

    words: tuple[str, ...]
    piece: str
    short: tuple[int, ...]
    long: tuple[int, ...]


class Needles:
    """Secrets by how they are looked for: long ones anywhere, short ones as whole words, phone numbers by digits.

    A long one is found by six letters of it. They are taken of a text at every third place of a line, and at a line's
    beginning, so that of any three places in a row one is taken; each needle is kept under its first three sixes.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._long: Mapping[str, list[tuple[int, str, Secret]]] = defaultdict(list)
        self._short: Mapping[str, dict[tuple[str, ...], list[Secret]]] = defaultdict(lambda: defaultdict(list))
        self._digits: Mapping[str, list[tuple[str, Secret]]] = defaultdict(list)
        for secret in dict.fromkeys(secrets):
            words = fold(secret.text)
            squeezed = "".join(words)
            if len(squeezed) >= _LONG:
                for offset in range(_STEP):
                    self._long[squeezed[offset : offset + _SAMPLE]].append((offset, squeezed, secret))
            elif words:
                self._short[words[0]][words].append(secret)
            digits = len(re.findall(r"\d", secret.text))
            if digits >= 7 and digits * 2 > len(secret.text.strip()):
                number = national(secret.text)
                self._digits[number[:_DIGITS]].append((number, secret))
        self._remembered = lru_cache(_LINES)(self._looked_at)

    def _looked_at(self, line: str) -> _Line:
        words = fold(line)
        piece = "".join(words)
        whole = len(piece) - _SAMPLE
        return _Line(
            words,
            piece,
            tuple(at for at, word in enumerate(words) if word in self._short),
            tuple(at for at in range(0, len(piece), _STEP) if at > whole or piece[at : at + _SAMPLE] in self._long),
        )

    def found(self, text: str, *, guessed: bool = False) -> Iterator[Secret]:
        """The secrets that stand in a text; in one that was only guessed to be text those that cannot be chance."""
        known = self._looked_at if guessed else self._remembered
        lines = [(known if len(line) <= _WIDE else self._looked_at)(line) for line in text.split("\n")]
        yield from self._found_long(lines)
        yield from self._found_short(lines, SHORTEST_GUESSED if guessed else 1)
        for run in re.findall(r"\d[\d\s()./–-]{5,}\d", text):
            yield from self._found_number(re.sub(r"\D", "", run))

    def _found_long(self, lines: Iterable[_Line]) -> Iterator[Secret]:
        text = "".join(line.piece for line in lines)
        start = 0
        for line in lines:
            for at in line.long:
                place = start + at
                for offset, needle, secret in self._long.get(text[place : place + _SAMPLE], ()):
                    if place >= offset and text.startswith(needle, place - offset):
                        yield secret
            start += len(line.piece)

    def _found_short(self, lines: Iterable[_Line], least: int) -> Iterator[Secret]:
        words = tuple(chain.from_iterable(line.words for line in lines))
        start = 0
        for line in lines:
            for at in line.short:
                place = start + at
                for sequence, found in self._short[line.words[at]].items():
                    if words[place : place + len(sequence)] == sequence and len("".join(sequence)) >= least:
                        yield from found
            start += len(line.words)

    def _found_number(self, digits: str) -> Iterator[Secret]:
        for at in range(len(digits) - _DIGITS + 1):
            for number, secret in self._digits.get(digits[at : at + _DIGITS], ()):
                if digits.startswith(number, at):
                    yield secret
