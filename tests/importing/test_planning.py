"""What an import would write: complete profiles, or a reason with the number of the row."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kokemus.documents import parser
from kokemus.experts import profile
from kokemus.importing import columns, planning, words
from kokemus.importing.opening import Sheet
from kokemus.importing.planning import Plan
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import scaffolding
from tests.conftest import change, contents

ON = date(2026, 11, 24)
HEADINGS = "nimi;sähköposti;puhelin;paikkakunnat;etänä;kielet;aiheet;suostumus;huomioita"
GOOD = "N;n@example.org;401234567;Kemi, Tornio;kyllä;suomi;masennus, toipuminen;2.3.2026;sanoi: «ei aamuisin»"


@pytest.fixture
def inputs(demo: Path) -> Inputs:
    return gather(demo / "mkdocs.yml")


def planned(inputs: Inputs, *rows: str, headings: str = HEADINGS, **chosen: Any) -> Plan:
    sheet = Sheet("", tuple(tuple(row.split(";")) for row in (headings, *rows)))
    found = columns.found((sheet,))
    assert found
    return planning.plan(*found, inputs, ON, **chosen)


def wrong(inputs: Inputs, row: str) -> list[str]:
    return [one.key for one in planned(inputs, row).wrong]


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_example_row_is_called_one_and_passed_over(inputs: Inputs, language: str) -> None:
    """Nothing of it waits for a decision, and the rows below it are imported."""
    headings, example = scaffolding.example_sheet(language).decode("utf-8-sig").splitlines()
    rest = {"fi": "kyllä;suomi;masennus;;;2.3.2026;;", "en": "yes;Finnish;depression;;;2026-03-02;;"}[language]
    row = f"Maija Malli;maija@example.org;0401112233;Kemi;{rest}"
    plan = planned(inputs, example.replace('"', ""), row, headings=headings)
    assert ([one.row for one in plan.ready], plan.is_open) == ([3], False)
    assert [(one.row, one.key) for one in plan.noted] == [(2, "example")]


def test_a_row_in_one_cell_is_called_one(inputs: Inputs) -> None:
    """It has one mistake, and not as many as it has columns."""
    assert wrong(inputs, "Maija Malli, maija@example.org, 0401112233, Kemi, kyllä") == ["one-cell"]


def test_a_row_becomes_a_profile(inputs: Inputs) -> None:
    """The day of the import is the day of admission. Names, contacts, limits and notes are private."""
    (ready,) = planned(inputs, GOOD).ready
    document, _ = parser.read("experts/n.yml", ready.text.encode())
    assert document
    made, problems = profile.read(document, inputs.vocabulary)
    assert made
    assert problems == ()
    assert (made.consent.given, made.admitted, made.remote) == (date(2026, 3, 2), ON, True)
    assert (made.languages, made.places) == (("fi",), ("kemi", "tornio"))
    assert [offer.topic for offer in made.offers] == ["depression", "recovery"]
    private = {str(route[-1]): text for route, text in made.private}
    assert private == {"name": "N", "email": "n@example.org", "phone": "0401234567", "notes": "sanoi: «ei aamuisin»"}


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("2.3.2026", "", "no-consent"),
        ("2.3.2026", "kyllä", "no-day"),
        ("2.3.2026", "2/3/2026", "two-days"),
        ("2.3.2026", "2.3.2027", "future"),
        (";kyllä;", ";joskus;", "no-answer"),
        ("masennus, toipuminen", "", "no-topics"),
        (";suomi;", ";;", "no-languages"),
        ("aamuisin", "aamuisin" * 9000, "profile"),
    ],
)
def test_a_row_that_cannot_become_a_profile_says_why(inputs: Inputs, before: str, after: str, key: str) -> None:
    """And nothing is guessed."""
    assert wrong(inputs, GOOD.replace(before, after)) == [key]
    assert planned(inputs, GOOD.replace(before, after)).ready == ()


def test_a_wrong_row_does_not_block_the_others(inputs: Inputs) -> None:
    """Rows are reported by their numbers in the sheet."""
    plan = planned(inputs, GOOD, "", GOOD.replace("N;n@", "O;o@").replace("40123", "40999").replace("2.3.2026", ""))
    assert [one.row for one in plan.ready] == [2]
    assert [(one.row, one.key) for one in plan.wrong] == [(4, "no-consent")]


def test_an_unknown_word_is_asked_once_for_all_rows(inputs: Inputs) -> None:
    """With a suggested term. The decision, also to ignore the word, applies to every row."""
    rows = [GOOD.replace("N;n", f"{at};{at}").replace("401234567", "").replace("masennus", "Masenus") for at in "ab"]
    (word,) = planned(inputs, *rows).unknown
    assert (word.kind, word.word, word.rows, word.suggested) == ("topics", "Masenus", (2, 3), ("depression",))
    decided = {words.compared("topics", "masenus"): ("depression",)}
    assert all("topic: depression" in one.text for one in planned(inputs, *rows, decided=decided).ready)
    left_out = planned(inputs, *rows, decided={words.compared("topics", "masenus"): ()})
    assert len(left_out.ready) == 2
    assert not any("depression" in one.text for one in left_out.ready)


def test_people_with_a_profile_are_skipped(inputs: Inputs) -> None:
    """By name in any letter case, even after a withdrawal: an import brings nobody back."""
    plan = planned(inputs, GOOD.replace("N;n@example.org", "TEKAISTA hilma;"), GOOD.replace("N;n@", ";hilma.tekaista@"))
    assert dict(plan.known) == {2: "experts/e05.yml", 3: "experts/e05.yml"}
    assert not plan.is_open
    gone = planned(inputs, GOOD.replace("N;n@example.org", "Armas Kuvajainen;"))
    assert dict(gone.known) == {2: "experts/e23.yml"}


def test_two_rows_of_one_person_are_both_rejected(inputs: Inputs) -> None:
    """Two rows with the same name and different e-mail addresses are two people."""
    assert [one.key for one in planned(inputs, GOOD, GOOD).wrong] == ["twice-same", "twice-same"]
    assert len(planned(inputs, GOOD, GOOD.replace("n@", "m@").replace("401", "402")).ready) == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("N;n@example.org;401", "Hilma Tekaisto;HILMA.tekaista@example.org;402", "maybe-known"),
        ("N;n@example.org;401234567", "H. Tekaista;h@example.org;040-555 0105", "maybe-known"),
        ("N;", "M;", "maybe-twice"),
        ("N;n@example.org;401234567", "M;m@example.org;+358 40 123 4567", "maybe-twice"),
    ],
)
def test_possible_duplicates_with_another_name_are_rejected(inputs: Inputs, old: str, new: str, key: str) -> None:
    """With the same telephone number or e-mail address and two names: one person would be counted twice."""
    plan = planned(inputs, GOOD, GOOD.replace(old, new))
    assert {one.key for one in plan.wrong} == {key}
    assert 3 in [one.row for one in plan.wrong]
    assert 3 not in [one.row for one in plan.ready]


def test_an_ended_consent_is_imported_with_a_remark(inputs: Inputs) -> None:
    """Nothing of it is shown on the site; the desk's first page says how to renew it."""
    plan = planned(inputs, GOOD.replace("2.3.2026", "2.3.24"))
    assert [(one.row, one.key) for one in plan.noted] == [(2, "ended")]
    assert len(plan.ready) == 1
    assert not plan.is_open
    assert planned(inputs, GOOD).noted == ()


