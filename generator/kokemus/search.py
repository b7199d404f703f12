"""Search: the names by which terms and guides are found, as the index that ``templates/search.js`` reads.

It is made of the fixed vocabulary and the hand-written pages alone, so it is the same whatever is published.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kokemus import shipped
from kokemus.guide import THANKS, Guide
from kokemus.site import SECTIONS, Page
from kokemus.vocabulary import REMOTE, Term, Vocabulary, alphabetical
from kokemus.wording import capital, ui

KINDS = ("topic", "group", "format", "audience", "place", "language", "guide")
SHARED = ("ksi", "lla", "lle", "lta", "ssa", "sta")
_LANGUAGES = tuple(dict.fromkeys((*shipped.LANGUAGES, "se")))
Names = Mapping[str, Iterable[str]]


INFLECTION: Mapping[str, Any] = shipped.terms("inflection")
WORDS: Mapping[str, Any] = shipped.terms("search")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a part of one, that can be found; ``url`` is its address from the site's root.

    ``names`` are pairs of a language and its names, in folded base forms and parted by bars, the page's language first.
    """

    id: str
    kind: str
    title: str
    url: str
    names: tuple[tuple[str, str], ...]

    def words(self, language: str) -> list[str]:
        """The words of its names in a language."""
        return [word for tongue, text in self.names if tongue == language for word in re.split("[ |]", text)]


def entries(
    language: str, outline: Iterable[Page], vocabulary: Vocabulary, guides: Iterable[Guide]
) -> tuple[Entry, ...]:
    """All that can be found in one language of the site."""
    pages = {page.id: page for page in outline if page.language == language}
    order = (language, *(other for other in _LANGUAGES if other != language))
    return tuple(
        Entry(id, kind, capital(" ".join(title.split())), url, _folded_names(names, order))
        for id, kind, title, url, names in _named(language, pages, vocabulary, tuple(guides))
    )


def _named(
    language: str, pages: Mapping[str, Page], vocabulary: Vocabulary, guides: tuple[Guide, ...]
) -> Iterator[tuple[str, str, str, str, Names]]:
    for section in SECTIONS:
        for term in getattr(vocabulary, section).values():
            if page := pages.get(f"{section}/{term.id}"):
                yield page.id, page.kind, term.label(language), page.url, _of_term(term)
    for group in vocabulary.groups.values():
        address = f"{pages['topics'].url}#{group.id}"
        yield f"groups/{group.id}", "group", group.label(language), address, _of_term(group)
    remote = {tongue: (str(ui("remote", tongue)), *said) for tongue, said in WORDS[REMOTE].items()}
    yield f"places/{REMOTE}", "place", str(ui("remote", language)), f"{pages['places'].url}#{REMOTE}", remote
    asking = {tongue: (str(ui("request.title", tongue)), *said) for tongue, said in WORDS["request"].items()}
    yield "guides/request", "guide", pages["request"].title, pages["request"].url, asking
    for guide in guides:
        if guide.language == language and guide.id != THANKS:
            names = {other.language: (other.title, *other.keywords) for other in guides if other.id == guide.id}
            yield f"guides/{guide.id}", "guide", guide.title, pages[guide.id].url, names


def script(found: tuple[Entry, ...], language: str) -> str:
    """All that a search fetches, the script and its index: one file, since a slow phone feels each that it asks for.

    The script's lines of comment are left out, but for the one that speaks to the browser, and so is its indentation.
    """
    written = (shipped.PACKAGE / "templates" / "search.js").read_text("utf-8")
    told = re.sub(r"(?m)^ +", "", re.sub(r"(?m)^ *// .*\n", "", written))
    return f"{told}export const index = {index(found, language)};\n"


