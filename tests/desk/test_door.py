"""The browser enters by a file that only its owner can read. No list of processes shows the first address."""

import os
import re
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kokemus.desk import door
from tests.conftest import contents
from tests.desk.test_guard import HOST, Desk

BROWSER = r"""#!/bin/sh
echo "$@" > "$TOLD"
cat /proc/*/cmdline 2>/dev/null | tr '\0' ' ' > "$TOLD.all"
mv "$TOLD" "$TOLD.done"
"""


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes true within some seconds."""
    ends = time.monotonic() + seconds
    while not (there := holds()) and time.monotonic() < ends:
        time.sleep(0.05)
    return there


@pytest.fixture
def opened(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str, str]]:
    """The address that the command prints, the arguments of the browser that it opens, and those of every process."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "xdg-open").write_text(BROWSER, "utf-8")
    (tmp_path / "bin" / "xdg-open").chmod(0o755)
    told = tmp_path / "told"
    environment = os.environ | {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "TOLD": str(told)}
    environment.pop("CI", None)
    command = [str(Path(sys.executable).parent / "kokemus"), "desk"]
    process = subprocess.Popen(command, cwd=demo, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout
        (address,) = re.findall(r"http://\S+", process.stdout.readline())
        done = tmp_path / "told.done"
        assert eventually(done.exists)
        yield address, done.read_text("utf-8").strip(), (tmp_path / "told.all").read_text("utf-8", "replace")
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.browser
def test_no_list_of_processes_shows_the_first_address(
    opened: tuple[str, str, str], demo: Path, chromium: Browser
) -> None:
    """The browser gets a path. The file there is readable by its owner only, lets a real browser in, and is deleted."""
    address, words, processes = opened
    page = Path(words)
    assert page.parent == demo / "desk"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert address in page.read_text("utf-8")
    secret = address.rpartition("/")[2]
    assert str(page) in processes
    assert secret not in words + processes
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(page.as_uri())
        tab.wait_for_url(re.compile(r"^http://127\.0\.0\.1:\d+/[\w-]+/$"))
        assert tab.inner_text("h1") == "Tänään"
        assert not page.exists()


def test_the_page_is_removed_however_the_desk_is_entered(desk: Desk) -> None:
    """After entering by the printed address, or never entering: the file is removed when the command ends."""
    before = {name for name in contents(desk.folder) if not name.startswith("desk/.")}
    for leave in (lambda: desk.browser(), lambda: door.close(desk.folder)):
        file = door.open(desk.app, f"http://{HOST}/x/enter/y")
        assert file
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        leave()
        assert {name for name in contents(desk.folder) if not name.startswith("desk/.")} == before


def test_the_desk_opens_even_if_no_file_can_be_written(desk: Desk) -> None:
    """The address is printed, and passed on in no other way."""
    (desk.folder / "desk").write_text("", "utf-8")
    assert door.open(desk.app, f"http://{HOST}/x/enter/y") is None
