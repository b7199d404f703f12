"""The expiry of an abandoned site: if nobody builds it any more, browsers hide the cards and say so."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import DEMO_DAY, build, contents, kokemus
from tests.promises.test_5_everyone import PAGES
from tests.rigs.sweeps import in_turn

LAST = datetime(2026, 12, 8, 23, 59, 59, tzinfo=UTC)
NOTICES = {
    "fi": "viimeksi päivitetty 24.\N{NO-BREAK SPACE}marraskuuta 2026",
    "sv": "den 24\N{NO-BREAK SPACE}november 2026",
    "en": "24\N{NO-BREAK SPACE}November 2026",
}

WATCH = """
    window.seen = 0;
    new MutationObserver(() => {
        for (const card of document.querySelectorAll(".person")) window.seen += card.getClientRects().length;
    }).observe(document, {childList: true, subtree: true});
"""


def at(moment: datetime, chromium: Browser) -> Page:
    """A browser whose clock shows a given moment."""
    context = chromium.new_context()
    context.clock.install(time=moment)
    return context.new_page()


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", ["esittelyt/", "sv/presentationer/", "en/introductions/", "aiheet/luovuus-ja-kirjoittaminen/"]
)
def test_cards_stay_for_the_fourteenth_day_and_are_gone_with_the_next(
    name: str, demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """To the second on both sides. Afterwards no word of any card is left in the page."""
    address = serve(demo_site)
    page = at(LAST, chromium)
    page.goto(address + name)
    assert page.get_by_text("Revontuli").first.is_visible()
    assert page.locator(".stale__notice").count() == 0
    page = at(LAST + timedelta(seconds=1), chromium)
    page.goto(address + name)
    assert page.locator(".stale__notice").is_visible()
    assert "Revontuli" not in page.content()
    assert page.locator(".person").count() == 0


@pytest.mark.browser
def test_a_page_that_stays_open_hides_its_cards_when_somebody_looks_again(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """A tab opened weeks ago, or one that the browser restores."""
    page = at(LAST, chromium)
    page.goto(serve(demo_site) + "esittelyt/")
    assert page.locator(".person").count()
    page.clock.fast_forward("24:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.locator(".person").count() == 0
    assert page.locator(".stale__notice").count() == 1
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert page.locator(".stale__notice").count() == 1


@pytest.mark.browser
def test_every_page_of_an_abandoned_site_says_so_in_its_language(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """At the top of the page, without an error in the console. No page of a fresh site says it."""
    address = serve(demo_site)
    stale, fresh = at(LAST + timedelta(days=300), chromium), at(LAST, chromium)
    complaints: list[str] = []
    stale.on("console", lambda message: complaints.append(message.text))
    for name in in_turn(PAGES, 0, 3):
        stale.goto(address + name)
        language = stale.evaluate("document.documentElement.lang")
        assert NOTICES[language] in stale.locator("main > :first-child").inner_text(), name
        assert stale.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        fresh.goto(address + name)
        assert fresh.locator(".stale__notice").count() == 0, name
    assert complaints == []


@pytest.mark.browser
def test_no_card_is_painted_before_the_script_has_run(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """The script of the cards' page comes before all content, so no card flashes up."""
    address = serve(demo_site)
    for moment, shown in ((LAST + timedelta(days=1), False), (LAST, True)):
        page = at(moment, chromium)
        page.add_init_script(WATCH)
        page.goto(address + "esittelyt/")
        assert bool(page.evaluate("window.seen")) is shown


@pytest.mark.build
def test_the_number_of_days_is_the_association_s_to_choose(small: Path) -> None:
    """From 1 to 90; anything else is a problem with its position."""
    configuration = small / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text + "      refresh_days: 3\n", "utf-8")
    assert build(small).code == 0
    assert b'Date.parse("2026-11-28")' in contents(small / "site")["built.js"]
    for wrong in ("0", "91", "two", "true", "3.5"):
        configuration.write_text(text + f"      refresh_days: {wrong}\n", "utf-8")
        done = kokemus(small, "check")
        assert done.code == 1
        assert f"mkdocs.yml:{len(text.splitlines()) + 1}:7: error[refresh-days]" in done.output


@pytest.mark.build
def test_the_script_is_small(demo_site: Path) -> None:
    """One file for the whole site, a kilobyte compressed: the notice, choices on the way, how the search begins."""
    assert len(gzip.compress(contents(demo_site)["built.js"])) < 1000
    assert DEMO_DAY.isoformat().encode() in contents(demo_site)["built.js"]
