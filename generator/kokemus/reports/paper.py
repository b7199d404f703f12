"""Papers as HTML pages for the coordinator to read and print. Each is a single file that loads nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import jinja2
from markupsafe import Markup, escape

from kokemus import resources
from kokemus.documents.document import Data
from kokemus.documents.problems import Problem, Route
from kokemus.erasure.finding import Found
from kokemus.erasure.past import Past
from kokemus.git.history import Unreadable
from kokemus.reports import figures, messages
from kokemus.reports.consent_sheet import TEXT, Sheet
from kokemus.reports.explanation import Situation
from kokemus.reports.holdings import Held
from kokemus.reports.particulars import Facts, Missing
from kokemus.text import alphabetical, in_language
from kokemus.vocabulary import KINDS, Terms, Vocabulary
from kokemus.website.pages import ENVIRONMENT
from kokemus.website.wording import day, listing

PAPERS = ENVIRONMENT.overlay(loader=jinja2.PackageLoader("kokemus", "coordinator/templates"))
_TEXTS: Mapping[str, Mapping[str, str]] = resources.texts("coordinator/texts/papers")
_KINDS = {"topic": "topics", "solo": "topics", **{kind: kind for kind in KINDS}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as HTML, and the facts that it marks as missing."""

    html: str
    gaps: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values(Mapping[str, Markup]):
    """Escaped values for the placeholders of a text.

    A missing fact becomes a ``<mark>`` that names its file and key, and is added to ``gaps``.
    """

    facts: Mapping[str, object]
    language: str
    gaps: list[Missing] = field(default_factory=list)

    def __getitem__(self, name: str) -> Markup:
        value = self.facts[name]
        if isinstance(value, Missing):
            self.gaps.append(value)
            words = _text("missing", self.language).format(file=value.file, key=value.key)
            return Markup("<mark>{}</mark>").format(words)
        return escape(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def _text(key: str, language: str) -> Markup:
    """A text of ``coordinator/texts/papers.yml``; in English if it does not exist in the language."""
    return Markup(in_language(_TEXTS[key], language, "en"))


def _page(template: str, language: str, vocabulary: Vocabulary, own_facts: Facts, **values: Any) -> Page:
    gaps: list[Missing] = []

    def filled(words: str, /, **given: object) -> Markup:
        return Markup(words).format_map(_Values(facts={**own_facts, **given}, language=language, gaps=gaps))

    html = PAPERS.get_template(f"{template}.html").render(
        language=language,
        vocabulary=vocabulary,
        gaps=gaps,
        said=lambda texts: filled(texts[language]),
        t=lambda key, /, **given: filled(_text(key, language), **given),
        day=lambda on: day(on, language),
        label=lambda topic: vocabulary.topics[topic].label(language),
        own=lambda ids: _own(vocabulary.associations, ids, language),
        named=lambda kind, ids: ", ".join(_labels(getattr(vocabulary, kind), ids, language)),
        **values,
    )
    return Page(html=html, gaps=tuple(dict.fromkeys(gaps)))


def _own(associations: Terms, ids: Iterable[str], language: str) -> str:
    """The associations that an expert belongs to, as a list in a sentence."""
    return listing(_labels(associations, ids, language), language) or _text("sheet.own", language)


def _labels(terms: Terms, ids: Iterable[str], language: str) -> list[str]:
    return sorted((terms[id].label(language) for id in ids), key=alphabetical)


def consent(made: Sheet, facts: Facts, vocabulary: Vocabulary, language: str) -> Page:
    """The consent sheet, which fits on one printed page."""
    return _page("consent", language, vocabulary, facts, sheet=made, version=TEXT)


def say(key: str, language: str, **values: object) -> str:
    """A text of ``coordinator/texts/papers.yml`` with its values, not escaped."""
    return str(_text(key, language)).format_map(values)


def document(
    content: Any,
    facts: Facts,
    found: Mapping[str, Sequence[Sequence[str]]],
    vocabulary: Vocabulary,
    language: str,
) -> Page:
    """A paper of ``coordinator/texts/officer.yml``; ``found`` are the rows of its computed tables, by name."""
    return _page("document", language, vocabulary, facts, content=content, found=found)


def everything(held: Held, facts: Facts, vocabulary: Vocabulary, language: str) -> Page:
    """Everything held about one expert, for them to read."""
    found = held.found
    return _page(
        "everything",
        language,
        vocabulary,
        facts,
        held=held,
        rows=[
            (_part(route, vocabulary, language), _value(route, value, vocabulary, language))
            for route, value in held.values
        ],
        unreadable=found.problem(".git").text("message", language) if isinstance(found, Unreadable) else "",
        elsewhere=() if isinstance(found, Unreadable) else tuple(_elsewhere(found, language)),
    )


def _elsewhere(found: Found, language: str) -> Iterator[str]:
    """Where else something about an expert was found, with the parts of the profile, and which files were not read."""
    yield from (f"desk/{paper.name}" for paper in found.papers)
    places = [("", found.tree), ("site/", found.site)]
    for folder, searched in places:
        for trace in searched.traces if searched else ():
            yield f"{folder}{trace.file}: {', '.join(trace.parts)}"
    if isinstance(found.past, Past):
        past = found.past
        for trace in (*past.elsewhere, *past.own):
            yield _text("held.git", language).format(what=f"{trace.file}: {', '.join(trace.parts)}")
        names = (*past.paths, *past.people, *(ref.name for ref in past.refs), *past.mentioned)
        for what in (*names, ", ".join((*past.messages, *past.loose))):
            if what:
                yield _text("held.git", language).format(what=what)
    for folder, searched in places:
        for unread in searched.unread if searched else ():
            if unread.why not in ("repository", "programs"):
                yield _text("held.unread", language).format(file=f"{folder}{unread.file}")


def _part(route: Route, vocabulary: Vocabulary, language: str) -> str:
    """The name of a value for people: «Offer 2: topic»."""
    words: list[str] = []
    for step in route:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        elif step in vocabulary.languages:
            words.append(vocabulary.languages[step].label(language))
        else:
            known = next((key for key in (f"part.{route[0]}.{step}", f"part.{step}") if key in _TEXTS), None)
            words.append(str(_text(known, language)) if known else step)
    return ": ".join([words[0], *(word.lower() for word in words[1:])])


def _value(route: Route, value: Data, vocabulary: Vocabulary, language: str) -> str:
    """A value in words: terms by their labels, days as people write them."""
    if isinstance(value, list):
        return ", ".join(_value(route, one, vocabulary, language) for one in value)
    if isinstance(value, bool):
        return str(_text("part.yes" if value else "part.no", language))
    if isinstance(value, date):
        return day(value, language)
    kind = _KINDS.get(str(route[-1]))
    terms = getattr(vocabulary, kind) if kind else None
    id = terms.find(str(value)) if terms else None
    return terms[id].label(language) if terms and id else str(value)


def report(
    situation: Situation,
    languages: tuple[str, ...],
    problems: tuple[Problem, ...],
    demand: Sequence[str],
    language: str,
) -> Page:
    """The coordinator's report, with the topics as a table and ending consents as a bar chart."""
    endings = figures.endings(situation)
    return _page(
        "report",
        language,
        situation.vocabulary,
        {},
        situation=situation,
        due=tuple(messages.to_do(situation, language)),
        coverage=[(reason, messages.why(reason, language)) for reason in figures.coverage(situation)],
        endings=endings,
        most=max((ending.count for ending in endings), default=0) or 1,
        soon=tuple(messages.ending(situation.profiles, situation.on)),
        untranslated=tuple(messages.untranslated(situation.profiles, languages, situation.on)),
        facts=tuple(messages.old_facts(problems, language)),
        demand=demand,
        limits=messages.limits(language),
    )
