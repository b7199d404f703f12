"""Accessibility measurements: axe, keyboard, touch targets, narrow windows, no JavaScript."""

from collections.abc import Iterable

from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tests.quality.budgets import Reading
from tests.quality.sites import Shown

AXE = ROOT / "tests" / "counterparts" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 360, 1280)
_RUN = "() => axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
_SMALL = """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => !e.closest('p, .honeypot, .skip, .prose li, dd, address') && !e.matches('.skip'))
  .map(e => [e.textContent.trim() || e.id, e.closest('label, .choice, li') || e])
  .map(([text, e]) => [text, e.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([text]) => text)"""
_STOPS = """() => { const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.type !== 'radio' || (!groups.has(e.name) && groups.add(e.name))).length }"""
_STOP = """() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const within = box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
    && box.bottom > 0 && box.top < innerHeight;
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return e === document.body ? null : [e.outerHTML.slice(0, 160), within, marked] }"""

_CUT = """() => { const cut = [], range = document.createRange();
  for (const heading of document.querySelectorAll('h1, h2, h3')) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    for (let text; text = texts.nextNode();) for (const word of text.data.matchAll(/[\\p{L}\\p{N}\\xad]+/gu)) {
      let line = null, before = '';
      for (const [at, letter] of [...word[0]].entries()) {
        range.setStart(text, word.index + at); range.setEnd(text, word.index + at + 1);
        const box = [...range.getClientRects()].at(-1);
        if (letter !== '\\xad' && box?.width) {
          if (line !== null && box.top - line > 3 && before !== '\\xad') cut.push(word[0].replaceAll('\\xad', ''));
          line = box.top;
        }
        before = letter;
      } } }
  return cut }"""
ENLARGED = ((320, 100), (360, 100), (320, 150), (360, 200), (320, 200))
"""Widths, and the size of the text in per cent."""


def enlarge(page: Page, size: int) -> None:
    """The text in another size, as browsers on phones offer it."""
    page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")


def cut(page: Page) -> list[str]:
    """The words of headings that a line end cuts without a hyphen."""
    found: list[str] = page.evaluate(_CUT)
    return found


def violations(page: Page) -> list[str]:
    """The violations of all axe-core rules, including best practices, in the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(_RUN)
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(wide, 0)


def small(page: Page) -> list[str]:
    """Interactive elements smaller than 24 pixels, except links inside a sentence (WCAG 2.2, 2.5.8)."""
    found: list[str] = page.evaluate(_SMALL)
    return found


def keyboard(page: Page) -> list[str]:
    """What goes wrong when tabbing through the whole page.

    The first stop must skip to the content. Every stop must be visible and have a visible focus, every focusable
    element must be reached, and focus must leave the page after the last one.
    """
    expected: int = page.evaluate(_STOPS)
    faults: list[str] = []
    seen: list[str] = []
    for _ in range(expected + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (seen and stop[0] == seen[0]):
            break
        text, within, marked = stop
        faults += [] if within else [f"out of sight: {text}"]
        faults += [] if marked else [f"not marked: {text}"]
        seen.append(text)
    else:
        faults.append(f"does not let go after {expected} stops: {seen[-1]}")
    if not seen or 'href="#main"' not in seen[0]:
        faults.append("the first stop does not skip to the content")
    if len(seen) != expected:
        faults.append(f"{len(seen)} stops of {expected}")
    return faults


def inert(page: Page) -> list[str]:
    """What a page lacks without JavaScript: a heading, links onwards, crisis help, the other languages."""
    needed = {
        "one heading in sight": page.locator("h1").count() == 1 and page.locator("h1").is_visible(),
        "ways on": page.locator("main a, main form, nav a").count() > 5,
        "112 in the footer": page.locator("footer a[href='tel:112']").count() == 1,
        "its alternates": page.locator("link[rel=alternate][hreflang]").count() == 4,
        "the way to ask": page.locator("header a.menu__ask").count() == 1,
    }
    return [name for name, there in needed.items() if not there]


def inspected(
    browser: Browser,
    address: str,
    pages: Iterable[Shown],
    schemes: Iterable[str] = ("light", "dark"),
    widths: Iterable[int] = (1280, 360),
    keys: bool = True,
) -> dict[str, list[Reading]]:
    """All readings of the pages, in every colour scheme and width; sideways scrolling also at 320 pixels."""
    found: dict[str, list[Reading]] = {name: [] for name in ("axe", "sideways", "targets", "keyboard")}
    page = browser.new_page(reduced_motion="reduce")
    for shown in pages:
        for width in (*widths, 320):
            where = f"{shown.url or 'home'} {width}"
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address + shown.url)
            found["sideways"].append(Reading(where, sideways(page)))
            if width == 320:
                continue
            tiny = small(page)
            found["targets"].append(Reading(where, len(tiny), "; ".join(tiny)))
            for scheme in schemes:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                seen = violations(page)
                found["axe"].append(Reading(f"{where} {scheme}", len(seen), "; ".join(seen)))
            if keys:
                lost = keyboard(page)
                found["keyboard"].append(Reading(where, len(lost), "; ".join(lost)))
    page.close()
    return found


def without_script(browser: Browser, address: str, pages: Iterable[Shown]) -> list[Reading]:
    """For each page, what it lacks in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found: list[Reading] = []
    for shown in pages:
        page.goto(address + shown.url)
        lacks = inert(page) if shown.kind != "not-found" else []
        found.append(Reading(shown.url or "home", len(lacks), "; ".join(lacks)))
    context.close()
    return found
