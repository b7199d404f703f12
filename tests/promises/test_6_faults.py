"""Promise 6: a request is never lost silently. Here: the requester is told the truth, whatever the form service does.

``make form-table`` prints every cell. In ``make fuzz``, with JavaScript, each service meets each fault once, in
alternating languages; in ``make test`` each fault meets every third service, each service in one language. Without
JavaScript, every service meets one success, one refusal and one broken connection, and two meet or share every fault.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.rigs.emulator import FAULTS, Emulator
from tests.rigs.request_sites import VARIANTS, form_of
from tests.rigs.requester import PATHS, Cell, applies, attempt, attempts
from tests.rigs.sweeps import in_turn

pytestmark = pytest.mark.browser

UNKNOWN = "we do not know: unknown"
READ = {
    "none": "thanked",
    "honeypot": "did not arrive: errors",
    "not-active": "did not arrive: not-active",
    "quota-200": "did not arrive: quota",
    "quota-402": "did not arrive: quota",
    "rate-limited": "did not arrive: rate-limited",
    "invalid": "did not arrive: errors",
    "unavailable": "did not arrive: unavailable",
}
"""What the page must say if the service's answer can be read. Otherwise it is unknown whether the request arrived."""
OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "formspree": {"captcha": "did not arrive: captcha"},
    "netlify": {
        "captcha": "did not arrive: captcha",
        "quota-200": UNKNOWN,
        "rate-limited-page": "did not arrive: rate-limited",
        "invalid": "did not arrive: invalid",
        "origin": "did not arrive: blocked",
    },
}


def run(browser: Browser, emulator: Emulator, variant: str, faults: list[str], script: bool) -> list[Cell]:
    languages = in_turn([*PATHS], [*VARIANTS].index(variant) // 3, len(PATHS))
    found: list[Cell] = []
    for at, language in enumerate(languages):
        found += attempts(browser, emulator, [variant], faults[at :: len(languages)], [language], script)
    return found


@pytest.mark.parametrize("variant", VARIANTS)
def test_with_javascript_every_fault_is_told_truthfully(variant: str, emulator: Emulator, chromium: Browser) -> None:
    """Thanks for one delivery, «did not arrive» for none, else «we do not know». Everything typed is still there."""
    chosen = {"none", *in_turn([*FAULTS], [*VARIANTS].index(variant), 3)}
    faults = [fault for fault in FAULTS if fault in chosen and applies(variant, fault, True)]
    cells = run(chromium, emulator, variant, faults, True)
    assert [(cell.fault, cell.told, cell.verdict) for cell in cells if cell.verdict != "true"] == []
    assert len(cells) == len(faults)
    if not form_of(variant, emulator.site, emulator.services).service.encoding:
        return  # left to the browser, which shows what the service itself answers
    due = {fault: OTHERWISE.get(variant, {}).get(fault, READ.get(fault, UNKNOWN)) for fault in faults}
    assert {cell.fault: cell.told for cell in cells} == due


@pytest.mark.parametrize("variant", VARIANTS)
def test_without_javascript_too(variant: str, emulator: Emulator, chromium: Browser) -> None:
    """Our thanks mean one delivery. After anything else, the browser's back button leads to what was typed."""
    few, both = {"none", "invalid", "dropped"}, ("generic", "formspark")
    chosen = few | set(in_turn([*FAULTS], both.index(variant), 2) if variant in both else ())
    faults = [fault for fault in FAULTS if fault in chosen and applies(variant, fault, False)]
    cells = run(chromium, emulator, variant, faults, False)
    assert [(cell.fault, cell.told, cell.verdict) for cell in cells if cell.verdict != "true"] == []
    (fine,) = (cell for cell in cells if cell.fault == "none")
    assert fine.delivered == 1
    service = form_of(variant, emulator.site, emulator.services).service
    assert fine.told == ("thanked" if service.here or service.names.redirect else "the service's page: Received")


def test_a_lie_would_be_found() -> None:
    """The positive control of the table: each kind of lie is named."""
    honest = Cell("formward", "none", "fi", True, "thanked", True, 1, 1, 1)
    assert honest.verdict == "true"
    assert replace(honest, delivered=0, different=0).verdict == "thanked for nothing"
    assert replace(honest, delivered=2).verdict == "delivered twice"
    assert replace(honest, told="the browser's own page", delivered=2, different=2).verdict == "delivered twice"
    assert replace(honest, told="did not arrive: quota").verdict == "denied though delivered"
    assert replace(honest, told=UNKNOWN, kept=False).verdict == "text lost"
    assert replace(honest, told="nothing").verdict == "silent"
    assert replace(honest, fault="honeypot", delivered=0, different=0).verdict == "thanked for nothing"


def test_a_form_that_takes_any_200_for_success_is_caught(emulator: Emulator, chromium: Browser) -> None:
    """The positive control in the browser: with such a rule the table reports false thanks."""
    context = chromium.new_context()
    context.route(
        "**/outcome.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body="export const classify = (rules, status) => ({ kind: status < 300 ? 'accepted' : 'unknown' });",
        ),
    )
    page = context.new_page()
    verdicts = {
        fault: attempt(page, emulator, "web3forms", fault, "fi", True).verdict
        for fault in ("none", "not-active", "bare-200")
    }
    assert verdicts == {"none": "true", "not-active": "thanked for nothing", "bare-200": "thanked for nothing"}
    context.close()
