"""Promise 6: a request is never lost silently. Here: each state of the form is accessible, and none leaks or lies."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kokemus.request_form.questions import FIELDS, OUTCOMES, SCRIPT, TEXTS
from kokemus.vocabulary import Vocabulary
from tests.quality.access import sideways, violations
from tests.rigs.emulator import Emulator, fields_of
from tests.rigs.request_sites import VARIANTS, folder_of
from tests.rigs.requester import PATHS, THANKS, TYPED, fill, leaving
from tests.rigs.sweeps import in_turn

pytestmark = pytest.mark.browser

STATES = {"errors": "none", "sending": "slow", "refused": "quota-402", "unknown": "dropped", "sent": "none"}
NAMES = {key: "email" if key == "email" else FIELDS[key]["label"]["fi"] for key in FIELDS}
Opened = Callable[..., Page]


@pytest.fixture
def opened(emulator: Emulator, chromium: Browser) -> Iterator[Opened]:
    """Opens a request page in its own browser context, with the fault that the service will have."""
    contexts: list[BrowserContext] = []

    def start(
        variant: str = "formward", fault: str = "none", language: str = "fi", query: str = "", **how: Any
    ) -> Page:
        emulator.begin(fault)
        context = chromium.new_context(**{"viewport": {"width": 360, "height": 800}, **how})
        contexts.append(context)
        page = leaving(context.new_page())
        page.set_default_timeout(15_000)
        page.goto(f"{emulator.site}/{folder_of(variant)}/{PATHS[language][0]}{query}")
        return page

    yield start
    emulator.begin("none")
    for context in contexts:
        context.close()


def send(page: Page) -> None:
    fill(page)
    page.locator("#form-send").click()


def reach(page: Page, state: str) -> None:
    """Bring a fresh page into a state."""
    if state == "errors":
        page.locator("#form-send").click()
        page.wait_for_selector("#form-errors:not([hidden])")
        return
    send(page)
    if state == "sending":
        page.wait_for_selector("#form-send[aria-disabled=true]")
    elif state == "sent":
        page.wait_for_selector(THANKS)
    else:
        page.wait_for_selector("#form-told:not([hidden])")


def listen(page: Page, said: list[str]) -> None:
    """Collect everything that the browser complains about from now on."""
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("fi", "light", 360), ("sv", "dark", 1280), ("en", "dark", 320)]
)
def test_axe_finds_nothing_in_any_state(opened: Opened, language: str, scheme: str, width: int) -> None:
    """All rules including best practices; and nothing scrolls sideways."""
    for state, fault in in_turn([*STATES.items()], [*PATHS].index(language), 2):
        page = opened(fault=fault, language=language, color_scheme=scheme, viewport={"width": width, "height": 800})
        reach(page, state)
        assert violations(page) == [], state
        assert sideways(page) == 0, state


def test_axe_would_find_something(opened: Opened) -> None:
    """The positive control: a label is removed."""
    page = opened()
    page.evaluate("document.querySelector('label[for=field-organisation]').remove()")
    assert any(one.startswith("label") for one in violations(page))


def test_the_accessibility_tree_has_each_state_in_order(opened: Opened) -> None:
    """What a screen reader meets from top to bottom, and where the focus is."""

    def in_order(page: Page, *parts: str) -> None:
        tree = page.locator("main").aria_snapshot()
        places = [tree.find(part) for part in parts]
        assert -1 not in places, (parts[places.index(-1)], tree)
        assert places == sorted(places), tree

    def focused(page: Page) -> str:
        return str(page.evaluate("document.activeElement.id"))

    page = opened()
    reach(page, "errors")
    first = FIELDS["topics"]["missing"]["fi"]
    in_order(
        page,
        "- alert:",
        f'heading "{TEXTS["errors"]["fi"]}" [level=2]',
        f'link "{first}"',
        'group "Mitä pyydetään"',
        f"paragraph: {first}",
        f"paragraph: {FIELDS['organisation']['missing']['fi']}",
        'textbox "Organisaatio (pakollinen)"',
    )
    assert focused(page) == "form-errors"
    assert page.title().startswith("Virhe: ")
    box = page.locator("#field-organisation")
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == "field-organisation-hint field-organisation-error"
    page.locator("#form-errors a").first.click()
    assert focused(page) == "topic-undecided"

    page = opened(fault="slow")
    reach(page, "sending")
    in_order(page, f"status: {SCRIPT['sending']['fi']}", 'button "Lähetä pyyntö" [disabled]')

    page = opened(fault="quota-402")
    reach(page, "refused")
    told = f'region "{TEXTS["not_sent"]["fi"]}"'
    kept = f"paragraph: {TEXTS['kept']['fi']}"
    in_order(
        page, "checkbox", told, OUTCOMES["quota"]["fi"], kept, 'button "Kopioi tekstini"', 'button "Lähetä pyyntö"'
    )
    assert focused(page) == "form-told"
    assert not page.locator("#form-go-on").is_visible()

    page = opened(language="sv")
    reach(page, "sent")
    in_order(page, f'region "{TEXTS["sent"]["sv"]}"', f'link "{TEXTS["next"]["sv"]}"', "- definition: Kemin lukio")
    assert focused(page) == "form-sent"
    assert page.title().startswith(TEXTS["sent"]["sv"])


def test_from_the_first_field_to_thanks_with_the_keyboard_alone(opened: Opened, emulator: Emulator) -> None:
    """Tab, space, arrows and Enter are enough. After an error, Enter on its link leads to the field."""
    page = opened()

    def tab_to(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} is out of reach")

    tab_to("#form-send")
    page.keyboard.press("Enter")
    page.wait_for_selector("#form-errors:not([hidden])")
    tab_to("#form-errors a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "topic-undecided"
    tab_to(".field__group:nth-of-type(2) > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for key in ("format", "audience", "group_size"):
        tab_to(f"#field-{key}")
        page.keyboard.press("ArrowDown")
    for key in ("aim", "time"):
        tab_to(f"#field-{key}")
        page.keyboard.type("viikko 14")
    tab_to("#field-municipality")
    page.keyboard.press("ArrowDown")
    for key in ("organisation", "contact_name", "email"):
        tab_to(f"#field-{key}")
        page.keyboard.type(TYPED[key])
    tab_to("#form-send")
    page.keyboard.press("Enter")
    page.wait_for_selector(THANKS)
    assert fields_of(emulator.delivered[0])["Organisaatio"] == TYPED["organisation"]


def test_at_400_percent_zoom_every_state_fits_and_every_target_can_be_hit(opened: Opened) -> None:
    """A desktop of 1280 × 1024 at 400 %. Everything that can be pressed is 44 pixels high."""
    for state, fault in STATES.items():
        page = opened(fault=fault, viewport={"width": 320, "height": 256})
        reach(page, state)
        assert sideways(page) == 0, state
        low = page.evaluate(
            """() => [...document.querySelectorAll(".form a, .form button, .form summary, .form .choice__label")]
                 .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
                 .map((one) => one.outerHTML.slice(0, 90))"""
        )
        assert low == [], state


def test_the_form_is_short_on_a_phone(opened: Opened, whole_country: Vocabulary) -> None:
    """Topics are folded by group, and so are the optional questions, without JavaScript too."""
    for script in (True, False):
        page = opened(java_script_enabled=script)
        seen = page.locator("#request-form").locator("input, select, textarea").filter(visible=True)
        names = {one.get_attribute("name") for one in seen.all()} - {"second_remark", "_gotcha"}
        assert len(names) == 12
        assert page.locator(".field--topics input").count() == len(whole_country.topics) + 1
        assert page.locator(".field--topics").evaluate("field => field.offsetHeight") < 800
        assert page.locator("#request-form").evaluate("form => form.offsetHeight") < 3_800


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_questions_that_depend_on_others_come_with_their_answers(opened: Opened, script: bool) -> None:
    """Remote and hybrid ask for the remote host, «somewhere else» for a place: by the stylesheet alone."""
    page = opened(java_script_enabled=script)
    assert not page.locator("#field-accessibility").is_visible()
    page.locator(".form__more > summary").click()
    for key, chosen in (
        ("remote_host", "mode-remote"),
        ("duration_other", "duration-other"),
    ):
        assert not page.locator(f"#field-{key}").is_visible()
        page.locator(f"#{chosen}").check()
        assert page.locator(f"#field-{key}").is_visible()
    page.locator("#mode-hybrid").check()
    assert page.locator("#field-equipment").is_visible()
    page.locator("#field-municipality").select_option("Muu paikkakunta")
    assert page.locator("#field-municipality_other").is_visible()
    assert page.locator("#field-accessibility").is_visible()
    page.locator("#mode-in-person").check()
    assert not page.locator("#field-remote_host").is_visible()


HOSTILE = {
    "organisation": "Kemin\u0001 lukio\u001b[31m\u0008 🌍\u202eesrever\u202c مدرسة",
    "contact_name": "x%0d%0aBcc: a@b.fi\\r\\nBcc: c@d.fi",
    "aim": "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>\nBcc: e@f.fi\n\n" + "ä🙂\u200d" * 3_334,
    "time": '"><svg onload=window.ran=3>{{7*7}}${7*7}',
}


@pytest.mark.parametrize(
    ("variant", "script"),
    [("formward", True), ("formspree", True), ("formspark", True), ("generic", True), ("generic", False)],
    ids=lambda value: str(value),
)
def test_whatever_is_typed_arrives_as_typed_and_runs_nowhere(
    variant: str, script: bool, opened: Opened, emulator: Emulator
) -> None:
    """10,000 characters, both text directions, control characters, markup and headers, in every encoding."""
    page = opened(variant, java_script_enabled=script)
    fill(page)
    for key, text in HOSTILE.items():
        page.evaluate("([id, text]) => { document.getElementById(id).value = text }", [f"field-{key}", text])
    assert len(HOSTILE["aim"]) > 10_000
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    (one,) = emulator.delivered
    arrived = {key: fields_of(one)[NAMES[key]].replace("\r\n", "\n") for key in HOSTILE}
    assert arrived == HOSTILE
    assert fields_of(one)["Aiheet"] == "toivo, suru"
    assert page.evaluate("window.ran") is None
    assert "Bcc" not in page.url
    assert not [value for name, value in one.headers.items() if "Bcc" in value or "lukio" in value]


def test_what_a_service_says_is_shown_as_text(opened: Opened, emulator: Emulator) -> None:
    """A hostile service cannot put markup into the page."""
    page = opened("formspree", "invalid")
    emulator.says = "<img src=x onerror='window.ran = 1'> should be an email"
    send(page)
    page.wait_for_selector("#form-errors:not([hidden])")
    assert page.locator("#field-email-error").inner_text().endswith(emulator.says)
    assert page.locator("#form-errors img, .field__error img").count() == 0
    assert page.evaluate("window.ran") is None


def test_a_filled_trap_is_reported_and_can_be_emptied(opened: Opened, emulator: Emulator) -> None:
    """Anyone whose browser filled the trap must not be thanked for a request that the service discards."""
    page = opened()
    fill(page)
    page.locator("#form-honeypot").evaluate("trap => { trap.value = 'x' }")
    page.locator("#form-send").click()
    assert page.locator("#form-errors a").all_inner_texts() == [SCRIPT["honeypot"]["fi"]]
    assert emulator.submissions == []
    page.locator("#form-errors a").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    assert len(emulator.delivered) == 1


def test_nothing_breaks_the_policy_and_nothing_is_stored(opened: Opened) -> None:
    """For every service, after success or failure: no violation in the browser, no cookie, no storage of any kind."""
    for at, variant in enumerate(VARIANTS):
        for fault in in_turn(("none", "unavailable"), at, 2):
            page = opened(variant, fault)
            said: list[str] = []
            listen(page, said)
            start = page.url
            send(page)
            page.wait_for_function(
                "([start, shown]) => location.href !== start || document.querySelector(shown)",
                arg=[start, "#form-told:not([hidden]), #form-sent:not([hidden])"],
            )
            assert [text for text in said if not text.startswith("Failed to load resource")] == [], variant
            if urlsplit(page.url).netloc == urlsplit(start).netloc:
                stored = "localStorage.length + sessionStorage.length"
                assert page.evaluate(f"async () => {stored} + (await indexedDB.databases()).length") == 0
            assert page.context.cookies() == []


def test_the_policy_would_be_broken_and_the_requester_told(opened: Opened, emulator: Emulator) -> None:
    """The positive control: without the service in connect-src the browser complains, and nobody is thanked."""
    page = opened()
    said: list[str] = []
    listen(page, said)

    def without_service(route: Any) -> None:
        body = route.fetch().text()
        assert f"&#39;self&#39; {emulator.services}; base-uri" in body
        route.fulfill(body=body.replace(f" {emulator.services}; base-uri", "; base-uri"), content_type="text/html")

    page.route("**/pyynto/", without_service)
    page.reload()
    send(page)
    page.wait_for_selector("#form-told:not([hidden])")
    assert any("Content Security Policy" in text for text in said)
    assert page.locator("#form-told").get_attribute("data-kind") == "unknown"
    assert emulator.submissions == []


def test_a_request_goes_once_however_often_the_button_is_pressed(opened: Opened, emulator: Emulator) -> None:
    """Only one is in flight. The button says that it is busy, and the rest of the form stays readable."""
    page = opened(fault="slow")
    fill(page)
    page.locator("#form-send").evaluate("button => { for (let i = 0; i < 5; i++) button.click() }")
    page.wait_for_selector("#form-send[aria-disabled=true]")
    page.locator("#form-send").click(force=True)
    page.locator("#field-time").press("Enter")
    emulator.release.set()
    page.wait_for_selector(THANKS)
    assert len(emulator.submissions) == 1


def test_a_second_try_carries_the_same_reference_and_a_new_request_another(opened: Opened, emulator: Emulator) -> None:
    """So the coordinator recognises duplicates. The requester sees the reference if the outcome is unknown."""
    page = opened(fault="dropped")
    send(page)
    page.wait_for_selector("#form-told:not([hidden])")
    first = fields_of(emulator.submissions[0])["Viite"]
    assert first in page.locator("#form-told-text").inner_text()
    emulator.begin("none")
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    assert fields_of(emulator.submissions[0])["Viite"] == first
    page.reload()
    assert page.locator("#field-aim").input_value() == ""
    send(page)
    page.wait_for_selector(THANKS)
    assert fields_of(emulator.submissions[1])["Viite"] != first


def test_without_a_network_nothing_is_sent_and_that_is_said(opened: Opened, emulator: Emulator) -> None:
    """As in a dead spot in Utsjoki: afterwards the same form can be sent."""
    page = opened()
    page.context.set_offline(True)
    send(page)
    page.wait_for_selector("#form-told:not([hidden])")
    assert page.locator("#form-told-text").inner_text() == OUTCOMES["offline"]["fi"]
    assert emulator.submissions == []
    page.context.set_offline(False)
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    assert len(emulator.delivered) == 1


def test_a_service_that_shows_nothing_is_waited_for_20_seconds(opened: Opened) -> None:
    """A plain form answered with 204 leaves the page unchanged. After 20 seconds the form says so."""
    page = opened("generic", "no-content")
    page.clock.install()
    page.reload()
    send(page)
    page.wait_for_selector("#form-send[aria-disabled=true]")
    page.clock.fast_forward(20_000)
    page.wait_for_selector("#form-told:not([hidden])")
    assert page.locator("#form-told-title").inner_text() == SCRIPT["unknown_title"]["fi"]


def test_the_back_button_after_a_plain_form_explains_what_may_have_happened(opened: Opened, emulator: Emulator) -> None:
    """With the back button, from the thanks or the service's own page: the same text and the same reference."""
    for fault in ("none", "unavailable"):
        page = opened("generic", fault)
        start = page.url
        send(page)
        page.wait_for_url(re.compile(f"^(?!{re.escape(start)}$)"))
        page.go_back()
        page.wait_for_selector("#form-told:not([hidden])")
        reference = fields_of(emulator.submissions[0])["Viite"]
        assert reference in page.locator("#form-told-text").inner_text()
        assert page.locator("#field-aim").input_value() == TYPED["aim"]


