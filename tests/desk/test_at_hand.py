"""What a coordinator has to know is said where they look for it, and in the words that they type."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import change, contents
from tests.desk.test_guard import Desk
from tests.desk.test_own_facts import FEE, post
from tests.desk.test_pages import form, rows
from tests.importing.test_planning import GOOD


def sent(page: str) -> dict[str, Any]:
    """What the form of a plan sends unchanged."""
    columns = dict(re.findall(r'name="(column-\d+)">.*?value="(\w+)" selected', page, re.DOTALL))
    return columns | dict(re.findall(r'name="(held|seen)" value="(\w+)"', page))


def test_rows_of_one_person_are_joined_in_the_desk(desk: Desk, browser: FlaskClient) -> None:
    """Asked once for each pair. A tick can be taken away again."""
    page = desk.post(browser, "/import", file=rows(GOOD, GOOD.replace("masennus, toipuminen", "toivo"))).text
    assert re.findall(r'name="join" value="([\d-]+)"', page) == ["2-3"]
    joined = desk.post(browser, "/import/plan", act="look", **sent(page), join="2-3").text
    assert "Tallenna 1 profiili" in joined
    assert re.findall(r'name="join" value="([\d-]+)" checked', joined) == ["2-3"]
    again = desk.post(browser, "/import/plan", act="look", **sent(joined)).text
    assert re.findall(r'name="join" value="([\d-]+)">', again) == ["2-3"]
    before = {*contents(desk.folder)}
    assert desk.post(browser, "/import/plan", act="save", **sent(joined), join="2-3").status_code == 303
    (path,) = (one for one in {*contents(desk.folder)} - before if "experts" in str(one))
    text = (desk.folder / path).read_text("utf-8")
    assert [topic in text for topic in ("depression", "recovery", "hope")] == [True] * 3


def test_what_needs_a_decision_comes_first(desk: Desk, browser: FlaskClient) -> None:
    """Before the columns and the people; the buttons are always in sight."""
    wrong = GOOD.replace("N;n@", "O;o@").replace("401234567", "").replace("2.3.2026", "")
    page = desk.post(browser, "/import", file=rows(GOOD.replace("masennus", "masenus"), GOOD, wrong)).text
    parts = ("Sanat, joita sanasto ei tunne", "Rivit, joita ei voi tuoda", "Sarakkeet ja ensimmäiset rivit")
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert '<p class="acts stuck">' in page


@pytest.mark.parametrize(
    "path", ["/person/e07", "/person/e06/card", "/fees", "/facts", "/crisis/lines/new", "/person/e05"]
)
def test_days_in_fields_are_finnish(desk: Desk, browser: FlaskClient, path: str) -> None:
    assert not re.findall(r'value="\d{4}-\d\d-\d\d"', desk.get(browser, path).text)


@pytest.mark.parametrize("days", [("1.6.2026", "31.12.2026"), ("2026-06-01", "2026-12-31")])
def test_both_spellings_of_a_day_are_the_same(desk: Desk, browser: FlaskClient, days: tuple[str, str]) -> None:
    typed, before = form(desk, browser, "e07"), contents(desk.folder)
    assert (typed["paused_from"], typed["paused_until"]) == ("1.6.2026", "31.12.2026")
    answer = desk.post(browser, "/person/e07", **typed | dict(zip(("paused_from", "paused_until"), days, strict=True)))
    assert answer.status_code == 303
    assert contents(desk.folder) == before


@pytest.mark.parametrize("amount", ["150", "1 500,00", "100–150"])
def test_a_fee_without_a_unit_is_asked_again(desk: Desk, browser: FlaskClient, amount: str) -> None:
    before = contents(desk.folder)
    page = post(desk, browser, "/fees", **FEE | {"amount-0": amount}).text
    assert "Kirjoita myös yksikkö" in page
    assert f'value="{amount}"' in page
    assert contents(desk.folder) == before


@pytest.mark.parametrize("amount", ["150 €", "150 euroa", "sopimuksen mukaan", "120–150 €/h"])
def test_a_fee_in_words_or_with_a_unit_is_saved(desk: Desk, browser: FlaskClient, amount: str) -> None:
    assert post(desk, browser, "/fees", **FEE | {"amount-0": amount}).status_code == 303


def test_topics_that_go_after_a_withdrawal_are_among_what_comes(desk: Desk, browser: FlaskClient) -> None:
    """At the turn of a month, on the day that was promised; nothing if they go at once."""
    line = r"(\d+\.\d+\.\d+): perutun suostumuksen erillisen luvan aiheet poistuvat luettelosta, Armas Kuvajainen"
    assert re.findall(line, desk.get(browser, "/").text) == ["1.1.2027"]
    change(desk.folder, "experts/e23.yml", "leaving: month", "leaving: build")
    assert not re.findall(line, desk.get(browser, "/").text)


def test_the_number_of_profiles_is_always_said(desk: Desk, browser: FlaskClient) -> None:
    assert "Profiileja: 24" in desk.get(browser, "/").text
    assert "Profiileja: 24" in desk.get(browser, "/people").text
    assert "Löytyi: 1" in desk.post(browser, "/people", wanted="hilma").text


def test_the_steps_of_an_erasure_are_said_before_it(desk: Desk, browser: FlaskClient) -> None:
    page = desk.get(browser, "/person/e05").text
    steps = page[page.index("Poistoa ei voi perua") : page.index("Kirjoita koodi e05")]
    assert steps.count("<li>") == 4
    assert [word in steps for word in ("tekninen tuki", "varmuuskopioista", "Julkaise")] == [True] * 3
