"""Headings in any order, case and language."""

import pytest

from kokemus.importing import columns
from kokemus.importing.opening import Sheet
from kokemus.resources import texts


@pytest.mark.parametrize(
    "headings",
    [
        ("Nimi", "AIHEET", "Suostumus (pvm)", "Etänä?"),
        ("namn", "Ämnen:", "Samtycke", "På distans"),
        ("Name", "topics – in own words", "Consent", "remote"),
        ("Nimi", "Mistä kertoo", "Suostumus allekirj.", "etä"),
    ],
)
def test_headings_are_recognised_in_three_languages(headings: tuple[str, ...]) -> None:
    """Punctuation and text in brackets are ignored."""
    found = columns.found((Sheet("", (("Lista",), (), headings, ("a", "b", "c", "d"))),))
    assert found is not None
    assert found[1].row == 2
    assert found[1].fields == {"name": (0,), "topics": (1,), "given": (2,), "remote": (3,)}


def test_several_columns_may_mean_one_field() -> None:
    """As in many exports of forms. A column with an unknown heading is not read, but reported if it has values."""
    rows = (("Aihe 1", "Aihe 2", "Ikä", "Tyhjä", "Etunimi"), ("a", "b", "44", "", "c"))
    found = columns.found((Sheet("", rows),))
    assert found is not None
    assert found[1].fields == {"topics": (0, 1), "first_name": (4,)}
    assert found[1].unread == (2,)


def test_the_sheet_with_the_most_known_headings_is_read() -> None:
    """Other sheets may be about something else."""
    other, ours = Sheet("Muut", (("Nimi", "Aiheet"),)), Sheet("Lista", (("Nimi", "Aiheet", "Kielet"),))
    found = columns.found((other, ours))
    assert found is not None
    assert found[0] is ours


def test_without_topics_there_are_no_headings() -> None:
    """A list of members is not taken for one of experts."""
    assert columns.found((Sheet("", (("Nimi", "Puhelin", "Sähköposti"), ("a", "b", "c"))),)) is None


def test_columns_are_named_as_in_spreadsheets() -> None:
    """AA follows Z."""
    assert [columns.letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_the_names_of_fields_in_messages_are_headings() -> None:
    """So that headings copied from a message are recognised."""
    for field, labels in texts("coordinator/texts/import")["fields"].items():
        for label in labels.values():
            found = columns.found((Sheet("", (("topics", label), ("a", "b"))),))
            assert field == "topics" or (found and found[1].fields[field] == (1,)), label
