"""The swap: the whole old site or the whole new site, one build at a time, nothing left behind."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kokemus import disk

PAGES = ("a.html", "b.html")
HOLD = """
import sys, time
from pathlib import Path
from kokemus import disk
with disk.aside(Path(sys.argv[1])) as fresh:
    (fresh / "half.html").write_text("half")
    print("building", flush=True)
    time.sleep(60)
"""
WRITING = """
import sys, time
from pathlib import Path
from kokemus import disk
Path.replace = lambda self, target: (print("writing", flush=True), time.sleep(60))
disk.write(Path(sys.argv[1]), "file", "private")
"""
MANY = """
import sys
from pathlib import Path
from kokemus import disk
for _ in range(200):
    disk.write(Path(sys.argv[1]), "same", sys.argv[2])
"""


def make(folder: Path, edition: str) -> Path:
    """A site of two pages that contain its edition."""
    folder.mkdir(exist_ok=True)
    for name in PAGES:
        (folder / name).write_text(edition)
    return folder


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@contextmanager
def building(site: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of the site in another process."""
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
    """A web server's view: it opens the folder again and again, and reads two pages from what it opened."""

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
                continue  # the old folder was removed while it was read
            finally:
                os.close(folder)


def watched(site: Path, times: int, until_missing: bool = False) -> Reader:
    """What a reader sees while new sites are swapped in, a number of times or until it has seen none."""
    make(site, "0")
    reader = Reader(site)
    reader.start()
    for edition in range(times):
        with disk.aside(site) as fresh:
            disk.swap_in(make(fresh, str(edition)), site)
        if until_missing and reader.missing:
            break
    reader.stopped.set()
    reader.join()
    return reader


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot exchange two folders")
@pytest.mark.slow
def test_at_every_moment_a_site_is_there(tmp_path: Path) -> None:
    """Hundreds of swaps while a reader watches: never missing, never two editions mixed."""
    reader = watched(tmp_path / "site", 400)
    assert reader.whole > 100
    assert (reader.missing, reader.mixed) == (0, 0)
    assert names(tmp_path) == {"site"}


@pytest.mark.slow
def test_the_reader_would_see_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with a swap in two steps, the reader sees that the site is briefly missing."""
    monkeypatch.setattr(disk, "_exchange", lambda one, other: False)
    reader = watched(tmp_path / "site", 20_000, until_missing=True)
    assert reader.missing > 0
    assert reader.mixed == 0
    assert names(tmp_path) == {"site"}


def test_the_next_build_repairs_a_kill_between_the_two_steps(tmp_path: Path) -> None:
    """Even if that build publishes nothing."""
    (tmp_path / ".site.new").mkdir()
    make(tmp_path / ".site.new" / "old", "old")
    make(tmp_path / ".site.new" / "new", "new")
    with disk.aside(tmp_path / "site") as fresh:
        assert names(fresh) == set()
    assert names(tmp_path) == {"site"}
    assert (tmp_path / "site" / "a.html").read_text() == "old"


def test_a_second_build_of_the_same_site_gives_way(tmp_path: Path) -> None:
    """It does not touch the first. A build of another site may run at the same time."""
    with building(tmp_path / "site"):
        with pytest.raises(disk.BusyError), disk.aside(tmp_path / "site"):
            pass
        assert (tmp_path / ".site.new" / "new" / "half.html").read_text() == "half"
        with disk.aside(tmp_path / "other"):
            pass


def test_what_a_killed_build_left_is_gone_after_the_next(tmp_path: Path) -> None:
    """The lock disappears with the process that held it."""
    with building(tmp_path / "site") as process:
        process.kill()
        process.wait()
        assert names(tmp_path) == {".site.new"}
        with disk.aside(tmp_path / "site") as fresh:
            assert names(fresh) == set()
        assert names(tmp_path) == set()


def test_nobody_can_read_a_site_before_it_is_audited_and_everybody_after(tmp_path: Path) -> None:
    """Whatever the umask of the user."""
    before = os.umask(0o077)
    try:
        with disk.aside(tmp_path / "site") as fresh:
            assert fresh.parent.stat().st_mode & 0o777 == 0o700
            make(fresh / "folder", "new")
            disk.swap_in(fresh, tmp_path / "site")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert ((tmp_path / "site").stat().st_mode & 0o777, modes) == (0o755, {0o755, 0o644})


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    """A leftover copy of a consent sheet under another name would be a leak."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        disk.write(tmp_path, "folder", "private")
    with pytest.raises(UnicodeEncodeError):
        disk.write(tmp_path, "sheet.html", "private \ud800")
    assert names(tmp_path) == {"folder"}
    assert names(tmp_path / "folder") == set()


