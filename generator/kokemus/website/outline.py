"""The outline of the site: which pages there are in each language, and their addresses."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup

from kokemus.request_form.form import FormView
from kokemus.settings import Settings
from kokemus.settings.closing import Closing
from kokemus.settings.dated_facts import Crisis, Fees
from kokemus.vocabulary import Term, Terms, Vocabulary
from kokemus.website.catalogue import Catalogue
from kokemus.website.guide import Guide
from kokemus.website.wording import capital, ui

SECTIONS = ("topics", "formats", "audiences")
AFTER = {"evaluation": "evaluation", "evaluated": "thanks"}
"""The kinds of the pages after a visit, by identity: the evaluation, and its thanks. No page links to them."""
EMBEDDED = "embed"
"""The identity and kind of the list for frames of other sites. No page links to it."""
SINGLE = ("home", "where", "request", "cards", "search")
UNLISTED = ("asked", "evaluation", "thanks", EMBEDDED, "not-found")
"""The kinds of pages that search engines may not keep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's identity, its address from the site's root, and its content: HTML or a guide's Markdown.

    ``shows_cards`` is whether it shows an expert's card. ``chosen`` is what a request page of the kind ``asked`` has
    selected already: pairs of ``topic``, ``format`` or ``audience`` and an id.
    """

    id: str
    kind: str
    language: str
    url: str
    title: str
    description: str
    content: str = ""
    markdown: bool = False
    term: str = ""
    shows_cards: bool = False
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def listed(self) -> bool:
        """Whether search engines may keep it."""
        is_notice = self.kind == "closed" and self.id != "home"
        return not (self.shows_cards or is_notice or self.kind in UNLISTED)


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything that pages are made of. After the ``closing`` all but the hand-written pages show only its notice."""

    settings: Settings
    vocabulary: Vocabulary
    catalogue: Catalogue
    guides: tuple[Guide, ...]
    crisis: Crisis
    fees: Fees
    closing: Closing | None = None
    icon: Callable[[str], str] = field(default=lambda name: "")

    @cached_property
    def outline(self) -> tuple[Page, ...]:
        """Every page without its content, in a fixed order."""
        pages = (page for language in self.settings.languages for page in _outline(self, language))
        return tuple(_closed(page) if self.closing else page for page in pages)

    @cached_property
    def by_id(self) -> Mapping[tuple[str, str], Page]:
        """Every page by its identity and language."""
        return {(page.id, page.language): page for page in self.outline}

    def alternates(self, page: Page) -> tuple[Page, ...]:
        """The same page in every language, its own included."""
        found = (self.by_id.get((page.id, language)) for language in self.settings.languages)
        return tuple(other for other in found if other)

    def terms(self, section: str) -> tuple[Term, ...]:
        """The terms of a section that have a page: all topics, but only the formats and audiences that are arranged."""
        terms: Terms = getattr(self.vocabulary, section)
        arranged = {"formats": self.settings.arranges.formats, "audiences": self.settings.arranges.audiences}
        return tuple(terms[id] for id in arranged.get(section, terms))

    @cached_property
    def hues(self) -> Mapping[str, str]:
        """The class of each topic group's colour. There are seven colours."""
        return {group: f"hue-{at % 7 + 1}" for at, group in enumerate(self.vocabulary.groups)}

    @cached_property
    def parts(self) -> dict[tuple[str, str, str], Markup]:
        """A cache of rendered parts that many pages share."""
        return {}

    @cached_property
    def forms(self) -> dict[tuple[str, str], FormView]:
        """A cache of the request form without a selection, by language and path to the site's root."""
        return {}

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of every page: it allows only what the site uses."""
        form_action = " ".join(("'self'", *self.settings.form.form_hosts))
        connect = " ".join(("'self'", *self.settings.form.script_hosts))
        return (
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
            f"connect-src {connect}; base-uri 'none'; form-action {form_action}"
        )


def _closed(page: Page) -> Page:
    """The page after the closing: a hand-written page unchanged, otherwise the closing notice at the same address."""
    if page.kind in ("guide", "thanks"):
        return page
    title = str(ui("closed.title", page.language))
    return Page(id=page.id, kind="closed", language=page.language, url=page.url, title=title, description="")


def asking(chosen: Iterable[tuple[str, str]]) -> str:
    """The identity of the request page on which these choices are already selected."""
    return "/".join(("request", *(f"{kind}-{id}" for kind, id in chosen)))


def slug(text: str) -> str:
    """A label as an address: ASCII, lower case, hyphens."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def taken(language: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The first parts of addresses that no hand-written page of the language may use."""
    names = {str(ui(f"slug.{name}", language)) for name in (*SECTIONS, *SINGLE, *AFTER, EMBEDDED) if name != "home"}
    return frozenset(names | {"assets", "index", *languages})


def _outline(site: Site, language: str) -> Iterator[Page]:
    root = "" if language == site.settings.languages[0] else f"{language}/"

    def page(kind: str, name: str, title: str, description: str, id: str = "", term: str = "") -> Page:
        url = f"{root}{name}/" if name else root
        cards = kind == "cards" or (kind == "topic" and bool(site.catalogue.cards_of(term)))
        return Page(
            id=id or kind,
            kind=kind,
            language=language,
            url=url,
            title=title,
            description=description,
            term=term,
            shows_cards=cards,
        )

    for kind in SINGLE:
        name = "" if kind == "home" else str(ui(f"slug.{kind}", language))
        yield page(kind, name, str(ui(f"{kind}.title", language)), str(ui(f"{kind}.description", language)))
    if site.settings.embed:
        yield page(EMBEDDED, str(ui(f"slug.{EMBEDDED}", language)), str(ui("home.topics", language)), "")
    for id, kind in AFTER.items():
        yield page(kind, str(ui(f"slug.{id}", language)), str(ui(f"{id}.title", language)), "", id)
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for section in SECTIONS:
        base = str(ui(f"slug.{section}", language))
        yield page(section, base, str(ui(f"{section}.title", language)), str(ui(f"{section}.description", language)))
        kind = section.removesuffix("s")
        taken: set[str] = set()
        for term in site.terms(section):
            label = term.label(language)
            description = term.text("about", language) or str(ui(f"{kind}.description", language, label=label))
            title = capital(str(ui(f"{kind}.title", language, label=label)))
            name = slug(label)
            name = f"{name}-{term.id}".strip("-") if name in taken or not name else name
            taken.add(name)
            names[kind, term.id] = f"{base}/{name}", label
            yield page(kind, f"{base}/{name}", title, description, f"{section}/{term.id}", term.id)
    ask, asked = str(ui("slug.request", language)), str(ui("request.title", language))
    ready = (chosen for visit in site.settings.arranges.ready for chosen in visit.choices)
    for chosen in dict.fromkeys((*((one,) for one in names), *ready)):
        addresses, labels = zip(*(names[one] for one in chosen), strict=True)
        title, url = f"{asked}: {', '.join(labels)}", "/".join((ask, *addresses))
        yield replace(page("asked", url, title, "", asking(chosen)), chosen=chosen)
    for guide in site.guides:
        if guide.language == language:
            kind = "thanks" if guide.id == "thanks" else "guide"
            yield page(kind, guide.slug, guide.title, guide.description, guide.id)
