"""Promise 5: everyone can use it, on a phone, on a ward computer that blocks everything, from a keyboard, on paper."""

import posixpath
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import contents

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "sv/",
    "en/",
    "aiheet/",
    "aiheet/masennus/",
    "aiheet/suru/",
    "sv/teman/depression/",
    "en/topics/depression/",
    "toteutustavat/",
    "toteutustavat/kokemuspuheenvuoro-ryhmalle/",
    "kohderyhmat/",
    "kohderyhmat/lukio-tai-ammattiopisto/",
    "paikat/",
    "paikat/kemi/",
    "en/places/",
    "kielet/",
    "kielet/suomi/",
    "yleiskatsaus/",
    "loyda-sopiva-aihe/",
    "sv/hitta-ett-tema/",
    "en/find-a-topic/",
    "paikat/lappi/",
    "paikat/utsjoki/",
    "esittelyt/",
    "haku/",
    "sv/sok/",
    "pyynto/",
    "sv/forfragan/",
    "en/request/",
    "jarjestajan-opas/",
    "kiitos-pyynnosta/",
    "404.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_needs_sideways_scrolling(
    width: int, scheme: str, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """From 320 pixels on, which is also a desktop at 400 % zoom."""
    address = serve(demo_site)
    page = chromium.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    for name in PAGES:
        page.goto(address + name)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    page.close()


def test_every_catalogue_page_can_be_read_and_left_without_javascript(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A heading, the way to ask, the other languages, and help in a crisis are there without any script."""
    address = serve(demo_site)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in PAGES[:-1]:
        page.goto(address + name)
        assert page.locator("h1").count() == 1, name
        assert page.locator("h1").is_visible(), name
        assert page.locator("main a, main form, nav a").count() > 5, name
        assert page.locator("footer a[href='tel:112']").count() == 1, name
        assert page.locator("link[rel=alternate][hreflang]").count() == 4, name
    context.close()


def test_every_element_that_can_be_pressed_is_large_enough(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """24 pixels at the least for every link and control but those inside a sentence (WCAG 2.2, 2.5.8)."""
    address = serve(demo_site)
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    for name in PAGES:
        page.goto(address + name)
        small = page.evaluate(
            """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')]
               .filter(e => !e.closest('p, .honeypot, .skip, .prose li, dd, address') && !e.matches('.skip'))
               .map(e => [e.textContent.trim() || e.id, e.closest('label, .choice, li') || e])
               .map(([text, e]) => [text, e.getBoundingClientRect()])
               .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([text]) => text)"""
        )
        assert small == [], name
    page.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """The first stop skips to the content; each stop is visible and has an outline; the last leads out of the page."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(serve(demo_site) + "aiheet/masennus/")
    expected = page.locator("a[href], button, input, select, textarea").count()
    seen: list[str] = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """(() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
               return [e.outerHTML, box.width > 0 && box.height > 0 && box.right > 0, style.outlineStyle !== 'none'
                 || style.boxShadow !== 'none'] })()"""
        )
        assert stop[1], stop
        assert stop[2], stop
        seen.append(stop[0])
    assert 'href="#main"' in seen[0]
    assert len(seen) == expected
    page.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_table_of_everything_can_be_read_without_scrolling_sideways(
    width: int, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A real table under its groups: formats in words beside the topic on a phone, under their heads on a desktop."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(serve(demo_site) + "yleiskatsaus/")
    assert page.locator("table tbody").count() == 7
    assert page.locator("table tbody th[scope=row]").count() == 48
    wide = page.evaluate(
        "[...document.querySelectorAll('.matrix *')].filter(e => e.getBoundingClientRect().right > innerWidth).length"
    )
    assert wide == 0
    row = page.locator("tr", has=page.locator("a", has_text=re.compile("^Masennus$")))
    assert row.locator(".yes").count() == 3
    beside = row.locator(".yes").first.evaluate("e => getComputedStyle(e, '::after').content")
    heads = page.locator(".matrix thead").is_visible()
    assert heads == (width >= 992)
    assert heads or "ryhmälle" in beside
    nothing = page.locator("tr", has=page.locator("a", has_text=re.compile("^Suru$"))).locator(".matrix__ask")
    assert nothing.first.inner_text() == "kysy meiltä"
    page.close()


def test_paper_shows_no_navigation_and_the_address(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A topic sheet for the wall of a staff room."""
    page = chromium.new_page()
    page.goto(serve(demo_site) + "aiheet/masennus/")
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert page.get_by_text("https://kokemus.example.org/aiheet/masennus/").is_visible()
    page.close()


class _Outline(HTMLParser):
    """What a page's source says of itself."""

    VOID = frozenset({"br", "circle", "ellipse", "hr", "img", "input", "link", "meta", "path", "rect", "use", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.language = self.title = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert "style" not in attributes, "inline styles are forbidden by the policy"
        assert not [name for name in attributes if name.startswith("on")]
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = attributes.get("lang") or ""
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        if attributes.get("href"):
            self.links.append(attributes["href"] or "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data


def test_every_page_is_well_formed_and_every_link_leads_somewhere(demo_site: Path) -> None:
    """Tags close, ids are unique, headings do not skip a level, titles tell pages apart, and no link is broken."""
    files = contents(demo_site)
    pages = {name: _Outline(content.decode()) for name, content in files.items() if name.endswith(".html")}
    titles: dict[tuple[str, str], str] = {}
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert page.headings.count(1) == 1, name
        deepest = 0
        for level in page.headings:
            assert level <= deepest + 1, (name, page.headings)
            deepest = level
        assert page.language in ("fi", "sv", "en")
        assert (page.language, page.title) not in titles, (name, titles.get((page.language, page.title)))
        titles[page.language, page.title] = name
        folder = Path("/") / Path(name).parent
        for link in page.links:
            address, _, fragment = link.partition("#")
            path = address.partition("?")[0]
            if ":" in path or not (path or fragment):
                assert path.startswith(("https://", "mailto:", "tel:")), (name, link)
                path = path.removeprefix("https://kokemus.example.org/") if "kokemus.example.org" in path else ""
                if not path:
                    continue
                target = Path("/") / path
            else:
                target = folder / path if path else folder / Path(name).name
            resolved = posixpath.normpath(str(target)).lstrip("/")
            found = next((file for file in (resolved, f"{resolved}/index.html".lstrip("/")) if file in files), None)
            assert found, (name, link)
            assert not fragment or fragment in pages[found].ids, (name, link)
