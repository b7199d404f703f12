"""Promise 6: a request is never lost silently. Here: the requester's whole way, with and without JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from kokemus.request_form.questions import FIELDS
from tests.conftest import FormService, taking_requests
from tests.quality import sites
from tests.quality.host import hosted

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What a requester in one language reads and presses."""

    start: str
    topics: str
    topic: str
    ask: str
    send: str
    thanks: str


LANGUAGES = {
    "fi": Words("", "Aiheet", "masennus", "Pyydä vierailu", "Lähetä pyyntö", "Kiitos pyynnöstä"),
    "sv": Words("sv/", "Teman", "depression", "Be om ett besök", "Skicka förfrågan", "Tack"),
    "en": Words("en/", "Topics", "depression", "Request a visit", "Send the request", "Thank you"),
}
FILLED = {
    "organisation": "Kemin lukio",
    "contact_name": "Oona Opettaja",
    "email": "oona@example.org",
    "aim": "Puhe toisen vuoden ryhmälle: <b>mitä auttaa</b> & mistä apua saa? 🙂",
    "time": "viikko 14, ti tai ke klo 10–11.30",
}
NAMES = {key: "email" if key == "email" else FIELDS[key]["label"]["fi"] for key in FILLED}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, FormService]]:
    """The address of the demo, and the service on this machine to which its form posts."""
    folder = tmp_path_factory.mktemp("requested") / "demo"
    with hosted(folder / "site") as address, taking_requests() as service:
        sites.demo(folder, address, service.address)
        yield address, service


@pytest.fixture
def site(served: tuple[str, FormService]) -> str:
    return served[0]


@pytest.fixture
def form_service(served: tuple[str, FormService]) -> FormService:
    """The service, with nothing received yet."""
    served[1].received.clear()
    return served[1]