def test_a_captcha_can_be_solved_at_the_service(opened: Opened, emulator: Emulator) -> None:
    """The form is sent there as a plain one, with the same reference."""
    page = opened("formspree", "captcha")
    send(page)
    page.locator("#form-go-on").click()
    page.wait_for_url(f"{emulator.services}/**")
    first, second = (fields_of(one)["Viite"] for one in emulator.submissions)
    assert first == second


@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "no clipboard"])
def test_the_text_can_be_copied(opened: Opened, emulator: Emulator, allowed: bool) -> None:
    """It is copied, or shown to be copied by hand. The e-mail has only the reference, because long ones break."""
    page = opened(fault="unavailable", language="sv")
    if allowed:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    send(page)
    page.locator("#form-copy").click()
    page.wait_for_function("() => document.getElementById('form-status').textContent")
    text = page.locator("#form-text-field").input_value()
    if allowed:
        assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.locator("#form-text").is_visible() is not allowed
    assert f"Organisation: {TYPED['organisation']}" in text
    assert "Teman: hopp, sorg" in text
    assert TYPED["aim"] in text
    mail = page.locator("#form-told-links a").first.get_attribute("href") or ""
    assert len(mail) < 700
    body = parse_qs(urlsplit(mail).query)["body"][0]
    assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", body)
    assert TYPED["contact_name"] not in mail
    assert "+" not in mail


