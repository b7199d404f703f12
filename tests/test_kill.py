"""Every command that writes, and every save at the desk, is killed at exact moments: in ``make fuzz`` at every one.

What a kill leaves is hidden from git, and the next command cleans it up. Moments that would leave the same folder are
tried once: a first run, which is not killed, records what each would leave. After each kill, git takes nothing but
whole files, old or new; anything else is in a folder that only its owner can read; any other command removes it; and
the same command, run again, ends as if it had never been killed.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from kokemus import dates
from tests.conftest import DEMO_DAY, Run, contents, copy_of_demo, git, smaller
from tests.rigs import killing, warm
from tests.rigs.killing import HIDDEN
from tests.rigs.sweeps import sample

pytestmark = [pytest.mark.build, pytest.mark.slow]

KILLING = str(Path(killing.__file__))
KILLED = (-9, -25)
FEW = ("e01", "e05", "e06")
ALL = ("*",)
KILLS = 10
"""Of each command, outside ``make fuzz``."""


@dataclass(frozen=True)
class Case:
    """A command, the profiles of the folder in which it runs, and how it may end when it is run a second time.

    ``parts`` are numbers of bytes after which it is killed in the middle of a file, besides all moments between two
    changes. ``at_once`` means that everything it does becomes visible in one step.
    """

    words: str
    profiles: tuple[str, ...] = FEW
    again: tuple[int, ...] = (0,)
    parts: tuple[int, ...] = (1, 100)
    at_once: bool = False

    def run(self, folder: Path, moment: int = 0, amount: int = 0, way: str = "now") -> Run:
        """Runs the command, killed at a moment or to its end."""
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        environment |= {"SOURCE_DATE_EPOCH": dates.epoch(DEMO_DAY), "KOKEMUS_PAGES": "new", "LC_ALL": "C.UTF-8"}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull}
        words = (str(moment), str(amount), way, *self.words.split())
        code, out, err = warm.run(folder, KILLING, words, environment)
        return Run(code, out + err)


CASES = {
    "withdraw": Case("withdraw e05"),
    "withdraw, by the month": Case("withdraw e05 --leaving month"),
    "edition": Case("edition --write", ALL),
    "new": Case("new x7k2m", again=(0, 2)),
    "erase": Case("erase e06"),
    "consent": Case("consent e05"),
    "renew": Case("renew e05"),
    "everything": Case("everything e05"),
    "papers": Case("papers"),
    "report": Case("report --html report.html"),
    "schema": Case("schema"),
    "init": Case("init ours --language fi", again=(0, 2), parts=(), at_once=True),
    "build": Case("build", at_once=True),
    "a form at the desk": Case("desk form"),
    "a page at the desk": Case("desk page"),
    "somebody new at the desk": Case("desk new"),
    "an import at the desk": Case("desk import"),
}


def repository(folder: Path, case: Case) -> Path:
    """The demo with some of its profiles as a repository, with an earlier site and no edition yet."""
    smaller(copy_of_demo(folder))
    for language in ("sv", "en"):
        shutil.rmtree(folder / "site_src" / language)
    kept = {file for name in case.profiles for file in (folder / "experts").glob(f"{name}.yml")}
    for file in (folder / "experts").iterdir():
        if file not in kept or file.name == "edition.yml":
            file.unlink()
    (folder / ".gitignore").write_text("/site/\n")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Saimi Mallila")  # a trace for the command that erases
    git(folder, "repack", "-adq")
    (folder / "site").mkdir()
    for name in ("index.html", "catalogue-2.json", "page.html"):
        (folder / "site" / name).write_text(f"{name} old")
    return folder


def state(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder except git's own."""
    return {name: content for name, content in contents(folder).items() if ".git" not in Path(name).parts}


def added(folder: Path) -> set[str]:
    """What git would add if told to add everything."""
    told = git(folder, "status", "--porcelain", "--untracked-files=all", "--no-renames", "-z")
    return {line[3:] for line in told.split("\0") if line}