@lru_cache(len(shipped.LANGUAGES))
def index(found: tuple[Entry, ...], language: str) -> str:
    """The entries as JSON, with the rules that inflect their words and the texts that the script shows.

    It can be asked at once, on a slow phone too: the names in a language are one text, a line for each entry, where
    a space stands on either side of every word, and so two between names; the title, where it comes first, is «=». An
    address that the script can tell from the title, under the folder of the kind, it is not told. A star at the end of
    an ending stands for each of the shared ones.
    """
    kinds = {entry.kind: tuple(other for other in found if other.kind == entry.kind) for entry in found}
    found = tuple(entry for some in kinds.values() for entry in some)
    folders = {kind: re.sub("[^/]*/?$", "", some[0].url) for kind, some in kinds.items()}
    data = {
        "language": language,
        "kinds": {kind: str(ui(f"search.kind.{kind}", language)) for kind in KINDS},
        "counts": [str(ui(f"search.found.{number}", language)) for number in ("none", "one", "other")],
        "small": sorted({folded(word) for words in WORDS["small"].values() for word in words}),
        "attached": INFLECTION["attached"].split(),
        "inflection": _inflection(found),
        "shared": SHARED,
        "folders": folders,
        "entries": {kind: [_told(entry, folders[kind]) for entry in some] for kind, some in kinds.items()},
        "names": {tongue: "\n".join(_line(entry, tongue, language) for entry in found) for tongue in _LANGUAGES},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _told(entry: Entry, folder: str) -> tuple[str, ...]:
    address = f"{folder}{'-'.join(_words(entry.title))}/"
    return (entry.title, *([] if entry.url == address else [entry.url]))


def _line(entry: Entry, language: str, own: str) -> str:
    names = dict(entry.names).get(language)
    line = f" {names.replace('|', '  ')} " if names else ""
    title = f" {' '.join(_words(entry.title))} "
    return line.replace(title, "=", 1) if language == own and line.startswith(title) else line


def alphabet(language: str, outline: Iterable[Page], vocabulary: Vocabulary) -> list[tuple[str, Page]]:
    """Every topic, format, audience and language with its page, in the Finnish order of letters."""
    found = [
        (capital(getattr(vocabulary, f"{page.kind}s")[page.term].label(language)), page)
        for page in outline
        if page.language == language and page.kind in ("topic", "format", "audience", "language")
    ]
    return sorted(found, key=lambda item: alphabetical(item[0]))


def folded(text: str) -> str:
    """As the script folds what is typed: no case, no accents, å and ä as a, ö as o."""
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(str.maketrans("đŋŧøæ", "dntoa"))


def _of_term(term: Term) -> Names:
    return {
        language: (*filter(None, [term.labels.get(language)]), *term.synonyms.get(language, ()))
        for language in _LANGUAGES
    }


def _folded_names(names: Names, order: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each name once, in the first language that has it."""
    said: set[str] = set()
    kept: list[tuple[str, str]] = []
    for language in order:
        new = [name for name in dict.fromkeys(map(_based, names.get(language, ()))) if name and name not in said]
        said.update(new)
        kept += [(language, "|".join(new))] if new else []
    return tuple(kept)


@lru_cache(2**12)
def _based(name: str) -> str:
    """A name in folded words, each in its base form where the vocabulary has it in another."""
    return " ".join(INFLECTION["base"].get(word, word) for word in _words(name))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))


def _inflection(found: Iterable[Entry]) -> Mapping[str, list[tuple[str, int, str]]]:
    """Of the rules those that decide how any word inflects: the words' endings, letters to cut, what may follow."""
    used: dict[str, list[tuple[str, int, str]]] = {}
    for language in _LANGUAGES:
        rules = INFLECTION.get(language, [])
        endings = {ending for rule in rules for ending in rule["of"].split()}
        deciding = {_longest(word, endings) for entry in found for word in entry.words(language)}
        kept = ((" ".join(ending for ending in rule["of"].split() if ending in deciding), rule) for rule in rules)
        used[language] = [(of, rule["cut"], _shortened(rule["endings"].split())) for of, rule in kept if of]
    return used


def _shortened(endings: list[str]) -> str:
    """The endings, with one star in place of all the shared ones that may follow the same letters."""
    before = [ending.removesuffix(SHARED[0]) for ending in endings if ending.endswith(SHARED[0])]
    starred = [letters for letters in before if {letters + shared for shared in SHARED} <= set(endings)]
    covered = {letters + shared for letters in starred for shared in SHARED}
    return " ".join([*(f"{letters}*" for letters in starred), *(end for end in endings if end not in covered)])


def _longest(word: str, endings: Set[str]) -> str:
    return next((word[start:] for start in range(len(word)) if word[start:] in endings), "-")