def test_after_sending_the_reference_and_a_copy_stand_on_the_page_alone(opened: Opened, emulator: Emulator) -> None:
    """A copy to print, in the requester's language. No address contains any of it. The form is emptied and hidden."""
    page = opened(language="en")
    start = page.url
    send(page)
    page.wait_for_selector("#form-sent:not([hidden])")
    sent = fields_of(emulator.delivered[0])
    assert page.locator("#form-sent-reference").inner_text() == sent["Viite"]
    answers = page.locator("#form-sent-answers > div")
    shown = dict(one.inner_text().split("\n", 1) for one in answers.all())
    assert shown["Topics"] == "hope, grief"
    assert shown["Organisation"] == TYPED["organisation"]
    assert shown["What do you hope for from the visit?"] == TYPED["aim"]
    assert page.url == start
    assert not page.locator("#request-form").is_visible()
    assert page.locator("#field-organisation").input_value() == ""
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.locator("#form-print").click()
    assert page.evaluate("window.printed")
    page.locator("#form-sent a").click()
    page.wait_for_selector("main.page--thanks")
    assert TYPED["organisation"] not in page.content()
    assert "Kemi" not in page.url


UNSEEN = ("\u200b", "\u00ad\u00ad", " \u00a0\u2003 ", "\u3164\u115f", "\u2060\ufeff", "\u202e\u202c", "\u2800", "…!")


