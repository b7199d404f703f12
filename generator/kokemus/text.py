"""Texts: languages, words, and the forms used for comparing, sorting and dialling."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*(?::[a-zäö]+)?")
_GAP_OPENS = re.compile(r"[.!?…:|]|[\"“”»«]|\n[ \t]{0,8}\n|\n[ \t]{0,8}(?:[-*+#>]|\d{1,3}\.)")
_ABBREVIATED = re.compile(r"esim|mm|ks|kts|ns|n|v|s|t|ex|bl|a|dr|mrs?|ms|st|prof|tri|nro|e|g|i|puh|os|hra|rva|tel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its place in the text; ``initial`` if it may have a capital because a sentence begins there."""

    text: str
    start: int
    end: int
    initial: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def small(self) -> str:
        return self.text.partition(":")[0].lower()


def shown(text: str) -> str:
    """A value that may contain anything, safe for one line of a message: unprintable characters are escaped."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        opens = _GAP_OPENS.search(gap)
        shortened = bool(found) and gap[:1] == "." and gap.strip() == "." and _ABBREVIATED.fullmatch(found[-1].small)
        found.append(
            Word(
                text=match.group(),
                start=match.start(),
                end=match.end(),
                initial=not found or (bool(opens) and not shortened),
            )
        )
        end = match.end()
    return found


def spellings(text: str) -> set[str]:
    """The words of a text in lower case, each once, in much less time than with their places."""
    return {word.lower() for word in _WORD.findall(text)}


def sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text, and the rest."""
    first, *rest = re.split(r"(?<=[.!?]) (?=[^\W\d_a-zåäö])", text, maxsplit=1)
    return first, "".join(rest)


def adjoining(text: str, one: Word, other: Word) -> bool:
    """Whether only white space is between two words."""
    return text[one.end : other.start].isspace()


_LETTERS = re.compile(r"[^\W_]+")


def in_language(texts: Mapping[str, T], *languages: str) -> T:
    """The text in the first of these languages that has one, else in any language."""
    return next(text for language in (*languages, *texts) if (text := texts.get(language)))


def nearest(word: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """The known word that a misspelt one probably means; None if none is similar. Known words must be lower case."""
    return next(iter(get_close_matches(word.casefold(), [*known], n=1, cutoff=cutoff)), None)


class _Unmarked(dict[int, int | None]):
    """For ``str.translate``: drops accents and invisible characters."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        dropped = unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        return self.setdefault(code, None if dropped else code)


_UNMARKED = _Unmarked()


def fold(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which values and output are compared."""
    if text.isascii():
        return tuple(_LETTERS.findall(text.lower()))
    return tuple(_LETTERS.findall(unicodedata.normalize("NFKD", text.casefold()).translate(_UNMARKED)))


def is_rounded(number: str) -> bool:
    """Whether a spreadsheet took a phone number for a quantity and rounded it, as in «4,05556E+08»."""
    return bool(re.fullmatch(r"\s*\+?\d(?:[.,]\d+)?[eE]\+?\d+\s*", number))


def national(number: str) -> str:
    """The digits of a phone number without the Finnish country code or the leading zero, the same in every spelling."""
    return re.sub(r"\D", "", number).removeprefix("00").removeprefix("358").removeprefix("0")


_ALPHABET = str.maketrans("áàâčđéèêëíìńŋóòšśŧúùüžæø", "aaacdeeeeiinnoosstuuyzäö")


def alphabetical(text: str) -> tuple[str, str]:
    """A sort key for Finnish: å, ä, ö last; Sámi and other accented letters with their base letter."""
    return text.casefold().translate(_ALPHABET).translate(str.maketrans("åäö", "{|}")), text


_NATIONAL = re.compile(r"\A(?:00358|0(?![0-36-8]00)(?=[1-9]))")


def dialled(number: str) -> str:
    """A phone number that can be dialled from anywhere.

    A Finnish number gets the country code instead of its zero. Short numbers, and service numbers that work only within
    the country, are unchanged.
    """
    digits = re.sub(r"[^0-9+]", "", re.sub(r"(\+[\d\s]+)\(0\)", r"\1", number))
    return _NATIONAL.sub("+358", digits)
