"""Evaluations by hosts: read from what services send, and added to the request with the same reference."""

from datetime import date
from pathlib import Path

import pytest

from kokemus import dates, vocabulary
from kokemus.documents.document import Data
from kokemus.importing.evaluations import evaluations
from kokemus.importing.opening import Unopened
from kokemus.publication.inputs import gather
from kokemus.reports import evaluating
from kokemus.request_form.questions import EVALUATION, REQUEST
from kokemus.requests import evaluation, store, writing
from kokemus.requests.request import Mark, Request
from tests.conftest import DEMO_DAY, contents, kokemus
from tests.desk.test_guard import Desk

VOCABULARY, _ = vocabulary.load()
CANARY = "Salla Salainen"
DONE = (Mark("e05", "accepted", date(2026, 11, 2)), Mark("e05", "done", date(2026, 11, 10)))
REQUESTS = (
    Request(reference="AB2C-D3EF", received=DEMO_DAY, topics=("recovery",), marks=DONE),
    Request(
        reference="GH4J-K5LM",
        received=DEMO_DAY,
        topics=("hope",),
        answers={"contact_name": CANARY, "language": "ruotsi"},
        marks=DONE,
    ),
    Request(reference="2222-3333", received=DEMO_DAY, topics=("hope",)),
)
SAID = {"served": "5 – erittäin hyvin", "matched": "4 – hyvin", "again": "Kyllä", "better": "Aikaa.\nJa kahvia."}
MEANT: dict[str, Data] = {"served": 5, "matched": 4, "again": "yes", "better": "Aikaa.\nJa kahvia."}


def label(key: str, language: str = "fi") -> str:
    return {**{key: one["label"] for key, one in EVALUATION.fields.items()}, **EVALUATION.hidden}[key][language]


def mail(reference: str = "AB2C-D3EF", language: str = "fi", **more: str) -> str:
    """An evaluation as a form service sends it by e-mail."""
    answers = {"kind": "Palaute vierailusta", "language": "suomi", "reference": reference, **SAID, **more}
    return "\n".join(f"{label(key, language)}: {value}" for key, value in answers.items())


def sheet(*rows: dict[str, str]) -> bytes:
    """As a form service's table, with the questions of requests among its columns."""
    keys = ("kind", "reference", "served", "matched", "arranged", "again", "better")
    head = ["Aiheet", "Organisaatio", *(f'"{label(key)}"' for key in keys)]
    body = [["", "", *(f'"{row.get(key, "")}"' for key in keys)] for row in rows]
    asked = ["toipuminen", CANARY, "", '"2222-3333"', *[""] * 5]
    return "\n".join(";".join(line) for line in (head, asked, *body)).encode("cp1252")


def kept(folder: Path) -> store.Kept:
    return store.read(folder, VOCABULARY)


@pytest.fixture
def folder(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo with three requests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(DEMO_DAY))
    text = writing.edited(kept(demo), {}, REQUESTS)
    assert text
    assert writing.write(demo, kept(demo), text)
    return demo


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_message_is_read_in_any_language_of_its_questions(language: str) -> None:
    """With the questions beside or above the answers, and with an answer of several lines."""
    for text in (mail(language=language), mail(language=language).replace(": ", "\n")):
        found = evaluation.read(text)
        assert found
        assert (found.reference, dict(found.answers)) == ("AB2C-D3EF", MEANT)
    assert evaluation.read("Aiheet: toipuminen\nViite: AB2C-D3EF") is None


@pytest.mark.parametrize("typed", ["ab2c-d3ef", "AB2CD3EF", " AB2C D3EF ", "#AB2C-D3EF", "AB2C\N{EN DASH}D3EF"])
def test_a_reference_is_recognised_however_it_is_typed(typed: str) -> None:
    """Anything else is not taken for a reference."""
    found, none = evaluation.read(mail(typed)), evaluation.read(mail("en muista enää"))
    assert found
    assert none
    assert (found.reference, none.reference) == ("AB2C-D3EF", "")


def test_every_choice_of_the_form_is_read() -> None:
    """In each language. No label is also one of the request's questions, so one table may hold both."""
    for key, entry in EVALUATION.fields.items():
        for option in entry.get("options", ()):
            for said in option["label"].values():
                found = evaluation.read(f"{label(key)}: {said}")
                assert found
                assert str(found.answers[key]) == option["value"]
    assert set(evaluation.SCALES) < set(EVALUATION.fields)
    assert not set(EVALUATION.fields) & set(REQUEST.fields)


