"""The form of a card: signatures, details that may identify somebody, and edits of only the changed lines."""

import difflib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kokemus.publication.inputs import gather
from tests.conftest import change, contents, git
from tests.desk.test_guard import HOST, Desk
from tests.rigs.saving import _Form

WITH_CARD = ("e06", "e09", "e15")
WORDS = {"card_name": "Kaarna", "card_text_fi": "Puhun siitä, miten toivo palasi.", "card_topics": ["recovery"]}


def form(desk: Desk, browser: FlaskClient, code: str) -> dict[str, Any]:
    """The values that the form of a card sends unchanged."""
    found = _Form(f"/{desk.keys.home}/person/{code}/card")
    found.feed(desk.get(browser, f"/person/{code}/card").text)
    return {**found.typed, "act": "save"}


def differences(folder: Path, code: str, before: str) -> list[str]:
    """The removed and added lines."""
    after = (folder / "experts" / f"{code}.yml").read_text("utf-8")
    told = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in told if line[:2] in ("- ", "+ ")]


def text(desk: Desk, code: str) -> str:
    return (desk.folder / "experts" / f"{code}.yml").read_text("utf-8")


@pytest.mark.parametrize("code", [*WITH_CARD, "e01"])
def test_saving_an_unchanged_form_changes_nothing(desk: Desk, browser: FlaskClient, code: str) -> None:
    """With or without a card. Places are shown by their labels."""
    before = contents(desk.folder)
    assert desk.post(browser, f"/person/{code}/card", **form(desk, browser, code)).status_code == 303
    assert contents(desk.folder) == before


def test_changed_words_need_a_new_signature(desk: Desk, browser: FlaskClient) -> None:
    """Or a confirmation that they are a correction; then only the line of that field changes."""
    before, typed = text(desk, "e15"), form(desk, browser, "e15")
    new = "Puhun siitä, miten työ vei voimat. Tämä esittely on keksitty."
    page = desk.post(browser, "/person/e15/card", **typed | {"card_text_fi": new})
    assert "Sanat eivät ole samat" in page.text
    assert new in unescape(page.text)
    assert text(desk, "e15") == before
    assert desk.post(browser, "/person/e15/card", **typed | {"card_text_fi": new, "sure": "1"}).status_code == 303
    assert [line[:10] for line in differences(desk.folder, "e15", before)] == ["-     fi: ", "+     fi: "]
    corrected = text(desk, "e15")
    signed = {"card_name": "Kanervikko", "card_day": "20.11.2026"}
    assert desk.post(browser, "/person/e15/card", **form(desk, browser, "e15") | signed).status_code == 303
    days = ["-   consent: 2026-09-15", "+   consent: 2026-11-20", "-   name: Kanerva", "+   name: Kanervikko"]
    assert differences(desk.folder, "e15", corrected) == days


def test_a_new_card_is_previewed_printed_and_saved_when_signed(desk: Desk, browser: FlaskClient) -> None:
    """Nothing is written before that. What becomes public is shown beside the form."""
    before, typed = text(desk, "e01"), form(desk, browser, "e01") | WORDS
    page = desk.post(browser, "/person/e01/card", **typed | {"act": "look"}).text
    assert "<h3>Kaarna</h3>" in page
    assert "Mitään ei ole vielä tallennettu" in page
    assert "esittely" in page.partition('class="public"')[2].partition("</section>")[0].lower()
    sheet = desk.post(browser, "/person/e01/card", **typed | {"act": "sheet"})
    assert "Kaarna" in sheet.text
    assert "Venla" not in sheet.text
    assert "style-src 'unsafe-inline'" in sheet.headers["Content-Security-Policy"]
    for day, told in (("", "päivä, jona esittely"), ("eilen", "ei ole päivä"), ("1.1.2027", "vasta tulossa")):
        assert told in desk.post(browser, "/person/e01/card", **typed | {"card_day": day}).text
    assert text(desk, "e01") == before
    assert desk.post(browser, "/person/e01/card", **typed | {"card_day": "23.11.2026"}).status_code == 303
    found = next(one for one in gather(desk.folder / "mkdocs.yml").profiles if one.code == "e01")
    assert found.card
    assert (str(found.card.consent), found.card.name, found.card.topics) == ("2026-11-23", "Kaarna", ("recovery",))
    assert all(line.startswith("+") for line in differences(desk.folder, "e01", before))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"card_name": ""}, "Kirjoita nimi"),
        ({"card_text_fi": ""}, "ainakin yhdellä kielellä"),
        ({"card_places": "Atlantis"}, "«Atlantis»"),
        ({"card_topics": ["psychosis"]}, "aihe"),
        ({"card_text_fi": "Soita 040 555 0101."}, "puhelinnumerolta"),
        ({"card_text_fi": "Minä ja Hilma Tekaista puhumme."}, "nim"),
        ({"card_text_fi": "Kirjoita: hilma.tekaista@example.org"}, "sähköposti"),
        ({"card_text_fi": "x" * 2001}, "2000"),
        ({"card_text_fi": "Sanon, että hilma tuntee minut."}, "tämä näyttää ni"),
        ({"card_text_fi": "Rajani: prefers mornings, and no evening drives in winter"}, "tässä näkyy sal"),
    ],
)
def test_a_card_that_may_not_be_published_is_reported_and_not_saved(
    desk: Desk, browser: FlaskClient, typed: dict[str, Any], told: str
) -> None:
    """By the same lint as `kokemus check`, including names of others. What was typed is still there."""
    before = contents(desk.folder)
    sent = form(desk, browser, "e01") | WORDS | {"card_day": "23.11.2026"} | typed
    page = desk.post(browser, "/person/e01/card", **sent)
    assert page.status_code == 200
    assert told in page.text.partition('class="public"')[0].partition('role="alert"')[2]
    assert contents(desk.folder) == before