def test_missing_columns_are_asked_for_first(inputs: Inputs) -> None:
    """It can be given for all rows at once."""
    rows = ("N;masennus",)
    plan = planned(inputs, *rows, headings="nimi;aiheet")
    assert plan.missing == ("languages", "given", "places")
    shared = {"languages": "suomi", "given": "2.3.2026", "places": "Kemi"}
    assert len(planned(inputs, *rows, headings="nimi;aiheet", shared=shared).ready) == 1


def test_what_was_planned_is_written(inputs: Inputs, demo: Path) -> None:
    """One file for each ready row, under a random code. The next import skips them all."""
    before = contents(demo / "experts")
    plan = planned(inputs, GOOD, GOOD.replace("N;n", "O;o").replace("401234567", ""))
    paths = planning.write(plan, inputs)
    after = contents(demo / "experts")
    assert {path: (demo / path).read_text("utf-8") for path in paths} == dict(
        zip(paths, (one.text for one in plan.ready), strict=True)
    )
    assert before.items() <= after.items()
    assert len(after) == len(before) + 2
    assert not {"n", "o"} & {Path(path).stem for path in paths}
    again = planned(gather(demo / "mkdocs.yml"), GOOD)
    assert dict(again.known) == {2: paths[0]}


@pytest.mark.parametrize(("kind", "old"), [("topics", "masennus, toipuminen"), ("languages", "suomi")])
def test_a_row_without_any_usable_word_is_reported(inputs: Inputs, kind: str, old: str) -> None:
    """In terms of the spreadsheet, not of a profile."""
    plan = planned(inputs, GOOD.replace(old, "zzz"), decided={(kind, "zzz"): ()})
    assert [(one.row, one.key) for one in plan.wrong] == [(2, f"no-{kind}")]


def test_the_text_of_a_cell_is_kept_unchanged(inputs: Inputs) -> None:
    """Whatever characters it contains."""
    text = "a\x85b\u2028c\x0bd"
    (ready,) = planned(inputs, GOOD.replace("sanoi: «ei aamuisin»", text)).ready
    document, _ = parser.read("experts/n.yml", ready.text.encode())
    assert document
    assert document.at(("private", "notes")) == text


