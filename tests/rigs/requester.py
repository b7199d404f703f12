"""A requester in a real browser: fills in the form, sends it, and looks at what is said of it.

``python -m tests.rigs.requester`` prints the whole table: service × fault × language, with and without JavaScript.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from kokemus.request_form.questions import OUTCOMES, SCRIPT, TEXTS
from kokemus.request_form.services import SERVICES
from tests.conftest import launch
from tests.rigs.emulator import FAULTS, Emulator
from tests.rigs.request_sites import VARIANTS, folder_of, form_of, write

PATHS = {
    "fi": ("pyynto/", "kiitos-pyynnosta/"),
    "sv": ("sv/forfragan/", "sv/tack-for-forfragan/"),
    "en": ("en/request/", "en/thank-you-for-your-request/"),
}
TYPED = {
    "organisation": "Kemin lukio",
    "contact_name": "Oona Opettaja",
    "email": "oona@example.org",
    "aim": "Puhe toisen vuoden ryhmälle:\n<b>mitä auttaa</b> & mistä apua saa? 🙂",
    "time": "viikko 14, ti tai ke klo 10–11.30",
}
FILL = """(typed) => {
  for (const [key, value] of Object.entries(typed)) document.getElementById(`field-${key}`).value = value;
  for (const select of document.querySelectorAll("select[required]")) select.selectedIndex = 1;
  for (const id of ["topic-hope", "topic-grief"]) document.getElementById(id).checked = true;
}"""
THANKS = "main.page--thanks, #form-sent:not([hidden])"
"""The thank-you page of a plain form, or the same on the form's own page where the script could read the answer."""
NOTED = 1_300
"""Milliseconds after which Chromium has noted what was typed, even where its own error page comes next."""
ENCODING = "() => JSON.parse(document.getElementById('form-script').textContent).encoding"
KEPT = """(typed) =>
  Object.entries(typed).every(([key, value]) => document.getElementById(`field-${key}`)?.value === value)
  && document.getElementById("topic-hope").checked && document.getElementById("topic-grief").checked"""


@dataclass(frozen=True)
class Cell:
    """What came of one request: what the requester was told, whether the text is still there, how often it arrived."""

    variant: str
    fault: str
    language: str
    script: bool
    told: str
    kept: bool
    sent: int
    delivered: int
    different: int

    @property
    def verdict(self) -> str:
        """``true``, or what is wrong.

        Thanks are due for exactly one delivery, «did not arrive» for none, «we do not know» for either. Without
        JavaScript what the service or the browser shows is theirs to answer for, but thanks are ours. A filled trap
        is thanked by services, so that machines learn nothing; with JavaScript the form says so instead. When a
        connection breaks, the browser's network may repeat a plain form by itself, byte for byte and with the same
        reference, and then shows its own page; that is one request, of which it is not known how often it arrived.
        """
        if self.different > 1 or (self.delivered > 1 and self.told != "the browser's own page"):
            return "delivered twice"
        if self.told == "thanked":
            trapped = self.fault == "honeypot" and not self.script
            return "true" if self.delivered == 1 or trapped else "thanked for nothing"
        if not self.kept:
            return "text lost"
        if self.told.startswith("did not arrive") and self.delivered:
            return "denied though delivered"
        if self.told == "nothing":
            return "silent"
        return "true"


def fill(page: Page) -> None:
    """Answer every question that must be answered, and no other."""
    page.evaluate(FILL, TYPED)


def leaving(page: Page) -> Page:
    """The page of somebody who, asked whether to leave what is typed, leaves."""
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def attempt(page: Page, emulator: Emulator, variant: str, fault: str, language: str, script: bool) -> Cell:
    """One request of one requester, from the empty form to what became of it."""
    emulator.begin(fault)
    start = f"{emulator.site}/{folder_of(variant)}/{PATHS[language][0]}"
    page.goto(start)
    fill(page)
    if fault == "honeypot":
        page.evaluate("() => { const trap = document.getElementById('form-honeypot'); if (trap) trap.value = 'x' }")
    asks = script and bool(page.evaluate(ENCODING))
    told = _send(page, emulator, start, fault, language, script, asks)
    if told != "thanked" and page.url != start:
        page.go_back(wait_until="load")
    kept = told == "thanked" or _still_there(page)
    sent, delivered = len(emulator.submissions), len(emulator.delivered)
    different = len({one.raw for one in emulator.delivered})
    return Cell(variant, fault, language, script, told, kept, sent, delivered, different)


def _still_there(page: Page) -> bool:
    """Whether every answer is on the form; a browser that went back takes a moment to put them there."""
    for _ in range(50):
        with suppress(BrowserError):
            if page.evaluate(KEPT, TYPED):
                return True
        page.wait_for_timeout(20)
    return False


