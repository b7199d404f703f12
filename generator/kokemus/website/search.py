"""Search: the names by which terms and guides are found, as the index that ``public/templates/search.js`` reads.

It is made of the fixed vocabulary and the hand-written pages alone, so it is the same whatever is published.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby, takewhile
from typing import Any

from kokemus import resources
from kokemus.text import alphabetical
from kokemus.vocabulary import REMOTE, Term, Vocabulary
from kokemus.website import shipped
from kokemus.website.guide import THANKS, Guide
from kokemus.website.names import ALIKE, TONGUES, Names, folded, folded_names, inflection, pattern, words_of
from kokemus.website.outline import SECTIONS, Page
from kokemus.website.wording import capital, ui

KINDS = ("topic", "group", "format", "audience", "place", "language", "guide")
LONG = 8
"""Finnish words of at least this many letters are recognised by their beginning, so they need no rules for endings."""
SHORT = 4


@cache
def _words() -> Mapping[str, Any]:
    return resources.texts("public/search/search")  # type: ignore[no-any-return]


@cache
def further() -> Mapping[str, Mapping[str, list[str]]]:
    """Names by which a term is found besides its labels and synonyms, by its id and the language."""
    return resources.texts("public/search/also")  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a part of one, that can be found; ``url`` is its address from the site's root.

    ``names`` are pairs of a language and the names in it, the page's language first. The names are in folded base
    forms, separated by bars. ``also`` are more names in the page's language. They are only loaded for a query that
    ``names`` do not answer.
    """

    id: str
    kind: str
    title: str
    url: str
    names: tuple[tuple[str, str], ...]
    also: str = ""

    def words(self, language: str) -> list[str]:
        """The words of its names in a language; in the page's own language, those of ``also`` too."""
        further = self.also if language in dict(self.names[:1]) else ""
        return re.findall("[^ |]+", f"{dict(self.names).get(language, '')}|{further}")


def entries(
    language: str, outline: Iterable[Page], vocabulary: Vocabulary, guides: Iterable[Guide]
) -> tuple[Entry, ...]:
    """All that can be found in one language of the site, kind by kind."""
    pages = {page.id: page for page in outline if page.language == language}
    order = (language, *(other for other in TONGUES if other != language))
    found = tuple(
        _entry(id, kind, capital(" ".join(title.split())), url, names, order)
        for id, kind, title, url, names in _named(language, pages, vocabulary, tuple(guides))
    )
    known = {name for entry in found for name in dict(entry.names)[language].split("|")}
    return tuple(_with_what_is_known(entry, known) for entry in found)


def _with_what_is_known(entry: Entry, known: Set[str]) -> Entry:
    """The entry; a name of ``also`` that some entry has in ``names`` is moved there: ``also`` is not loaded for it."""
    further = entry.also.split("|")
    (language, names), *others = entry.names
    said = "|".join((names, *(name for name in further if name in known)))
    also = "|".join(name for name in further if name not in known)
    return replace(entry, names=((language, said), *others), also=also)


def _named(
    language: str, pages: Mapping[str, Page], vocabulary: Vocabulary, guides: tuple[Guide, ...]
) -> Iterator[tuple[str, str, str, str, Names]]:
    for section in SECTIONS:
        for term in getattr(vocabulary, section).values():
            page = pages.get(f"{section}/{term.id}", pages[section])
            yield f"{section}/{term.id}", section.removesuffix("s"), term.label(language), page.url, _of_term(term)
    for group in vocabulary.groups.values():
        address = f"{pages['topics'].url}#{group.id}"
        yield f"groups/{group.id}", "group", group.label(language), address, _of_term(group)
    where = pages["where"].url
    for place in vocabulary.places.values():
        if place.id in vocabulary.served:
            address = f"{where}#{place.id}"
            yield f"places/{place.id}", "place", place.label(language), address, _of_term(place)
    remote = {tongue: (str(ui("remote", tongue)), *said) for tongue, said in _words()[REMOTE].items()}
    yield f"places/{REMOTE}", "place", str(ui("remote", language)), f"{where}#{REMOTE}", remote
    for spoken in vocabulary.languages.values():
        address = f"{where}#language-{spoken.id}"
        yield f"languages/{spoken.id}", "language", spoken.label(language), address, _of_term(spoken)
    asking = {tongue: (str(ui("request.title", tongue)), *said) for tongue, said in _words()["request"].items()}
    yield "guides/request", "guide", pages["request"].title, pages["request"].url, asking
    for guide in guides:
        if guide.language == language and guide.id != THANKS:
            names = {other.language: (other.title, *other.keywords) for other in guides if other.id == guide.id}
            yield f"guides/{guide.id}", "guide", guide.title, pages[guide.id].url, names


