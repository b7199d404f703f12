"""Catalogue → Page: every page of the site in every language, through Jinja2. Templates hold no text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from kokemus.association import OPEN
from kokemus.guide import Guide
from kokemus.problems import Mark, Problem, problem
from kokemus.site import Page, Site
from kokemus.view import View
from kokemus.wording import day, period, ui


class _Context(jinja2.runtime.Context):
    """Calls what templates call as it is: to ask of each whether it wants the context is a quarter of all work."""

    def call(self, called: Any, /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **kwargs: Any) -> Any:
        return called(*args, **kwargs)


class _Environment(jinja2.Environment):
    context_class = _Context


def _environment() -> jinja2.Environment:
    return _Environment(
        loader=jinja2.PackageLoader("kokemus", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


ENVIRONMENT = _environment()
_GUIDES = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False)
_UNSEEN = re.compile(r"/\*.*?\*/\n*|^ +", re.DOTALL | re.MULTILINE)
_guide = lru_cache(64)(_GUIDES.from_string)


def _context(site: Site, page: Page) -> dict[str, Any]:
    view = View(site, page)
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
        "part": lambda name: _part(site, page, name, view.root),
        "icon": lambda name: Markup(site.icon(name)),
        "language": page.language,
        "term": getattr(site.vocabulary, f"{page.kind}s")[page.term] if page.term else None,
    }


def _part(site: Site, page: Page, name: str, root: str) -> Markup:
    """What is the same on all pages of a language that are equally deep, made once, for a page that is none of them."""
    key = (name, page.language, root)
    if key not in site.parts:
        kind = page.kind if page.kind == "not-found" else ""
        nowhere = Page("", kind, page.language, "-/" * page.url.count("/"), "", "")
        site.parts[key] = Markup(ENVIRONMENT.get_template(name).render(_context(site, nowhere)))
    return site.parts[key]


def guides(site: Site) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The hand-written pages, and those that name a fact or a page that does not exist."""
    made: list[Page] = []
    problems: list[Problem] = []
    for guide in site.guides:
        page = site.by_id[guide.id, guide.language]
        text = _filled(guide, site, page)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            made.append(replace(page, content=text, markdown=True))
    return tuple(made), tuple(problems)


def pages(site: Site, guides: Iterable[Page]) -> Iterator[Page]:
    """Every page with its content, in the order of the outline; the hand-written ones as they are given."""
    written = {(page.id, page.language): page for page in guides}
    for page in site.outline:
        if guide := written.get((page.id, page.language)):
            yield guide
        else:
            template = ENVIRONMENT.get_template(f"{page.kind}.html")
            yield replace(page, content=template.render(_context(site, page)))


def _filled(guide: Guide, site: Site, page: Page) -> str | Problem:
    """A guide's Markdown with the association's facts in it."""
    context = _context(site, page)
    view, settings = context["view"], site.settings
    facts = view.facts()
    blocks: Any = ENVIRONMENT.get_template("facts.html").make_module(context)
    try:
        return _guide(guide.markdown).render(
            association=settings.association,
            answer_within=facts["answer_within"],
            processor={name: facts[f"processor_{name}"] for name in ("name", "country", "retention")},
            requests_kept=period(settings.requests_kept, page.language, "duration"),
            accessibility={"assessed_on": view.day(settings.assessed_on) if settings.assessed_on else OPEN},
            link=view.link,
            crisis_lines=blocks.crisis_lines,
            fees_table=blocks.fees_table,
        )
    except jinja2.TemplateSyntaxError as error:
        return problem("guide-expression", guide.path, (), Mark(guide.first_line + error.lineno - 1, 1))
    except (jinja2.TemplateError, KeyError, TypeError, ValueError, ArithmeticError):
        return problem("guide-fact", guide.path)


def document(site: Site, page: Page, content: str) -> str:
    """The whole HTML document around a page's content."""
    return ENVIRONMENT.get_template("document.html").render(_context(site, page) | {"content": Markup(content)})


def not_found(site: Site) -> str:
    """The page for addresses that do not exist, in every language at once; its links work from any depth."""
    language = site.settings.languages[0]
    page = Page("not-found", "not-found", language, "404.html", str(ui("not-found.title", language)), "")
    return document(site, page, ENVIRONMENT.get_template("not-found.html").render(_context(site, page)))


def built(site: Site, on: date) -> str:
    """The script that tells an abandoned site: the only file in which the day of the build stands."""
    notices = {language: ui("stale", language, day=day(on, language)) for language in site.settings.languages}
    until = site.settings.stale_from(on)
    return ENVIRONMENT.get_template("built.js").render(built=on, until=until, notices=notices) + "\n"


def sheets() -> Mapping[str, str]:
    """The sheet of most pages, and for each kind of page with styles of its own one that has both: one request.

    Comments and indentation, a fifteenth of a sheet, stay here.
    """
    own = {sheet.name: sheet.read_text("utf-8") for sheet in (files("kokemus") / "styles").iterdir()}
    common = own.pop("kokemus.css")
    whole = {"kokemus.css": common, **{name: common + own[name] for name in sorted(own)}}
    return {f"assets/{name}": _UNSEEN.sub("", text) for name, text in whole.items()}


def sitemap(site: Site) -> str:
    """The pages that search engines may keep, each with its alternates; no dates."""
    return ENVIRONMENT.get_template("sitemap.xml").render(site=site)