def test_a_name_of_the_private_part_on_a_card_can_be_accepted(desk: Desk, browser: FlaskClient) -> None:
    """Some choose their own first name. Nothing offers to accept a name before."""
    box = 'name="accepted" value="name"'
    assert box not in desk.get(browser, "/person/e06/card").text
    change(desk.folder, "experts/e06.yml", "name: Revontuli", "name: Saimi")
    assert box in desk.get(browser, "/person/e06/card").text


def test_details_can_be_accepted_but_identity_codes_cannot(desk: Desk, browser: FlaskClient) -> None:
    """Only details that were found are offered."""
    sent = form(desk, browser, "e01") | WORDS | {"card_day": "23.11.2026", "card_text_fi": "Asun Kemissä."}
    page = desk.post(browser, "/person/e01/card", **sent).text
    assert 'name="accepted" value="place"' in page
    assert 'value="phone"' not in page
    code = sent | {"card_text_fi": "Tunnus 131052-308T.", "accepted": ["identity-code", "place"]}
    page = desk.post(browser, "/person/e01/card", **code).text
    assert "henkilötunnukselta" in page
    assert 'value="identity-code"' not in page
    assert desk.post(browser, "/person/e01/card", **sent | {"accepted": ["place"]}).status_code == 303
    assert "  accepted: [place]" in text(desk, "e01").splitlines()


def test_a_card_is_removed_only_after_confirmation(desk: Desk, browser: FlaskClient) -> None:
    """All its lines are removed, and no others."""
    before, typed = text(desk, "e06"), form(desk, browser, "e06")
    typed |= {"card_name": "", **{name: "" for name in typed if name.startswith("card_text_")}}
    assert "Esittely poistuisi" in desk.post(browser, "/person/e06/card", **typed).text
    assert text(desk, "e06") == before
    assert desk.post(browser, "/person/e06/card", **typed | {"sure": "1"}).status_code == 303
    assert "card:" not in text(desk, "e06")
    assert all(line.startswith("- ") for line in differences(desk.folder, "e06", before))


def test_signatures_are_listed_from_the_git_history(desk: Desk, browser: FlaskClient) -> None:
    """The consent with the version of its text, the signed topics, and the card under each of its names."""
    git(desk.folder, "init", "--quiet")
    for name, day in (("Kanerva", "2026-09-15"), ("Kanervikko", "2026-10-20")):
        change(desk.folder, "experts/e15.yml", "name: Kanerva\n", f"name: {name}\n")
        change(desk.folder, "experts/e15.yml", "consent: 2026-09-15", f"consent: {day}")
        git(desk.folder, "add", "--all")
        git(desk.folder, "commit", "--quiet", "-m", "Change")
    page = desk.get(browser, "/person/e15/card").text.partition('id="signatures"')[2].partition("</section>")[0]
    assert "31.8.2026: suostumus, lomakkeen versio 2026-1." in page
    assert page.index("20.10.2026: esittely nimellä Kanervikko") < page.index("15.9.2026: esittely nimellä Kanerva.")
    assert "lomake on muuttunut" in page
    alone = desk.get(browser, "/person/e05/card").text
    assert "13.4.2026: erillisen luvan aiheet: psykoosi." in alone


def test_a_card_changed_in_the_meantime_is_not_overwritten(desk: Desk, browser: FlaskClient) -> None:
    """The difference is shown instead."""
    typed = form(desk, browser, "e15") | {"card_name": "Kanervikko", "sure": "1"}
    change(desk.folder, "experts/e15.yml", "languages: [fi, sv]", "languages: [fi]")
    page = desk.post(browser, "/person/e15/card", **typed).text
    assert "Mitään ei tallennettu" in page
    assert "+   name: Kanervikko" in page
    assert "Kanervikko" not in text(desk, "e15")


def test_a_card_s_page_needs_the_cookie_too(desk: Desk) -> None:
    """Its page and its form are protected like all others."""
    stranger = desk.app.test_client()
    assert stranger.get(f"/{desk.keys.home}/person/e06/card", headers={"Host": HOST}).status_code == 403
    assert desk.post(stranger, "/person/e06/card", act="save").status_code == 403
