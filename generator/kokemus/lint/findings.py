"""What in a free text may identify a person, by kind and place; the coordinator has the last word.

The coordinator accepts a kind for a card in ``card.accepted``, and for a page in its front matter. Until then a finding
is an error in a card. On a page it is a warning, except that ways to reach or pay a person without the coordinator are
errors: phone, e-mail, account. An identity code is an error that nobody can accept. Details that are harmless alone (a
place, a year, an age, an occupation) may together point to one person; that is the kind ``combination``. No message
repeats what was found.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kokemus.documents.problems import Mark, problem
from kokemus.lint import known, names, patterns, wordforms
from kokemus.lint.patterns import Patterns, Span
from kokemus.vocabulary.node import Node

KINDS = (*patterns.KINDS, "organisation", "place", "name", "post", "combination")
NEVER = "identity-code"
_INDIRECT = frozenset({"place", "organisation", "age", "date", "occupation", "post"})
_SIGNED = frozenset({"name", "place", "organisation", "combination"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f\ufeff\u20e3]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A kind of detail, and where it begins and ends in the text."""

    kind: str
    start: int
    end: int


def findings(text: str, language: str, beside: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """What may identify somebody in a text, in order. Findings do not overlap, except that a combination may.

    ``beside`` are kinds of detail that are published together with the text, and so count for a combination.
    """
    if known.is_clean(text, language):
        return ()
    seen, places = _as_seen(text)
    kept: list[tuple[str, Span]] = []
    taken = bytearray(len(seen))
    for kind, (start, end) in _all(seen, language):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((kind, (start, end)))
    ordered = sorted(kept, key=lambda one: one[1])
    results = [Finding(kind=kind, start=places[start], end=places[end - 1] + 1) for kind, (start, end) in ordered]
    indirect = {finding.kind: finding for finding in reversed(results) if finding.kind in _INDIRECT}
    if indirect and len(indirect.keys() | beside) > 1:
        *_, last = sorted(indirect.values(), key=lambda finding: finding.start)[:2]
        results.append(Finding(kind="combination", start=last.start, end=last.end))
    return tuple(finding for finding in results if finding.kind != "occupation")


def in_name(name: str) -> tuple[Finding, ...]:
    """The findings in a card's name. Names, places and organisations in it were signed, so they are left out."""
    return tuple(finding for finding in findings(name, "fi") if finding.kind not in _SIGNED)


def blanked(text: str, may_stand: Iterable[str]) -> str:
    """The text with every ``may_stand`` replaced by dots, so that the rest keeps its place."""
    for words in sorted(may_stand, key=len, reverse=True):
        text = re.sub(re.escape(words), lambda match: "." * len(match.group()), text, flags=re.IGNORECASE)
    return text


def report(
    owner: Node,
    texts: Iterable[tuple[Iterable[Finding], Callable[[int], Mark]]],
    *,
    strict: bool = False,
    beside: Iterable[str] = (),
) -> frozenset[str]:
    """Report findings that the owner does not accept, and accepted kinds that were not found; the accepted kinds.

    Each text comes with its findings and with a function from a place in the text to its place in the file. ``strict``
    makes every finding an error. ``beside`` are kinds of detail that are published beside the text, without a finding.
    """
    accepted: dict[str, Node] = {}
    for item in owner.items("accepted"):
        kind = item.value()
        if kind == NEVER:
            item.report("never-accepted")
        elif kind in accepted:
            item.report("named-twice", term=kind)
        elif kind in KINDS:
            accepted[kind] = item
        elif kind is not None:
            item.report("unknown-detail", known=", ".join(one for one in KINDS if one != NEVER))
    met = set(beside)
    for found, place in texts:
        for finding in found:
            met.add(finding.kind)
            if finding.kind not in accepted:
                reported = problem(f"text-{finding.kind}", owner.document.path, owner.route, place(finding.start))
                owner.problems.append(replace(reported, strict=strict))
    for kind in accepted.keys() - met:
        accepted[kind].report("accepts-nothing", kind=kind)
    return frozenset(accepted)


def _all(text: str, language: str) -> Iterator[tuple[str, Span]]:
    yield from patterns.codes(text)
    small, (in_small, as_written) = patterns.small(text), every_pattern()
    for kind, ones in in_small.items():
        for one, form in (*((one, small) for one in ones), *((one, text) for one in as_written.get(kind, ()))):
            for match in one.finditer(form):
                part = "it" if "it" in one.groupindex and match["it"] else 0
                yield ("date" if kind == "year" else kind), match.span(part)
    yield from names.found(text, small, language)


@cache
def every_pattern() -> tuple[Patterns, Patterns]:
    """The patterns by kind, for lower case and for the text as written, with the forms of street names filled in."""
    return patterns.finished("|".join(sorted(wordforms.of("street"), key=lambda form: (-len(form), form))))


def _as_seen(text: str) -> tuple[str, list[int]]:
    """The text as a reader sees it: composed and without invisible characters. Also where each character was."""
    if text.isascii() or (unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text)):
        return text, list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if _UNSEEN.match(letter):
            continue
        if letters and unicodedata.combining(letter):
            joined = unicodedata.normalize("NFC", letters[-1] + letter)
            letters[-1:] = joined[:1]
            continue
        for part in unicodedata.normalize("NFKC", letter):
            letters.append(part)
            places.append(place)
    return "".join(letters), places
