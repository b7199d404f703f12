"""Catalogue → Page: every page of the site in every language, through Jinja2. Templates contain no text."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from posixpath import normpath
from typing import Any

import jinja2
from markupsafe import Markup

from kokemus.documents.placeholder import OPEN
from kokemus.documents.problems import Mark, Problem, problem
from kokemus.settings.association import FACTS, Association, fault
from kokemus.text import dialled, sentence
from kokemus.website import expressions, hyphens, targets, wording
from kokemus.website.guide import Guide
from kokemus.website.outline import Page, Site
from kokemus.website.shipped import script
from kokemus.website.view import View
from kokemus.website.wording import day, period, ui, unbroken_number

ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("kokemus", "public/templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["hyphenated"] = hyphens.hyphenated
_UNKNOWN = (jinja2.TemplateError, KeyError, TypeError, ValueError, ArithmeticError)
_EXPRESSION = re.compile(r"{{.*?}}|{%.*?%}")


def _context(site: Site, page: Page) -> dict[str, Any]:
    view = View(site=site, page=page)
    return {
        "view": view,
        "t": view.t,
        "link": view.link,
        "label": view.label,
        "page": page,
        "site": site,
        "catalogue": site.catalogue,
        "vocabulary": site.vocabulary,
        "settings": site.settings,
        "sentence": sentence,
        "part": lambda name: _part(site, page, name, view.root),
        "icon": lambda name: Markup(site.icon(name)),
        "language": page.language,
        "term": getattr(site.vocabulary, f"{page.kind}s")[page.term] if page.term else None,
    }


def _part(site: Site, page: Page, name: str, root: str) -> Markup:
    """A part that is the same on all pages of a language and depth, rendered once, for no page in particular."""
    key = (name, page.language, root)
    if key not in site.parts:
        kind = page.kind if page.kind == "not-found" else ""
        nowhere = Page(
            id="", kind=kind, language=page.language, url="-/" * page.url.count("/"), title="", description=""
        )
        site.parts[key] = Markup(ENVIRONMENT.get_template(name).render(_context(site, nowhere)))
    return site.parts[key]


def guides(site: Site) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The hand-written pages, and what is wrong if they name a fact, page or address that does not exist."""
    made: list[Page] = []
    problems: list[Problem] = []
    addresses = {normpath(page.url) for page in site.outline}
    for guide in site.guides:
        page = site.by_id[guide.id, guide.language]
        problems += targets.nowhere(guide, page.url, addresses)
        text = _filled(guide, site, page)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            made.append(replace(page, content=text, markdown=True))
    return tuple(made), tuple(problems)


def pages(site: Site, guides: Iterable[Page]) -> Iterator[Page]:
    """Every page with its content, in the order of the outline; hand-written pages as given."""
    written = {(page.id, page.language): page for page in guides}
    for page in site.outline:
        yield written.get((page.id, page.language)) or replace(page, content=content(site, page))


def generated(site: Site) -> Iterator[Page]:
    """Every page that is not hand-written, without its content."""
    by_hand = {(guide.id, guide.language) for guide in site.guides}
    return (page for page in site.outline if (page.id, page.language) not in by_hand)


def content(site: Site, page: Page) -> str:
    """The content of a page that is not hand-written, as HTML."""
    return ENVIRONMENT.get_template(f"{page.kind}.html").render(_context(site, page))


def whole(site: Site, page: Page) -> str:
    """The whole HTML document of a page that is not hand-written."""
    return document(site, page, content(site, page))


def _filled(guide: Guide, site: Site, page: Page) -> str | Problem:
    """A guide's Markdown with the association's facts filled in."""
    context = _context(site, page)
    view, settings = context["view"], site.settings
    facts = wording.facts(settings, page.language)
    addresses = {normpath(other.path): view.to(site.by_id[other.id, other.language]) for other in site.guides}
    blocks: Any = ENVIRONMENT.get_template("facts.html").make_module(context)
    known: dict[str, Any] = {
        "association": _reachable(settings.association),
        "answer_within": facts["answer_within"],
        "processor": settings.form.processor.facts(page.language),
        "processors": {kind: one.facts(page.language) for kind, one in settings.processors.items()},
        "host": {name: facts[f"host_{name}"] for name in ("name", "country", "logs")},
        "requests_kept": period(settings.requests_kept, page.language, "duration"),
        "profiles_kept": period(settings.profiles_kept, page.language, "duration"),
        "accessibility": {"assessed_on": view.day(settings.assessed_on) if settings.assessed_on else OPEN},
        "link": view.link,
        "crisis_lines": blocks.crisis_lines,
        "fees_table": blocks.fees_table,
    }
    try:
        return expressions.read(targets.seen_from(guide, addresses, view.root)).render(known)
    except jinja2.TemplateSyntaxError as error:
        return problem("guide-expression", guide.path, (), Mark(guide.place(0).line + error.lineno - 1, 1))
    except _UNKNOWN:
        return _unknown_fact(guide, known)


def _reachable(association: Association) -> Association:
    """The facts as hand-written pages show them: a telephone number and an e-mail address of the officer are links."""
    phone, officer = association.phone, association.privacy_officer
    return replace(
        association,
        phone=wording.link(unbroken_number(phone), f"tel:{dialled(phone)}"),
        privacy_officer=wording.link(officer, f"mailto:{officer}") if not fault("email", officer) else officer,
    )


def _unknown_fact(guide: Guide, known: Mapping[str, Any]) -> Problem:
    """The problem of a page that names something unknown, at the first expression that cannot be filled in."""
    place = None
    for found in _EXPRESSION.finditer(guide.markdown):
        try:
            expressions.read(found.group()).render(known)
        except _UNKNOWN:
            place = guide.place(found.start())
            break
    pages = 'link("request")'
    names = [
        *(f"association.{fact}" for fact in FACTS),
        *(name for name in known if isinstance(known[name], str)),
        pages,
    ]
    return problem("guide-fact", guide.path, (), place, known=", ".join(names))


def document(site: Site, page: Page, content: str) -> str:
    """The whole HTML document around a page's content."""
    whole = ENVIRONMENT.get_template("document.html").render(_context(site, page) | {"content": Markup(content)})
    return hyphens.together(hyphens.headings(whole, page.language))


def not_found(site: Site) -> str:
    """The page for addresses that do not exist, in every language at once. Its links work at any depth."""
    language = site.settings.languages[0]
    page = Page(
        id="not-found",
        kind="not-found",
        language=language,
        url="404.html",
        title=str(ui("not-found.title", language)),
        description="",
    )
    return document(site, page, ENVIRONMENT.get_template("not-found.html").render(_context(site, page)))


def built(site: Site, on: date) -> str:
    """The script that shows a notice on an abandoned site. It is the only file that contains the date of the build.

    A closed site need not be built again, so it is never abandoned. The script then only prevents framing.
    """
    notices = {language: ui("stale", language, day=day(on, language)) for language in site.settings.languages}
    until = site.settings.stale_from(on)
    said = Markup(json.dumps(notices, ensure_ascii=False))
    return script(ENVIRONMENT.get_template("built.js").render(built=on, until=until, notices=said, site=site))


def sitemap(site: Site) -> str:
    """The pages that search engines may index, each with its other languages; without dates."""
    return ENVIRONMENT.get_template("sitemap.xml").render(site=site)
