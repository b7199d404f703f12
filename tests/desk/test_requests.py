"""The requests page: a request is kept only on demand, its progress is recorded, and nothing is lost."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kokemus import dates
from kokemus.publication.inputs import Inputs
from kokemus.requests import store
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY, change, contents, kokemus
from tests.desk.test_guard import Desk
from tests.requests.test_forty import FORTY, answers, table
from tests.requests.test_matching import REQUEST

CANARIES = ("Salainen", "Salla", "diagnoosini", "salla@")


def keep(desk: Desk, browser: FlaskClient, text: str = REQUEST) -> str:
    """Keep a pasted request, and return the address of its page."""
    answer = desk.post(browser, "/requests", text=text, act="keep")
    assert answer.status_code == 303
    return str(answer.headers["Location"]).removeprefix(f"/{desk.keys.home}")


def file(desk: Desk) -> Path:
    return desk.folder / store.NAME


def act(desk: Desk, browser: FlaskClient, page: str, act: str, expert: str = "", **typed: str) -> int:
    """Press a button on a request's page as it is now."""
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, page).text)[0]
    return desk.post(browser, page, **{"act": act, "expert": expert, "digest": digest, **typed}).status_code


def standing(desk: Desk, vocabulary: Vocabulary) -> list[dict[str, str]]:
    requests = store.read(desk.folder, vocabulary).requests
    return [{code: mark.state for code, mark in one.standing.items()} for one in requests]


def test_a_request_is_kept_only_on_demand(desk: Desk, browser: FlaskClient) -> None:
    """Who suits is shown before. The same request is not kept twice."""
    before = contents(desk.folder)
    assert "Hilma Tekaista: psykoosi, toipuminen" in desk.post(browser, "/requests", text=REQUEST).text
    assert "Pyynnöstä ei löytynyt" in desk.post(browser, "/requests", text="hei", act="keep").text
    assert contents(desk.folder) == before
    page = keep(desk, browser)
    assert re.fullmatch(r"/request/[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert "psykoosi, toipuminen; paneeli" in desk.get(browser, "/requests").text
    once = file(desk).read_bytes()
    assert keep(desk, browser) == page
    assert "on jo luettelossa" in desk.get(browser, page).text
    assert file(desk).read_bytes() == once
    assert {*contents(desk.folder)} - {*before} == {"desk/.gitignore", store.NAME}


def test_the_message_reveals_nothing_about_the_requester(desk: Desk, browser: FlaskClient) -> None:
    """The page shows the answers to the coordinator; the message and the list do not."""
    page = desk.get(browser, keep(desk, browser)).text
    message = page.partition('id="message" rows')[2].partition("</textarea>")[0]
    assert "psykoosi" in message
    assert not any(word in message for word in CANARIES)
    assert "Salla Salainen" in page.partition('id="answers"')[2]
    assert not any(word in desk.get(browser, "/requests").text for word in CANARIES)


def test_the_progress_of_a_request_is_recorded(desk: Desk, browser: FlaskClient, inputs: Inputs) -> None:
    """From asking to the debriefing. A slip can be undone, and only states that may follow are offered."""
    page = keep(desk, browser)
    for state in ("asked", "accepted", "done", "debriefed"):
        assert act(desk, browser, page, state, "e05") == 303
        assert standing(desk, inputs.vocabulary) == [{"e05": state}]
    assert "Merkitty." in desk.get(browser, page).text
    assert "Purkukeskustelu pidetty" in desk.get(browser, "/requests").text
    assert act(desk, browser, page, "undo", "e05") == 303
    assert standing(desk, inputs.vocabulary) == [{"e05": "done"}]
    assert act(desk, browser, page, "asked", "e12") == 303
    for state, expert in (("accepted", "e99"), ("asked", "e99"), ("done", "e12"), ("nonsense", "e12"), ("asked", "")):
        assert act(desk, browser, page, state, expert) == 404
    assert act(desk, browser, page, "close") == 303
    assert "Hoidettu" in desk.get(browser, "/requests").text
    assert act(desk, browser, page, "open") == 303
    for _ in range(3):
        act(desk, browser, page, "undo", "e05")
    assert act(desk, browser, page, "undo", "e12") == 303
    assert "asked:" not in file(desk).read_text("utf-8")


def test_experts_asked_for_other_requests_come_later(desk: Desk, browser: FlaskClient) -> None:
    """As the page of another request shows."""
    first = keep(desk, browser, "Aiheet: ahdistus\nToteutustapa: paneeli tai haastattelu\n")
    order = re.findall(r'name="expert" value="(\w+)"', desk.get(browser, first).text)
    act(desk, browser, first, "asked", order[0])
    assert re.findall(r'name="expert" value="(\w+)"', desk.get(browser, first).text) == order
    second = keep(desk, browser, "Aiheet: ahdistus\nToteutustapa: paneeli tai haastattelu\nKesto: 30 minuuttia\n")
    page = desk.get(browser, second).text
    assert re.findall(r'name="expert" value="(\w+)"', page)[0] == order[1]
    assert "Kysytty muihin pyyntöihin: 1" in page


def test_the_second_of_two_tabs_is_shown_the_difference(desk: Desk, browser: FlaskClient, inputs: Inputs) -> None:
    """The same holds if an editor changed the file. Marks of another request do not conflict."""
    page = keep(desk, browser)
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, page).text)[0]
    other = keep(desk, browser, REQUEST.replace("Kemi", "Inari"))
    assert act(desk, browser, other, "asked", "e12") == 303
    assert desk.post(browser, page, act="asked", expert="e05", digest=digest).status_code == 303
    again = desk.post(browser, page, act="asked", expert="e12", digest=digest)
    assert again.status_code == 200
    assert re.search(r"\+ +- expert: e12", again.text)
    assert standing(desk, inputs.vocabulary) == [{"e05": "asked"}, {"e12": "asked"}]
    assert act(desk, browser, page, "asked", "e12") == 303
    gone = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, page).text)[0]
    assert desk.post(browser, page, act="delete", digest=digest, sure="1").status_code == 200
    assert desk.post(browser, page, act="delete", digest=gone).status_code == 200
    assert len(standing(desk, inputs.vocabulary)) == 2
    assert desk.post(browser, page, act="delete", digest=gone, sure="1").status_code == 303
    assert standing(desk, inputs.vocabulary) == [{"e12": "asked"}]
    assert desk.get(browser, page).status_code == 404