def test_invisible_characters_are_no_answer(opened: Opened, emulator: Emulator) -> None:
    """Zero-width characters, soft hyphens, fillers and all kinds of blanks are treated as a missing answer."""
    page = opened()
    fill(page)
    for key in ("organisation", "contact_name", "aim", "time", "email"):
        for unseen in UNSEEN:
            page.evaluate("([id, text]) => { document.getElementById(id).value = text }", [f"field-{key}", unseen])
            page.locator("#form-send").click()
            said = page.locator(f"#field-{key}-error").inner_text()
            assert said == FIELDS[key]["missing"]["fi"], (key, unseen)
        page.evaluate("([id, text]) => { document.getElementById(id).value = text }", [f"field-{key}", TYPED[key]])
    assert emulator.submissions == []
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)


IMPOSSIBLE = (
    *("matti@gmail", "matti@gmail.", "matti@gmail.c", "matti@gmail..com", "matti@.fi", "matti@192.168.1.1"),
    *("matti", "@gmail.com", "matti..m@gmail.com", ".m@gmail.com", "matti@gmail,com", "a@b@c.fi", "matti@gmail.com ä"),
)
POSSIBLE = ("matti@gmail.com", "m.m+koulu@ahlman.kouvola.fi", "o'neil@x-y.info", "a@xn--4cab6c.xn--p1ai", "a1@1a.fi")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_impossible_email_address_is_asked_for_again(script: bool, opened: Opened, emulator: Emulator) -> None:
    """By the page or by the browser. Invisible characters around or in a valid address do no harm."""
    page = opened(java_script_enabled=script)
    fill(page)
    field = page.locator("#field-email")
    for address in IMPOSSIBLE:
        field.fill(address)
        page.locator("#form-send").click()
        if script:
            assert page.locator("#field-email-error").inner_text() == FIELDS["email"]["wrong"]["fi"], address
        else:
            assert not field.evaluate("field => field.checkValidity()"), address
    field.fill("matti@gmail.com")
    page.locator("#field-organisation").fill("\u200b\u00ad")
    assert not page.locator("#field-organisation").evaluate("field => field.checkValidity()")
    page.locator("#field-organisation").fill(TYPED["organisation"])
    assert emulator.submissions == []
    for address in POSSIBLE:
        field.fill(address)
        assert field.evaluate("field => field.checkValidity()"), address
    if script:
        field.evaluate("(field) => { field.value = '\\u200bmatti@gmail.com\\u00ad\\u00a0' }")
        page.locator("#form-send").click()
        page.wait_for_selector(THANKS)
        assert fields_of(emulator.delivered[0])["email"] == "matti@gmail.com"


