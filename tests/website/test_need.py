"""Somebody in need is shown crisis help before any result, and others are not."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kokemus.resources import LANGUAGES, PACKAGE
from kokemus.text import fold
from kokemus.website.wording import ui
from tests.conftest import ROOT

LEARNED, UNSEEN = "tools/need.tsv", "tests/bench/need.tsv"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What somebody types, and whether they are in need."""

    language: str
    is_need: bool
    text: str


def phrases(path: str) -> list[Phrase]:
    lines = (ROOT / path).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [Phrase(language, means == "need", text) for language, means, text in rows]


def test_the_weights_are_learned_from_the_phrases() -> None:
    """After a change of the phrases ``make need`` learns the weights again."""
    learned = json.loads((PACKAGE / "public" / "search" / "need.json").read_text("utf-8"))
    assert learned["learned from"] == sha256((ROOT / LEARNED).read_bytes()).hexdigest()
    assert not re.search(r"[^\W_]", learned["weights"])


@pytest.mark.parametrize("path", [LEARNED, UNSEEN])
def test_no_phrase_means_two_things(path: str) -> None:
    """However it is typed."""
    meanings = {" ".join(fold(one.text)): one.is_need for one in phrases(path)}
    assert all(meanings[" ".join(fold(one.text))] == one.is_need for one in phrases(path))


@pytest.fixture
def tab(demo_site: Path, serve: Callable[[Path], str], chromium: Browser) -> Iterator[tuple[Page, str]]:
    """A tab of a phone's width, and the demo's address."""
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    yield page, serve(demo_site)
    page.unroute_all(behavior="ignoreErrors")  # an answer that nobody waits for any more would hold the end up
    page.close()


def judged(page: Page, address: str, texts: list[str]) -> list[bool]:
    """Whether each text is taken for that of somebody in need, by the shipped script."""
    page.goto(f"{address}404.html")
    found: list[bool] = page.evaluate(
        "async ([script, texts]) => texts.map((await import(script)).inNeed)", [f"{address}need.js", texts]
    )
    return found


@pytest.mark.browser
@pytest.mark.parametrize("path", [LEARNED, UNSEEN])
def test_somebody_in_need_is_recognised_and_others_seldom_are(tab: tuple[Page, str], path: str) -> None:
    """Of all phrases 98 of 100 at least; of ordinary searches at most 2 of 100, in each language."""
    page, address = tab
    asked = phrases(path)
    answers = list(zip(asked, judged(page, address, [phrase.text for phrase in asked]), strict=True))
    for language in LANGUAGES:
        some = [(phrase, got) for phrase, got in answers if phrase.language == language]
        missed = [phrase.text for phrase, got in some if phrase.is_need and not got]
        alarms = [phrase.text for phrase, got in some if not phrase.is_need and got]
        assert len(missed) <= 0.02 * sum(phrase.is_need for phrase, _ in some), missed
        assert len(alarms) <= 0.02 * sum(not phrase.is_need for phrase, _ in some), alarms


@pytest.mark.browser
def test_the_way_of_writing_makes_no_difference(tab: tuple[Page, str]) -> None:
    """Case, accents, order, a letter held down, doubled or not, an invisible or full-width one, and spaces."""
    page, address = tab
    texts = [
        "HALUAN KUOLLA!!!",
        "kuolla haluan",
        "haluan kuollaaaa",
        "hal\u00aduan kuol\u200bla",
        "ｈａｌｕａｎ ｋｕｏｌｌａ",
    ]
    texts += [
        "haluankuolla",
        "itse murha",
        "self-harm",
        "killmyself",
        "I don’t want to live",
        "jag vill do",
        "en jaksa elaa",
        "i want to dissapear",
    ]
    assert [text for text, got in zip(texts, judged(page, address, texts), strict=True) if not got] == []
    texts = ["haluan kuulla masennuksesta", "killer", "kuolema", "död", "", " ", "?", "хочу", "elämäntarina", "a" * 200]
    assert [text for text, got in zip(texts, judged(page, address, texts), strict=True) if got] == []


