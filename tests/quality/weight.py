"""The weight of a page and its connections: with a cold cache and a compressing host, until the page is idle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from tests.quality.budgets import Reading
from tests.quality.sites import Shown

Readings = dict[str, list[Reading]]
READING = ("home", "topic", "format", "audience", "where", "guide", "topics", "formats", "audiences")
_KEPT = """async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length
  + (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length"""
_ICON = "document.querySelector('link[rel=icon]')?.href"


@dataclass(frozen=True, slots=True)
class Visit:
    """One first view of a page: bytes over the wire including headers, and everything that should not happen."""

    url: str
    bytes: int
    requests: int
    scripts: int
    foreign: tuple[str, ...]
    kept: int
    complaints: tuple[str, ...]


def visit(browser: Browser, address: str, url: str, use: Callable[[Page], None] | None = None) -> Visit:
    """A first visit to a page, and its use if ``use`` is given. The icon counts too, which the browser requests last.

    Raises a Playwright error if the page does not load.
    """
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}
    scripts: set[str] = set()
    complaints: list[str] = []

    def asks(event: Any) -> None:
        asked[event["requestId"]] = event["request"]["url"]
        if event.get("type") == "Script":
            scripts.add(event["requestId"])

    def ends(event: Any) -> None:
        sizes[event["requestId"]] = int(event.get("encodedDataLength", 0))

    session.on("Network.requestWillBeSent", asks)
    session.on("Network.loadingFinished", ends)
    session.on("Network.loadingFailed", ends)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    session.send("Network.enable")
    page.goto(address + url)
    if use:
        use(page)
    icon = page.evaluate(_ICON)
    for _ in range(250):
        page.wait_for_timeout(20)
        if icon in (None, *asked.values()) and set(sizes) >= set(asked):
            break
    else:
        complaints.append("never at rest")
    kept = int(page.evaluate(_KEPT)) + len(context.cookies())
    context.close()
    abroad = [where for where in asked.values() if not _at_home(where, address)]
    weight = sum(sizes.values())
    loaded = sum(sizes.get(id, 0) for id in scripts)
    return Visit(url, weight, len(asked), loaded, tuple(abroad), kept, tuple(complaints))


def search(page: Page) -> None:
    """Search for something that the site has, in the page's language. Names in another would load about 10 kB more."""
    page.locator("#search-field").fill(
        "masennus" if page.evaluate("document.documentElement.lang") == "fi" else "depression"
    )
    page.locator("#search-list a").first.wait_for()


def ask(page: Page) -> None:
    """Send the empty form, so that its script reports that something is missing."""
    page.locator("#form-send").click()
    page.locator("#form-errors:not([hidden])").wait_for()


USES: dict[str, Callable[[Page], None]] = {"search": search, "request": ask, "home": search}


def crawled(browser: Browser, address: str, pages: Iterable[Shown]) -> Readings:
    """One visitor opens every page: connections to third parties, stored data, and complaints of the browser."""
    context = browser.new_context()
    page = context.new_page()
    foreign: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: None if _at_home(request.url, address) else foreign.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    found: Readings = {"third parties": [], "complaints": []}
    for shown in pages:
        page.goto(address + shown.url, wait_until="networkidle" if shown.kind in USES else "load")
        kept = int(page.evaluate(_KEPT)) + len(context.cookies())
        where = shown.url or "home"
        found["third parties"].append(Reading(where, len(foreign) + kept, f"{foreign} and {kept} kept"))
        found["complaints"].append(Reading(where, len(complaints), " | ".join(complaints)))
        foreign.clear()
        complaints.clear()
    context.close()
    return found


def _at_home(url: str, address: str) -> bool:
    return url.startswith((address, "data:"))


def readings(visits: Iterable[tuple[Shown, Visit]]) -> Readings:
    """The readings from the first views of reading pages."""
    found: Readings = {"first view": [], "requests": [], "script before use": []}
    for page, seen in visits:
        if page.kind in READING:
            where = page.url or "home"
            found["first view"].append(Reading(where, seen.bytes))
            found["requests"].append(Reading(where, seen.requests))
            found["script before use"].append(Reading(where, seen.scripts))
    return found