def test_choices_go_along_into_another_language_and_typed_text_is_warned_of(opened: Opened) -> None:
    """With the link at the top of the page. What was typed stays unless the requester chooses otherwise."""
    page = opened(query="?topic=hope")
    page.locator(".fold", has_text="toipuminen").click()
    page.locator("#field-format").select_option(index=2)
    page.locator("#field-audience").select_option(index=3)
    page.locator("#field-municipality").select_option("Etänä")
    before = page.evaluate("[...document.querySelectorAll('#request-form :checked')].map((one) => one.id)")
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.locator(".tongues a[lang=sv]").click()
    page.wait_for_selector("html[lang=sv]")
    after = page.evaluate("[...document.querySelectorAll('#request-form :checked')].map((one) => one.id)")
    own = {"reply_language-fi", "reply_language-sv", "language-fi", "language-sv"}
    assert set(before) - own == set(after) - own
    assert {"topic-hope", "municipality-remote"} <= set(after)
    assert asked == []
    page.locator("#field-time").fill("vecka 14")
    page.locator(".tongues a[lang=en]").click()
    page.wait_for_selector("html[lang=en]")
    assert asked == ["beforeunload"]
    page.locator("#field-time").fill("week 14")
    for link in page.locator(".form__fallback a").all():
        link.click(no_wait_after=True)
        page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_a_mended_answer_is_no_longer_marked(opened: Opened) -> None:
    """At once, and in the summary too, which goes with its last line."""
    page = opened()
    reach(page, "errors")
    marked = page.locator(".field--wrong")
    before = marked.count()
    page.locator("#field-organisation").fill("Kemin lukio")
    page.locator("#field-email").press_sequentially("oona@")
    assert page.locator("#field-organisation").get_attribute("aria-invalid") is None
    assert page.locator("#field-organisation").get_attribute("aria-describedby") == "field-organisation-hint"
    assert (marked.count(), page.locator("#form-errors li").count()) == (before - 1, before - 1)
    fill(page)
    page.locator("#topic-undecided").check()
    for key in TYPED:
        page.locator(f"#field-{key}").press("End")
        page.locator(f"#field-{key}").press_sequentially("x")
    for select in page.locator("select[required]").all():
        select.select_option(index=2)
    assert marked.count() == 0
    assert page.locator("#form-errors").is_hidden()
    assert not page.title().startswith("Virhe")


