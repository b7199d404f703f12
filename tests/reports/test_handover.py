"""The handover paper for a new coordinator has all due dates, breaks, services and keys, and no secret."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import handover, officer, particulars
from kokemus.requests import store, writing
from kokemus.requests.request import Request
from tests.conftest import DEMO_DAY, change, contents, git, kokemus

SECRET = f"ghp_{'0123456789abcdefghij' * 2}"


def read(demo: Path, language: str = "fi") -> Inputs:
    return replace(gather(demo / "mkdocs.yml"), language=language)


def sheet(demo: Path, language: str = "fi") -> str:
    found = read(demo, language)
    assert found.settings
    told, _ = particulars.of_papers(demo)
    return officer.made("handover", found, found.settings, told, crowd.on_the_day(found, DEMO_DAY)).html


def due(demo: Path) -> list[str]:
    found = read(demo)
    rows = handover.due(found, crowd.on_the_day(found, DEMO_DAY))
    return [f"{day} {key.removeprefix('handover.')} {values.get('code', '')}".strip() for day, (key, values) in rows]


def test_due_dates_are_listed_by_day_and_code(demo: Path) -> None:
    """Looks, consents that end or have ended, breaks, data to be erased, facts to check."""
    rows = due(demo)
    assert rows == sorted(rows)
    assert "2027-10-05 look" in rows
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d ending e05", row) for row in rows)
    assert any(row.endswith("lapsed e08") for row in rows)
    assert any(row.endswith("erase e23") for row in rows)
    assert sum(row.endswith(" shipped") for row in rows) == 1
    change(demo, "experts/e05.yml", "languages:", "paused: {from: 2026-11-01, until: 2026-12-24}\nlanguages:")
    assert "2026-12-24 returns e05" in due(demo)
    page = sheet(demo)
    assert "e05: tauon viimeinen päivä" in page
    assert "1. marraskuuta 2026–24. joulukuuta 2026" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_the_board_s_next_figures_are_announced(demo: Path) -> None:
    """If requests are kept: for each half-year, 30 days after its end."""
    assert not any(row.endswith(" board") for row in due(demo))
    found = read(demo)
    empty = store.read(demo, found.vocabulary)
    text = writing.edited(empty, {}, [Request(reference="AB2C-D3EF", received=DEMO_DAY)])
    assert text
    assert writing.write(demo, empty, text)
    assert "2027-01-30 board" in due(demo)
    assert "raportti hallitukselle" in sheet(demo)


def test_a_break_ends_with_the_consent(demo: Path) -> None:
    """Only an expert in consent can be on a break."""
    on_break = {code for code, _ in handover.breaks(read(demo), DEMO_DAY, "fi")}
    assert on_break == {"e07"}
    change(demo, "experts/e07.yml", "consent:\n", "consent:\n  withdrawn: 2026-11-20\n")
    assert handover.breaks(read(demo), DEMO_DAY, "fi") == []
    assert "Kukaan ei ole tauolla" in sheet(demo)


def test_services_and_keys_are_listed_without_secrets(demo: Path) -> None:
    """A password in a remote's URL is left out, and secrets appear by name only. The control: the host is there."""
    git(demo, "init", "--quiet")
    git(demo, "remote", "add", "origin", f"https://somebody:{SECRET}@code.example/our/experts.git")
    git(demo, "remote", "add", "second", "git@other.example:our/experts.git")
    workflows = demo / ".github" / "workflows"
    workflows.mkdir(parents=True, exist_ok=True)
    (workflows / "site.yml").write_text(f"env:\n  KEY: ${{{{ secrets.SITE_KEY }}}}\n  TOKEN: {SECRET}\n", "utf-8")
    page = sheet(demo)
    for told in ("code.example", "other.example", "git remote origin", "SITE_KEY", "form.service", "processors.mail"):
        assert told in page
    assert SECRET not in page
    assert "somebody" not in page


@pytest.mark.parametrize(("language", "said"), [("fi", "Ketkä ovat"), ("sv", "Vilka som har"), ("en", "Who is on a")])
def test_the_paper_is_in_the_coordinator_s_language(demo: Path, language: str, said: str) -> None:
    """It falls back to English, and names nobody in any language."""
    page = sheet(demo, language)
    assert said in page
    assert f'<html lang="{language}">' in page
    assert officer.spoken("handover", "de") == officer.spoken("leak", "sv") == "en"
    assert {"e05", "e07"} <= set(re.findall(r"\w+", page))
    for profile in read(demo).profiles:
        assert not any(value in page for _, value in profile.private)


@pytest.mark.build
def test_the_command_can_make_only_this_paper(demo: Path) -> None:
    """With ``--only``, the command makes nothing else except ``papers.yml``."""
    before = set(contents(demo))
    done = kokemus(demo, "papers", "--only", "handover", "--on", str(DEMO_DAY))
    assert done.code == 0
    assert set(contents(demo)) - before == {"desk/handover.fi.html", "desk/.gitignore", "papers.yml"}
    assert "e05" not in done.output
    assert kokemus(demo, "papers", "--only", "nothing").code == 2