def script(found: tuple[Entry, ...], language: str) -> str:
    """The search's script and its index, in one file, because each request takes long on a slow phone."""
    written = (resources.PACKAGE / "public" / "templates" / "search.js").read_text("utf-8")
    return f"{shipped.script(written)}export const index = {index(found, language)};\n"


@lru_cache(len(resources.LANGUAGES))
def index(found: tuple[Entry, ...], language: str) -> str:
    """The entries as JSON, with their names in the page's language and the texts that the script shows.

    The format needs no preparation, so that a slow phone can search at once. The names in a language are one text with
    a line for each entry. There is a space before and after every name, and one between its words. If the title comes
    first, «=» stands for it. An address is left out if the script can derive it from the title and from the beginning
    that all addresses of the kind share.
    """
    kinds = {kind: tuple(some) for kind, some in groupby(found, lambda entry: entry.kind)}
    folders = {kind: re.sub("[^/#]*$", "", _beginning([one.url for one in some])) for kind, some in kinds.items()}
    ids = {entry.id.removeprefix("languages/"): number for number, entry in enumerate(found)}
    data = {
        "language": language,
        "kinds": {kind: str(ui(f"search.kind.{kind}", language)) for kind in KINDS},
        "counts": [str(ui(f"search.found.{number}", language)) for number in ("none", "open", "one", "other")],
        "scripts": {name: [ids[one] for one in some if one in ids] for name, some in _words()["scripts"].items()},
        "attached": inflection()["attached"].split(),
        "folders": folders,
        "join": next((entry.url for entry in found if entry.id == "guides/join"), ""),
        "entries": {kind: [_told(entry, folders[kind]) for entry in some] for kind, some in kinds.items()},
        **_spoken(found, language, (language,)),
    }
    return _as_json(data)


@lru_cache(len(resources.LANGUAGES))
def also(found: tuple[Entry, ...], language: str) -> str:
    """More names in the page's language, and words about no topic («dentist»); loaded if the index lacks a word."""
    names = "\n".join(f" {entry.also.replace('|', '  ')} " if entry.also else "" for entry in found)
    some = {name: words[language] for name, words in _words()["alike"].items()}
    alike = {f"{ALIKE}{name}": _any_of(words) for name, words in {**some, "kin": some["kin"] + some["parent"]}.items()}
    data = {"names": {language: names}, "inflection": {}, "small": "", "alike": alike}
    return f"export default {_as_json({**data, 'elsewhere': _any_of(_words()['elsewhere'][language])})};\n"


@lru_cache(len(resources.LANGUAGES))
def others(found: tuple[Entry, ...], language: str) -> str:
    """The names in languages other than the page's; only loaded for words that are not in the page's language."""
    tongues = tuple(tongue for tongue in TONGUES if tongue != language)
    return f"export default {_as_json(_spoken(found, language, tongues))};\n"