def test_requests_in_a_table_of_evaluations_are_skipped() -> None:
    """A file with neither is reported."""
    found = evaluations(sheet(SAID | {"reference": "AB2C-D3EF"}, {"served": "1 – erittäin huonosti"}))
    assert not isinstance(found, Unopened)
    assert [(one.reference, one.answers["served"]) for one in found] == [("AB2C-D3EF", 5), ("", 1)]
    for other in (sheet(), b"hei", b"nimi;puhelin\nx;y", b"PK\x03\x04"):
        assert isinstance(evaluations(other), Unopened)


def test_an_evaluation_is_added_only_to_its_request(folder: Path) -> None:
    """Every other line stays. A second evaluation of a request, and one that belongs to none, are reported."""
    came = [evaluation.Evaluation(reference=one, answers=MEANT) for one in ("AB2C-D3EF", "AB2C-D3EF", "ZZZZ-ZZZZ", "")]
    joined = evaluation.join(came, kept(folder), DEMO_DAY)
    assert (joined.known, joined.unknown, joined.without) == (("AB2C-D3EF",), ("ZZZZ-ZZZZ",), 1)
    before = kept(folder)
    text = writing.edited(before, joined.new)
    assert text
    after = store.of(text.encode(), VOCABULARY)
    assert dict(after.by_reference["AB2C-D3EF"].evaluation) == {"on": DEMO_DAY, **MEANT}
    assert [one.evaluation for one in after.requests[1:]] == [{}, {}]
    assert after.requests[1:] == before.requests[1:]
    assert evaluation.join(came[:1], after, DEMO_DAY).new == {}


def test_only_hosts_of_past_visits_are_asked(folder: Path) -> None:
    """In the language of their request, and without names. The link ends with the reference."""
    assert [one.reference for one in evaluation.due(kept(folder).requests)] == ["AB2C-D3EF", "GH4J-K5LM"]
    found = gather(folder / "mkdocs.yml")
    assert found.settings
    swedish = evaluating.message(REQUESTS[1], found.settings, found.vocabulary)
    assert "https://kokemus.example.org/sv/utvardering/#GH4J-K5LM" in swedish
    assert "https://kokemus.example.org/arviointi/#AB2C-D3EF" in evaluating.message(
        REQUESTS[0], found.settings, found.vocabulary
    )
    assert CANARY not in swedish
    assert "?" not in swedish.partition("https://")[2].split()[0]


@pytest.mark.build
def test_the_command_adds_evaluations_and_prints_no_answer(folder: Path, tmp_path: Path) -> None:
    """It refuses to run in CI. An unknown reference gives exit code 1, but the other evaluations are kept."""
    (tmp_path / "a.csv").write_bytes(sheet(SAID | {"reference": "AB2C-D3EF"}, SAID | {"reference": "ZZZZ-ZZZZ"}))
    words = ("evaluations", str(tmp_path / "a.csv"), "--on", str(DEMO_DAY))
    assert kokemus(folder, *words, CI="true").code == 2
    done = kokemus(folder, *words)
    assert done.code == 1
    assert "Liitetty pyyntöihin: AB2C-D3EF." in done.output
    assert "ZZZZ-ZZZZ" in done.output
    assert "kahvia" not in done.output
    assert kept(folder).by_reference["AB2C-D3EF"].evaluation["served"] == 5
    asked = kokemus(folder, "evaluations", "--ask", "GH4J-K5LM")
    assert "utvardering/#GH4J-K5LM" in asked.output
    (folder / store.NAME).write_text("requests: [", "utf-8")
    before = contents(folder)
    assert kokemus(folder, *words).code == 1
    assert contents(folder) == before


def test_the_desk_adds_pasted_evaluations_and_lists_hosts_to_ask(folder: Path) -> None:
    """The message to hosts is ready to copy. Answers appear on no page and in no address."""
    desk = Desk(folder)
    browser = desk.browser()
    page = desk.get(browser, "/evaluations").text
    assert "arviointi/#AB2C-D3EF" in page
    assert CANARY not in page
    done = desk.post(browser, "/evaluations", text=mail()).text
    assert "Liitetty pyyntöihin: AB2C-D3EF." in done
    assert "arviointi/#AB2C-D3EF" not in done
    assert "kahvia" not in done
    assert "jätettiin ennalleen" in desk.post(browser, "/evaluations", text=mail()).text
    assert "ZZZZ-ZZZZ" in desk.post(browser, "/evaluations", text=mail("ZZZZ-ZZZZ")).text
    assert "ei löytynyt palautteita" in desk.post(browser, "/evaluations", text="hei").text
    (folder / store.NAME).write_text("requests: [", "utf-8")
    assert "Palautteita ei tallennettu" in desk.post(browser, "/evaluations", text=mail()).text
    assert (folder / store.NAME).read_text("utf-8") == "requests: ["
