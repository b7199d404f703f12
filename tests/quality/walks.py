"""Three users on their way to a request, as fast as the site lets them. A step that does not work raises an error."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.rigs.emulator import Emulator, Submission, fields_of
from tests.rigs.requester import THANKS, TYPED, fill

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Lighthouse's slow 4G: 150 ms, 1.6 and 0.75 Mbit/s. Its phone is four times slower than this machine."""
Steps = Iterator[str]


@dataclass(frozen=True, slots=True)
class Step:
    """What a user did, and the milliseconds until the site had answered."""

    walk: str
    name: str
    milliseconds: float


def _teacher(page: Page, address: str) -> Steps:
    """A teacher on a phone with a slow network: types a word, reads the topic, sends the request."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    yield "opens the home page"
    page.locator("#search-field").tap()
    page.locator("#search-field").fill("masennuksesta")
    page.locator("#search-list a").first.wait_for()
    yield "types «masennuksesta» and sees results"
    page.locator("#search-list a").first.tap()
    expect(page.locator("h1")).to_have_text("Masennus")
    yield "opens the topic"
    page.locator(".intro .button--primary").tap()
    expect(page.locator("#topic-depression")).to_be_checked()
    yield "goes to the request form, the topic chosen"
    fill(page)
    page.locator("#form-send").tap()
    page.locator(THANKS).wait_for()
    yield "sends the request and is thanked"


def _nurse(page: Page, address: str) -> Steps:
    """A nurse at a locked-down computer without JavaScript: browses by audience, opens a topic, sends the form."""
    page.goto(address)
    yield "opens the home page"
    page.locator(".hero a", has_text="terveysalan ammattilaiset").click()
    expect(page.locator("h1")).to_be_visible()
    yield "finds care professionals among those it is for"
    page.locator("nav.menu a", has_text="Aiheet").click()
    page.locator("main .row", has=page.locator(".badge--listed")).first.click()
    topic = page.locator("h1").inner_text()
    yield f"opens the first topic that can be requested, {topic}"
    page.locator(".intro .button--primary").click()
    expect(page.locator(".field--topics > .choices input")).to_be_checked()
    yield "goes to the request form, the topic chosen"
    for key, text in TYPED.items():
        page.locator(f"#field-{key}").fill(text)
    for select in page.locator("select[required]").all():
        select.select_option(index=1)
    page.locator("#form-send").click()
    page.locator(THANKS).wait_for()
    yield "fills in the form, sends it and is thanked"


def _organiser(page: Page, address: str) -> Steps:
    """A Swedish-speaking organiser with only a keyboard: chooses the audience, and sends a request."""

    def tab_to(selector: str) -> None:
        for _ in range(300):
            page.keyboard.press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} is out of reach")

    page.goto(address)
    tab_to("a[lang=sv]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    yield "changes to Swedish"
    tab_to(".hero .chip[href*=allmanheten]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Allmänheten")
    yield "opens what suits the public"
    tab_to(".intro .button--primary")
    page.keyboard.press("Enter")
    page.locator("#request-form").wait_for()
    expect(page.locator("#field-audience")).not_to_have_value("")
    yield "goes to the request form, the audience chosen"
    tab_to(".field--topics input")
    page.keyboard.press("Space")
    for key in ("format", "group_size", "aim", "time", "municipality", "organisation", "contact_name", "email"):
        tab_to(f"#field-{key}")
        if key in TYPED:
            page.keyboard.insert_text(TYPED[key])
        else:
            page.keyboard.press("ArrowDown")
    tab_to("#form-send")
    page.keyboard.press("Enter")
    page.locator(THANKS).wait_for()
    yield "fills in the form, sends it and is thanked"


def _phone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)


WALKS: dict[str, tuple[Callable[[Page, str], Steps], Callable[[Browser], BrowserContext]]] = {
    "teacher, phone, slow 4G": (_teacher, _phone),
    "nurse, no JavaScript": (_nurse, lambda browser: browser.new_context(java_script_enabled=False)),
    "organiser, Swedish, keyboard": (_organiser, lambda browser: browser.new_context()),
}


def walked(browser: Browser, emulator: Emulator, address: str, walk: str) -> tuple[list[Step], Submission]:
    """The timed steps of a walk, and the single request that arrived at its end."""
    steps_of, context_of = WALKS[walk]
    emulator.begin("none")
    context = context_of(browser)
    page = context.new_page()
    page.set_default_timeout(20_000)
    steps: list[Step] = []
    began = time.perf_counter()
    for name in steps_of(page, address):
        ended = time.perf_counter()
        steps.append(Step(walk, name, 1000 * (ended - began)))
        began = time.perf_counter()
    context.close()
    (arrived,) = emulator.delivered
    if fields_of(arrived)["Organisaatio"] != TYPED["organisation"]:
        raise AssertionError("something else arrived")
    return steps, arrived