def _spoken(found: tuple[Entry, ...], own: str, tongues: tuple[str, ...]) -> Mapping[str, Any]:
    """The names in these languages, their stop words, and their inflection rules.

    A stop word of another language is left out if it is a name in the page's own: «same», for a Sámi in Swedish.
    """
    said = {word for entry in found for word in entry.words(own)} if own not in tongues else set()
    small = (word for tongue in tongues for word in _words()["small"].get(tongue, ()))
    return {
        "small": _any_of(word for word in small if folded(word) not in said),
        "inflection": {tongue: _inflection(found, tongue) for tongue in tongues},
        "names": {tongue: "\n".join(_line(entry, tongue, own) for entry in found) for tongue in tongues},
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted({pattern(word) for word in words}))


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _beginning(texts: list[str]) -> str:
    """The longest common beginning of the texts."""
    pairs = zip(min(texts), max(texts), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _told(entry: Entry, folder: str) -> tuple[str, ...]:
    end = f"{'-'.join(words_of(entry.title))}{'' if folder.endswith('#') else '/'}"
    return (entry.title, *([] if entry.url == folder + end else [entry.url.removeprefix(folder)]))


def _line(entry: Entry, language: str, own: str) -> str:
    names = dict(entry.names).get(language)
    line = f" {names.replace('|', '  ')} " if names else ""
    title = f" {' '.join(words_of(entry.title))} "
    return line.replace(title, "=", 1) if language == own and line.startswith(title) else line


def alphabet(language: str, outline: Iterable[Page], vocabulary: Vocabulary) -> list[tuple[str, Page]]:
    """Every page of a term, in the Finnish order of letters."""
    found = [
        (capital(getattr(vocabulary, f"{page.kind}s")[page.term].label(language)), page)
        for page in outline
        if page.language == language and page.term
    ]
    return sorted(found, key=lambda item: alphabetical(item[0]))


def _of_term(term: Term) -> Names:
    return {
        language: (*filter(None, [term.labels.get(language)]), *term.synonyms.get(language, ())) for language in TONGUES
    }


def _entry(id: str, kind: str, title: str, url: str, names: Names, order: tuple[str, ...]) -> Entry:
    own = order[0]
    label, *more = names.get(own) or (title,)
    joined = [title.replace("-", "")] if "-" in title else []
    short = [name for name in more if len(name.split()) == 1]
    said = folded_names({**names, own: (label, *joined, *short)}, order)
    every = folded_names({own: (label, *more, *further().get(id, {}).get(own, ()))}, (own,))
    known, more = (dict(some).get(own, "").split("|") for some in (said, every))
    return Entry(id, kind, title, url, said, "|".join(name for name in more if name not in known))


def _inflection(found: Iterable[Entry], language: str) -> list[tuple[str, int, str]]:
    """The rules that apply to at least one word, each with: word endings, number of letters to cut, new endings."""
    rules = inflection().get(language, [])
    endings = {ending for rule in rules for ending in rule["of"].split()}
    told = {word for entry in found for word in entry.words(language) if word[-1] != "*"}
    deciding = {_longest(word, endings) for word in told if language != "fi" or len(word) < LONG}
    some = ((sorted({*rule["of"].split()} & deciding), rule) for rule in rules)
    kept = [(of, rule["cut"], rule["endings"].split()) for of, rule in some if of]
    if language == "fi":
        kept = [_merged(cut, [rule for rule in kept if rule[1] == cut]) for cut in sorted({cut for _, cut, _ in kept})]
    return [(" ".join(of), cut, " ".join(sorted(set(endings)))) for of, cut, endings in kept]


def _merged(cut: int, rules: Iterable[tuple[list[str], int, list[str]]]) -> tuple[list[str], int, list[str]]:
    """Rules that cut equally many letters, merged into one to save space, without long and rarely typed endings."""
    some = list(rules)
    return [ending for of, *_ in some for ending in of], cut, [e for *_, ends in some for e in ends if len(e) <= SHORT]


def _longest(word: str, endings: Set[str]) -> str:
    return next((word[start:] for start in range(len(word)) if word[start:] in endings), "-")