def moments(case: Case, base: Path, work: Path, notes: Path, way: str) -> list[tuple[bool, str]]:
    """Each moment at which the command can be killed: whether a file is opened there, and the state of the folder."""
    shutil.copytree(base, work, symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(killing.MOMENTS, str(notes))
        assert case.run(work, 0, 0, way).code == 0
    lines = [line.split() for line in notes.read_text("utf-8").splitlines()]
    return [(opened == "1", folder) for opened, folder in lines]


def kills(case: Case, base: Path, work: Path, way: str = "now") -> Iterator[str]:
    """Each moment that leaves a different folder, and each middle of a file, with the folder as the kill leaves it."""
    shutil.rmtree(work, ignore_errors=True)
    found = moments(case, base, work, work.with_name("moments"), way)
    first = {folder: moment for moment, (_, folder) in reversed([*enumerate(found, 1)])}
    middles = [moment for moment, (opened, _) in enumerate(found, 1) if opened]
    every = (*((moment, 0) for moment in sorted(first.values())), *product(middles, case.parts))
    for moment, amount in sample(every, KILLS):
        shutil.rmtree(work)
        shutil.copytree(base, work, symlinks=True)
        code = case.run(work, moment, amount, way).code
        assert code in KILLED or (amount and code == 0), code
        if code in KILLED:
            yield f"{moment}, {amount} bytes"


@dataclass(frozen=True)
class Ends:
    """The folder as it was before the command and after it, what git would then add, and what it keeps."""

    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    added: set[str]
    kept: set[str]


def ends(case: Case, base: Path, done: Path) -> Ends:
    """What a complete run makes of the folder."""
    shutil.copytree(base, done)
    assert case.run(done).code == 0
    return Ends(state(base), state(done), added(done), set(git(done, "ls-files", "-z").split("\0")))


def faults(case: Case, end: Ends, work: Path) -> Iterator[str]:
    """What is wrong with a folder that a kill left. The command is run again in it.

    A file that the finished command keeps in git may wait there to be committed; any other is a stray copy.
    """
    old, new, now = end.old, end.new, state(work)
    hidden = {name for name in now if HIDDEN & set(Path(name).parts)}
    yield from (f"git takes {name}" for name in added(work) - end.added - end.kept)
    for name in now.keys() - hidden:
        if now[name] not in (old.get(name), new.get(name)):
            yield f"half: {name}"
    yield from (f"lost: {name}" for name in old.keys() & new.keys() - now.keys())
    shown = {name: content for name, content in now.items() if name not in hidden}
    if case.at_once and shown not in (old, new):
        yield "neither old nor new"
    for name in HIDDEN & {path.name for path in work.rglob("*")}:
        for folder in work.rglob(name):
            if folder.stat().st_mode & 0o077:
                yield f"open to all: {name}"
    Case("vocabulary languages").run(work)
    if any(work.rglob(".kokemus")):
        yield "another command cleans nothing up"
    code = case.run(work).code
    if code not in case.again:
        yield f"run again, it ends with {code}"
    if state(work) != new:
        yield f"run again, it leaves {sorted(state(work).items() ^ new.items())}"


@pytest.mark.parametrize("name", CASES)
def test_a_kill_at_any_moment_leaves_nothing_for_git_and_the_next_run_repairs_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kill after the last change leaves the same as a complete run."""
    case = CASES[name]
    base = repository(tmp_path / "base", case)
    end, work = ends(case, base, tmp_path / "done"), tmp_path / "work"
    assert end.new != end.old
    moments, seen = [], set()
    for moment in kills(case, base, work):
        moments.append(moment)
        if (left := killing.like(work)) not in seen:
            seen.add(left)
            assert list(faults(case, end, work)) == [], moment
    assert len(moments) >= 5
    with capsys.disabled():
        print(f"\n{name}: {len(moments)} kills, which leave {len(seen)} folders")


CONTROLS = {
    "withdraw": r"git takes experts/tmp\w+",
    "edition": r"git takes experts/tmp\w+",
    "consent": r"half: desk/tmp\w+",
    "init": "neither old nor new",
    "a form at the desk": r"git takes experts/tmp\w+",
}


@pytest.mark.parametrize(("name", "fault"), CONTROLS.items())
def test_files_written_in_place_would_fail(name: str, fault: str, tmp_path: Path) -> None:
    """The control: randomly named copies beside the files, and a repository written file by file."""
    case = CASES[name]
    base, work = repository(tmp_path / "base", case), tmp_path / "work"
    end = ends(case, base, tmp_path / "done")
    found = (one for _ in kills(case, base, work, "before") for one in faults(case, end, work))
    assert any(re.fullmatch(fault, one) for one in found)
