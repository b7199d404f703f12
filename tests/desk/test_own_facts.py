"""Crisis help and fees of the association's own, in forms that make the files and name them in the settings."""

import re
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from kokemus.publication.inputs import gather
from tests.conftest import change, contents
from tests.desk.test_guard import Desk

LOCAL = {
    **{f"name.{one}": f"Kemin kriisikeskus {one}" for one in ("fi", "sv", "en")},
    **{f"hours.{one}": f"arkisin {one}" for one in ("fi", "sv", "en")},
    **{f"source.{one}": f"Kriisikeskus {one}" for one in ("fi", "sv", "en")},
    "address_of_source": "kriisi.example.org",
    "reach": "016 555 0123",
    "languages": ["fi", "sv"],
    "checked_on": "24.11.2026",
    "act": "save",
}
FEE = {
    **{f"what-0.{one}": f"Puheenvuoro {one}" for one in ("fi", "sv", "en")},
    **{f"source.{one}": f"hallitus {one}" for one in ("fi", "sv", "en")},
    "amount-0": "150 €",
    "year": "2026",
    "checked_on": "24.11.2026",
}


def post(desk: Desk, browser: FlaskClient, address: str, **typed: Any) -> Any:
    """Send a form with the digest of the page."""
    page = address if address.endswith("/new") else "/" + address.split("/")[1]
    digest = re.findall(r'name="digest" value="(\w*)"', desk.get(browser, page).text)
    return desk.post(browser, address, digest=digest[0] if digest else "", **typed)


def listed(desk: Desk, kind: str = "lines") -> list[Any]:
    return list(yaml.safe_load((desk.folder / "crisis.yml").read_text("utf-8"))[kind])


def test_a_local_number_is_added_to_the_ready_ones(desk: Desk, browser: FlaskClient) -> None:
    """The first change makes the file and names it in the settings; no ready number is lost."""
    before = gather(desk.folder / "mkdocs.yml")
    assert post(desk, browser, "/crisis/lines/new", **LOCAL).status_code == 303
    after = gather(desk.folder / "mkdocs.yml")
    assert after.settings
    assert after.settings.crisis == "crisis.yml"
    assert after.problems == before.problems
    assert after.crisis.lines[:-1] == before.crisis.lines
    assert after.crisis.chats == before.crisis.chats
    own = after.crisis.lines[-1]
    assert (own.number, own.hours["sv"], own.languages) == ("016 555 0123", "arkisin sv", ("fi", "sv"))
    assert "# Help in a crisis" in (desk.folder / "crisis.yml").read_text("utf-8")
    page = desk.get(browser, "/crisis").text
    assert "Kemin kriisikeskus fi" in page
    assert post(desk, browser, "/crisis/lines/own-1", **LOCAL | {"reach": "016 555 0177"}).status_code == 303
    assert listed(desk)[-1]["number"] == "016 555 0177"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"reach": "soita meille"}, "reach", "numero"),
        ({"name.sv": ""}, "name", "kielellä ruotsi"),
        ({"hours.en": ""}, "hours", "kielellä englanti"),
        ({"reach": ""}, "reach", ""),
        ({"checked_on": "eilen"}, "checked_on", "ei ole päivä"),
        ({"address_of_source": "ei osoite"}, "address_of_source", ""),
        ({"source.fi": "", "source.sv": "", "source.en": ""}, "source", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: Desk, browser: FlaskClient, typed: dict[str, str], field: str, said: str
) -> None:
    """Nothing is saved, and what was typed stays."""
    before = contents(desk.folder)
    page = post(desk, browser, "/crisis/lines/new", **LOCAL | typed).text
    (wrong,) = re.findall(rf'id="{field}-wrong">([^<]*)<', page)
    assert said in wrong
    assert "Kemin kriisikeskus fi" in page
    assert contents(desk.folder) == before


