"""The list in a frame of another web site. Only sites that the configuration names can show it, and no other page.

The browser gets all answers from the test, those of the framing sites too, so that each site has its real address.
"""

import json
import mimetypes
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from posixpath import normpath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route

from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from kokemus.website import pages
from kokemus.website.headers import headers
from kokemus.website.wording import ui
from tests.conftest import DEMO_DAY, build, change, contents, copy_of_demo, once
from tests.quality import access, host, markup, weight
from tests.quality.host import matches, rules
from tests.test_documents import GUIDES
from tools import documents

OURS = "https://kokemus.example.org/"
WANTED, OTHER = "https://www.yhdistys.example/", "https://yhdistys.example/"
EMBED = f"      embed: [{WANTED}, 'https://toinen.example']\n"
OTHERS = ("", "pyynto/", "esittelyt/", "aiheet/masennus/", "aiheet/uupumus/", "haku/", "404.html")
LISTS = {"fi": "upotettuna/", "sv": "sv/inbaddad/", "en": "en/embedded/"}
SNIPPETS = {language: block for language in LISTS for block in documents.blocks(GUIDES[language], "html")}
SENT = ("joined", "replaced", "none")
"""Two values of a header: Cloudflare Pages joins them, Netlify sends the last one, other hosts read no ``_headers``."""


def embedding(folder: Path) -> Path:
    change(copy_of_demo(folder), "mkdocs.yml", "      serves: [lappi]\n", f"      serves: [lappi]\n{EMBED}")
    return folder


@pytest.fixture(scope="session")
def embedded_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's site with a list for two other sites."""

    def make(folder: Path) -> None:
        done = build(embedding(folder))
        assert done.code == 0, done.output

    return once(tmp_path_factory, "embedded", make) / "site"


Framing = Callable[..., list[Frame]]


@pytest.fixture
def framing(embedded_site: Path, chromium: Browser) -> Iterator[Framing]:
    """Shows some of our pages in frames of another site, 360 pixels wide; gives the frames."""
    contexts: list[BrowserContext] = []
    read = rules((embedded_site / "_headers").read_text("utf-8"))

    def sent(path: str, how: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in (one for pattern, some in read if matches(pattern, path) for one in some):
            found[name] = f"{found[name]}, {value}" if how == "joined" and name in found else value
        return {} if how == "none" else found

    def show(
        by: str, how: str, *urls: str, knows_ancestors: bool = True, around: str = "", scripts: bool = True
    ) -> list[Frame]:
        def ours(route: Route) -> None:
            path = urlsplit(route.request.url).path
            file = embedded_site / path.lstrip("/")
            file = file / "index.html" if path.endswith("/") else file
            body = file.read_bytes()
            if not knows_ancestors:
                body = body.replace(b"location.ancestorOrigins", b"location.noAncestors")
            kind = mimetypes.guess_type(file.name)[0] or ""
            route.fulfill(body=body, headers={**sent(path, how), "Content-Type": f"{kind}; charset=utf-8"})

        def parent(*framed: str) -> Callable[[Route], None]:
            frames = "".join(re.sub(r'(?<=src=")[^"]+', one, SNIPPETS["en"]) for one in framed)
            body = f'<!doctype html><meta name="viewport" content="width=device-width"><title>p</title>{frames}'
            return lambda route: route.fulfill(body=body, content_type="text/html")

        context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=scripts)
        contexts.append(context)
        context.route("**", lambda route: route.abort())
        context.route(f"{OURS}**", ours)
        context.route(by, parent(*(OURS + url for url in urls)))
        if around:
            context.route(around, parent(by))
        page = context.new_page()
        page.goto(around or by)
        page.wait_for_load_state("networkidle")
        return [frame for frame in page.frames if not frame.child_frames]

    yield show
    for context in contexts:
        context.close()


def shown(frame: Frame) -> str:
    """What a frame shows: a page, only a link to itself, or nothing."""
    if frame.locator("main").count():
        return "page"
    return "link" if frame.locator("body > a[target=_blank]:only-child").count() else "nothing"


@pytest.mark.browser
@pytest.mark.parametrize("how", SENT)
def test_only_a_site_that_is_named_shows_the_list(framing: Framing, how: str) -> None:
    """In each language. Another site shows nothing, or a link if no headers are sent, also if it frames a named one."""
    refused = "link" if how == "none" else "nothing"
    assert [shown(one) for one in framing(WANTED, how, *LISTS.values())] == ["page"] * 3
    assert [shown(one) for one in framing(OTHER, how, *LISTS.values())] == [refused] * 3
    assert [shown(one) for one in framing(WANTED, how, LISTS["fi"], around=OTHER)] == [refused]


@pytest.mark.browser
@pytest.mark.parametrize("how", SENT)
def test_no_other_page_is_shown_even_to_a_site_that_is_named(framing: Framing, how: str) -> None:
    """The request form, cards and the rest stay as guarded as without ``embed``. The control is the list itself."""
    *others, control = framing(WANTED, how, *OTHERS, LISTS["fi"])
    assert [shown(one) for one in others] == ["link" if how == "none" else "nothing"] * len(OTHERS)
    assert shown(control) == "page"


@pytest.mark.browser
def test_a_browser_that_knows_no_ancestors_goes_by_the_site_just_above(framing: Framing) -> None:
    """Then the list is only shown if nothing is around the named site."""
    alone = framing(WANTED, "none", LISTS["fi"], "pyynto/", knows_ancestors=False)
    assert [shown(one) for one in alone] == ["page", "link"]
    for by, around in ((OTHER, ""), (WANTED, OTHER)):
        (refused,) = framing(by, "none", LISTS["fi"], knows_ancestors=False, around=around)
        assert shown(refused) == "link"


