"""Windows and macOS, as far as they can be tested on Linux. ``docs/computers.md`` says what was not tested."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from flask.testing import FlaskClient

from tests.conftest import DEMO_DAY, ROOT, contents, copy_of_demo, kokemus, smaller
from tests.desk.conftest import browser, desk
from tests.desk.test_card import form as card
from tests.desk.test_guard import Desk
from tests.desk.test_pages import form
from tests.rigs import as_windows

assert browser
assert desk
RIG = str(Path(as_windows.__file__))
ON = ("--on", DEMO_DAY.isoformat())
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command without anything that Windows lacks."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    command = [sys.executable, RIG, *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["desk", "--help"], "Avaa koordinaattorin"),
        (["check", *ON], "24 profiilia, 0 virhettä"),
        (["explain", "e05", *ON], "e05"),
        (["withdraw", "e05", *ON], "e05"),
        (["import", str(ROOT / "tests/importing/files/excel.xlsx"), *ON], "rivi"),
        (["desk-pages"], ""),
    ],
)
def test_nothing_on_the_way_of_a_coordinator_needs_unix(demo: Path, words: list[str], told: str) -> None:
    """Neither on import nor while running."""
    done = run(demo, *words)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1 if words[0] == "import" else 0), done.stderr
    assert told in done.stdout


@pytest.mark.slow
def test_the_rig_itself_sees_what_needs_unix(tmp_path: Path) -> None:
    """The control: a module or a call that Windows lacks is missing."""
    for line in ("import fcntl", "import os; os.getuid()", "import signal; signal.SIGKILL"):
        (tmp_path / "rig.py").write_text(
            f"from tests.rigs.as_windows import become_windows as b; b()\n{line}\n", "utf-8"
        )
        environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
        done = subprocess.run(
            [sys.executable, "rig.py"], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 1, line


def with_windows_ends(folder: Path) -> None:
    """Gives all of the association's own files Windows line ends, and one a byte order mark, as Windows editors may."""
    for file in (*folder.glob("*.yml"), *folder.glob("experts/*.yml"), *folder.glob("site_src/**/*.md")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    notepad = folder / "experts" / "e06.yml"
    notepad.write_bytes(b"\xef\xbb\xbf" + notepad.read_bytes())


@pytest.mark.build
def test_files_with_the_line_ends_of_windows_make_the_same_site(tmp_path: Path) -> None:
    """Byte for byte, and without anything that Windows lacks."""
    plain, ours = smaller(copy_of_demo(tmp_path / "plain")), smaller(copy_of_demo(tmp_path / "ours"))
    with_windows_ends(ours)
    assert kokemus(plain, "build", *ON).code == 0
    done = run(ours, "build", *ON)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(ours / "site") == contents(plain / "site")


def test_an_edit_keeps_the_line_ends_of_its_file(desk: Desk, browser: FlaskClient) -> None:
    """In the form, the card, the file as text, the pages, a withdrawal and a renewal. No file has both kinds."""
    with_windows_ends(desk.folder)
    before = contents(desk.folder)
    assert desk.post(browser, "/person/e05", **form(desk, browser, "e05")).status_code == 303
    assert desk.post(browser, "/person/e06/card", **card(desk, browser, "e06")).status_code == 303
    assert contents(desk.folder) == before
    changed = {"phone": "040 555 9999", "topics": ["recovery", "psychosis", "alcohol"], "notes": "yksi\r\nkaksi"}
    assert desk.post(browser, "/person/e05", **form(desk, browser, "e05") | changed).status_code == 303
    words = {"card_name": "Aamurusko", "sure": "1", "card_places": "Lappi, Kemi"}
    assert desk.post(browser, "/person/e06/card", **card(desk, browser, "e06") | words).status_code == 303
    page = desk.get(browser, "/files/site_src/fi/join.md").text
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    text = (desk.folder / "site_src" / "fi" / "join.md").read_bytes().decode("utf-8")
    saved = desk.post(browser, "/files/site_src/fi/join.md", text=f"{text}Lisää.\r\n", digest=digest)
    assert saved.status_code == 303
    assert desk.post(browser, "/person/e05/renew", sure="1").status_code == 303
    assert desk.post(browser, "/person/e07/withdraw", sure="1", leaving="month").status_code == 303
    after = contents(desk.folder)
    touched = [name for name in before if after[name] != before[name]]
    assert {*touched} == {"experts/e05.yml", "experts/e06.yml", "experts/e07.yml", "site_src/fi/join.md"}
    for name in touched:
        assert after[name].count(b"\n") == after[name].count(b"\r\n"), name


def unlike(names: Iterable[str]) -> list[str]:
    """The names that Windows or macOS would not accept, or would treat as the same."""
    met: set[str] = set()
    wrong = []
    for name in names:
        parts = PurePosixPath(name).parts
        if any(RESERVED.fullmatch(part) or FORBIDDEN.search(part) for part in parts) or name.casefold() in met:
            wrong.append(name)
        met.add(name.casefold())
    return wrong


def test_every_name_that_kokemus_writes_can_be_written_anywhere(demo_site: Path, tmp_path: Path) -> None:
    """Of its own files, of a site, and of a new association's folder. The control is below."""
    assert kokemus(tmp_path, "init", "ours", "--language", "fi").code == 0
    ours = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for names in (ours, contents(demo_site), contents(tmp_path / "ours")):
        assert unlike(names) == []
    assert unlike(["a/con", "aux.md", "a?", "b", "B", "x. ", "ok"]) == ["a/con", "aux.md", "a?", "B", "x. "]


@pytest.mark.parametrize("name", ["E05.yml", "e05.YML", "aux.yml", "COM1.yml"])
def test_a_profile_that_another_computer_would_take_for_another_is_an_error(demo: Path, name: str) -> None:
    """Or could not store at all: it is reported here, before it is copied there."""
    (demo / "experts" / name).write_bytes((demo / "experts" / "e07.yml").read_bytes())
    said = kokemus(demo, "check", *ON)
    assert said.code == 1
    assert f"experts/{name}" in said.output


def test_no_path_is_shown_or_kept_in_the_way_of_one_system() -> None:
    """Paths below a folder are written with slashes on every system."""
    for file in sorted((ROOT / "generator" / "kokemus").rglob("*.py")):
        for line in file.read_text("utf-8").splitlines():
            if ".relative_to(" in line and "is_relative_to" not in line:
                assert ".as_posix()" in line or "below = " in line, f"{file.name}: {line.strip()}"


def test_what_a_build_says_is_read_whatever_the_console_writes(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a program whose output is captured writes in the console's old encoding."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    (desk.folder / "experts" / "e07.yml").write_text("consent: [", "utf-8")
    page = desk.post(browser, "/publish/build")
    assert page.status_code == 200
    assert "experts/e07.yml:" in page.text.partition("/publish/build")[0].rpartition("<h2")[2]
    assert "\ufffd" not in page.text
