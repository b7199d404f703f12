"""The coordinator's year at the desk, in a real browser without JavaScript, after one command in the terminal."""

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from kokemus import dates
from tests.conftest import DEMO_DAY, copy_of_demo, git, kokemus
from tests.quality import access
from tests.rigs.sweeps import in_turn

CLOCK = {"SOURCE_DATE_EPOCH": dates.epoch(DEMO_DAY)}
pytestmark = [pytest.mark.browser, pytest.mark.build]
PAGES = (
    "",
    "people",
    "people/new",
    "person/e05",
    "person/e05/file",
    "person/e06/card",
    "import",
    "requests",
    "request/ABCD-2345",
    "edition",
    "edition/ask",
    "files",
    "facts",
    "crisis",
    "crisis/lines/new",
    "fees",
    "visits",
    "topics",
    "topics/new",
    "files/mkdocs.yml",
    "publish",
    "papers",
    "words",
    "evaluations",
)
REQUESTS = """\
requests:
  - reference: ABCD-2345
    received: 2026-11-02
    topics: [anxiety]
    answers: {contact_name: Salla Salainen, aim: "yksi\\nkaksi"}
    asked: [{expert: e12, state: asked, on: 2026-11-03}, {expert: e13, state: done, on: 2026-11-03}]
...
"""


@dataclass
class Running:
    """A running desk command, and the address that it prints."""

    process: subprocess.Popen[str]
    address: str


@pytest.fixture
def desk() -> Iterator[Callable[[Path], Running]]:
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> Running:
        command = [str(Path(sys.executable).parent / "kokemus"), "desk", "--no-browser"]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=os.environ | CLOCK)
        started.append(process)
        assert process.stdout
        (address,) = re.findall(r"http://\S+", process.stdout.readline())
        return Running(process, address)

    yield start
    for process in started:
        process.kill()
        process.communicate()


class Hands:
    """A page, with a count of the user's actions."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def press(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def open(self, name: str) -> None:
        self.actions += 1
        self.page.locator("summary", has_text=name).click()

    def tick(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_label(name, exact=True).first.check()

    def write(self, name: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(name, exact=True).first.fill(text)

    def choose(self, name: str, option: str) -> None:
        self.actions += 1
        self.page.get_by_label(name).first.select_option(label=option)

    @property
    def said(self) -> str:
        return self.page.inner_text("main")


def spreadsheet() -> bytes:
    """A realistic spreadsheet of fourteen people: a title, a date as text, words of their own, one row twice."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet
    sheet.append(["Kokemusasiantuntijat"])
    sheet.append([])
    sheet.append(
        ["Etunimi", "Sukunimi", "Sähköposti", "Puh.", "Mistä puhuu?", "Kielet", "Kunnat", "Etänä", "Suostumus", "Ikä"]
    )
    topics = ("masennus, toipuminen", "peliongelma / toipuminen", "ahistus", "avioero; yksinäisyys")
    for number in range(14):
        row = [f"Oona{number}", "Kuvittelma", f"n{number}@example.org", 401234500 + number, topics[number % 4]]
        sheet.append([*row, "suomi", "Kemi\nTornio", "x" if number % 2 else "ei", "2.3.2026", 40])
    book.save(content)
    return content.getvalue()


def test_fourteen_people_come_from_a_spreadsheet_in_a_few_actions(
    tmp_path: Path, desk: Callable[[Path], Running], chromium: Browser
) -> None:
    """At most sixty, from an empty folder to profiles without problems. Then the desk is closed."""
    assert kokemus(tmp_path, "init", "omamme", "--language", "fi", "--serves", "lappi").code == 0
    folder, file = tmp_path / "omamme", tmp_path / "lista.xlsx"
    file.write_bytes(spreadsheet())
    running = desk(folder)
    with chromium.new_context(java_script_enabled=False) as context:
        hands = Hands(context.new_page())
        hands.page.goto(running.address)
        hands.follow("Tuo taulukosta")
        hands.actions += 1
        hands.page.set_input_files("#file", file)
        hands.press("Lue taulukko")
        hands.choose("«ahistus»", "Ehdotus: ahdistus")
        assert "«peliongelma»" in hands.said
        hands.press("Katso uudelleen")
        hands.press("Tallenna 14 profiilia")
        assert "Profiileja tallennettu: 14." in hands.said
        assert hands.actions <= 60
        hands.press("Lopeta")
        assert "Työpöytä on suljettu" in hands.page.inner_text("body")
    assert running.process.wait(timeout=30) == 0
    assert len([*(folder / "experts").glob("[!_]*.yml")]) == 14
    assert "14 profiilia, 0 virhettä" in kokemus(folder, "check", **CLOCK).output