def test_associations_are_read_from_a_column(demo: Path, inputs: Inputs) -> None:
    """By name. An unknown name needs a decision. Without several associations, the column is ignored."""
    headings, rows = (
        f"{HEADINGS};Förening",
        [f"{GOOD};Yhdistys A ry, lappi-b", f"{GOOD.replace('N;n', 'M;m')};Yhdsitys A ry"],
    )
    assert not any("association" in one.text for one in planned(inputs, rows[0], headings=headings).ready)
    names = "together: {lappi-a: Yhdistys A ry, lappi-b: Yhdistys B ry}"
    change(demo, "mkdocs.yml", "      languages: [fi, sv, en]", f"      {names}\n      languages: [fi, sv, en]")
    plan = planned(gather(demo / "mkdocs.yml"), *(row.replace("401234567", "") for row in rows), headings=headings)
    assert [("association: [lappi-a, lappi-b]" in one.text) for one in plan.ready] == [True]
    assert [(one.kind, one.rows, one.suggested) for one in plan.unknown] == [("associations", (3,), ("lappi-a",))]


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("n@example.org", "n@example,org", "no-email"),
        ("401234567", "040 555 1222 / 050 555 9999", "no-phone"),
        ("401234567", "ei ole", "no-phone"),
        ("401234567", "4,01235E+08", "phone-rounded"),
    ],
)
def test_a_contact_that_cannot_be_used_is_asked_about(inputs: Inputs, before: str, after: str, key: str) -> None:
    """The control is the same row without the mistake, which other tests import."""
    assert wrong(inputs, GOOD.replace(before, after)) == [key]


def test_rows_of_one_person_are_told_what_they_share(inputs: Inputs) -> None:
    """Nobody is asked to tell rows apart by an address that is the same, or hears of another name that is the same."""
    same = planned(inputs, GOOD, GOOD.replace("401", "402"))
    assert [one.key for one in same.wrong] == ["twice-same", "twice-same"]
    other = planned(inputs, GOOD, GOOD.replace("n@", "m@"))
    assert [one.key for one in other.wrong] == ["maybe-twice-name", "maybe-twice-name"]
    assert [one.key for one in planned(inputs, GOOD, GOOD.replace("N;n", "O;o")).wrong] == ["maybe-twice"] * 2


def test_an_everyday_word_is_shown_as_it_was_understood_and_can_be_changed(inputs: Inputs) -> None:
    """A name that the site shows itself needs no answer."""
    row = GOOD.replace("masennus, toipuminen", "masennus, skitsofrenia, velat")
    plan = planned(inputs, row)
    assert [(one.word, one.ids, one.rows) for one in plan.understood] == [
        ("skitsofrenia", ("psychosis",), (2,)),
        ("velat", ("unemployment-and-money",), (2,)),
    ]
    decided = {words.compared("topics", "velat"): ("gambling",), words.compared("topics", "skitsofrenia"): ()}
    changed = planned(inputs, row, decided=decided)
    assert changed.ready[0].ids["topics"] == ("depression", "gambling")
    assert [one.ids for one in changed.understood] == [(), ("gambling",)]


@pytest.mark.parametrize(
    ("word", "suggested"),
    [
        ("syömishäiriö (anoreksia)", "eating-disorder"),
        ("ADHD aikuisena", "neurodiversity"),
        ("oma tytär sairastui", "loved-ones-illness"),
        ("sodan muistot", "trauma"),
        ("veli teki itsemurhan", "grief"),
    ],
)
def test_a_longer_everyday_word_gets_a_suggestion(inputs: Inputs, word: str, suggested: str) -> None:
    """By what stands outside the brackets, or by one of its words."""
    (unknown,) = planned(inputs, GOOD.replace("masennus", word)).unknown
    assert unknown.suggested[0] == suggested


def test_two_rows_are_joined_when_somebody_says_so(inputs: Inputs) -> None:
    """Their lists and notes together; of the rest the first row holds, and what the other had is told."""
    other = GOOD.replace("N;n@", "N;toinen@").replace("masennus, toipuminen", "toivo")
    before = planned(inputs, GOOD, other)
    assert [one.row for one in before.wrong] == [2, 3]
    plan = planned(inputs, GOOD, other, GOOD.replace("N;n", "O;o").replace("401234567", ""), joined=[(2, 3)])
    assert not plan.wrong
    one = plan.ready[0]
    assert set(one.ids["topics"]) == {"depression", "recovery", "hope"}
    assert one.values["email"] == "n@example.org"
    assert [(told.row, told.key, dict(told.values)) for told in plan.noted] == [
        (2, "joined", {"other": 3, "fields": "email"})
    ]
    assert [ready.row for ready in plan.ready] == [2, 4]


def test_three_rows_of_one_person_become_one(inputs: Inputs) -> None:
    rows = [GOOD.replace("masennus, toipuminen", word) for word in ("masennus", "toivo", "toipuminen")]
    plan = planned(inputs, *rows, joined=[(3, 4), (2, 3)])
    assert [one.row for one in plan.ready] == [2]
    assert set(plan.ready[0].ids["topics"]) == {"depression", "recovery", "hope"}
