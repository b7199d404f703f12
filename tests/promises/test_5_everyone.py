"""Promise 5: everyone can use it: on a phone, on a locked-down computer, with a keyboard, on paper.

In ``make test``, screens of different widths and sizes of text share the pages; in ``make fuzz`` each shows all.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.quality import access, markup
from tests.rigs.sweeps import in_turn

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
    "aiheet/uupumus/",
    "vierailut/",
    "vierailut/kokemuspuheenvuoro-ryhmalle/",
    "sv/besok/",
    "kenelle/",
    "kenelle/lukio-tai-ammattiopisto/",
    "en/who-is-it-for/patients-and-clients/",
    "missa-ja-milla-kielilla/",
    "sv/var-och-pa-vilka-sprak/",
    "en/where-and-in-which-languages/",
    "esittelyt/",
    "haku/",
    "sv/sok/",
    "pyynto/",
    "sv/forfragan/",
    "en/request/",
    "arviointi/",
    "en/evaluation/",
    "jarjestajan-opas/",
    "kiitos-pyynnosta/",
    "404.html",
)
HELP = (
    "kriisiapu/",
    "usein-kysyttya/",
    "tule-kokemusasiantuntijaksi/",
    "tietosuojaseloste-kokemusasiantuntijoille/",
    "sv/dataskyddsbeskrivning-for-erfarenhetsexperter/",
)


@pytest.mark.parametrize("width", access.WIDTHS)
def test_no_page_needs_sideways_scrolling(
    width: int, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """From 320 pixels on, which is also a desktop at 400 % zoom."""
    address = serve(demo_site)
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for name in in_turn(PAGES, access.WIDTHS.index(width), len(access.WIDTHS)):
        page.goto(address + name)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert access.sideways(page) == 0, (name, scheme)
    page.close()


@pytest.mark.parametrize(("width", "size"), access.ENLARGED)
def test_large_text_needs_no_sideways_scrolling_and_no_heading_cuts_a_word(
    width: int, size: int, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """Long Finnish and Swedish words divide at a syllable with a hyphen, never wherever the line happens to end."""
    address = serve(demo_site)
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for name in in_turn((*PAGES, *HELP), access.ENLARGED.index((width, size)), 2):
        page.goto(address + name)
        access.enlarge(page, size)
        assert access.sideways(page) == 0, name
        assert access.cut(page) == [], name
    page.close()


def test_every_catalogue_page_can_be_read_and_left_without_javascript(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A heading, the way to make a request, the other languages and crisis help are there without any script."""
    address = serve(demo_site)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in PAGES[:-1]:
        page.goto(address + name)
        assert access.inert(page) == [], name
    context.close()


def test_every_element_that_can_be_pressed_is_large_enough(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """At least 24 pixels for every link and control, except inside a sentence (WCAG 2.2, 2.5.8)."""
    address = serve(demo_site)
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    for name in PAGES:
        page.goto(address + name)
        assert access.small(page) == [], name
    page.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """The first stop skips to the content. Each stop is visible and has an outline. The last leads out of the page."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(serve(demo_site) + "aiheet/masennus/")
    assert access.keyboard(page) == []
    page.close()


def test_a_phone_shows_what_is_found_above_its_keyboard(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """Half of a small screen is under the keyboard. Crisis help comes there, too, and a wide screen does not move."""
    address = serve(demo_site)
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    for name in ("", "sv/", "en/", "haku/"):
        page.goto(address + name)
        page.locator("#search-field").press_sequentially("depression")
        page.locator("#search-list a").first.wait_for()
        box = page.locator("#search-list a").first.bounding_box()
        assert box
        assert 0 < box["y"] < box["y"] + box["height"] < 320, name
        field = page.locator("#search-field").bounding_box()
        assert field
        assert field["y"] > 0, name
    page.locator("#search-field").fill("haluan kuolla")
    page.locator("#search-help a").first.wait_for()
    box = page.locator("#search-help a").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < 320
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    page.locator("#search-field").fill("masennus")
    page.locator("#search-list a").first.wait_for()
    assert page.evaluate("scrollY") == 0
    page.close()


def test_a_long_name_leaves_the_languages_beside_it(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """On a narrow phone it takes two lines, and the menu stays where it is."""
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.goto(serve(demo_site))
    low = page.locator(".menu").bounding_box()
    page.locator(".brand span").evaluate("(e) => { e.textContent = 'Lapin kokemus\\xadasiantuntijat ry' }")
    page.locator(".brand").evaluate("(e) => e.classList.add('brand--long')")
    brand, tongues, menu = (page.locator(part).bounding_box() for part in (".brand", ".tongues", ".menu"))
    assert low
    assert brand
    assert tongues
    assert menu
    assert brand["y"] <= tongues["y"] + tongues["height"] / 2 <= brand["y"] + brand["height"]
    assert menu["y"] - low["y"] < 4
    assert access.sideways(page) == 0
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


def test_every_page_is_well_formed_and_every_link_leads_somewhere(demo_site: Path) -> None:
    """Tags close, ids are unique, no heading level is skipped, titles differ between pages, and no link is broken."""
    found = list(markup.links(demo_site, "https://kokemus.example.org/"))
    assert len(found) > 200
    assert [reading for reading in found if reading.value] == []
