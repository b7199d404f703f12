"""The evaluation after a visit: five questions, no names, the service and rules of a request, and no link to it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from kokemus import vocabulary
from kokemus.request_form import form
from kokemus.request_form.form import FormView
from kokemus.request_form.outcome import Rule
from kokemus.request_form.questions import EVALUATION, REQUEST
from kokemus.resources import LANGUAGES
from tests.rigs.emulator import Emulator, fields_of
from tests.rigs.request_sites import VARIANTS, folder_of, form_of, write

VOCABULARY, _ = vocabulary.load()
SITE = "http://127.0.0.1:1"
FACTS = {
    "association": "Yhdistys ry",
    "controller": "Yhdistys ry",
    "email": "kokemus@example.org",
    "phone": "016 555 0100",
    "answer_within": "5 arkipäivässä",
    "processor_name": "Lomake Oy",
    "processor_country": "Suomi",
    "processor_retention": "30 päivää",
}
PAGES = {"fi": "arviointi/", "sv": "sv/utvardering/", "en": "en/evaluation/"}
THANKS = {"fi": "kiitos-palautteesta/", "sv": "sv/tack-for-responsen/", "en": "en/thank-you-for-feedback/"}
REFERENCE = "AB2C-D3EF"


def view(variant: str, language: str = "fi", **more: object) -> FormView:
    chosen = form_of(variant, SITE, SITE, **more)
    facts = {**FACTS, "thanks": f"{chosen.site_url}kiitos-palautteesta/", "request": f"{chosen.site_url}arviointi/"}
    return form.view(chosen, VOCABULARY, language, "fi", ("fi",), facts, {}, EVALUATION)


def test_it_asks_five_questions_and_none_about_a_person() -> None:
    """Besides the reference. It has none of the request's questions about people, and no label of the request."""
    asked = [field for section in view("generic").sections for field in section.fields]
    assert asked[0].key == "reference"
    assert len(asked) == 6
    assert {field.control for field in asked} <= {"text", "radio", "textarea"}
    assert not any(field.autocomplete for field in asked)
    assert not {"contact_name", "email", "phone", "organisation"} & EVALUATION.fields.keys()
    for sheet, other in ((EVALUATION, REQUEST), (REQUEST, EVALUATION)):
        for key, entry in sheet.fields.items():
            theirs = [label for name, one in other.fields.items() if name != key for label in one["label"].values()]
            assert not {*entry["label"].values()} & {*theirs}, key
    assert EVALUATION.fields["reference"]["label"] == REQUEST.hidden["reference"]
    assert [field.key for field in asked if field.required] == ["served"]
    assert EVALUATION.texts["required_note"] != REQUEST.texts["required_note"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_service_takes_it_by_the_names_that_it_takes_a_request_by(variant: str) -> None:
    """The honeypot, subject and redirect. Netlify recognises it by its name. Fields that are never sent have none."""
    made, names = view(variant), form_of(variant, SITE, SITE).service.names
    assert made.honeypot == names.honeypot
    hidden = {name: value for _, name, value in made.hidden}
    if names.subject:
        assert hidden[names.subject] == "Palaute vierailusta"
    if names.redirect:
        assert urlsplit(hidden[names.redirect]).path.endswith("/kiitos-palautteesta/")
    assert hidden["Lomake"] == "Palaute vierailusta"
    assert [key for key, name, _ in made.hidden if not name] == ["reference"]
    assert names.reply_copy == "" or names.reply_copy not in hidden
    if variant == "netlify":
        assert hidden["form-name"] == made.attributes["name"] == "kokemus-evaluation"


def test_a_sign_of_success_is_a_value_that_was_sent() -> None:
    """Formspark sends back what it got. There is no address in it, so the kind of form shows that it arrived."""
    accepted = [rule for rule in view("formspark").script["rules"] if rule["outcome"] == "accepted"]
    assert accepted == [{"outcome": "accepted", "status": "2", "form": "json", "at": ("Lomake",)}]
    by_keys = view("formspark", names={"fields": "keys"}).script["rules"][0]
    assert by_keys["at"] == ("kind",)
    assert form_of("formspark", SITE, SITE).service.rules == (Rule("accepted", "2", "json", ("email",)),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_exists_and_nothing_links_to_it(demo_site: Path, language: str) -> None:
    """Only its own page in other languages links to it, no search finds it, and search engines may not keep it."""
    for url in (PAGES[language], THANKS[language]):
        page = (demo_site / url / "index.html").read_text("utf-8")
        assert '<meta name="robots" content="noindex, noarchive">' in page
        assert "form-action &#39;self&#39; https://forms.example.org" in page
    request = {"fi": "pyynto/", "sv": "sv/forfragan/", "en": "en/request/"}[language]
    action = re.compile(r'<form class="form" id="request-form" method="post" action="([^"]+)"')
    asked, evaluated = ((demo_site / url / "index.html").read_text("utf-8") for url in (request, PAGES[language]))
    assert action.findall(asked) == action.findall(evaluated) == ["https://forms.example.org/kokemus"]
    slugs = [url.rstrip("/").rpartition("/")[2] for url in (*PAGES.values(), *THANKS.values())]
    own = {demo_site / url / "index.html" for url in (*PAGES.values(), *THANKS.values())}
    for file in demo_site.rglob("*"):
        if file.suffix in (".html", ".json", ".xml", ".js") and file not in own:
            text = file.read_text("utf-8")
            assert not any(f"/{slug}/" in text or f'"{slug}/' in text for slug in slugs), file


def test_no_search_and_no_catalogue_knows_it(demo_site: Path) -> None:
    """Neither by its title nor by a question. The control is the request."""
    found = " ".join(file.read_text("utf-8") for file in demo_site.rglob("*.json"))
    assert "Palaute vierailusta" not in json.loads(json.dumps(found))
    assert "pyynto" in " ".join(file.read_text("utf-8") for file in demo_site.rglob("*.html"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    folder = tmp_path_factory.mktemp("evaluated")
    with Emulator(folder) as emulator:
        for variant in ("generic", "formspark", "netlify", "link"):
            write(variant, form_of(variant, emulator.site, emulator.services), folder)
        yield emulator


def answer(page: Page) -> None:
    page.locator("#served-5").check()
    page.locator("#again-yes").check()
    page.locator("#field-better").fill("Enemmän aikaa kysymyksille.")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("variant", ["generic", "formspark", "netlify"])
def test_a_host_answers_and_is_thanked(served: Emulator, chromium: Browser, variant: str, script: bool) -> None:
    """The reference comes from the fragment of the address or is typed; it is in no address that is sent."""
    served.begin("none")
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 360, "height": 800})
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda one: sent.extend((one.url, one.headers.get("referer", ""))))
    page.goto(f"{served.site}/{folder_of(variant)}/arviointi/#{REFERENCE.lower()}")
    if script:
        assert page.locator("#field-reference").input_value() == REFERENCE
        swedish = page.locator(".tongues a").first.get_attribute("href") or ""
        assert swedish.endswith(f"/sv/utvardering/#{REFERENCE.lower()}")
    else:
        page.locator("#field-reference").fill(REFERENCE)
    answer(page)
    page.locator("#form-send").click()
    page.locator("main.page--thanks, #form-sent:not([hidden])").wait_for()
    (got,) = served.delivered
    fields = fields_of(got)
    assert fields["Viite"] == REFERENCE
    assert fields["Kuinka hyvin vierailu palveli ryhmäänne?"] == "5 – erittäin hyvin"
    assert fields["Lomake"] == "Palaute vierailusta"
    assert not any("@" in value for name, value in fields.items())
    assert not any(REFERENCE in address.upper().partition("#")[0] for address in sent)
    assert "?" not in "".join(address for address in sent if address.startswith(served.site))
    context.close()


@pytest.mark.browser
def test_without_an_answer_it_says_what_is_missing(served: Emulator, chromium: Browser) -> None:
    """And sends nothing. A fragment that is not a reference is ignored."""
    served.begin("none")
    page = chromium.new_page()
    page.goto(f"{served.site}/{folder_of('formspark')}/arviointi/#<b>x")
    assert page.locator("#field-reference").input_value() == ""
    page.locator("#form-send").click()
    page.locator("#form-errors").wait_for()
    assert "Valitse, kuinka hyvin" in page.locator("#form-errors").inner_text()
    assert served.submissions == []
    page.close()


@pytest.mark.browser
def test_without_a_form_service_there_is_an_address_to_write_to(served: Emulator, chromium: Browser) -> None:
    """And no form that leads nowhere."""
    page = chromium.new_page()
    page.goto(f"{served.site}/link/arviointi/")
    assert page.locator("form").count() == 0
    assert "Kerro myös viite" in page.locator("main").inner_text()
    assert page.locator("main a[href^=mailto]").count() == 1
    page.close()