def moved(monkeypatch: pytest.MonkeyPatch, refused: Path | None = None) -> list[Path]:
    """The copies just before they are moved into place, each hidden and readable only by its owner.

    None can be moved out of the ``refused`` folder, as if it were on another disk.
    """
    seen: list[Path] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        assert self.parent.stat().st_mode & 0o777 == 0o700
        assert (self.parent / ".gitignore").read_text() == "*\n"
        seen.append(self)
        if self.parent.parent == refused:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    return seen


def test_the_copy_of_a_file_is_hidden_beside_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never among the profiles. Its mode is the old file's, or the one asked for."""
    (tmp_path / "experts").mkdir()
    copies = moved(monkeypatch)
    disk.write(tmp_path, "experts/e01.yml", "new")
    (tmp_path / "experts" / "e01.yml").chmod(0o640)
    disk.write(tmp_path, "experts/e01.yml", "newer")
    disk.write(tmp_path, "sheet.html", "private", 0o600)
    assert copies == [tmp_path / ".kokemus" / "copy"] * 3
    assert (tmp_path / "experts" / "e01.yml").read_text() == "newer"
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("experts/e01.yml", "sheet.html")]
    assert modes == [0o640, 0o600]
    assert names(tmp_path) == {"experts", "sheet.html"}


def test_on_another_disk_the_copy_is_hidden_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the rename is a single step too."""
    (tmp_path / "experts").mkdir()
    copies = moved(monkeypatch, refused=tmp_path)
    disk.write(tmp_path, "experts/e01.yml", "new")
    assert [copy.parent.parent for copy in copies] == [tmp_path, tmp_path / "experts"]
    assert (tmp_path / "experts" / "e01.yml").read_text() == "new"
    assert names(tmp_path / "experts") == {"e01.yml"}


def test_the_next_command_removes_what_a_killed_one_left_and_nothing_of_one_at_work(tmp_path: Path) -> None:
    """Beside the configuration and in its folders. Anything behind a link belongs to somebody else."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "copy").touch()
    for home in (tmp_path / ".kokemus", tmp_path / "desk" / ".kokemus"):
        home.mkdir()
        (home / "copy").write_text("private")
        (home / ".gitignore").write_text("*\n")
    with subprocess.Popen([sys.executable, "-c", WRITING, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline()
        disk.clean(tmp_path)
        assert names(tmp_path / ".kokemus") == {"copy", ".gitignore"}
        assert names(tmp_path / "desk") == set()
        process.kill()
    disk.clean(tmp_path)
    (tmp_path / ".kokemus").symlink_to("other")
    disk.clean(tmp_path)
    assert names(tmp_path) == {"desk", "other"}
    assert names(tmp_path / "other") == {"copy"}


@pytest.mark.slow
def test_two_that_write_wait_for_each_other(tmp_path: Path) -> None:
    """Neither takes the other's copy for a leftover."""
    processes = [subprocess.Popen([sys.executable, "-c", MANY, str(tmp_path), name]) for name in ("a", "b")]
    assert [process.wait() for process in processes] == [0, 0]
    assert (tmp_path / "same").read_text() in ("a", "b")
    assert names(tmp_path) == {"same"}
