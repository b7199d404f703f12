"""The command that makes profiles from a spreadsheet."""

from pathlib import Path

from tests.conftest import change, contents, kokemus
from tests.importing.test_opening import FILES
from tests.importing.test_planning import GOOD, HEADINGS


def sheet(folder: Path, *rows: str) -> str:
    file = folder / "lista.csv"
    file.write_text("\n".join((HEADINGS, *rows)), "cp1252")
    return str(file)


def test_nothing_is_written_before_it_is_confirmed(demo: Path, tmp_path: Path) -> None:
    """Then only rows with nothing left to decide are written. The others are named by number, with exit code 1."""
    file, before = (
        sheet(tmp_path, GOOD, GOOD.replace("N;n@", "O;o@").replace("401", "402").replace("2.3.2026", "")),
        contents(demo),
    )
    told = kokemus(demo, "import", file)
    assert told.code == 1
    assert "Rivi 3: suostumuksen päivä puuttuu" in told.output
    assert "--yes" in told.output
    assert contents(demo) == before
    done = kokemus(demo, "import", file, "--yes")
    assert done.code == 1
    assert len(contents(demo / "experts")) == len([name for name in before if name.startswith("experts/")]) + 1
    assert kokemus(demo, "check").code == 0


def test_when_nothing_is_left_to_decide_it_ends_well(demo: Path, tmp_path: Path) -> None:
    """Also the second time: experts who have a profile are skipped."""
    file = sheet(tmp_path, GOOD)
    assert kokemus(demo, "import", file, "--yes").code == 0
    again = kokemus(demo, "import", file, "--yes")
    assert again.code == 0
    assert "Rivi 2: hänellä on jo profiili experts/" in again.output
    assert "jos jokin on muuttunut, korjaa se profiiliin" in again.output


def test_a_row_of_somebody_known_names_the_fields_that_differ(demo: Path, tmp_path: Path) -> None:
    """And never a value of them."""
    kokemus(demo, "import", sheet(tmp_path, GOOD), "--yes")
    other = GOOD.replace("401234567", "409999999").replace("2.3.2026", "3.3.2026")
    told = kokemus(demo, "import", sheet(tmp_path, other)).output
    assert "siinä on toisin: puhelin, suostumuksen päivä." in told
    assert "kokemus renew" in told
    assert "409999999" not in told


def test_no_line_says_anything_of_a_private_column(demo: Path, tmp_path: Path) -> None:
    """Rows are named by number."""
    change(demo, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    told = kokemus(demo, "import", sheet(tmp_path, GOOD.replace("N;", "Salanimi;").replace("2.3.2026", "")), "--yes")
    assert "Row 2: the day of consent is missing" in told.output
    assert not any(said in told.output for said in ("Salanimi", "n@example.org", "401234567", "aamuisin"))


def test_a_file_that_cannot_be_read_changes_nothing(demo: Path) -> None:
    """A sentence says why."""
    before = contents(demo)
    told = kokemus(demo, "import", str(FILES / "locked.xlsx"), "--yes")
    assert (told.code, told.output.count("\n")) == (1, 1)
    assert "salasanalla" in told.output
    assert contents(demo) == before


def test_it_does_not_run_in_ci(demo: Path, tmp_path: Path) -> None:
    """Others read the logs there."""
    assert kokemus(demo, "import", sheet(tmp_path, GOOD), CI="true").code == 2


def test_a_spreadsheet_among_the_profiles_is_an_error(demo: Path) -> None:
    """It would be forgotten there, with names in it."""
    for name in ("lista.xlsx", "lista.csv", "lista.ods"):
        (demo / "experts" / name).write_bytes((FILES / "excel.xlsx").read_bytes())
    told = kokemus(demo, "check")
    assert told.code == 1
    assert all(f"experts/{name}" in told.output for name in ("lista.xlsx", "lista.csv", "lista.ods"))


def test_a_file_that_is_not_there_is_said_to_be_missing(demo: Path) -> None:
    """It is not called a folder."""
    told = kokemus(demo, "import", "nothere.xlsx")
    assert told.code == 2
    assert "tällaista tiedostoa ei ole" in told.output