def test_another_place_needs_its_name(opened: Opened, emulator: Emulator) -> None:
    """Only with «somewhere else»; on the list no name is asked."""
    page = opened()
    fill(page)
    page.locator("#field-municipality").select_option("Muu paikkakunta")
    page.locator("#form-send").click()
    missing = FIELDS["municipality_other"]["missing"]["fi"]
    assert page.locator("#form-errors li").all_inner_texts() == [missing]
    assert not emulator.delivered
    page.locator("#field-municipality_other").fill("Kuusamo")
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    assert fields_of(emulator.delivered[0])[NAMES["municipality_other"]] == "Kuusamo"


def test_without_the_script_a_request_without_a_topic_says_that_it_is_open(opened: Opened, emulator: Emulator) -> None:
    """A browser cannot require one of several boxes, so «not yet» is ticked. The script can, and unticks it."""
    assert opened().locator(".field--topics :checked").count() == 0
    page = opened(java_script_enabled=False, language="sv")
    for key, text in TYPED.items():
        page.locator(f"#field-{key}").fill(text)
    for select in page.locator("select[required]").all():
        select.select_option(index=1)
    assert page.locator("#language-sv").evaluate("option => option.selected")
    page.locator("#form-send").click()
    page.wait_for_selector(THANKS)
    answers = fields_of(emulator.delivered[0])
    assert (answers["Aiheet"], answers["Vierailun kieli"]) == ("Emme tiedä vielä", "ruotsi")


