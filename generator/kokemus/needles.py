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
from itertools import accumulate, chain, pairwise

from kokemus.decoding import SHORTEST_GUESSED
from kokemus.problems import Route

_LONG = 8
_SAMPLE = 6
_STEP = _LONG - _SAMPLE + 1
_DIGITS = 6
_LINES, _WIDE = 2**14, 1000
"""So many lines are remembered, of so many letters at most: nine in ten lines of a page stood on one before."""


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
    """A line of a text: its words in one piece, and the secrets that stand in it.

    ``open`` says whether one may begin in it that goes on in the next line. ``begun`` and ``goes_on`` say the same of a
    number: whether one may, and whether the line may be the rest of one.
    """

    piece: str
    found: tuple[Secret, ...]
    open: bool
    begun: bool
    goes_on: bool


class Needles:
    """Secrets by how they are looked for: long ones anywhere, short ones as whole words, phone numbers by digits.

    A long one is found by six letters of it. They are taken of a text at every third place, so that of any three places
    in a row one is taken; each needle is kept under its first three sixes.

    Most lines stand on many pages, so a line is looked at alone, and the text as a whole only where a secret may begin
    in one line and go on in the next.
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
        self._crossed = lru_cache(_LINES)(self._may_cross)

    def found(self, text: str, *, guessed: bool = False) -> Iterator[Secret]:
        """The secrets that stand in a text; in one that was only guessed to be text those that cannot be chance."""
        if guessed:
            words = fold(text)
            yield from self._in_words(words, "".join(words), SHORTEST_GUESSED)
            yield from self._in_numbers(text)
            return
        lines = [(self._remembered if len(line) <= _WIDE else self._looked_at)(line) for line in text.split("\n")]
        yield from chain.from_iterable([line.found for line in lines if line.found])
        pieces = [line.piece for line in lines]
        whole = "".join(pieces)
        seams = {whole[max(0, end - _LONG + 1) : end + _SAMPLE - 1] for end in accumulate(map(len, pieces))}
        if any(line.open for line in lines) or any(map(self._crossed, seams)):
            yield from self._in_words(fold(text), whole)
        filled = [line for line in lines if line.piece]
        if any(line.begun and after.goes_on for line, after in pairwise(filled)):
            yield from self._in_numbers(text)

    def _looked_at(self, line: str) -> _Line:
        words = fold(line)
        piece = "".join(words)
        begun = [*self._begun_long(piece), *self._begun_short(words)]
        return _Line(
            piece,
            (*(secret for secret, whole in begun if whole), *self._in_numbers(line)),
            not all(whole for _, whole in begun),
            bool(re.search(r"\d[\s()./–-]*$", line)),
            bool(re.match(r"[\s()./–-]*\d", line)),
        )

    def _may_cross(self, seam: str) -> bool:
        """Whether a needle may begin in the letters around the end of a line and go on after them."""
        return any(
            offset == 0 and needle.startswith(seam[at : at + len(needle)])
            for at in range(len(seam))
            for offset, needle, _ in self._long.get(seam[at : at + _SAMPLE], ())
        )

    def _in_words(self, words: tuple[str, ...], piece: str, least: int = 1) -> Iterator[Secret]:
        yield from (secret for secret, whole in self._begun_long(piece) if whole)
        short = (secret for secret, whole in self._begun_short(words) if whole)
        yield from (secret for secret in short if len("".join(fold(secret.text))) >= least)

    def _begun_long(self, piece: str) -> Iterator[tuple[Secret, bool]]:
        """The long needles that begin in a piece and match as far as it goes, and whether they stand in it whole."""
        for place in [at for at in range(0, len(piece), _STEP) if piece[at : at + _SAMPLE] in self._long]:
            for offset, needle, secret in self._long[piece[place : place + _SAMPLE]]:
                start, end = place - offset, place - offset + len(needle)
                if start >= 0 and needle.startswith(piece[start:end]):
                    yield secret, end <= len(piece)

    def _begun_short(self, words: tuple[str, ...]) -> Iterator[tuple[Secret, bool]]:
        """The same of short needles and words."""
        for at in [at for at, word in enumerate(words) if word in self._short]:
            for sequence, found in self._short[words[at]].items():
                here = words[at : at + len(sequence)]
                if here == sequence[: len(here)]:
                    yield from ((secret, here == sequence) for secret in found)

    def _in_numbers(self, text: str) -> Iterator[Secret]:
        for run in re.findall(r"\d[\d\s()./–-]{5,}\d", text):
            digits = re.sub(r"\D", "", run)
            for at in range(len(digits) - _DIGITS + 1):
                for number, secret in self._digits.get(digits[at : at + _DIGITS], ()):
                    if digits.startswith(number, at):
                        yield secret