def test_a_button_pressed_twice_counts_once(desk: Desk, inputs: Inputs) -> None:
    """Even if both presses arrive at the same moment."""
    browser = desk.browser()
    page = keep(desk, browser)
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, page).text)[0]
    cookie = browser.get_cookie("kokemus", "127.0.0.1", f"/{desk.keys.home}/")
    assert cookie

    def press(_: int) -> int:
        another = desk.app.test_client()
        another.set_cookie("kokemus", cookie.value, domain="127.0.0.1", path=f"/{desk.keys.home}/")
        return desk.post(another, page, act="asked", expert="e05", digest=digest).status_code

    with ThreadPoolExecutor(8) as pool:
        answered = sorted(pool.map(press, range(8)))
    assert answered.count(303) == 1
    (request,) = store.read(desk.folder, inputs.vocabulary).requests
    assert len(request.marks) == 1


def test_a_table_adds_new_requests(desk: Desk, browser: FlaskClient, inputs: Inputs) -> None:
    """And nothing if it is not a table of requests."""
    content = table([answers(row, inputs.vocabulary) for row in FORTY]).encode("utf-8")
    answer = desk.post(browser, "/requests/table", file=(io.BytesIO(content), "pyynnot.csv"))
    assert answer.status_code == 303
    assert f"Uusia pyyntöjä: {len(FORTY)}." in desk.get(browser, "/requests").text
    once = file(desk).read_bytes()
    desk.post(browser, "/requests/table", file=(io.BytesIO(content), "pyynnot.csv"))
    assert "Uusia pyyntöjä: 0." in desk.get(browser, "/requests").text
    wrong = desk.post(browser, "/requests/table", file=(io.BytesIO(b"Nimi;Arvio\nSalla;hyva\n"), "a.csv")).text
    assert "tiedostossa ei ole lomakkeen kysymyksiä" in wrong
    assert "Salla" not in wrong
    assert "Valitse" in desk.post(browser, "/requests/table").text
    assert file(desk).read_bytes() == once


@pytest.mark.parametrize("broken", ["received", "- reference", "...", "requests:"])
def test_an_unreadable_file_is_reported_and_never_overwritten(desk: Desk, browser: FlaskClient, broken: str) -> None:
    """By no button, upload or expiry. None of its values is shown."""
    page = keep(desk, browser)
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, page).text)[0]
    wrong = file(desk).read_text("utf-8").replace(broken, "salla [", 1)
    file(desk).write_text(wrong, "utf-8")
    listed = desk.get(browser, "/requests").text
    assert re.search(r"desk/requests.yml:\d", listed)
    told = desk.post(browser, "/requests", text=REQUEST.replace("Kemi", "Inari"), act="keep").text
    assert "ei voi nyt muuttaa täältä" in told
    assert not any(word in listed for word in CANARIES)
    assert desk.post(browser, page, act="close", digest=digest).status_code in (200, 404)
    assert re.search(r"desk/requests.yml:\d", desk.get(browser, "/").text)
    assert file(desk).read_text("utf-8") == wrong


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> date:
    day = DEMO_DAY + timedelta(days=days)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(day))
    return day


