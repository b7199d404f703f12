"""Names as the search compares them: folded, in base form, and long words cut to their beginning."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache
from typing import Any

from kokemus import resources

TONGUES = tuple(dict.fromkeys((*resources.LANGUAGES, "se")))
LEAST, MOST = 6, 9
"""A word whose stem has at least ``LEAST`` letters is recognised by at most the first ``MOST``, whatever follows."""
ALIKE = "@"
"""The prefix of a name for a group of words that stand for one another."""
ANY, EXACT = "*", "!"
"""The suffixes of a word that stands for any word with this beginning, and of one that stands for no other form."""
Names = Mapping[str, Iterable[str]]


@cache
def inflection() -> Mapping[str, Any]:
    """How words inflect, by language."""
    return resources.texts("public/search/inflection")  # type: ignore[no-any-return]


def folded(text: str) -> str:
    """The text folded as the script folds a query: no case, accents or invisible characters; å and ä as a, ö as o."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf")).translate(_LETTERS)


_LETTERS = str.maketrans("đŋŧøæ", "dntoa")


def pattern(word: str) -> str:
    """A lower-case word as part of a regular expression; a star stands for any ending."""
    return folded(word).replace("*", ".*")


def folded_names(names: Names, order: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each name once, in the first language that has it. Names that another name also finds are left out.

    The first name of each language is the title and stays whole; in the others long words are cut.
    """
    said: set[str] = set()
    kept: list[tuple[str, str]] = []
    for language in order:
        based = [name for name in dict.fromkeys(map(_based, names.get(language, ()))) if name]
        short = dict.fromkeys((*based[:1], *(_short(name, language) for name in based[1:])))
        alone = {name for name in short if " " not in name}
        new = [name for at, name in enumerate(short) if name not in said and (at == 0 or not _is_found(name, alone))]
        said.update(new)
        kept += [(language, "|".join(new))] if new else []
    return tuple(kept)


def _short(name: str, language: str) -> str:
    """The name with its long words cut to their beginning and a star."""
    return " ".join(_beginning_of(word, language) for word in name.split(" "))


@lru_cache(2**13)
def _beginning_of(word: str, language: str) -> str:
    if word[0] == ALIKE or word[-1] in (ANY, EXACT):
        return word
    ending = next((word[at:] for at in range(len(word) + 1) if word[at:] in _cuts(language)), None)
    stem = word[: len(word) - _cuts(language).get(ending or "", 0)]
    return f"{stem[:MOST]}*" if len(stem) >= LEAST else word


@lru_cache(len(TONGUES))
def _cuts(language: str) -> Mapping[str, int]:
    """By ending, how many letters a word with it loses."""
    rules = inflection().get(language, [])
    return {ending.replace("-", ""): rule["cut"] for rule in rules for ending in rule["of"].split()}


def _is_found(name: str, alone: Set[str]) -> bool:
    """Whether a word of the name is another name by itself, or begins with one that ends in a star."""
    words = name.split(" ")
    parts = {word for word in words if len(words) > 1} | {
        f"{word[:end]}*" for word in words for end in range(len(word.removesuffix("*")) + (word[-1] != "*"))
    }
    return not alone.isdisjoint(parts)


@lru_cache(2**12)
def _based(name: str) -> str:
    """The name as folded words, each in its base form if the vocabulary has the word in another form."""
    return " ".join(inflection()["base"].get(word, word) for word in re.findall(r"@?[^\W_]+[*!]?", folded(name)))


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))