def fill(page: Page) -> None:
    """Answer the required questions and no others."""
    for key, value in FILLED.items():
        page.locator(f"#field-{key}").fill(value)
    for select in page.locator("select[required]").all():
        select.select_option(index=1)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teacher_finds_a_topic_asks_and_is_thanked(
    language: str, script: bool, site: str, form_service: FormService, chromium: Browser
) -> None:
    """From the home page to the thank-you page in six steps. The coordinator gets it once, in Finnish."""
    words = LANGUAGES[language]
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(site + words.start)
    page.locator("header").get_by_role("link", name=words.topics, exact=True).click()
    page.locator("main a", has_text=re.compile(f"^{words.topic}", re.IGNORECASE)).first.click()
    assert page.locator("h1").inner_text().lower() == words.topic
    page.locator("main").get_by_role("link", name=words.ask).first.click()
    page.wait_for_load_state()
    topic = page.locator("#topic-depression")
    assert topic.is_checked()
    assert topic.is_visible()
    fill(page)
    page.get_by_role("button", name=words.send).click()
    page.wait_for_url("**/*")
    page.locator("main.page--thanks").wait_for()
    assert page.get_by_role("heading", level=1, name=words.thanks).is_visible()
    assert "oona" not in page.url
    (received,) = form_service.received
    answers = dict(received)
    assert answers["Aiheet"] == "masennus"
    assert {key: answers[NAMES[key]].replace("\r\n", "\n") for key in FILLED} == FILLED
    assert answers["Lomakkeen kieli"] == {"fi": "suomi", "sv": "ruotsi", "en": "englanti"}[language]
    assert bool(re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", answers["Viite"])) is script
    assert [value for key, value in received if key == "second_remark"] == [""]
    context.close()


def test_an_unanswered_question_keeps_the_text_and_sends_nothing(
    site: str, form_service: FormService, chromium: Browser
) -> None:
    """The browser itself points at the question, without any script."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "pyynto/")
    fill(page)
    page.locator("#field-email").fill("")
    page.get_by_role("button", name=LANGUAGES["fi"].send).click()
    assert page.url.endswith("pyynto/")
    assert page.locator("#field-aim").input_value() == FILLED["aim"]
    assert form_service.received == []
    context.close()


def test_the_form_is_prefilled_by_its_address(site: str, chromium: Browser) -> None:
    """Topic, format, audience, place and language, the same in every language. Unknown values are ignored."""
    page = chromium.new_page()
    page.goto(
        site + "en/request/?topic=anxiety&topic=hope&format=panel&audience=upper-secondary&topic=nonsense&x=<script>"
        "&language=sv&municipality=kemi&toString=x&__proto__=y"
    )
    assert page.locator("#topic-anxiety").is_checked()
    assert page.locator("#topic-hope").is_checked()
    assert page.locator("#field-format option:checked").get_attribute("id") == "format-panel"
    for option in ("audience-upper-secondary", "language-sv", "municipality-kemi"):
        assert page.locator(f"#{option}").evaluate("option => option.selected")
    assert page.locator(".field--topics input:checked").count() == 2
    assert page.locator(".field__chosen").inner_text() == "Chosen: anxiety, hope"
    page.goto(site + "pyynto/?place=remote")
    assert page.locator("#municipality-remote").evaluate("option => option.selected")
    page.close()


def test_an_address_answers_nothing_that_only_a_person_may(site: str, chromium: Browser) -> None:
    """No link can fill the trap, promise a fee, choose the reply's language or more than three topics."""
    page = chromium.new_page()
    page.goto(
        site + "pyynto/?field=aim&aim=x&form=honeypot&fee=yes&recording=if-agreed&reply_language=sv&topic=field-aim"
        "&topic=hope&topic=grief&topic=anxiety&topic=depression"
    )
    assert page.locator("#field-aim").input_value() == ""
    assert page.locator("#reply_language-fi").evaluate("option => option.selected")
    assert not page.locator("#fee-yes").is_checked()
    assert page.locator("#recording-no").is_checked()
    assert page.locator(".field--topics input:checked").count() == 3
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_choices_stay_through_every_link_and_language(script: bool, site: str, chromium: Browser) -> None:
    """A topic's page, a ready visit and an audience each lead to a form with that chosen, in every language."""
    context = chromium.new_context(java_script_enabled=script)
    page = context.new_page()
    first = "main .button[href*='pyynto/']"
    visits = ("Iltapäivä ammattilaisille", "Ilta kirjastossa")
    team, evening = (f".visit:has(a:text('{title}')) .visit__ask a" for title in visits)
    ways = [
        ("aiheet/masennus/", first, {"topic-depression"}),
        ("", first, {"format-class-talk", "audience-care-students"}),
        ("", f"{team} >> nth=0", {"format-staff-training", "audience-education-staff"}),
        ("", f"{team} >> nth=1", {"format-staff-training", "audience-health-professionals"}),
        ("kenelle/suuri-yleiso/", first, {"audience-public"}),
        ("kenelle/suuri-yleiso/", evening, {"format-public-lecture", "audience-public"}),
    ]
    if script:
        ways += [
            ("kenelle/suuri-yleiso/", ".visit:has(a:text('Paneeli')) .button", {"format-panel", "audience-public"}),
            ("esittelyt/", ".person .button", {"topic-burnout", "topic-return-to-work"}),
        ]
    for start, button, due in ways:
        page.goto(site + start)
        page.locator(button).first.click()
        page.wait_for_selector("#request-form")
        for language in ("sv", "en", "fi"):
            page.wait_for_load_state()
            chosen = page.locator("#request-form :checked").evaluate_all("all => all.map((one) => one.id)")
            assert due <= set(chosen), (start, language)
            page.locator(f".tongues a[lang={language}]").click()
            page.wait_for_selector(f"html[lang={language}]")
    context.close()


def test_what_was_chosen_on_the_way_is_chosen_in_the_form(site: str, chromium: Browser) -> None:
    """For whom, about what and how, in any order, through lists, the search, the front page and another language."""
    page = chromium.new_page()

    def go(*steps: str) -> set[str]:
        for step in steps:
            page.locator(step).first.click()
            page.wait_for_load_state()
        page.wait_for_selector("#request-form")
        return set(page.locator("#request-form :checked").evaluate_all("all => all.map((one) => one.id)"))

    page.goto(site)
    ask, audience = ".intro .button--primary", ".hero .chip[href*=lukio]"
    assert {"audience-upper-secondary", "topic-hope"} <= go(audience, "main .chip[href*='/toivo/']", ask)
    page.goto(site)
    chosen = go(audience, ".menu__topics a", ".row[href*='/masennus/']", ".tongues a[lang=sv]", ".menu__ask")
    assert {"audience-upper-secondary", "topic-depression"} <= chosen
    page.goto(site + "aiheet/masennus/")
    chosen = go(".chip[href*='kokemuspuheenvuoro']", ".chip[href*=lukio]", ".visit:has(a:text('Kysy')) .visit__ask a")
    assert {"audience-upper-secondary", "topic-depression", "format-q-and-a"} <= chosen
    page.goto(site + "kenelle/suuri-yleiso/")
    page.locator(".menu__search").click()
    page.locator("#search-field").fill("toivo")
    assert {"audience-public", "topic-hope"} <= go("#search-list a", ask)
    page.goto(site + "kenelle/suuri-yleiso/")
    assert {"audience-public", "topic-hope"} <= go(".brand", "main .chip[href*='/toivo/']", ".menu__ask")
    page.goto(site + "aiheet/masennus/")
    chosen = go(".menu__topics a", ".ask .button")
    assert {id for id in chosen if id.startswith("topic-")} == {"topic-undecided"}
    page.close()


def test_a_topic_taken_back_is_not_brought_again(site: str, chromium: Browser) -> None:
    """What is chosen now is kept in the other language, not what was chosen when the page opened."""
    page = chromium.new_page()
    page.goto(site + "pyynto/aiheet/masennus/")
    page.locator("#topic-depression").uncheck()
    page.locator(".field__others > summary").click()
    page.locator("#topic-undecided").check()
    page.locator(".tongues a[lang=sv]").click()
    page.wait_for_selector("html[lang=sv]")
    chosen = page.locator(".field--topics :checked").evaluate_all("all => all.map((one) => one.id)")
    assert chosen == ["topic-undecided"]
    page.close()
