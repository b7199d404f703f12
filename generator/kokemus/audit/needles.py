"""Needles: private values in the form in which texts are searched for them.

Values and texts are compared in one folded form, without case, composition, accents, or anything but letters and
digits. So slugs, split tags and odd spacing match too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product

from kokemus.audit.decoding import SHORTEST_GUESSED
from kokemus.documents.problems import Route
from kokemus.text import fold, national

Folding = Callable[[str], tuple[str, ...]]
LONG = 8
_SAMPLE = 6
_STEP = LONG - _SAMPLE + 1
_DIGITS = 6
_BETWEEN = r"(?:[\s()./–-]++|[^\w>]|_){0,9}+"
"""What may stand between two digits of a number: no letters, and little else. ``>`` is excluded, as in ``</h2>``."""
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{6,}}")
_NUMBER_BEGUN = re.compile(rf"\d{_BETWEEN}$")
_NUMBER_GOES_ON = re.compile(rf"{_BETWEEN}\d")
BEFORE, AFTER = LONG - 1, _SAMPLE - 1
"""How many letters before and after a line break show whether a long secret may cross it.

They suffice for secrets with at most ``BEFORE`` letters before the break; ``Seen.rests`` covers the others.
"""


@dataclass(frozen=True, slots=True)
class Secret:
    """A private value. Reports name only its file and route. ``one_of_several`` marks one word of a longer name."""

    path: str
    route: Route
    text: str
    one_of_several: bool = False


def _may_be_chance(secret: Secret) -> bool:
    return len("".join(fold(secret.text))) < SHORTEST_GUESSED


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a line, and what the next lines could complete.

    ``letters`` are the folded letters. ``found`` are the secrets inside the line. ``rests`` are what the next lines
    must begin with to complete a secret that begins in this line; for long secrets only if at least ``BEFORE`` + 1
    letters of it are here. ``begun`` says whether a number may begin in the line and go on after it, and ``goes_on``
    whether the line may continue one.
    """

    letters: str
    found: tuple[Secret, ...]
    rests: tuple[str, ...]
    begun: bool
    goes_on: bool


class Needles:
    """An index of secrets: long ones match anywhere, short ones as whole words, phone numbers by their digits.

    A long secret is found by samples of six letters. A text is sampled at every third place, and each secret is indexed
    by its samples at offsets 0, 1 and 2, so one of them always falls on a sampled place.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._long: Mapping[str, list[Secret]] = defaultdict(list)
        self._samples: Mapping[str, list[str]] = defaultdict(list)
        self._short: Mapping[str, dict[tuple[str, ...], list[Secret]]] = defaultdict(lambda: defaultdict(list))
        self._digits: Mapping[str, list[tuple[str, Secret]]] = defaultdict(list)
        for secret in dict.fromkeys(secrets):
            words = fold(secret.text)
            squeezed = "".join(words)
            if len(squeezed) >= LONG:
                self._long[squeezed].append(secret)
            elif words:
                self._short[words[0]][words].append(secret)
            digits = len(re.findall(r"\d", secret.text))
            if digits >= 7 and digits * 2 > len(secret.text.strip()):
                number = national(secret.text)
                self._digits[number[:_DIGITS]].append((number, secret))
        for needle in self._long:
            for sample in {needle[offset : offset + _SAMPLE] for offset in range(_STEP)}:
                self._samples[sample].append(needle)

    def found(self, text: str, *, guessed: bool = False, folded: Folding = fold) -> Iterator[Secret]:
        """The secrets in a text. With ``guessed``, matches so short that they may be chance are left out."""
        words = folded(text)
        begun = chain(self._begun_long("".join(words)), self._begun_short(words))
        yield from (secret for secret, rest in begun if not rest and not (guessed and _may_be_chance(secret)))
        yield from self._in_numbers(text)

    def seen(self, line: str) -> Seen:
        """What must be known of a line to search it together with other lines."""
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
            needle.startswith(seam[at : at + len(needle)])
            for at in range(len(seam))
            for needle in self._samples.get(seam[at : at + _SAMPLE], ())
        )

    def _begun_long(self, letters: str) -> Iterator[tuple[Secret, str]]:
        """The long secrets that begin in ``letters`` and match as far as these go, each with its letters beyond."""
        known = self._samples
        for place in [at for at in range(0, len(letters), _STEP) if letters[at : at + _SAMPLE] in known]:
            for needle, start in product(known[letters[place : place + _SAMPLE]], range(place, place - _STEP, -1)):
                if start >= 0 and needle.startswith(here := letters[start : start + len(needle)]):
                    yield from ((secret, needle[len(here) :]) for secret in self._long[needle])

    def _begun_short(self, words: tuple[str, ...]) -> Iterator[tuple[Secret, str]]:
        """The same for short secrets and words."""
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
