"""Who and where: names of people and places in a text, in any of their forms, and what else a capital gives away.

``traces/forms.tsv`` holds the forms, made ahead of time (``make forms``). A form that is no everyday word is found
however it is written; one that is (``Toivo``, ``Salossa``) only with a capital inside a sentence, where Finnish and
Swedish write nothing else so. A capital there is a name even when nobody has listed it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from kokemus.patterns import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*(?::[a-zäö]+)?")
_GAP_OPENS = re.compile(r"[.!?…:|]|[\"“”»«]|\n\s*\n|\n\s*(?:[-*+#>]|\d+\.)")
_ABBREVIATED = re.compile(r"esim|mm|ks|kts|ns|n|v|s|t|ex|bl|a|dr|mrs?|ms|st|prof|tri|nro|e|g|i|puh|os|hra|rva|tel")
_CLITIC = re.compile(r"(?:kin|kaan|kään|han|hän|ko|kö|pa|pä)$")
_PEOPLE = re.compile(r"(.{2,}?)l(?:ai|äi)(?:nen|s[a-zåäö]*)")
_PLACES = ("place", "place-as-is")
_PEOPLES_NAMES = ("given", "given-abroad", "surname", "surname-abroad")
_LEGAL_FORM = re.compile(r"ry|oy|oyj|ab|ky|tmi|rf|ltd|inc")
_INSTITUTION = re.compile(
    r"\w*(?:sjukhus(?:et)?|skolan?|gymnasi(?:um|et)|universitet(?:et)?|församling(?:en)?|hälso(?:vårds)?central(?:en)?"
    r"|klinik(?:en)?|fabrik(?:en)?|daghem(?:met)?|förening(?:en)?|akademin?)s?|\w*group\w{0,4}"
    r"|hospital|school|university|college|clinic|church|parish|association|foundation|prison|factory|academy"
)
_SAYS_OF_ITSELF = re.compile(r"olen|olin|entinen|ammatiltani|.*vuotias|.*l(?:ai|äi)nen|som|är|var|blev|en|an?|former")
_DAY = re.compile(r"\s?-päivä")  # «Minna Canth -päivä»
_WARD = re.compile(
    r"\b(?:\w*osasto(?:n|a|ssa|sta|on|lla|lta|lle)?|avdelning(?:en)?|ward)\s+(?:[A-Z]?\d{1,3}\s?[A-Z]?(?::\w+)?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a section: which are known, and of these the ones to take with care.

    ``small`` may be found without a capital, ``sure`` at the start of a sentence, the others only inside one.
    ``lemmas`` are the uninflected ones.
    """

    kind: Mapping[str, str]
    small: frozenset[str]
    sure: frozenset[str]
    lemmas: frozenset[str]
    sections: Mapping[str, frozenset[str]]


@cache
def forms() -> Forms:
    """The table, read once."""
    kind: dict[str, str] = {}
    small: set[str] = set()
    careful: set[str] = set()
    lemmas: set[str] = set()
    sections: dict[str, set[str]] = {}
    for line in (files("kokemus") / "traces" / "forms.tsv").read_text("utf-8").splitlines()[1:]:
        section, stem, endings = line.split("\t")
        found = sections.setdefault(section, set())
        named = "place" if section in _PLACES else "name" if section in _PEOPLES_NAMES else ""
        for index, ending in enumerate(endings.split(" ")):
            form = stem + ending.lstrip("~^").rstrip(".")
            found.add(form)
            if not named:
                continue
            kind.setdefault(form, named)
            if index == 0:
                lemmas.add(form)
            if ending[0] == "~":
                careful.add(form)
            elif ending[0] != "^" and section in ("place", "given"):
                small.add(form)
    return Forms(
        kind,
        frozenset(small - careful),
        frozenset(kind.keys() - careful),
        frozenset(lemmas),
        {section: frozenset(words) for section, words in sections.items()},
    )