def test_waiting_requests_are_shown_on_the_today_page(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request without an answer, an expert who has not answered, a visit without a date, a debriefing."""
    page = keep(desk, browser)
    assert "Pyynnöt, jotka odottavat" not in desk.get(browser, "/").text
    later(monkeypatch, 7)
    assert f"{page.rpartition('/')[2]}</a> odottaa vastausta, saapunut 24.11.2026" in desk.get(browser, "/").text
    act(desk, browser, page, "asked", "e05")
    assert "Pyynnöt, jotka odottavat" not in desk.get(browser, "/").text
    later(monkeypatch, 14)
    assert "Hilma Tekaista ei ole vastannut, kysytty 1.12.2026" in desk.get(browser, "/").text
    act(desk, browser, page, "accepted", "e05")
    assert "ei ole vastannut" not in desk.get(browser, "/requests").text
    later(monkeypatch, 44)
    assert "Hilma Tekaista suostui 8.12.2026: onko vierailu tehty?" in desk.get(browser, "/").text
    act(desk, browser, page, "done", "e05")
    assert "Hilma Tekaista kävi 7.1.2027: purkukeskustelu puuttuu" in desk.get(browser, "/requests").text
    act(desk, browser, page, "close")
    assert "purkukeskustelu puuttuu" in desk.get(browser, "/").text
    act(desk, browser, page, "debriefed", "e05")
    assert "Pyynnöt, jotka odottavat" not in desk.get(browser, "/").text
    other = keep(desk, browser, REQUEST.replace("Kemi", "Inari"))
    act(desk, browser, other, "asked", "e12")
    act(desk, browser, other, "declined", "e12")
    assert "kukaan ei ole suostunut, viimeisin vastaus 7.1.2027" in desk.get(browser, "/").text


def test_requests_are_deleted_after_the_retention_time(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted from the last event of the request. The number of deleted ones is shown once."""
    first, second = keep(desk, browser), keep(desk, browser, REQUEST.replace("Kemi", "Inari"))
    later(monkeypatch, 20)
    act(desk, browser, first, "asked", "e05")
    later(monkeypatch, 364)
    assert desk.get(browser, second).status_code == 200
    later(monkeypatch, 365)
    assert "Säilytysaika on kulunut. Poistettuja pyyntöjä: 1." in desk.get(browser, "/").text
    assert "Säilytysaika" not in desk.get(browser, "/").text
    assert desk.get(browser, second).status_code == 404
    assert desk.get(browser, first).status_code == 200
    later(monkeypatch, 385)
    assert "Poistettuja pyyntöjä: 1." in desk.get(browser, "/requests").text
    assert file(desk).read_text("utf-8") == "requests: []\n...\n"


def test_demand_is_shown_once_the_half_year_is_settled(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page and in the report."""
    for minutes in (30, 45, 60):
        keep(desk, browser, f"{REQUEST}Kesto: {minutes} minuuttia\n")
    assert "niistä ilman puhujaa" not in desk.get(browser, "/requests").text
    on = later(monkeypatch, 68)
    assert "pyyntöjä 3, niistä ilman puhujaa 3." in desk.get(browser, "/requests").text
    done = kokemus(desk.folder, "report", "--on", on.isoformat())
    assert "Mitä on pyydetty" in done.output
    assert "Kielet: suomi 3 (ilman puhujaa 3)." in done.output
    assert not any(word in done.output for word in CANARIES)


def test_erasing_removes_an_expert_s_code_from_requests(desk: Desk, browser: FlaskClient, inputs: Inputs) -> None:
    """The request and its progress stay, without their code. There are no reminders about them."""
    page = keep(desk, browser)
    for state, expert in (("asked", "e05"), ("accepted", "e05"), ("done", "e05"), ("asked", "e12")):
        act(desk, browser, page, state, expert)
    done = kokemus(desk.folder, "erase", "e05")
    assert "poistettiin merkinnät" in done.output
    assert store.NAME + ": code" not in done.output
    assert "e05" not in file(desk).read_text("utf-8")
    assert standing(desk, inputs.vocabulary) == [{"erased-1": "done", "e12": "asked"}]
    assert desk.get(browser, page).status_code == 200
    assert "purkukeskustelu puuttuu" not in desk.get(browser, "/").text
    assert "erased-2" in kokemus(desk.folder, "erase", "e12").output + file(desk).read_text("utf-8")


def test_the_requests_page_exists_in_english(desk: Desk, browser: FlaskClient) -> None:
    """If that is the coordinator's language, including the form's questions."""
    page = keep(desk, browser)
    change(desk.folder, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    assert "Name of the contact person" in desk.get(browser, page).text
    assert "I asked" in desk.get(browser, page).text
    assert "Who suits" in desk.get(browser, page).text


@pytest.mark.parametrize("address", ["/request/..%2Fmkdocs", "/request/salla", "/request/AAAA-AAAA", "/request/"])
def test_unknown_addresses_of_requests_are_not_found(desk: Desk, browser: FlaskClient, address: str) -> None:
    """An address contains nothing but a random reference."""
    keep(desk, browser)
    assert desk.get(browser, address).status_code == 404
    assert desk.post(browser, address, act="close").status_code in (404, 405)


def test_answers_are_escaped(desk: Desk, browser: FlaskClient) -> None:
    """Neither in the list nor on the request's page."""
    page = keep(desk, browser, REQUEST.replace("Salla Salainen", "<script>alert(1)</script>"))
    assert "<script>" not in desk.get(browser, page).text
    assert "&lt;script&gt;" in desk.get(browser, page).text
