"""A requester in a real browser, who fills in the form, sends it, and reads what the page then says.

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
  document.getElementById("topic-undecided").checked = false;
  for (const id of ["topic-hope", "topic-grief"]) document.getElementById(id).checked = true;
}"""
THANKS = "main.page--thanks, #form-sent:not([hidden])"
"""The thank-you page of a plain form, or the thanks on the form's own page if the script could read the answer."""
NOTED = 1_300
"""Milliseconds after which Chromium restores what was typed, even if its own error page comes next."""
ENCODING = "() => JSON.parse(document.getElementById('form-script').textContent).encoding"
KEPT = """(typed) =>
  Object.entries(typed).every(([key, value]) => document.getElementById(`field-${key}`)?.value === value)
  && document.getElementById("topic-hope").checked && document.getElementById("topic-grief").checked"""


@dataclass(frozen=True)
class Cell:
    """The result of one request.

    ``told`` is what the requester was told; ``kept`` whether their text is still there. The numbers are how often it
    was sent and delivered, and how many different bodies were delivered.
    """

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
        """``true`` if the requester was told the truth, otherwise what is wrong.

        Thanks require exactly one delivery; «did not arrive» requires none; «we do not know» is true with or without
        one. Without JavaScript, only the thank-you page is ours; what the service or the browser shows is not judged.
        Services thank for a filled honeypot, so that bots learn nothing; with JavaScript the form reports it instead.
        If a connection breaks, the browser may resend a plain form by itself, with the same bytes and reference, and
        then shows its own error page. That counts as one request, and nobody knows how often it arrived.
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
    """Answer every required question, and no other."""
    page.evaluate(FILL, TYPED)


def leaving(page: Page) -> Page:
    """A page that confirms every dialog about leaving the form."""
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def attempt(page: Page, emulator: Emulator, variant: str, fault: str, language: str, script: bool) -> Cell:
    """One request, from the empty form to its result."""
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
    """Whether every answer is in the form. After going back, a browser needs a moment to restore them."""
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
    """Wait 20 seconds by the page's clock. If the browser itself waits, the page can be read only after an answer."""
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
    """What the page tells the requester, by its visible text."""
    here = urlsplit(page.url)
    if page.url.startswith("chrome-error"):
        return "the browser's own page"
    thanks = urlsplit(start).path.replace(*PATHS[language])
    if page.locator("#form-sent").is_visible():
        copy = page.locator("#form-sent").inner_text().replace("\N{SOFT HYPHEN}", "")
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
    """The result of every combination, in one browser. Each starts with an empty form."""
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
    """Whether a fault can happen: only JSON needs a preflight request, and not every service has a honeypot."""
    service = SERVICES[VARIANTS[variant]["service"]]
    if fault == "preflight":
        return script and service.encoding == "json"
    return fault != "honeypot" or bool(service.names.honeypot)


def build(emulator: Emulator, folder: Path) -> None:
    """Write the request pages of every variant to the folder that the emulator serves."""
    for variant in (*VARIANTS, "link"):
        write(variant, form_of(variant, emulator.site, emulator.services), folder)


def main() -> int:
    """Print the whole table. The exit code is 1 if any cell is untrue."""
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