def test_a_ready_number_can_be_left_out_and_taken_back(desk: Desk, browser: FlaskClient) -> None:
    """But never the emergency number."""
    ids = [one.id for one in gather(desk.folder / "mkdocs.yml").crisis.lines]
    post(desk, browser, "/crisis/lines/nollalinja", act="leave")
    assert [one["id"] for one in listed(desk)] == [id for id in ids if id != "nollalinja"]
    post(desk, browser, "/crisis/lines/nollalinja", act="take")
    assert {one["id"] for one in listed(desk)} == {*ids}
    before = contents(desk.folder)
    post(desk, browser, "/crisis/lines/emergency", act="leave")
    assert contents(desk.folder) == before
    post(desk, browser, "/crisis/chats/sekasin", act="checked")
    assert str(listed(desk, "chats")[0]["checked_on"]) == str(desk_day(desk))


def test_a_number_of_ones_own_can_be_moved_up_to_stand_on_every_page(desk: Desk, browser: FlaskClient) -> None:
    """As far as below the emergency number, which stays first."""
    post(desk, browser, "/crisis/lines/new", **LOCAL)
    for _ in listed(desk):
        post(desk, browser, "/crisis/lines/own-1", act="up")
    assert [one["id"] for one in listed(desk)][:2] == ["emergency", "own-1"]
    page = desk.get(browser, "/crisis").text
    assert page.count('value="up"') == len(listed(desk)) + len(listed(desk, "chats")) - 3
    assert gather(desk.folder / "mkdocs.yml").crisis.lines[1].number == LOCAL["reach"]


def desk_day(desk: Desk) -> object:
    """The day on which the desk is opened."""
    with desk.app.test_request_context():
        from kokemus.desk.shared import today

        return today()


def test_a_list_changed_meanwhile_is_not_overwritten(desk: Desk, browser: FlaskClient) -> None:
    """The answer leads back to the list as it is now."""
    post(desk, browser, "/crisis/lines/new", **LOCAL)
    before = contents(desk.folder)
    desk.post(browser, "/crisis/lines/nollalinja", act="leave", digest="0")
    assert contents(desk.folder) == before
    assert "Joku muutti" in desk.get(browser, "/crisis").text


def test_fees_are_written_in_a_form(desk: Desk, browser: FlaskClient) -> None:
    """The duties that every site names stay; an emptied row is removed."""
    duties = gather(desk.folder / "mkdocs.yml").fees.duties
    assert post(desk, browser, "/fees", **FEE).status_code == 303
    found = gather(desk.folder / "mkdocs.yml")
    assert [(one.what["en"], one.amount) for one in found.fees.amounts] == [("Puheenvuoro en", "150 €")]
    assert found.fees.duties == duties
    assert found.settings
    assert found.settings.fees == "fees.yml"
    assert 'value="150 €"' in desk.get(browser, "/fees").text
    emptied = {key: "" if key.startswith(("what", "amount")) else text for key, text in FEE.items()}
    post(desk, browser, "/fees", **emptied)
    assert not gather(desk.folder / "mkdocs.yml").fees.amounts


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": "ensi vuonna"}, "year"),
        ({"amount-0": ""}, "amount-0"),
        ({"what-0.sv": ""}, "what-0"),
        ({"source.fi": "", "source.sv": "", "source.en": ""}, "source"),
        ({"checked_on": "1.1.2222"}, "checked_on"),
    ],
)
def test_a_wrong_fee_is_told_beside_its_field(
    desk: Desk, browser: FlaskClient, typed: dict[str, str], field: str
) -> None:
    """Nothing is saved, and what was typed stays."""
    before = contents(desk.folder)
    page = post(desk, browser, "/fees", **FEE | typed).text
    assert f'id="{field}-wrong"' in page
    assert "Puheenvuoro fi" in page
    assert contents(desk.folder) == before


def test_a_text_missing_in_a_language_names_its_own_file(desk: Desk, browser: FlaskClient) -> None:
    """The message does not send anybody to ``mkdocs.yml``."""
    post(desk, browser, "/crisis/lines/new", **LOCAL)
    change(desk.folder, "crisis.yml", 'sv: "Nödnumret", ', "")
    page = desk.get(browser, "/files/crisis.yml").text
    assert "teksti puuttuu kielellä sv" in page
    assert "mkdocs.yml-tiedostoon" not in page
