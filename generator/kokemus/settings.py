"""What the association decides: the ``kokemus`` part of ``mkdocs.yml``, with safe defaults where there can be any."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kokemus import association, delivery, parameters
from kokemus.association import Association, called, is_open, unfilled
from kokemus.delivery import Form
from kokemus.document import Document
from kokemus.problems import Problem, problem
from kokemus.reading import Node
from kokemus.shipped import LANGUAGES
from kokemus.vocabulary import EVERYWHERE, Vocabulary

KEYS = (
    "experts",
    "terms",
    "association",
    "languages",
    "coordinator_language",
    "anonymity",
    "house_topics",
    "serves",
    "form",
    "answer_within",
    "requests_kept",
    "refresh_days",
    "accessibility",
    "fees",
    "crisis",
)
PERIOD = re.compile(r"([1-9]\d?) (working days|days|weeks|months)")


@dataclass(frozen=True, slots=True)
class Period:
    """So many working days, days, weeks or months."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration, checked. ``anonymity`` holds only the parameters that the association chose itself.

    ``assessed_on`` is None until somebody has gone through the pages and said so.
    """

    site_name: str
    site_url: str
    association: Association
    languages: tuple[str, ...]
    coordinator_language: str
    anonymity: Mapping[str, float]
    rhythm: str
    house_topics: frozenset[str]
    serves: tuple[str, ...]
    form: Form
    answer_within: Period
    requests_kept: Period
    refresh_days: int
    assessed_on: date | None
    fees: str | None
    crisis: str | None

    def stale_from(self, built: date) -> date:
        """The day from which a site of that day is too old to be trusted."""
        return built + timedelta(days=self.refresh_days + 1)


def options(whole: Document) -> Node:
    """The part of the configuration that is Kokemus's own; empty where the plugin is not listed."""
    root = Node(whole, [], (), whole.data)
    for item in root.items("plugins"):
        if item.data == "kokemus":
            return Node(whole, root.problems, item.route, {})
        if isinstance(item.data, dict) and "kokemus" in item.data:
            part = item.at("kokemus")
            return Node(whole, root.problems, part.route, part.data or {})
    root.report("no-plugin")
    return Node(whole, root.problems, (), {})


def folder(whole: Document, key: str, default: str) -> str:
    """The folder that an option names, before anything else is read."""
    data = options(whole).data
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) and value.strip() and value.isprintable() else default


def pages(whole: Document) -> str:
    """The folder of hand-written pages, by MkDocs' own option."""
    data = whole.data if isinstance(whole.data, dict) else {}
    docs = data.get("docs_dir")
    return docs if isinstance(docs, str) and docs.isprintable() else "docs"


def coordinator_language(whole: Document, vocabulary: Vocabulary) -> str:
    """In which the coordinator is spoken to, even where the rest of the configuration is wrong; Finnish by default."""
    return vocabulary.languages.find(folder(whole, "coordinator_language", "fi")) or "fi"


def read(
    whole: Document, vocabulary: Vocabulary, site_url: str | None = None
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in ``mkdocs.yml``; None where something only the association knows is missing, or anything is wrong.

    ``site_url`` is where the site is served when that is not its public address, as in a preview.
    """
    node = options(whole)
    top = Node(whole, node.problems, (), whole.data)
    site_url = site_url or (top.text("site_url") if top.has("site_url") else None)
    if not site_url:
        top.report("no-site-url")
    site_name = top.text("site_name") if top.has("site_name") else None
    if left := (*unfilled(top.at("site_url")), *unfilled(node)):
        facts = ", ".join(dict.fromkeys(called(route[len(node.route) :] or route) for route in left))
        node.problems.append(problem("unfilled", whole.path, left[0], facts=facts))
    settings = None
    if node.mapping(KEYS) and site_url and site_name:
        settings = _settings(node, vocabulary, site_name, site_url if site_url.endswith("/") else f"{site_url}/")
    return None if any(found.severity == "error" for found in node.problems) else settings, tuple(node.problems)


def _settings(node: Node, vocabulary: Vocabulary, site_name: str, site_url: str) -> Settings | None:
    answering = association.read(node)
    languages = _interface_languages(node, vocabulary)
    coordinator = (
        node.at("coordinator_language").term(vocabulary.languages, "language")
        if node.has("coordinator_language")
        else None
    )
    chosen, rhythm = parameters.read(node.at("anonymity"))
    house = node.terms("house_topics", vocabulary.topics, "topic")
    serves = node.terms("serves", vocabulary.places, "place") or (EVERYWHERE,)
    answer_within = _period(node, "answer_within", Period(5, "working days"))
    requests_kept = _period(node, "requests_kept", Period(12, "months"))
    refresh_days = node.at("refresh_days").data if node.has("refresh_days") else 14
    if isinstance(refresh_days, bool) or not isinstance(refresh_days, int) or not 1 <= refresh_days <= 90:
        node.report("refresh-days", "refresh_days")
        refresh_days = 14
    accessibility = node.at("accessibility")
    if node.has("accessibility"):
        accessibility.mapping(("assessed_on",))
    assessed_on = None if is_open(accessibility.at("assessed_on").data) else accessibility.day("assessed_on")
    if not accessibility.has("assessed_on"):
        node.report(
            "missing-fact",
            "accessibility" if node.has("accessibility") else None,
            fact="accessibility.assessed_on",
        )
    fees, crisis = (_file(node, key) for key in ("fees", "crisis"))
    for key in ("experts", "terms"):
        _path(node, key)
    if not node.has("form"):
        node.report("form-missing")
    request_form = delivery.settings(node.at("form"), site_url, languages) if node.has("form") else None
    if not (answering and request_form):
        return None
    return Settings(
        site_name=site_name,
        site_url=site_url,
        association=answering,
        languages=languages,
        coordinator_language=coordinator or "fi",
        anonymity=chosen,
        rhythm=rhythm,
        house_topics=frozenset(house),
        serves=serves,
        form=request_form,
        answer_within=answer_within,
        requests_kept=requests_kept,
        refresh_days=refresh_days,
        assessed_on=assessed_on,
        fees=fees,
        crisis=crisis,
    )


def _interface_languages(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    found: list[str] = []
    for item in node.items("languages"):
        language = item.term(vocabulary.languages, "language")
        if language in found:
            item.report("named-twice", term=language)
        elif language:
            found.append(language)
    for language in found:
        if language not in LANGUAGES:
            term = vocabulary.languages[language]
            node.report(
                "interface-language",
                "languages",
                language=term.label("en"),
                language_fi=term.label("fi"),
                known=", ".join(LANGUAGES),
            )
    return tuple(found) or LANGUAGES


def _period(node: Node, key: str, default: Period) -> Period:
    if not node.has(key):
        return default
    text = node.text(key)
    found = PERIOD.fullmatch(text.strip()) if text else None
    if not found:
        node.report("period", key)
        return default
    return Period(int(found.group(1)), found.group(2))


def _file(node: Node, key: str) -> str | None:
    if not node.has(key) or not node.at(key).mapping(("file",), required=("file",)):
        return None
    return _path(node.at(key), "file")


def _path(node: Node, key: str) -> str | None:
    """A path, which no control character may be in."""
    text = node.text(key)
    if text and not text.isprintable():
        node.report("control-character", key)
        return None
    return text
