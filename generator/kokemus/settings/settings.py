"""What the association decides: the ``kokemus`` part of ``mkdocs.yml``, with safe defaults where possible."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from kokemus.anonymity import Parameters, parameters
from kokemus.documents import stray
from kokemus.documents.document import Document
from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Problem, errors, placed, problem
from kokemus.request_form import delivery, processors
from kokemus.request_form.delivery import Form
from kokemus.request_form.processors import Processor
from kokemus.settings import (
    appearance,
    arrangement,
    association,
    closing,
    embedding,
    host,
    interface,
    options,
    period,
    together,
)
from kokemus.settings.appearance import Appearance
from kokemus.settings.arrangement import Arrangement
from kokemus.settings.association import Association, called, unfilled
from kokemus.settings.closing import Closing
from kokemus.settings.host import Host
from kokemus.settings.keys import HOMES, KEYS
from kokemus.settings.period import Period
from kokemus.settings.together import Partner
from kokemus.vocabulary import EVERYWHERE, Vocabulary
from kokemus.vocabulary.node import Node

REFRESH_DAYS = 14
THEME_KEYS = ("name", "language", "font")
IGNORED = ("nav", "copyright", "extra_css", "extra_javascript", "extra_templates")
EXTRA = ("alternate", "annotate", "generator", "homepage", "social", "status", "tags", "version")
"""Options for MkDocs themes, which our pages do not use."""
TRACKING = ("analytics", "consent")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The configuration, checked.

    ``assessed_on`` is None until somebody has assessed the pages' accessibility and entered the date. ``together`` are
    the associations that share the catalogue, by id; if there are any, ``association`` is their joint contact.
    ``embed`` are the origins that may show the list in a frame. ``looked_at`` are files among the pages that the audit
    cannot read, and that somebody has checked.
    """

    site_name: str
    site_url: str
    association: Association
    together: Mapping[str, Partner]
    languages: tuple[str, ...]
    coordinator_language: str
    anonymity: Parameters
    house_topics: frozenset[str]
    arranges: Arrangement
    serves: tuple[str, ...]
    embed: tuple[str, ...]
    form: Form
    host: Host | None
    appearance: Appearance
    answer_within: Period
    requests_kept: Period
    profiles_kept: Period
    processors: Mapping[str, Processor]
    refresh_days: int
    assessed_on: date | None
    looked_at: frozenset[str]
    closing: Closing | None
    fees: str | None
    crisis: str | None

    @property
    def said(self) -> tuple[str, ...]:
        """What the associations say of themselves, which is public."""
        facts = (getattr(self.association, fact) for fact in association.FACTS)
        return (*facts, *(text for partner in self.together.values() for text in partner.said))

    def closed_on(self, on: date) -> Closing | None:
        """The closing if it is in effect on the day; otherwise None."""
        return self.closing if self.closing and self.closing.on <= on else None

    def stale_from(self, built: date) -> date:
        """The day from which a site built on ``built`` is too old to be trusted."""
        return built + timedelta(days=self.refresh_days + 1)


