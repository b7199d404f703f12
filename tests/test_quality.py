"""The budgets: the quick part of ``make quality``. Each measurement fails at the fault that it is there to find."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.quality import access, markup, sites, speed, walks, weight
from tests.quality.budgets import BUDGETS, Reading, table
from tests.quality.host import hosted
from tests.quality.sites import Shown
from tests.quality.weight import Visit
from tests.rigs.emulator import Emulator, fields_of

pytestmark = pytest.mark.browser

PUBLIC = "https://kokemus.example.org/"


def test_first_views_keep_their_budgets(first_views: list[tuple[Shown, Visit]]) -> None:
    """Bytes, requests and scripts of every kind of page for reading."""
    for name, readings in weight.readings(first_views).items():
        assert BUDGETS[name].row(readings).over == (), name


def test_axe_finds_nothing_on_any_kind_of_page(demo_site: Path, chromium: Browser) -> None:
    """All rules, also best practices: in Finnish, light mode, on a phone. ``make quality`` covers the rest."""
    with hosted(demo_site) as address:
        found = access.inspected(chromium, address, sites.samples(demo_site, ("fi",)), ("light",), (360,), keys=False)
    assert len(found["axe"]) > 20
    assert [reading for reading in found["axe"] if reading.value] == []


def test_every_page_is_valid_html(demo_site: Path) -> None:
    """By the Nu Html Checker, without warnings."""
    found = markup.html(demo_site)
    assert len(found) == len(sites.pages(demo_site))
    assert [reading for reading in found if reading.value] == []


@pytest.fixture(scope="module")
def walkable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, str]]:
    """The demo, built for an address on this computer, and its form service."""
    folder = tmp_path_factory.mktemp("walks") / "demo"
    with Emulator(folder) as emulator, hosted(folder / "site") as address:
        sites.demo(folder, address, f"{emulator.services}/generic/kokemus")
        yield emulator, address


@pytest.mark.parametrize("walk", walks.WALKS)
def test_people_get_from_the_home_page_to_a_request(
    walk: str, walkable: tuple[Emulator, str], chromium: Browser
) -> None:
    """A teacher on a slow phone, a nurse without JavaScript, an organiser in Swedish by keyboard: it arrives once."""
    steps, arrived = walks.walked(chromium, *walkable, walk)
    assert len(steps) > 3
    assert fields_of(arrived)["Aiheet"]


def test_an_unmeasured_budget_fails() -> None:
    """A budget without a reading, and a single reading above the limit. The table says where."""
    budget = BUDGETS["axe"]
    assert not budget.row([]).green
    row = budget.row([Reading("a", 0), Reading("b", 2), Reading("c", 0)])
    assert (row.green, row.worst.where, row.count, [one.where for one in row.over]) == (False, "b", 3, ["b"])
    assert "| b | 3 | RED |" in table([("demo", row)])
    assert budget.row([Reading("a", 0)]).green
    assert not BUDGETS["performance"].row([Reading("a", 100), Reading("b", 96)]).green


BLOCK = "const until = performance.now() + {}; while (performance.now() < until);"
PADDING = "".join(f"{number * number * 7919:x}" for number in range(9000))
UNBOUND = ('http-equiv="Content-Security-Policy"', 'name="was"')
Change = Callable[[str], str]


def planted(html: str) -> Change:
    """Adds something at the beginning of the main part."""
    return lambda text: re.sub(r"(<main[^>]*>)", lambda main: main[1] + html, text, count=1)


def unbound(html: str) -> Change:
    """The same on a page without its Content-Security-Policy."""
    return lambda text: planted(html)(text.replace(*UNBOUND))


BREAKS: dict[str, tuple[str, Change]] = {
    "first view": ("index.html", planted(f"<p>{PADDING}</p>")),
    "requests": ("index.html", planted('<img src="assets/a.svg" alt=""><img src="assets/b.svg" alt="">')),
    "script before use": ("index.html", planted('<script src="search-fi.js" type="module"></script>')),
    "search": ("search-fi.js", lambda text: f"{text}\n//{PADDING}"),
    "request": ("assets/request.js", lambda text: f"{text}\n//{PADDING}"),
    "third parties": ("index.html", unbound('<img src="http://127.0.0.2:9/x.png" alt="">')),
    "complaints": ("index.html", planted("<script>document.title = 'x'</script>")),
    "policy": ("index.html", lambda text: text.replace("script-src", "script-src &#39;unsafe-inline&#39;")),
    "without script": ("index.html", lambda text: text.replace("<h1>", "<h1 hidden>")),
    "axe": ("index.html", planted('<img src="assets/favicon.svg">')),
    "html": ("index.html", planted("<p><div></div></p>")),
    "links": ("index.html", planted('<a href="nowhere/">x</a>')),
    "keyboard": ("index.html", unbound("<script>onkeydown = (e) => e.preventDefault()</script>")),
    "targets": ("index.html", planted('<div><button aria-label="x"></button></div>')),
    "sideways": ("index.html", planted('<svg width="2000" height="9"></svg>')),
    "search ready": ("search-fi.js", lambda text: f"{BLOCK.format(200)}\n{text}"),
}  # fmt: skip


def readings(name: str, browser: Browser, site: Path) -> list[Reading]:
    """What a budget's measurement says about the demo's page in question."""
    home = next(page for page in sites.pages(site) if page.url == "")
    with hosted(site) as address:
        if name in ("third parties", "complaints"):
            return weight.crawled(browser, address, [home])[name]
        if name in ("first view", "requests", "script before use"):
            return weight.readings([(home, weight.visit(browser, address, ""))])[name]
        if name in ("search", "request"):
            url = {"search": "haku/", "request": "pyynto/"}[name]
            return [Reading(url, weight.visit(browser, address, url, weight.USES[name]).bytes)]
        if name == "without script":
            return access.without_script(browser, address, [home])
        if name == "search ready":
            return [Reading("", speed.searching(browser, address, times=1))]
        if name in ("axe", "keyboard", "targets", "sideways"):
            return access.inspected(browser, address, [home], ("light",), (360,), keys=name == "keyboard")[name]
    of_files: dict[str, Callable[[], Iterable[Reading]]] = {
        "policy": lambda: markup.policy(site),
        "html": lambda: markup.html(site),
        "links": lambda: markup.links(site, PUBLIC),
    }
    return [reading for reading in of_files[name]() if reading.where == "index.html"]


@pytest.mark.parametrize("name", ["search", "request"])
def test_what_is_fetched_on_use_keeps_its_budget(name: str, demo_site: Path, chromium: Browser) -> None:
    """The interactive pages, after they have been used."""
    assert BUDGETS[name].row(readings(name, chromium, demo_site)).over == ()


@pytest.fixture(scope="module")
def breakable(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the demo's pages with all its data files, styles and scripts, to break in a test."""
    folder = tmp_path_factory.mktemp("breakable") / "site"
    folder.mkdir()
    for name in ("assets", "haku", "pyynto"):
        shutil.copytree(demo_site / name, folder / name)
    for file in demo_site.glob("*.*"):
        shutil.copy(file, folder)
    return folder


@pytest.mark.parametrize("name", BREAKS)
def test_each_budget_fails_at_its_fault(name: str, breakable: Path, chromium: Browser) -> None:
    """With one fault in one file."""
    file, change = BREAKS[name]
    path = breakable / file
    text = path.read_text("utf-8")
    path.write_text(change(text), "utf-8")
    try:
        assert path.read_text("utf-8") != text
        row = BUDGETS[name].row(readings(name, chromium, breakable))
    finally:
        path.write_text(text, "utf-8")
    assert row.count > 0
    assert not row.green


def test_lighthouse_fails_a_bad_page(tmp_path: Path) -> None:
    """Slow, without a title or a language, with an image without a text and a failing script: all four scores."""
    slow = BLOCK.format(800)
    (tmp_path / "index.html").write_text(
        f'<!doctype html><img src="a.png" width="9" height="9"><p>x</p><script>{slow} unknown()</script>'
        f'<p style="margin-top: 2000px">x</p><script>{slow} document.body.prepend("late")</script>',
        "utf-8",
    )
    with hosted(tmp_path) as address:
        found = speed.judged([(address, "bad")], times=1)
    assert [name for name in speed.CATEGORIES if BUDGETS[name].row(found[name]).green] == []