def test_words_of_a_search_come_along_without_any_address(opened: Opened) -> None:
    """They come in the window's name, which is cleared at once. The topic is then left open."""
    page = opened()
    page.evaluate("() => { window.name = 'search:avioero & $1 <b>' }")
    page.reload()
    assert page.locator("#field-aim").input_value() == "avioero & $1 <b>"
    assert page.locator("#topic-undecided").is_checked()
    assert page.evaluate("window.name") == ""
    page.reload()
    assert page.locator("#field-aim").input_value() == ""


def test_what_is_chosen_is_shown_after_every_reset_and_return(opened: Opened) -> None:
    """The line that names the topics matches what is ticked, however that came about."""
    page = opened(query="?topic=hope&topic=grief")
    line = page.locator(".field__chosen")
    assert line.inner_text() == "Valittu: toivo, suru"
    page.evaluate("document.getElementById('request-form').reset()")
    line.wait_for(state="hidden")
    page.goto(page.url)
    page.evaluate("document.getElementById('topic-grief').checked = false")
    page.goto("about:blank")
    page.go_back()
    page.wait_for_function("() => document.querySelector('.field__chosen')")
    ticked = page.locator(".field--topics :checked").evaluate_all("all => all.map((one) => one.labels[0].textContent)")
    assert line.inner_text() == "Valittu: " + ", ".join(ticked)