def read(
    whole: Document, vocabulary: Vocabulary, site_url: str | None = None
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in ``mkdocs.yml``; None if anything is wrong, or if a fact without a default is missing.

    ``site_url`` is where the site is served if that is not its public address, as in a preview.
    """
    node = options.of(whole)
    if any(found.code == "no-plugin" for found in node.problems):
        return None, tuple(node.problems[-1:])  # otherwise every fact would be reported as missing
    top = Node(whole, node.problems, (), whole.data)
    site_url = site_url or (top.text("site_url") if top.has("site_url") else None)
    if not site_url:
        top.report("no-site-url")
    site_name = top.text("site_name") if top.has("site_name") else None
    if left := (*unfilled(top.at("site_url")), *unfilled(node)):
        facts = ", ".join(dict.fromkeys(called(route[len(node.route) :] or route) for route in left))
        node.problems.append(problem("unfilled", whole.path, left[0], facts=facts))
    theme = top.at("theme")
    for key in theme.data if isinstance(theme.data, dict) else ():
        if key not in THEME_KEYS:
            theme.report("theme-option", key)
    _outside(top)
    for key in KEYS:
        if top.has(key):
            top.report("unknown-key", key, known=key)
    settings = None
    if node.mapping(KEYS) and site_url and site_name:
        settings = _settings(node, vocabulary, site_name, site_url if site_url.endswith("/") else f"{site_url}/")
    problems = stray.around(whole, stray.around(whole, node.problems, *node.route), "site_url")
    return None if errors(problems) else settings, placed(problems, HOMES)


def _outside(top: Node) -> None:
    """Reports options for themes that do nothing here, those first that would bring something from another site."""
    extra = top.at("extra")
    for key in extra.data if isinstance(extra.data, dict) else ():
        if key in (*TRACKING, *EXTRA):
            extra.report("outside-option" if key in TRACKING else "theme-option", key)
    for key in filter(top.has, IGNORED):
        data = top.at(key).data
        from_elsewhere = [
            index
            for index, item in enumerate(data if isinstance(data, list) else ())
            if any(
                _ELSEWHERE.match(text)
                for text in (item.values() if isinstance(item, dict) else [item])
                if isinstance(text, str)
            )
        ]
        for index in from_elsewhere:
            top.at(key).report("outside-option", index)
        if not from_elsewhere:
            top.report("theme-option", key)


def _settings(node: Node, vocabulary: Vocabulary, site_name: str, site_url: str) -> Settings | None:
    """The settings. Everything is read even if something is missing, so that all problems are reported at once."""
    languages = interface.read(node, vocabulary)
    for key in ("experts", "terms"):
        _path(node, key)
    answering, form = association.read(node), _form(node, site_url, languages)
    made = partial(
        Settings,
        site_name=site_name,
        site_url=site_url,
        together=together.read(node),
        languages=languages,
        coordinator_language=_coordinator_language(node, vocabulary),
        anonymity=parameters.read(node.at("anonymity")),
        house_topics=frozenset(node.terms("house_topics", vocabulary.topics, "topic")),
        arranges=arrangement.read(node, vocabulary, languages),
        serves=node.terms("serves", vocabulary.places, "place") or (EVERYWHERE,),
        embed=embedding.read(node),
        host=host.read(node, languages),
        appearance=appearance.read(node, languages),
        answer_within=period.read(node, "answer_within", Period(5, "working days")),
        requests_kept=period.read(node, "requests_kept", Period(12, "months")),
        profiles_kept=period.read(node, "profiles_kept", Period(12, "months")),
        processors=processors.read(node, languages),
        refresh_days=_refresh_days(node),
        assessed_on=_assessed_on(node),
        looked_at=frozenset(file for item in node.items("looked_at") if (file := item.value())),
        closing=closing.read(node, languages),
        fees=_file(node, "fees"),
        crisis=_file(node, "crisis"),
    )
    return made(association=answering, form=form) if answering and form else None


def _coordinator_language(node: Node, vocabulary: Vocabulary) -> str:
    written = node.at("coordinator_language")
    chosen = written.term(vocabulary.languages, "language") if node.has("coordinator_language") else None
    return chosen or "fi"


def _form(node: Node, site_url: str, languages: tuple[str, ...]) -> Form | None:
    if not node.has("form"):
        node.report("form-missing")
        return None
    return delivery.settings(node.at("form"), site_url, languages)


def _refresh_days(node: Node) -> int:
    days = node.at("refresh_days").data if node.has("refresh_days") else REFRESH_DAYS
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 90:
        node.report("refresh-days", "refresh_days")
        return REFRESH_DAYS
    return days


def _assessed_on(node: Node) -> date | None:
    """The date on which somebody assessed the pages; None if it is still open."""
    accessibility, is_there = node.at("accessibility"), node.has("accessibility")
    if is_there:
        accessibility.mapping(("assessed_on",))
    if not accessibility.has("assessed_on"):
        node.report("missing-fact", "accessibility" if is_there else None, fact="accessibility.assessed_on")
    return None if is_open(accessibility.at("assessed_on").data) else accessibility.day("assessed_on")


def _file(node: Node, key: str) -> str | None:
    part = node.at(key)
    if node.has(key) and not isinstance(part.data, dict):
        node.report("facts-file", key, kind=key)
        return None
    if not node.has(key) or not part.mapping(("file",), required=("file",)):
        return None
    return _path(part, "file")


def _path(node: Node, key: str) -> str | None:
    """A path; control characters in it are a problem."""
    text = node.text(key)
    if text and not text.isprintable():
        node.report("control-character", key)
        return None
    return text
