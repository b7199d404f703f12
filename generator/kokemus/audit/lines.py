"""Lines: search many texts for secrets quickly. Most lines occur on many pages, so results are kept per line.

A line that was scanned recently, in all its forms, is not scanned again. A text is scanned as a whole only if a secret
may run from one line into the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from typing import TypeVar

from kokemus.audit.decoding import base64_texts, forms, is_cut, runs
from kokemus.audit.needles import AFTER, BEFORE, Needles, Secret, Seen

_SHORT, _LONG = 1000, 20_000
"""The longest text that the large and the small cache keep. Nine in ten lines of a page were on an earlier page."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Line:
    """What was found in a line, in each of its three forms: as written, unescaped, and without tags.

    ``letters`` and ``rests`` have an entry for each form; ``rests`` is empty if all its entries would be. ``cut`` says
    whether a tag begins in the line and goes on in the next. ``begun`` combines the first and the last form. A number
    at either end of the line is never inside a tag, so it remains when tags are removed: ``goes_on`` is of the last.
    """

    letters: tuple[str, ...]
    rests: tuple[tuple[str, ...], ...]
    found: tuple[Secret, ...]
    cut: bool
    begun: bool
    goes_on: bool


class Lines:
    """Searches one text after the other for the same secrets."""

    def __init__(self, needles: Needles) -> None:
        self.needles = needles
        self._seen_of = _cached(self._line)
        self._seen = _cached(self._form)
        self._crosses = _cached(needles.may_cross)
        self._packed = _cached(self._in_base64)

    def found(self, text: str) -> Iterator[Secret]:
        """The secrets in a text, even if they are escaped, in base64, or split by tags or line breaks."""
        lines = [*map(self._seen_of, text.split("\n"))]
        yield from chain.from_iterable([line.found for line in lines if line.found])
        if len(lines) > 1 and self._may_go_on(lines):
            yield from self.in_whole(text)

    def in_whole(self, text: str, *, guessed: bool = False) -> Iterator[Secret]:
        """The same, by a scan of the whole text. ``guessed`` means that it may be no text at all."""
        for form in dict.fromkeys(forms(text)):
            yield from self.needles.found(form, guessed=guessed)
            yield from self._in_runs(form)

    def _line(self, line: str) -> _Line:
        texts = forms(line)
        written, plain, bare = map(cache(self._seen), texts)
        rests = (written.rests, plain.rests, bare.rests)
        return _Line(
            (written.letters, plain.letters, bare.letters),
            rests if any(rests) else (),
            (*written.found, *plain.found, *bare.found),
            is_cut(texts[-1]),
            written.begun or bare.begun,
            bare.goes_on,
        )

    def _form(self, form: str) -> Seen:
        seen = self.needles.seen(form)
        packed = tuple(self._in_runs(form))
        return replace(seen, found=(*seen.found, *packed)) if packed else seen

    def _in_runs(self, text: str) -> Iterator[Secret]:
        for run in runs(text):
            yield from self._packed(run)

    def _in_base64(self, run: str) -> tuple[Secret, ...]:
        return tuple(secret for text in base64_texts(run) for secret in self.needles.found(text, guessed=True))

    def _may_go_on(self, lines: Sequence[_Line]) -> bool:
        if any(line.cut for line in lines):
            return True
        forms = [*zip(*(line.letters for line in lines), strict=True)]
        for letters in dict.fromkeys(forms):
            whole = "\0" * BEFORE + "".join(letters)
            seams = {whole[end : end + BEFORE + AFTER] for end in accumulate(map(len, letters))}
            if any(map(self._crosses, seams)):
                return True
        if begun := [(at, line.rests) for at, line in enumerate(lines) if line.rests]:
            for number, letters in enumerate(forms):
                whole, ends = "".join(letters), [*accumulate(map(len, letters))]
                if any(whole.startswith(rest, ends[at]) for at, rests in begun for rest in rests[number]):
                    return True
        filled = [line for line in lines if line.letters[-1] or line.begun]
        return any(line.begun and after.goes_on for line, after in pairwise(filled))


def _cached(look: Callable[[str], Result]) -> Callable[[str], Result]:
    """The function with a cache: many results for short texts, a few for long ones, none for very long ones."""
    short, long = lru_cache(2**14)(look), lru_cache(2**9)(look)

    def remembered(text: str) -> Result:
        if len(text) <= _SHORT:
            return short(text)
        return long(text) if len(text) <= _LONG else look(text)

    return remembered
