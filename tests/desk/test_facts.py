"""The form of the association's facts: writes only what changed, and says beside each field what is wrong."""

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kokemus.reports import scaffolding
from kokemus.vocabulary import load
from tests.conftest import DEMO_DAY, change, contents
from tests.desk.test_guard import Desk
from tests.desk.test_looking import PNG


def form(desk: Desk, browser: FlaskClient) -> dict[str, Any]:
    """The values that the form sends unchanged."""
    page = desk.get(browser, "/facts").text
    own = page[page.index("/facts") : page.index('/facts/logo"')]
    typed: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", own):
        parts = {key: unescape(value) for key, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if parts.get("type") != "checkbox":
            typed[parts["name"]] = parts.get("value", "")
        elif " checked" in tag:
            typed.setdefault(parts["name"], []).append(parts["value"])
    texts = re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>(.*?)</', own)
    typed |= {name: unescape(text) for name, text in texts}
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', own):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        typed[name] = unescape(chosen[0]) if chosen else ""
    return typed | {"act": "save"}


def configuration(desk: Desk) -> list[str]:
    return (desk.folder / "mkdocs.yml").read_text("utf-8").splitlines()


def changed(desk: Desk, before: list[str]) -> list[str]:
    return [line.strip() for line in configuration(desk) if line not in before]


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk over a folder as ``kokemus init`` makes it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")
    told = scaffolding.complete({})
    scaffolding.begin(tmp_path / "new", told, "fi", "github", DEMO_DAY, load(None, "terms")[0])
    return Desk(tmp_path / "new")


def test_saving_the_unchanged_form_changes_nothing(desk: Desk, browser: FlaskClient, new: Desk) -> None:
    """In the demo, and in a folder where nothing is filled in yet."""
    fresh = new.browser()
    for one, client in ((desk, browser), (new, fresh)):
        before = contents(one.folder)
        assert one.post(client, "/facts", **form(one, client)).status_code == 303
        assert contents(one.folder) == before


def test_a_changed_field_changes_only_its_line(desk: Desk, browser: FlaskClient) -> None:
    """Comments and order stay."""
    change(desk.folder, "mkdocs.yml", "phone: 016 555 0100", "phone: 016 555 0100   # office")
    before = configuration(desk)
    typed = form(desk, browser) | {"association.phone": "016 555 0199", "answer_within.number": "2"}
    typed |= {"answer_within.unit": "weeks", "host.country.ready": "SE", "appearance.accent": "#1a5a4a"}
    assert desk.post(browser, "/facts", **typed).status_code == 303
    assert changed(desk, before) == [
        'phone: "016 555 0199"   # office',
        'answer_within: "2 weeks"',
        "country: {fi: Ruotsi, sv: Sverige, en: Sweden}",
        "appearance:",
        'accent: "#1a5a4a"',
    ]


def test_a_wrong_field_says_so_beside_it_and_nothing_is_saved(desk: Desk, browser: FlaskClient) -> None:
    """What was typed stays in the form."""
    before = contents(desk.folder)
    wrong = {"association.phone": "puhelin", "answer_within.number": "pian", "appearance.accent": "#ffff00"}
    wrong |= {"serves": "Ruritania", "accessibility.assessed_on": "eilen", "appearance.welcome.fi": "Tervetuloa"}
    page = desk.post(browser, "/facts", **form(desk, browser) | wrong).text
    assert contents(desk.folder) == before
    for name in ("association.phone", "answer_within", "appearance.accent", "serves", "appearance.welcome"):
        assert f'class="error" id="{name}-wrong"' in page
        assert f'<li><a href="#{name}">' in page
        assert f'id="{name}"' in page
    assert 'value="puhelin"' in page
    assert "myös kielellä ruotsi" in page


@pytest.mark.slow
def test_a_new_folder_is_filled_in_without_a_word_of_yaml(new: Desk) -> None:
    """Everything that is open is named by its label, with a link to its field; afterwards nothing is open."""
    browser = new.browser()
    today = new.get(browser, "/").text
    names = re.findall(r'/facts#([\w.]+)">([^<]+)</a>', today)
    assert ("association.name", "Yhdistyksen nimi") in names
    assert ("processors.mail.retention", "Kuinka kauan viestit säilyvät") in names
    assert "association.name" not in re.sub("<[^>]*>", "", today)
    page = new.get(browser, "/facts").text
    assert all(f'id="{name}"' in page for name, _ in names)
    typed = form(new, browser) | {
        "association.name": "Toivo ry",
        "association.business_id": "1234567-1",
        "association.address": "Katu 1, 94100 Kemi",
        "association.email": "toivo@toivo.fi",
        "association.phone": "040 123 4567",
        "association.privacy_officer": "tietosuoja@toivo.fi",
        "site_url": "https://toivo.fi",
        "accessibility.assessed_on": "24.11.2026",
        "serves": "Lappi",
        "form.service": "formward",
        "form.url": "https://forms.formward.eu/f/abc",
        "form.processor.retention.ready": "30 days",
        "host.name": "Palvelin",
        "processors.profiles.name": "Säilö",
        "processors.profiles.retention.ready": "90 days",
        "processors.mail.name": "Posti",
        "host.logs.ready": "logs30 days",
        "processors.mail.retention.ready": "deleted",
        "form.processor.name": "Formward",
    }
    keepers = ("host", "processors.profiles", "processors.mail", "form.processor")
    typed |= {f"{one}.country.ready": "FI" for one in keepers} | {"form.processor.country.ready": "SE"}
    answer = new.post(browser, "/facts", **typed)
    assert answer.status_code == 303, re.findall(r'class="error".*', answer.text)
    text = (new.folder / "mkdocs.yml").read_text("utf-8")
    assert "retention: {fi: kunnes viesti poistetaan, sv: tills meddelandet raderas" in text.replace('"', "")
    assert "# lupaus sivuilla" in text
    today = new.get(browser, "/").text
    assert "/facts#" not in today
    assert 'class="open"' not in new.get(browser, "/facts").text


def test_an_emptied_fact_waits_to_be_filled_in(desk: Desk, browser: FlaskClient) -> None:
    """It is a placeholder again, and the site is not published with an empty one."""
    desk.post(browser, "/facts", **form(desk, browser) | {"association.phone": ""})
    assert 'phone: "…"' in "\n".join(configuration(desk))
    assert '/facts#association.phone">Koordinaattorin puhelin' in desk.get(browser, "/").text


def test_a_file_changed_meanwhile_is_not_overwritten(desk: Desk, browser: FlaskClient) -> None:
    """The answer shows what saving would change now."""
    typed = form(desk, browser) | {"association.phone": "016 555 0199"}
    change(desk.folder, "mkdocs.yml", "016 555 0100", "016 555 0177")
    before = contents(desk.folder)
    assert "016 555 0177" in desk.post(browser, "/facts", **typed).text
    assert contents(desk.folder) == before


def test_a_preview_of_the_facts_writes_nothing(desk: Desk, browser: FlaskClient) -> None:
    """And lists pages to look at."""
    before = contents(desk.folder)
    typed = form(desk, browser) | {"association.phone": "016 555 0199", "act": "look"}
    page = desk.post(browser, "/facts", **typed).text
    (first, *_) = re.findall(r'name="page" value="([^"]*)"', page)
    assert "016 555 0199" in desk.post(browser, "/facts", **typed | {"page": unescape(first)}).text
    assert contents(desk.folder) == before


@pytest.mark.parametrize(("name", "content", "said"), [("Oma logo.PNG", PNG, ""), ("a.svg", PNG, "logo")])
def test_a_logo_is_checked_before_it_is_saved(
    desk: Desk, browser: FlaskClient, name: str, content: bytes, said: str
) -> None:
    """It is saved beside the pages and named in the configuration, and it can be taken off again."""
    answer = desk.post(browser, "/facts/logo", logo=(io.BytesIO(content), name))
    if said:
        assert 'id="logo-wrong"' in answer.text
        return
    assert (desk.folder / "site_src" / "Oma-logo.png").read_bytes() == PNG
    assert configuration(desk)[-1].strip() == "logo: Oma-logo.png" or 'logo: "Oma-logo.png"' in configuration(desk)[-1]
    desk.post(browser, "/facts/logo", remove="1")
    assert "logo" not in "\n".join(configuration(desk))


def test_a_broken_configuration_is_shown_as_text(desk: Desk, browser: FlaskClient) -> None:
    """A form could not keep the rest of it."""
    for text in ("a: [", "site_name: x\nplugins: [search]\n", "plugins: [kokemus]\n"):
        (desk.folder / "mkdocs.yml").write_text(text, "utf-8")
        assert desk.get(browser, "/facts").headers["Location"].endswith("/files/mkdocs.yml"), text
        assert desk.post(browser, "/facts").status_code == 404
        assert (desk.folder / "mkdocs.yml").read_text("utf-8") == text
