"""The board's report: no number in it reveals a single request, expert or answer."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kokemus import dates
from kokemus.documents.document import Data
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import board, officer, particulars
from kokemus.requests import demand, half_years, opinion, store, writing
from kokemus.requests.demand import Half
from kokemus.requests.request import Mark, Request
from tests.conftest import contents, kokemus
from tests.desk.test_guard import Desk
from tests.rigs.year_of_requests import NAMES, SAID, requests

SUMMER, WINTER = date(2026, 8, 10), date(2027, 2, 10)
SPRING = Half(start=date(2026, 1, 1), end=date(2026, 6, 30))
TABLES = ("halves", *demand.KINDS, "opinion")


def keep(demo: Path, kept: Iterable[Request]) -> Inputs:
    """The demo with exactly these requests."""
    (demo / store.NAME).unlink(missing_ok=True)
    found = gather(demo / "mkdocs.yml")
    empty = store.read(demo, found.vocabulary)
    text = writing.edited(empty, {}, kept)
    assert text
    assert writing.write(demo, empty, text)
    return found


def rows(found: Inputs, on: date, language: str = "fi") -> dict[str, list[tuple[str, ...]]]:
    assert found.settings
    return dict(board.rows(found, found.settings, on, language))


def page(found: Inputs, on: date, language: str = "fi") -> str:
    assert found.settings
    facts, _ = particulars.of_papers(found.folder)
    spoken = replace(found, language=language)
    return officer.made("year", spoken, found.settings, facts, crowd.on_the_day(spoken, on)).html


def known(text: str, found: Inputs) -> set[str]:
    """What a text contains about people: codes, references, typed answers, and experts' private values."""
    words = set(re.findall(r"[\w-]+", html.unescape(text)))
    typed = {one for one in (*NAMES, SAID) if one in text}
    private = {value for profile in found.profiles for _, value in profile.private if value in text}
    references = {one.reference for one in store.read(found.folder, found.vocabulary).requests}
    return typed | private | words & (references | {profile.code for profile in found.profiles})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_report_identifies_nobody(demo: Path, language: str) -> None:
    """It contains no expert, no host and nothing that they wrote. The control: a name added to it is found."""
    found = keep(demo, requests(2026))
    rows(found, SUMMER)
    made = page(found, WINTER, language)
    assert known(made, found) == set()
    assert known(f"{made}<p>{NAMES[0]} e05</p>", found) == {NAMES[0], "e05"}
    assert f'<html lang="{language}">' in made
    assert "48" in made


@pytest.mark.parametrize("count", [3, 8, 20, 60])
def test_no_number_in_the_report_is_one_or_two(demo: Path, count: int) -> None:
    """In any table, for random requests. Nor is the number of met requests, the difference in a cell, one or two."""
    for seed in range(6):
        (demo / half_years.NAME).unlink(missing_ok=True)
        found = keep(demo, requests(2026, count, seed))
        rows(found, SUMMER)
        made = rows(found, WINTER)
        cells = [cell for table in TABLES if table != "opinion" for row in made[table] for cell in row[1:]]
        numbers = [int(number) for cell in cells for number in re.findall(r"\d+", cell) if cell != "alle 3"]
        assert not {1, 2} & {*numbers}, (seed, cells)
        parts = [re.fullmatch(r"(\d+), joista (\d+) .*", cell) for cell in cells]
        assert not {1, 2} & {int(one[1]) - int(one[2]) for one in parts if one}


def test_averages_need_enough_answers(demo: Path) -> None:
    """At least five. How many would request again is reported only if no host, or at least three, would not."""

    def visited(number: int, again: str = "yes", grade: int = 4) -> Request:
        day = SPRING.start
        given: dict[str, Data] = {"on": day, "served": grade, "again": again, "better": SAID}
        return Request(reference=f"AAAA-{number:04}", received=day, marks=(Mark("e05", "done", day),), evaluation=given)

    found = keep(demo, map(visited, range(4)))
    assert rows(found, SUMMER)["opinion"] == []
    assert "Vastauksia on alle viisi" in page(found, SUMMER)
    six = [*map(visited, range(5)), visited(5, "no", 1)]
    assert opinion.opinion(six, SPRING) == opinion.Opinion(scales={"served": (6, 35)}, again=None)
    assert opinion.opinion(six[:5], SPRING).again == (5, 5)
    late: dict[str, Data] = {"on": SPRING.settled_on, "served": 1}
    assert opinion.opinion([*six[:4], replace(six[4], evaluation=late)], SPRING).scales == {}


def test_the_figures_of_a_half_year_never_change(demo: Path) -> None:
    """Not before it is settled. Deleted requests, and later marks and answers, do not change the figures."""
    whole = [*requests(2026)]
    found = keep(demo, whole)
    first = SPRING.settled_on - timedelta(days=1)
    assert all(row[1] == "ei tiedossa" for row in rows(found, first)["halves"])
    assert not (demo / half_years.NAME).exists()
    first_report = rows(found, SPRING.settled_on)["halves"][1]
    assert first_report[1] == str(sum(SPRING.start <= one.received <= SPRING.end for one in whole))
    spring = (demo / half_years.NAME).read_bytes()
    keep(demo, [replace(one, marks=(), evaluation={}) for one in whole][:9])
    assert rows(found, SUMMER)["halves"][1] == first_report
    assert (demo / half_years.NAME).read_bytes() == spring
    keep(demo, [one for one in whole if one.received > SPRING.end])
    year = rows(found, WINTER)["halves"]
    assert year[0] == first_report
    assert [row[0] for row in year][2] == "Molemmat yhteensä"
    assert int(year[2][1]) == int(year[0][1]) + int(year[1][1]) == 48


def test_figures_that_may_be_incomplete_are_not_reported(demo: Path) -> None:
    """If the first requests of a half-year may have been deleted before it was reported. Zero is «fewer than three»."""
    found = keep(demo, requests(2026))
    assert [row[1] for row in rows(found, WINTER)["halves"]] == ["ei tiedossa", "20"]
    (demo / half_years.NAME).unlink()
    assert [row[1] for row in rows(found, date(2028, 2, 10))["halves"]] == ["ei tiedossa", "alle 3"]


@pytest.mark.parametrize("broken", [store.NAME, half_years.NAME])
def test_an_unreadable_file_is_never_taken_for_an_empty_one(demo: Path, broken: str) -> None:
    """Nor is it overwritten."""
    found = keep(demo, requests(2026))
    (demo / broken).write_text("{[", "utf-8")
    before = contents(demo)
    assert {row[1] for row in rows(found, SUMMER)["halves"]} == {"pyyntöjen tiedostoa ei voi lukea"}
    assert contents(demo) == before


@pytest.mark.build
def test_the_command_and_the_desk_print_it(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the desk's first page saves the figures in time. The command prints none of them."""
    found = keep(demo, requests(2026))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(SUMMER))
    desk = Desk(demo)
    desk.get(desk.browser(), "/")
    assert set(half_years.read(demo) or ()) == {SPRING.start}
    done = kokemus(demo, "papers", "--only", "year", "--on", str(WINTER))
    assert done.code == 0
    assert not re.search(
        r"\d", done.output.replace("year.fi.html", "").partition("puuttuu")[0].replace("papers.yml", "")
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(WINTER))
    shown = Desk(demo)
    browser = shown.browser()
    assert "/papers/year" in shown.get(browser, "/papers").text
    assert ">48<" in shown.get(browser, "/papers/year").text
    assert known(shown.get(browser, "/papers/year").text, found) == set()
