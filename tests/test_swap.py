"""The swap: the old site whole or the new site whole, one build at a time, nothing left behind."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kokemus import swap

PAGES = ("a.html", "b.html")
HOLD = """
import sys, time
from pathlib import Path
from kokemus import swap
with swap.aside(Path(sys.argv[1])) as fresh:
    (fresh / "half.html").write_text("half")
    print("building", flush=True)
    time.sleep(60)
"""


def make(folder: Path, edition: str) -> Path:
    """A site of two pages that say which edition they are of."""
    folder.mkdir(exist_ok=True)
    for name in PAGES:
        (folder / name).write_text(edition)
    return folder


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@contextmanager
def building(site: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of the site under way in another process."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(site)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "building\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _read(name: str, folder: int) -> bytes:
    file = os.open(name, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(file, 9)
    finally:
        os.close(file)


class Reader(threading.Thread):
    """A web server's view: opens the folder again and again, and reads two pages of what it opened."""

    def __init__(self, site: Path) -> None:
        super().__init__()
        self.site, self.stopped = site, threading.Event()
        self.whole = self.missing = self.mixed = 0

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                folder = os.open(self.site, os.O_RDONLY)
            except FileNotFoundError:
                self.missing += 1
                continue
            try:
                said = {_read(name, folder) for name in PAGES}
                self.whole += len(said) == 1
                self.mixed += len(said) > 1
            except FileNotFoundError:
                continue  # the old folder was tidied away while it was read
            finally:
                os.close(folder)


def watched(site: Path, times: int, until_missing: bool = False) -> Reader:
    """What a reader sees while new sites are swapped in, so many times or until it has seen none."""
    make(site, "0")
    reader = Reader(site)
    reader.start()
    for edition in range(times):
        with swap.aside(site) as fresh:
            swap.swap_in(make(fresh, str(edition)), site)
        if until_missing and reader.missing:
            break
    reader.stopped.set()
    reader.join()
    return reader


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot exchange two folders")
@pytest.mark.slow
def test_at_every_moment_a_site_is_there(tmp_path: Path) -> None:
    """Hundreds of swaps under a reader's eyes: never missing, never of two editions."""
    reader = watched(tmp_path / "site", 400)
    assert reader.whole > 100
    assert (reader.missing, reader.mixed) == (0, 0)
    assert names(tmp_path) == {"site"}


def test_the_reader_would_see_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: swapping in two steps, the reader sees that the site is missing, if briefly."""
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    reader = watched(tmp_path / "site", 20_000, until_missing=True)
    assert reader.missing > 0
    assert reader.mixed == 0
    assert names(tmp_path) == {"site"}


def test_a_kill_between_the_two_steps_is_mended_by_the_next_build(tmp_path: Path) -> None:
    """Even where that build publishes nothing."""
    make(tmp_path / ".site.old", "old")
    make(tmp_path / ".site.new", "new")
    with swap.aside(tmp_path / "site") as fresh:
        assert names(fresh) == set()
    assert names(tmp_path) == {"site"}
    assert (tmp_path / "site" / "a.html").read_text() == "old"


def test_a_second_build_of_the_same_site_gives_way(tmp_path: Path) -> None:
    """And touches nothing of the first; a build of another site beside it is free to run."""
    with building(tmp_path / "site"):
        with pytest.raises(swap.BusyError), swap.aside(tmp_path / "site"):
            pass
        assert (tmp_path / ".site.new" / "half.html").read_text() == "half"
        with swap.aside(tmp_path / "other"):
            pass


def test_what_a_killed_build_left_is_gone_after_the_next(tmp_path: Path) -> None:
    """The lock dies with the process that held it."""
    with building(tmp_path / "site") as process:
        process.kill()
        process.wait()
        assert names(tmp_path) == {".site.new", ".site.lock"}
        with swap.aside(tmp_path / "site") as fresh:
            assert names(fresh) == set()
        assert names(tmp_path) == set()


def test_nobody_can_read_a_site_before_it_is_audited_and_everybody_after(tmp_path: Path) -> None:
    """Whatever the umask of whoever builds."""
    before = os.umask(0o077)
    try:
        with swap.aside(tmp_path / "site") as fresh:
            assert fresh.stat().st_mode & 0o777 == 0o700
            make(fresh / "folder", "new")
            swap.swap_in(fresh, tmp_path / "site")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert ((tmp_path / "site").stat().st_mode & 0o777, modes) == (0o755, {0o755, 0o644})


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    """A consent sheet of which a copy lay about under another name would be a leak."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        swap.write(tmp_path / "folder", "private")
    with pytest.raises(UnicodeEncodeError):
        swap.write(tmp_path / "sheet.html", "private \ud800")
    assert names(tmp_path) == {"folder"}
    assert names(tmp_path / "folder") == set()


def test_a_private_file_is_its_owner_s_from_its_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in the moment before it has its name."""
    modes: list[int] = []

    def noted(self: Path, target: Path) -> None:
        modes.append(self.stat().st_mode & 0o777)

    monkeypatch.setattr(Path, "replace", noted)
    swap.write(tmp_path / "sheet.html", "private", 0o600)
    swap.write(tmp_path / "page.html", "public")
    assert modes == [0o600, 0o644]