def of(section: str) -> frozenset[str]:
    """The forms of one section of the table."""
    return forms().sections[section]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the text; ``initial`` where a capital is due to the start of a sentence."""

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


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        opens = _GAP_OPENS.search(gap)
        shortened = bool(found) and gap[:1] == "." and gap.strip() == "." and _ABBREVIATED.fullmatch(found[-1].small)
        found.append(Word(match.group(), *match.span(), not found or (bool(opens) and not shortened)))
        end = match.end()
    return found


def found(text: str, language: str) -> Iterator[tuple[str, Span]]:
    """The organisations, names, places and posts in a text, with their kind; they may overlap, the first one wins."""
    listed = words(text)
    kinds = [_kind(word, language) for word in listed]
    for index, (word, following) in enumerate(pairwise(listed)):
        # «Toivo Virtanen»: what opens the sentence is a name when one follows at once.
        named = kinds[index + 1] == "name" and following.capital and _adjoin(text, word, following)
        if named and word.initial and kinds[index] is None and word.small in forms().kind:
            kinds[index] = "name"
    yield from (("organisation", match.span()) for match in _WARD.finditer(text))
    yield from _organisations(text, listed, kinds)
    start = None
    for index, (word, kind) in enumerate(zip(listed, kinds, strict=True)):
        if kind is None:
            continue
        start = word.start if start is None else start
        last = index + 1 == len(listed) or kinds[index + 1] != kind or not _adjoin(text, word, listed[index + 1])
        if last or kind == "place":
            if not _DAY.match(text, word.end):
                yield kind, (start, word.end)
            start = None
    yield from _posts(listed, language)


def _adjoin(text: str, one: Word, other: Word) -> bool:
    return text[one.end : other.start].isspace()


def _kind(word: Word, language: str) -> str | None:
    """What a word names: a place or anybody or anything else; None where nothing."""
    table = forms()
    if _harmless(word):
        return None
    if language == "fi" and (match := _PEOPLE.fullmatch(word.small)) and match.group(1) in of("demonym"):
        return "place"
    for form in _readings(word.small, language):
        kind = table.kind.get(form)
        if kind is None:
            continue
        if word.capital and (not word.initial or _starts_as_name(form, language)):
            return kind
        if language == "fi" and len(form) > 3 and form in table.small:
            return kind
        if kind == "place" and len(form) > 4 and form in table.small and form in table.lemmas:
            return kind
    if word.capital and not word.initial and not word.text.partition(":")[0].isupper():
        return "name"
    if "-" in word.text and word.capital and re.search(r"-[A-ZÅÄÖ][a-zåäö]", word.text):
        return "place"
    return None


def _readings(small: str, language: str) -> Iterator[str]:
    """The forms that a word may be, the most likely first: as it stands, without an ending, its parts."""
    yield small
    if language == "fi":
        yield _CLITIC.sub("", small)
    elif language == "en":
        yield re.sub(r"['’]s$", "", small)
    elif len(small) > 4:
        yield small.removesuffix("s")
    if "-" in small:
        yield small.partition("-")[0]


def _starts_as_name(form: str, language: str) -> bool:
    table = forms()
    if language == "fi":
        return form in table.sure
    return form in table.lemmas and form not in of("word-sv") | of("word-en")


def _harmless(word: Word) -> bool:
    if not word.capital:
        return False
    small = word.small
    return (
        small in of("harmless")
        or small in of("harmless-as-is")
        or _CLITIC.sub("", small) in of("harmless")
        or small.partition("-")[0] in of("harmless")
        or (len(word.text) > 1 and word.text.partition("-")[0].isupper())
    )


def _organisations(text: str, listed: Sequence[Word], kinds: Sequence[str | None]) -> Iterator[tuple[str, Span]]:
    """A name with what it is a name of: «Muurolan sairaalassa», «Metsä Groupilla», «Vasa centralsjukhus»."""
    for index, word in enumerate(listed):
        if not _is_institution(word):
            continue
        first = index
        legal = bool(_LEGAL_FORM.fullmatch(word.small))
        while first and _adjoin(text, listed[first - 1], listed[first]):
            before, kind = listed[first - 1], kinds[first - 1]
            if not (before.capital and legal) and not _modifies(before, kind):
                break
            first -= 1
        last = index
        if word.capital and index + 1 < len(listed) and kinds[index + 1] and _adjoin(text, word, listed[index + 1]):
            last += 1
        if first < index or (last > index and not word.initial):
            yield "organisation", (listed[first].start, listed[last].end)


def _modifies(word: Word, kind: str | None) -> bool:
    """Whether a word before «school» or «hospital» says which one."""
    listed = kind is not None or word.small in forms().kind
    return word.capital and not word.text.isupper() and (listed or not word.initial)


def _is_institution(word: Word) -> bool:
    small = word.small
    return (
        small in of("institution")
        or small.rpartition("-")[2] in of("institution")
        or bool(_LEGAL_FORM.fullmatch(small) or _INSTITUTION.fullmatch(small))
    )


def _posts(listed: Sequence[Word], language: str) -> Iterator[tuple[str, Span]]:
    """What somebody says to be or to have been; a post that few hold in a municipality is of the kind ``post``."""
    for before, word in pairwise(listed):
        small = word.small
        own = _SAYS_OF_ITSELF.fullmatch(before.small) or (language == "fi" and small.endswith(("na", "nä")))
        if own and (small in of("office") or small in of("office-as-is")):
            yield "post", (word.start, word.end)
        elif own and (small in of("occupation") or small in of("occupation-as-is")):
            yield "occupation", (word.start, word.end)
