"""Needles: private values in the form in which texts are searched for them.

Values and texts are compared in one folded form: case, composition, accents and all that is no letter or digit are
gone, so that slugs, split tags and odd spacing match too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kokemus.audit.decoding import SHORTEST_GUESSED
from kokemus.documents.problems import Route
from kokemus.text import fold, national

LONG = 8
_SAMPLE = 6
_STEP = LONG - _SAMPLE + 1
_DIGITS = 6
_BETWEEN = r"(?:[\s()./–-]++|[^\w>]|_){0,9}+"
"""What may stand between the digits of a number: neither a letter nor much; a ``>`` ends a tag, as in ``</h2>``."""
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{6,}}")
_NUMBER_BEGUN = re.compile(rf"\d{_BETWEEN}$")
_NUMBER_GOES_ON = re.compile(rf"{_BETWEEN}\d")
BEFORE, AFTER = LONG - 1, _SAMPLE - 1
"""So many letters of the seam of two lines tell whether a secret may go across it of which less is in the first."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A private value, known in reports only by its file and route; or one word of a name of several."""

    path: str
    route: Route
    text: str
    one_of_several: bool = False


def _may_be_chance(secret: Secret) -> bool:
    return len("".join(fold(secret.text))) < SHORTEST_GUESSED


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a line: its letters, and the secrets in it.

    ``rests`` are the letters that the next lines begin with if a secret that begins in this one goes on there; of a
    long one, if at least ``BEFORE`` + 1 letters of it are here. ``begun`` and ``goes_on`` say of a number whether it
    may begin in the line and go on, and whether the line may be the rest of one.
    """

    letters: str
    found: tuple[Secret, ...]
    rests: tuple[str, ...]
    begun: bool
    goes_on: bool


class Needles:
    """Secrets by how they are looked for: long ones anywhere, short ones as whole words, phone numbers by digits.

    A long one is found by six letters of it. They are taken of a text at every third place, so that of any three places
    in a row one is taken; each needle is kept under its first three sixes.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._long: Mapping[str, dict[tuple[int, str], list[Secret]]] = defaultdict(lambda: defaultdict(list))
        self._short: Mapping[str, dict[tuple[str, ...], list[Secret]]] = defaultdict(lambda: defaultdict(list))
        self._digits: Mapping[str, list[tuple[str, Secret]]] = defaultdict(list)
        for secret in dict.fromkeys(secrets):
            words = fold(secret.text)
            squeezed = "".join(words)
            if len(squeezed) >= LONG:
                for offset in range(_STEP):
                    self._long[squeezed[offset : offset + _SAMPLE]][offset, squeezed].append(secret)
            elif words:
                self._short[words[0]][words].append(secret)
            digits = len(re.findall(r"\d", secret.text))
            if digits >= 7 and digits * 2 > len(secret.text.strip()):
                number = national(secret.text)
                self._digits[number[:_DIGITS]].append((number, secret))

    def found(self, text: str, *, guessed: bool = False) -> Iterator[Secret]:
        """The secrets that stand in a text; in one that was only guessed to be text those that cannot be chance."""
        words = fold(text)
        begun = chain(self._begun_long("".join(words)), self._begun_short(words))
        yield from (secret for secret, rest in begun if not rest and not (guessed and _may_be_chance(secret)))
        yield from self._in_numbers(text)

    def seen(self, line: str) -> Seen:
        """A line, with all that one needs to know of it where it is read together with others."""
        words = fold(line)
        letters = "".join(words)
        begun = [*self._begun_long(letters), *self._begun_short(words)]
        return Seen(
            letters,
            (*(secret for secret, rest in begun if not rest), *self._in_numbers(line)),
            tuple(dict.fromkeys(rest for _, rest in begun if rest)),
            bool(_NUMBER_BEGUN.search(line)),
            bool(_NUMBER_GOES_ON.match(line)),
        )

    def may_cross(self, seam: str) -> bool:
        """Whether a long secret may begin in the letters around the end of a line and go on after them."""
        return any(
            offset == 0 and needle.startswith(seam[at : at + len(needle)])
            for at in range(len(seam))
            for offset, needle in self._long.get(seam[at : at + _SAMPLE], ())
        )

    def _begun_long(self, letters: str) -> Iterator[tuple[Secret, str]]:
        """The long needles that begin in letters and match as far as these go, and the rest of each beyond them."""
        known = self._long
        for place in [at for at in range(0, len(letters), _STEP) if letters[at : at + _SAMPLE] in known]:
            for (offset, needle), secrets in known[letters[place : place + _SAMPLE]].items():
                start = place - offset
                if start >= 0 and needle.startswith(here := letters[start : start + len(needle)]):
                    yield from ((secret, needle[len(here) :]) for secret in secrets)

    def _begun_short(self, words: tuple[str, ...]) -> Iterator[tuple[Secret, str]]:
        """The same of short needles and words."""
        if self._short.keys().isdisjoint(words):
            return
        for at in [at for at, word in enumerate(words) if word in self._short]:
            for sequence, found in self._short[words[at]].items():
                here = words[at : at + len(sequence)]
                if here == sequence[: len(here)]:
                    yield from ((secret, "".join(sequence[len(here) :])) for secret in found)

    def _in_numbers(self, text: str) -> Iterator[Secret]:
        for run in _NUMBER.findall(text):
            digits = re.sub(r"\D", "", run)
            digits = digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
            for at in range(len(digits) - _DIGITS + 1):
                for number, secret in self._digits.get(digits[at : at + _DIGITS], ()):
                    if digits.startswith(number, at):
                        yield secret