@pytest.mark.browser
def test_links_open_the_catalogue_in_a_tab_of_its_own(framing: Framing) -> None:
    """Only telephone numbers do not, since they open no page. The new tab cannot reach the other site."""
    (frame,) = framing(WANTED, "joined", LISTS["fi"])
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("[...document.links].every(one => (one.protocol === 'tel:') === (one.target === '_self'))")
    with frame.page.context.expect_page() as opened:
        frame.get_by_role("link", name="Pyydä vierailu").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{OURS}pyynto/"
    assert opened.value.locator("form").is_visible()
    assert opened.value.evaluate("opener") is None


@pytest.mark.browser
def test_the_search_answers_in_the_frame_and_promises_nothing_that_it_cannot_do(framing: Framing) -> None:
    """Words cannot come along into a new tab, and must not stay where the other site could read them."""
    (frame,) = framing(WANTED, "joined", LISTS["fi"])
    field, count = frame.locator("#search-field"), frame.locator("#search-count")
    field.fill("masennus")
    assert frame.locator("#search-list a").first.get_attribute("href") == f"{OURS}aiheet/masennus/"
    field.fill("avaruusmatkailu")
    frame.locator("#search-ask").wait_for()
    assert count.text_content() == str(ui("embed.open", "fi"))
    with frame.page.context.expect_page():
        frame.locator("#search-ask a").click()
    assert frame.evaluate("name") == ""
    field.fill("haluan kuolla")
    frame.locator("#search-help a[href='tel:112']").wait_for()


@pytest.mark.browser
def test_without_javascript_the_list_is_whole(framing: Framing) -> None:
    """Topics, the way to ask, crisis help, and instead of the search the way to the list of everything."""
    (frame,) = framing(WANTED, "joined", LISTS["sv"], scripts=False)
    for name in ("depression", "Be om ett besök", "Hela katalogen", "112", str(ui("search.all", "sv"))):
        assert frame.get_by_role("link", name=name, exact=True).is_visible(), name
    assert not frame.locator("#search-field").is_visible()


@pytest.mark.browser
def test_the_list_is_as_accessible_small_and_silent_as_every_page(embedded_site: Path, chromium: Browser) -> None:
    """Axe, narrow windows, large text, targets; weight, requests, storage and complaints of the browser."""
    with host.hosted(embedded_site) as address:
        for url in LISTS.values():
            seen = weight.visit(chromium, address, url)
            assert (seen.foreign, seen.kept, seen.complaints) == ((), 0, ())
            assert seen.bytes <= 15_000
            assert seen.requests <= 4
            page = chromium.new_page(reduced_motion="reduce")
            page.goto(address + url)
            _has_no_fault(page)
            page.close()


def _has_no_fault(page: Page) -> None:
    for width, size in (*access.ENLARGED, (1280, 100)):
        page.set_viewport_size({"width": width, "height": 800})
        access.enlarge(page, size)
        assert (access.sideways(page), access.cut(page)) == (0, []), (width, size)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert access.small(page) == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert access.violations(page) == []


def test_the_list_says_what_the_catalogue_says_and_no_more(embedded_site: Path) -> None:
    """The same topics as in ``catalogue.json``; no card, and no page, sitemap or search that leads to it."""
    files = contents(embedded_site)
    listed = {id for id, topic in json.loads(files["catalogue.json"])["topics"].items() if topic["listed"]}
    site = publish(gather(embedded_site.parent / "mkdocs.yml"), DEMO_DAY).site
    assert site
    terms = {page.url: page.term for page in site.outline if page.kind == "topic"}
    for url in LISTS.values():
        text = files[f"{url}index.html"].decode()
        links = (normpath(url + link) + "/" for link in re.findall(r'<a class="chip[^>]* href="([^"]+)"', text))
        assert {terms[link] for link in links} == listed
        assert 'class="card' not in text
        assert '<meta name="robots" content="noindex, noarchive">' in text
        lists = {f"{other}index.html" for other in LISTS.values()}
        assert {name for name in files if name not in lists and url.encode() in files[name]} == {"_headers"}
    assert [reading for reading in markup.links(embedded_site, OURS) if reading.value] == []


@pytest.mark.parametrize("language", LISTS)
def test_each_guide_has_the_code_for_its_own_language(language: str) -> None:
    """The address of the list, and its title for readers who do not see the frame."""
    assert f'src="https://kokemus.example.fi/{LISTS[language]}"' in SNIPPETS[language]
    assert f'title="{ui("home.topics", language)}"' in SNIPPETS[language]


def test_without_embed_nothing_changes(demo_site: Path, embedded_site: Path) -> None:
    """With it, only these pages, the headers and the script that guards."""
    without, framed = contents(demo_site), contents(embedded_site)
    assert {*framed} - {*without} == {f"{url}index.html" for url in LISTS.values()}
    assert {name for name in without if without[name] != framed[name]} == {"_headers", "built.js"}
    assert b"frame-ancestors 'none'" in without["_headers"]


def test_after_the_closing_the_frame_shows_the_notice(tmp_path: Path) -> None:
    """To the same sites, without head and foot."""
    folder = embedding(tmp_path / "demo")
    change(folder, "mkdocs.yml", EMBED, f"{EMBED}      closed: 2026-12-01\n")
    made = publish(gather(folder / "mkdocs.yml"), date(2026, 12, 1))
    assert made.site
    (page,) = (one for one in made.pages() if one.url == LISTS["en"])
    document = pages.document(made.site, page, page.content)
    assert str(ui("closed.title", "en")) in document
    assert f'data-framers="{WANTED.rstrip("/")} https://toinen.example"' in document
    assert "<nav" not in document
    assert f"/{LISTS['en']}*\n  Content-Security-Policy: {made.site.policy}; frame-ancestors https://www" in headers(
        made.site
    )
