"""Spreadsheets and CSV files as common programs write them. A hostile one is refused with a message."""

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kokemus.importing import opening
from kokemus.importing.opening import Sheet, Unopened

FILES = Path(__file__).parent / "files"
ROWS = (
    ("Kokemusasiantuntijat 2026", "", "", "", "", ""),
    ("", "", "", "", "", ""),
    ("Nimi", "Suostumus (pvm)", "Aiheet", "Kielet", "Paikkakunta", "Etänä?"),
    ("", "2026-03-02", "masennus / toipuminen", "suomi", "Kemi", "x"),
    ("", "2026-04-13", "psykoosi\nyksinäisyys", "suomi, ruotsi", "Tornio; Kemi", "ei"),
)
TEXT = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in ROWS)


def workbook(*rows: list[object]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("name", ["excel.xlsx", "excel-97.xls", "libreoffice.ods"])
def test_workbooks_of_all_formats_are_read_alike(name: str) -> None:
    """Days are recognised in each, and hidden sheets are skipped."""
    assert opening.sheets(name, (FILES / name).read_bytes()) == (Sheet("Lista", ROWS),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_read_in_any_common_encoding(encoding: str) -> None:
    """With semicolons, as Excel in Finland writes."""
    assert opening.sheets("lista.csv", TEXT.encode(encoding)) == (Sheet("", ROWS),)


@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_the_separator_is_detected(sign: str) -> None:
    """From the lines, or from a ``sep=`` line at the top."""
    text = f"nimi{sign}aiheet{sign}kielet\na{sign}b{sign}c\n"
    assert opening.sheets("lista.csv", text.encode()) == (Sheet("", (("nimi", "aiheet", "kielet"), ("a", "b", "c"))),)
    assert opening.sheets("lista.csv", b"sep=|\na|b;c\n") == (Sheet("", (("a", "b;c"),)),)


def test_numbers_are_read_as_shown_and_formulas_as_their_last_value() -> None:
    """A formula is never computed. Text that looks like a formula stays text."""
    content = workbook([401234567, 1.5, True, "=1+1", None, "a"])
    assert opening.sheets("a.xlsx", content) == (Sheet("Sheet", (("401234567", "1.5", "True", "", "", "a"),)),)
    assert opening.sheets("a.csv", b"=1+1;a") == (Sheet("", (("=1+1", "a"),)),)


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (opening._UNPACKED + 1))
    return content.getvalue()


UNREADABLE = {
    "locked": ("a.xlsx", (FILES / "locked.xlsx").read_bytes()),
    "empty": ("a.xlsx", b""),
    "broken": ("a.xlsx", (FILES / "excel.xlsx").read_bytes()[:3000]),
    "too-large": ("a.xlsx", b"a" * (opening.LARGEST + 1)),
    "no-text": ("a.csv", (FILES / "excel.xlsx").read_bytes()),
    "too-many": ("a.csv", b"a;b\n" * (opening.ROWS + 1)),
}


@pytest.mark.parametrize("key", UNREADABLE)
def test_an_unreadable_file_is_reported_and_never_taken_for_an_empty_one(key: str) -> None:
    """Each with its own reason."""
    assert opening.sheets(*UNREADABLE[key]) == Unopened(key)


def test_a_zip_bomb_is_not_unpacked() -> None:
    """Whatever else it contains."""
    assert opening.sheets("a.xlsx", bomb()) == Unopened("too-large")


def test_a_sheet_of_a_million_empty_rows_is_not_loaded() -> None:
    """A single distant cell makes a table of everything in between."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    book.save(content)
    assert opening.sheets("a.xlsx", content.getvalue()) == Unopened("too-many")


def test_a_reader_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is a separate process."""
    monkeypatch.setattr(opening, "_SECONDS", 0.01)
    assert opening.sheets("a.xlsx", (FILES / "excel.xlsx").read_bytes()) == Unopened("too-many")


@pytest.mark.slow
def test_mutated_files_are_read_or_refused() -> None:
    """With bytes randomly changed, cut off or doubled. There is no exception, even if the reader process dies."""
    chance = random.Random(7)
    whole = [(path.name, path.read_bytes()) for path in sorted(FILES.iterdir())] + [("a.csv", TEXT.encode())]
    for _ in range(60):
        name, content = chance.choice(whole)
        spoiled = bytearray(content)
        for _ in range(chance.randint(1, 20)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        at = chance.randrange(len(spoiled))
        found = opening.sheets(name, bytes(spoiled if chance.random() < 0.7 else spoiled[:at] + spoiled[at // 2 :]))
        assert isinstance(found, Unopened) or all(isinstance(sheet, Sheet) for sheet in found)
