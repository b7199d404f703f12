"""The forms of people ask again beside the field, say that nothing was saved, and every wrong day can be mended."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from kokemus.desk import edition
from kokemus.publication.making import Refusal
from kokemus.reports import scaffolding
from tests.conftest import DEMO_DAY, change, contents
from tests.desk.test_attacks import NEW, columns
from tests.desk.test_guard import Desk
from tests.desk.test_pages import form, lines, rows
from tests.importing.test_planning import GOOD, HEADINGS

MISTAKES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a wrong century": ({"given": "2.3.2062"}, "given", "2.3.2062 on vasta tulossa"),
    "long ago": ({"given": "2.3.1926"}, "given", "Tarkista vuosi"),
    "no day": ({"given": "31.2.2026"}, "given", "Päivää 31.2.2026 ei ole"),
    "no name": ({"name": " "}, "name", "Kirjoita nimi"),
    "no topics": ({"topics": []}, "topics", "ainakin yksi aihe"),
    "a phone in letters": ({"phone": "nolla neljä"}, "phone", "puhelinnumero numeroin"),
    "two phones": ({"phone": "040 555 0198, 040 555 0199"}, "phone", "yksi puhelinnumero"),
    "a comma in an e-mail": ({"email": "eero@example,fi"}, "email", "ilman pilkkuja"),
}
PAUSES: dict[str, tuple[tuple[str, str], str]] = {
    "turned round": (("1.2.2027", "1.1.2027"), "päättyisi (1.1.2027) ennen kuin se alkaa (1.2.2027)"),
    "far ahead": (("1.1.2027", "1.1.2099"), "1.1.2099 on kovin kaukana"),
    "no such day": (("31.2.2027", ""), "Päivää 31.2.2027 ei ole"),
}


@pytest.mark.parametrize(("typed", "field", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_about_a_new_expert_is_asked_beside_its_field(
    desk: Desk, browser: FlaskClient, typed: dict[str, Any], field: str, told: str
) -> None:
    """And nothing is saved. The control is the same form without it."""
    before = contents(desk.folder)
    page = desk.post(browser, "/people/new", **NEW | typed).text
    assert told in page.partition(f'id="{field}-wrong"')[2].partition("</p>")[0]
    assert "Mitään ei tallennettu" in page
    assert contents(desk.folder) == before
    assert desk.post(browser, "/people/new", **NEW).status_code == 303


def test_a_name_that_is_kept_elsewhere_is_not_needed(desk: Desk, browser: FlaskClient) -> None:
    """Some associations write no names here, and say so."""
    assert 'name="nameless"' not in desk.get(browser, "/people/new").text
    assert 'name="nameless"' in desk.post(browser, "/people/new", **NEW | {"name": ""}).text
    assert desk.post(browser, "/people/new", **NEW | {"name": "", "nameless": "1"}).status_code == 303


@pytest.mark.parametrize(("days", "told"), PAUSES.values(), ids=PAUSES)
def test_an_impossible_break_is_asked_again(desk: Desk, browser: FlaskClient, days: tuple[str, str], told: str) -> None:
    before = contents(desk.folder)
    typed = dict(zip(("paused_from", "paused_until"), days, strict=True))
    page = desk.post(browser, "/person/e05", **form(desk, browser, "e05") | typed).text
    assert told in page.partition('id="paused_from"')[0].partition('class="public"')[0]
    assert "Mitään ei tallennettu" in page
    assert contents(desk.folder) == before


def test_a_wrong_day_of_consent_is_mended_by_a_form(desk: Desk, browser: FlaskClient) -> None:
    """Also one in the future, which no renewal can cure; the answer to that names the form."""
    given = next(line for line in lines(desk.folder, "e05") if "given" in line)
    change(desk.folder, "experts/e05.yml", given, "  given: 2062-03-02")
    told = desk.post(browser, "/person/e05/renew", sure="1").text
    assert "päivältä 2.3.2062" in told
    assert "Korjaa suostumuksen päivä" in told
    assert "peruttu tai" not in told
    for wrong in ("", "31.2.2026", "2.3.2062"):
        assert "Mitään ei muutettu" in desk.post(browser, "/person/e05/mend", given=wrong).text
    assert desk.post(browser, "/person/e05/mend", given="2.3.2026").status_code == 303
    assert "  given: 2026-03-02" in lines(desk.folder, "e05")


def test_a_renewal_is_of_the_day_of_the_signature(desk: Desk, browser: FlaskClient) -> None:
    """Which may be yesterday, but not tomorrow."""
    tomorrow, yesterday = (DEMO_DAY + timedelta(days=days) for days in (1, -1))
    assert "on vasta tulossa" in desk.post(browser, "/person/e05/renew", sure="1", signed_on=str(tomorrow)).text
    assert desk.post(browser, "/person/e05/renew", sure="1", signed_on=str(yesterday)).status_code == 303
    assert f"  given: {yesterday}" in lines(desk.folder, "e05")


def test_somebody_else_s_phone_is_told_by_name_with_a_link(desk: Desk, browser: FlaskClient) -> None:
    """Of a new and of an existing expert, without keys, codes or file names."""
    phone = next(line.partition(":")[2].strip() for line in lines(desk.folder, "e05") if "phone" in line)
    name = next(line.partition(":")[2].strip() for line in lines(desk.folder, "e05") if line.startswith("  name:"))
    before = contents(desk.folder)
    typed = {"/people/new": NEW, "/person/e06": form(desk, browser, "e06")}
    for path, values in typed.items():
        page = desk.post(browser, path, **values | {"phone": phone}).text
        told = page.partition('role="alert"')[2].partition("</section>")[0]
        assert name in told
        assert '/person/e05"' in told
        assert "experts/" not in told
    assert contents(desk.folder) == before


def read(browser: FlaskClient, desk: Desk, *given: str) -> str:
    return desk.post(browser, "/import", file=rows(*given)).text


def test_an_import_shows_each_person_as_understood_before_it_saves(desk: Desk, browser: FlaskClient) -> None:
    """By name, with every topic by its own name, and what an everyday word was taken for can be changed."""
    page = read(browser, desk, GOOD.replace("N;n", "Nelli Outo;n").replace("masennus", "skitsofrenia"))
    understood = page.partition("Näin sanat ymmärrettiin")[2].partition("Nämä ihmiset")[0]
    assert "«skitsofrenia»" in understood
    assert ">psykoosi</option>" in understood
    person = page.partition("Nämä ihmiset tallennettaisiin")[2]
    assert "Rivi 2 (Nelli Outo)" in person
    assert "psykoosi, toipuminen" in person
    assert "2.3.2026" in person
    assert "Tallenna 1 profiili<" in page
    decided: dict[str, Any] = {"kind": ["topics"], "word": ["skitsofrenia"], "meant": ["alcohol"]}
    again = desk.post(browser, "/import/plan", act="look", **columns(page), **decided).text
    assert "alkoholi, toipuminen" in again
    assert 'value="alcohol" selected' in again
    saved = desk.post(browser, "/import/plan", act="save", **columns(again), **decided)
    assert saved.status_code == 303


def test_columns_and_words_are_remembered_within_a_visit(desk: Desk, browser: FlaskClient) -> None:
    """A sheet that was mended and read again asks nothing twice."""
    mine = GOOD.replace("masennus", "masenus")
    heading = HEADINGS.replace("huomioita", "sekalaista")
    sheet = (io.BytesIO("\n".join((heading, mine)).encode()), "lista.csv")
    page = desk.post(browser, "/import", file=sheet).text
    decided: dict[str, Any] = {"kind": ["topics"], "word": ["masenus"], "meant": ["depression"], "column-8": "notes"}
    desk.post(browser, "/import/plan", act="look", **columns(page) | decided)
    sheet = (io.BytesIO("\n".join((heading, mine)).encode()), "lista.csv")
    again = desk.post(browser, "/import", file=sheet).text
    assert columns(again)["column-8"] == "notes"
    assert "masennus, toipuminen" in again


def test_the_import_lists_its_columns_and_offers_the_example(desk: Desk, browser: FlaskClient) -> None:
    page = desk.get(browser, "/import").text
    assert "suostumuksen päivä" in page
    assert "/import/example" in page
    example = desk.get(browser, "/import/example")
    assert example.data == scaffolding.example_sheet("fi")
    assert example.headers["Content-Disposition"] == "attachment; filename=experts.csv"


def test_people_are_named_and_never_told_by_code(desk: Desk, browser: FlaskClient) -> None:
    """On Today and in problems, with a link; whoever has no name is told so. What ends next is told, too."""
    change(desk.folder, "experts/e06.yml", "  name: ", "  limits: ")
    change(desk.folder, "experts/e05.yml", "consent:\n", "consent:\n  review: 2026-12-01\n")
    page = desk.get(browser, "/").text
    assert "Hilma Tekaista: suostumus on voimassa 1.12.2026 asti" in page
    assert "2.12.2026: suostumus ei ole enää voimassa, Hilma Tekaista" in page
    assert "jokin päättyy" not in page
    assert "<h1>nimi puuttuu</h1>" in desk.get(browser, "/person/e06").text
    phone = next(line for line in lines(desk.folder, "e05") if "phone" in line)
    own = next(line for line in lines(desk.folder, "e07") if "phone" in line)
    change(desk.folder, "experts/e07.yml", own, phone)
    told = desk.get(browser, "/person/e07").text.partition('role="alert"')[2].partition("</section>")[0]
    assert "Hilma Tekaista" in told
    assert "association" not in told
    assert "(phone)" not in told


def test_a_break_that_is_to_come_and_the_admission_are_shown(desk: Desk, browser: FlaskClient) -> None:
    """The control is the same page without the break."""
    assert "Tauko alkaa" not in desk.get(browser, "/person/e05").text
    tomorrow = DEMO_DAY + timedelta(days=1)
    desk.post(browser, "/person/e05", **form(desk, browser, "e05") | {"paused_from": str(tomorrow)})
    for path in ("/person/e05", "/people"):
        assert f"Tauko alkaa {tomorrow.day}.{tomorrow.month}.{tomorrow.year}" in desk.get(browser, path).text
    assert "Mukana " in desk.get(browser, "/person/e05").text


def test_a_refused_edition_names_no_command(desk: Desk) -> None:
    """It says whom to ask."""
    with desk.app.test_request_context():
        for key in ("used", "unknown", "uncommitted"):
            values = {"look": 1, "id": "x", "path": "experts/edition.yml", "reason": "x"}
            told = edition._refused(Refusal(key=f"edition.{key}", values=values))
            assert "tukea" in told or "tuelle" in told
            assert "git" not in told
            assert "kokemus " not in told
