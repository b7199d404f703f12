"""Three people on their way to a request, step by step, as fast as the site lets them; each step fails loudly."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.emulator import Emulator, Submission, fields_of
from tests.requester import TYPED, fill

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""Lighthouse's slow 4G: 150 ms, 1.6 and 0.75 Mbit/s; its phone is four times slower than this machine."""
Steps = Iterator[str]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did, and how many milliseconds until the site had answered."""

    walk: str
    name: str
    milliseconds: float


def _teacher(page: Page, address: str) -> Steps:
    """Between lessons, on a phone with a slow network: types a word, reads the topic, sends the request."""
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
    page.locator("main.page--thanks").wait_for()
    yield "sends the request and is thanked"


def _nurse(page: Page, address: str) -> Steps:
    """At a locked-down desktop that runs no script: browses by audience, opens a topic, sends the plain form."""
    page.goto(address)
    yield "opens the home page"
    page.locator("nav.menu a", has_text="Kohderyhmät").click()
    page.locator("main a", has_text="terveysalan ammattilaiset").first.click()
    expect(page.locator("h1")).to_be_visible()
    yield "finds care professionals among the audiences"
    page.locator("main .pairing__name").first.click()
    topic = page.locator("h1").inner_text()
    yield f"opens the first topic, {topic}"
    page.locator(".intro .button--primary").click()
    page.locator(".choice__input:target").check()
    yield "goes to the request form, which opens at the topic, and ticks it"
    for key, text in TYPED.items():
        page.locator(f"#field-{key}").fill(text)
    for select in page.locator("select[required]").all():
        select.select_option(index=1)
    for name in dict.fromkeys(
        radio.get_attribute("name") for radio in page.locator("input[type=radio][required]").all()
    ):
        page.locator(f'input[name="{name}"]').first.check()
    page.locator("#field-read_terms").check()
    page.locator("#form-send").click()
    page.locator("main.page--thanks").wait_for()
    yield "fills in the form, sends it and is thanked"


def _organiser(page: Page, address: str) -> Steps:
    """In Swedish, by keyboard alone: combines on the home page, chooses among the answers, asks."""

    def tab_to(selector: str) -> None:
        for _ in range(300):
            page.keyboard.press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} is out of reach")

    def choose(text: str) -> None:
        """In a native list, by typing what the choice begins with."""
        page.keyboard.type(text)

    page.goto(address)
    tab_to("a[lang=sv]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    yield "changes to Swedish"
    tab_to("#find-audience")
    choose("Allmänhet")
    tab_to(".finder button")
    page.keyboard.press("Enter")
    expect(page.locator("#choice-audience")).to_have_value("public")
    page.locator("#answers[aria-busy=false]").wait_for()
    yield "asks what suits the public and gets answers"
    tab_to("#choice-language")
    choose("Svenska")
    expect(page.locator("#choice-language")).to_have_value("sv")
    tab_to("#answers .pairing__ask")
    page.keyboard.press("Enter")
    page.locator("#request-form").wait_for()
    expect(page.locator(".field--topics input:checked")).to_have_count(1)
    expect(page.locator("#field-audience")).not_to_have_value("")
    yield "narrows to Swedish and asks for the first topic"
    for key in ("organisation", "contact_name", "email", "aim", "time"):
        tab_to(f"#field-{key}")
        page.keyboard.insert_text(TYPED[key])
        if key == "organisation":
            tab_to("#field-organisation_type")
            page.keyboard.press("ArrowDown")
        if key == "email":
            tab_to("#field-format")
            page.keyboard.press("ArrowDown")
        if key == "aim":
            tab_to(".field--group_size input")
            page.keyboard.press("Space")
    tab_to(".field--duration input")
    page.keyboard.press("Space")
    tab_to("#field-municipality")
    page.keyboard.press("ArrowDown")
    for group in ("mode", "fee", "staff_present", "aftercare", "read_terms"):
        tab_to(f".field--{group} input")
        page.keyboard.press("Space")
    tab_to("#form-send")
    page.keyboard.press("Enter")
    page.locator("main.page--thanks").wait_for()
    yield "fills in the form, sends it and is thanked"


def _phone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)


WALKS: dict[str, tuple[Callable[[Page, str], Steps], Callable[[Browser], BrowserContext]]] = {
    "teacher, phone, slow 4G": (_teacher, _phone),
    "nurse, no JavaScript": (_nurse, lambda browser: browser.new_context(java_script_enabled=False)),
    "organiser, Swedish, keyboard": (_organiser, lambda browser: browser.new_context()),
}


def walked(browser: Browser, emulator: Emulator, address: str, walk: str) -> tuple[list[Step], Submission]:
    """The steps of a walk, timed, and the one request that arrived at the end of it."""
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
