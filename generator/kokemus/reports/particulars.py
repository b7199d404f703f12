"""The association's own facts for the papers. A missing fact is reported with the file and key where it belongs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kokemus.documents import parser
from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Problem, errors
from kokemus.reports import messages
from kokemus.request_form.processors import Processor
from kokemus.settings import Settings, association, together
from kokemus.settings.together import Partner
from kokemus.text import in_language
from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node
from kokemus.website.wording import listing, period

PAPERS = "papers.yml"
KEYS = ("readers", "computers", "backups", "consents", "accounts", "technical_help", "leak_lead", "assessed")
"""The facts that are on no page of the site. They are in ``papers.yml``, in the coordinator's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that is not filled in yet: the file and the key where it belongs."""

    file: str
    key: str


Fact = str | Missing
Facts = Mapping[str, Fact]


def of_association(settings: Settings, file: str, language: str, association: str | None = None) -> Facts:
    """The facts of the configuration, in a language; ``file`` is the configuration's path.

    If ``association`` is set, the contact facts are those of that one of the associations that share the catalogue.
    """
    found = (*_configured(settings, language), *_of_partner(settings.together, association))
    return {name: _known(text) or Missing(file=file, key=key) for name, key, text in found}


def _of_partner(partners: Mapping[str, Partner], association: str | None) -> Iterator[tuple[str, str, str | None]]:
    """One association's own contact facts, which replace the joint ones."""
    for fact in together.FACTS if association else ():
        yield fact, f"together.{association}.{fact}", getattr(partners[association or ""], fact)


def _configured(settings: Settings, language: str) -> Iterator[tuple[str, str, str | None]]:
    """Each fact: its name, its key in the configuration, and its text."""
    yield "site_url", "site_url", settings.site_url
    for fact in association.FACTS:
        yield fact, f"association.{fact}", getattr(settings.association, fact)
    yield "together", "together", _together(settings, language)
    host, form = settings.host, settings.form.processor
    yield "host", "host.name", host.name if host else None
    for fact in ("country", "logs"):
        yield f"host_{fact}", f"host.{fact}", _in(getattr(host, fact), language) if host else None
    for kind, key, keeper in (("form", "form.processor", form), *_keepers(settings)):
        yield kind, f"{key}.name", keeper.name
        yield f"{kind}_country", f"{key}.country", _in(keeper.country, language)
        yield f"{kind}_retention", f"{key}.retention", _in(keeper.retention, language)
    for promise in ("requests_kept", "profiles_kept"):
        yield promise, promise, period(getattr(settings, promise), language, "duration")
    yield "refresh_days", "refresh_days", str(settings.refresh_days)


def _together(settings: Settings, language: str) -> str:
    """All associations that share the catalogue, each with its contact, as a list in a sentence."""
    all_of_them = (
        f"{one.name} ({', '.join(one.contact)})" if one.contact else one.name for one in settings.together.values()
    )
    return listing(all_of_them, language) or messages.say("together.none", language)


def _keepers(settings: Settings) -> Iterator[tuple[str, str, Processor]]:
    for kind, keeper in settings.processors.items():
        yield kind, f"processors.{kind}", keeper


def _known(text: str | None) -> str:
    """The text as it is printed; empty if it is a placeholder."""
    return "" if text is None or is_open(text) else text.strip()


def _in(texts: Texts, language: str) -> str:
    """A text in a language, or in any other if it lacks that one; empty if there is no text."""
    return in_language(texts, language) if texts else ""


def of_papers(folder: Path) -> tuple[Facts, tuple[Problem, ...]]:
    """The facts of ``papers.yml`` and its errors. Without the file every fact is ``Missing``."""
    file = folder / PAPERS
    document, problems = parser.read_file(file, PAPERS) if file.is_file() else (None, ())
    written: dict[str, str] = {}
    if document:
        root = Node(document, list(problems), (), document.data)
        if root.mapping(KEYS):
            written = {key: text for key in KEYS if (text := root.text(key))}
        problems = tuple(found.at(document.marks) for found in root.problems)
    return {key: _known(written.get(key)) or Missing(file=PAPERS, key=key) for key in KEYS}, errors(problems)