def test_a_year_at_the_desk(tmp_path: Path, desk: Callable[[Path], Running], chromium: Browser) -> None:
    """A new expert, a mistake, a break, a renewal, a withdrawal, an edition, a preview and the publication."""
    folder = copy_of_demo(tmp_path / "demo")
    git(tmp_path, "init", "--quiet", "--bare", "there")
    (folder / ".gitignore").write_text("/site/\n/desk/\n/schemas/\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Begin")
    git(folder, "remote", "add", "origin", str(tmp_path / "there"))
    with chromium.new_context(java_script_enabled=False) as context:
        hands = Hands(context.new_page())
        hands.page.goto(desk(folder).address)
        hands.follow("Ihmiset")
        hands.follow("Lisää ihminen")
        hands.write("Nimi", "Oona Kuvittelma")
        hands.write("Suostumuksen päivä", "2026-11-01")
        hands.open("päihteet")
        hands.tick("alkoholi")
        hands.tick("suomi")
        hands.write("Paikat", "Kemmi")
        hands.press("Tallenna")
        assert "Tarkoititko: Kemi" in hands.said
        assert hands.page.get_by_label("alkoholi", exact=True).is_checked()
        hands.write("Paikat", "Kemi")
        hands.press("Tallenna")
        assert "Oona Kuvittelma" in hands.page.title()

        for name, months in (("Venla Keksitty", ("2027-01-01", "2027-02-01")), ("Hilma Tekaista", ("2027-03-01", ""))):
            hands.follow("Ihmiset")
            hands.follow(name)
            hands.open("Tauko")
            hands.write("Alkaa", months[0])
            hands.write("Viimeinen päivä", months[1])
            hands.press("Tallenna")
            assert "Tallennettu" in hands.said
        hands.open("Merkitse suostumus uusituksi")
        hands.tick("Uusi lomake on allekirjoitettu sinä päivänä")
        hands.press("Merkitse suostumus uusituksi")
        assert "Suostumus on uusittu" in hands.said
        hands.follow("Ihmiset")
        hands.follow("Kerttu Olematon")
        hands.open("Merkitse suostumus perutuksi")
        hands.tick("Hän on perunut suostumuksensa")
        hands.press("Merkitse suostumus perutuksi")
        assert "Peruminen on merkitty" in hands.said

        hands.follow("Julkaise")
        hands.press("Tee sivusto tälle koneelle")
        assert "Avaa sivusto uudelle välilehdelle" in hands.said
        assert (folder / "site" / "index.html").is_file()
        hands.tick("Olen katsonut, mitä muuttuu")
        hands.press("Julkaise")
        assert "Lähetetty" in hands.said
    assert "withdrawn" in git(tmp_path / "there", "show", "main:experts/e03.yml")
    assert git(folder, "status", "--porcelain") == ""


def test_every_page_of_the_desk_is_accessible(demo: Path, desk: Callable[[Path], Running], chromium: Browser) -> None:
    """Checked with axe, keyboard and touch, at 360 and 1,280 pixels, light and dark. Pages answer in five seconds.

    Outside ``make fuzz`` a third of them is enough at 1,280 pixels.
    """
    (demo / "experts" / "e07.yml").write_text("consent: [", "utf-8")
    (demo / "desk").mkdir()
    (demo / "desk" / "requests.yml").write_text(REQUESTS, "utf-8")
    running = desk(demo)
    home: str = ""
    cookies: Any = None
    schemes: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))
    for width, scheme in schemes:
        with chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        ) as context:
            if cookies:
                context.add_cookies(cookies)
            page = context.new_page()
            if not cookies:
                page.goto(running.address)
                page.wait_for_url(re.compile(r":\d+/[\w-]+/$"))
                home, cookies = page.url, context.cookies()
            for path in in_turn((*PAGES, "person/e07", "person/nobody"), 0, 1 if width == 360 else 3):
                began = time.monotonic()
                page.goto(home + path)
                assert time.monotonic() - began < 5, path
                assert access.violations(page) == [], path
                assert access.sideways(page) == 0, path
                assert access.small(page) == [], path
                if width == 360:
                    assert access.keyboard(page) == [], path
            for paper in ("handover", "year"):
                page.goto(f"{home}papers/{paper}")
                assert access.violations(page) == [], paper
                assert access.sideways(page) == 0, paper