def typed(page: Page, text: str) -> Locator:
    """Type into the search; gives the box with crisis help."""
    page.locator("#search-field").fill(text)
    return page.locator("#search-help")


@pytest.mark.browser
def test_crisis_help_comes_before_any_result(tab: tuple[Page, str]) -> None:
    """First 112, then the line in the page's language, with a chat; and gone when something else is typed."""
    page, address = tab
    for path, text, lines in (
        ("", "en jaksa elää", ["112", "09 2525 0111", "sekasin.fi"]),
        ("haku/", "min man slår mig", ["112", "09 2525 0111"]),
        ("sv/", "ta livet av mig", ["112", "09 2525 0112", "nollalinja.fi"]),
        ("en/", "end my life", ["112", "09 2525 0116", "nollalinja.fi"]),
    ):
        page.goto(address + path)
        help = typed(page, text)
        help.wait_for()
        shown = help.locator("li a").all_inner_texts()
        assert shown[:2] == lines[:2]
        assert set(lines) <= set(shown)
        top = help.bounding_box()
        field = page.locator("#search-field").bounding_box()
        results = page.locator("#search-list").bounding_box()
        assert top
        assert field
        assert field["y"] < top["y"]
        assert results is None or top["y"] < results["y"]
    page.goto(address)
    typed(page, "itsemurha").wait_for()
    page.get_by_role("link", name="Itsetuhoisuus ja siitä selviytyminen").first.wait_for()
    assert typed(page, "masennus").is_hidden()


@pytest.mark.browser
def test_somebody_in_need_is_not_asked_to_become_an_expert_or_to_request(tab: tuple[Page, str]) -> None:
    """The same words without the need find the page; nothing says that nothing was found."""
    page, address = tab
    page.goto(address)
    joining = page.locator("#search-list a[href*='kokemusasiantuntijaksi']")
    assert typed(page, "haluan mukaan, oma kokemus").is_hidden()
    joining.first.wait_for()
    typed(page, "haluan kuolla, oma kokemus").wait_for()
    expect(joining).to_have_count(0)
    assert page.locator("#search-ask").is_hidden()
    typed(page, "haluun vaan kuolla pois")
    page.wait_for_timeout(600)
    assert ui("search.found.none", "fi") not in page.locator("#search-count").inner_text()


@pytest.mark.browser
def test_enter_leads_somebody_in_need_to_the_help(tab: tuple[Page, str]) -> None:
    """Which is announced once typing pauses, too; what was typed stays out of the address."""
    page, address = tab
    page.goto(f"{address}haku/")
    typed(page, "tapan itteni").wait_for()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "search-help"
    said = page.locator("#search-said")
    assert said.get_attribute("role") == "status"
    expect(said).to_contain_text("112")
    assert page.url == f"{address}haku/"


@pytest.mark.browser
def test_help_does_not_wait_for_the_index(tab: tuple[Page, str]) -> None:
    """Nor for the form to be sent: Enter goes nowhere."""
    page, address = tab
    page.route("**/search-*.js", lambda route: route.abort())
    page.goto(address)
    page.locator("#search-field").focus()
    page.wait_for_load_state("networkidle")
    typed(page, "haluun kuolla").wait_for()
    page.keyboard.press("Enter")
    assert page.url == address
    assert typed(page, "masennus").is_hidden()


@pytest.mark.browser
def test_without_a_script_a_link_beside_the_search_leads_to_crisis_help(
    demo_site: Path, serve: Callable[[Path], str], chromium: Browser
) -> None:
    """On every page that has the search, in its language."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = serve(demo_site)
    for path, crisis in (
        ("", "kriisiapu/"),
        ("haku/", "kriisiapu/"),
        ("sv/", "sv/hjalp-i-kris/"),
        ("en/", "en/crisis-help/"),
    ):
        page.goto(address + path)
        page.locator("main .need a").click()
        assert page.url == address + crisis
    context.close()