def _send(page: Page, emulator: Emulator, start: str, fault: str, language: str, script: bool, asks: bool) -> str:
    if fault in ("dropped", "refused") and not asks:
        page.wait_for_timeout(NOTED)
    page.locator("#form-send").click(no_wait_after=True)
    if fault == "slow":
        return _wait_in_vain(page, emulator, asks, language)
    panels = page.locator("#form-told:not([hidden]), #form-errors:not([hidden]), #form-sent:not([hidden])")
    for _ in range(300):
        if page.url != start or (script and panels.count()):
            break
        page.wait_for_timeout(20)
    with suppress(BrowserError):
        page.wait_for_load_state("load")
    return told(page, start, language)


def _wait_in_vain(page: Page, emulator: Emulator, asks: bool, language: str) -> str:
    """20 seconds by the page's clock. Where the browser itself waits, nobody can look until an answer comes."""
    start = page.url
    while not emulator.submissions:
        time.sleep(0.02)
    if asks:
        page.clock.fast_forward(20_000)
        page.wait_for_function("() => !document.getElementById('form-told').hidden")
    else:
        emulator.release.set()
        page.wait_for_url(lambda url: url != start, wait_until="load", timeout=5_000)
    return told(page, start, language)


def told(page: Page, start: str, language: str) -> str:
    """What the page says in words, not what it believes."""
    here = urlsplit(page.url)
    if page.url.startswith("chrome-error"):
        return "the browser's own page"
    thanks = urlsplit(start).path.replace(*PATHS[language])
    if page.locator("#form-sent").is_visible():
        copy = page.locator("#form-sent").inner_text()
        shown = (page.locator("#form-sent-reference").inner_text() or "?", TEXTS["sent"][language], *TYPED.values())
        return "thanked" if all(text in copy for text in shown) else "nothing"
    if here.path == thanks and page.locator("main.page--thanks").count():
        return "thanked"
    if here.path != urlsplit(start).path:
        return f"the service's page: {page.title()}"
    if here.fragment == "form-not-sent":
        seen = page.locator("#form-not-sent h2")
        said = seen.is_visible() and seen.inner_text() == TEXTS["not_sent"][language]
        return "did not arrive: by address" if said else "nothing"
    if page.locator("#form-errors").is_visible():
        texts = {TEXTS["errors"][language]}
        return "did not arrive: errors" if page.locator("#form-errors h2").inner_text() in texts else "nothing"
    if page.locator("#form-told").is_visible():
        kind = page.locator("#form-told").get_attribute("data-kind") or ""
        heading, text = page.locator("#form-told-title").inner_text(), page.locator("#form-told-text").inner_text()
        due = {name: said[language].split("{")[0] for name, said in OUTCOMES.items() if name.startswith(kind)}
        if not any(text.startswith(said) for said in due.values()) or "{" in text:
            return "nothing"
        if heading == SCRIPT["unknown_title"][language]:
            return f"we do not know: {kind}"
        if heading == TEXTS["not_sent"][language]:
            return f"did not arrive: {kind}"
    return "nothing"


def attempts(
    browser: Browser, emulator: Emulator, variants: list[str], faults: list[str], languages: list[str], script: bool
) -> Iterator[Cell]:
    """Every cell, in one browser; each begins with an empty form."""
    for variant in variants:
        context = browser.new_context(java_script_enabled=script, viewport={"width": 360, "height": 800})
        page = leaving(context.new_page())
        page.set_default_timeout(15_000)
        if script:
            page.clock.install()
        for fault in faults:
            for language in languages:
                yield attempt(page, emulator, variant, fault, language, script)
        context.close()


def applies(variant: str, fault: str, script: bool) -> bool:
    """Whether a fault can happen there: only JSON is asked about before, and not every service has a trap."""
    service = SERVICES[VARIANTS[variant]["service"]]
    if fault == "preflight":
        return script and service.encoding == "json"
    return fault != "honeypot" or bool(service.names.honeypot)


def build(emulator: Emulator, folder: Path) -> None:
    """The request pages of every variant, in the folder that the emulator serves."""
    for variant in (*VARIANTS, "link"):
        write(variant, form_of(variant, emulator.site, emulator.services), folder)


def main() -> int:
    """The whole table; exit code 1 where a cell lies."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = launch(playwright)
        with Emulator(Path(name)) as emulator:
            build(emulator, Path(name))
            print("| service | fault | JavaScript | told (fi, sv, en) | text kept | sent | delivered | verdict |")
            print("|---|---|---|---|---|---|---|---|")
            for script in (True, False):
                for variant in VARIANTS:
                    for fault in (fault for fault in FAULTS if applies(variant, fault, script)):
                        row = list(attempts(browser, emulator, [variant], [fault], list(PATHS), script))
                        verdicts = {cell.verdict for cell in row}
                        wrong += verdicts != {"true"}
                        said = " · ".join(dict.fromkeys(cell.told for cell in row))
                        columns = [
                            *(variant, fault, "yes" if script else "no", said),
                            *("yes" if all(cell.kept for cell in row) else "NO",),
                            *(" ".join(str(cell.sent) for cell in row), " ".join(str(cell.delivered) for cell in row)),
                            ", ".join(sorted(verdicts)),
                        ]
                        print("| " + " | ".join(columns) + " |", flush=True)
        browser.close()
    print(f"\n{wrong} rows lie." if wrong else "\nNo cell lies.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
