"""Run many broken files through the real commands, and measure time, memory and failures."""

import contextlib
import os
import re
import resource
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from kokemus import vocabulary
from tests.fuzz import surroundings
from tests.fuzz.mutations import CHANGES, SCALARS, Specimen, specimen
from tests.fuzz.watch import FORMS, SECONDS, Wrong, command, examine, told

ROOT = Path(__file__).parent.parent.parent
ON = ("--on", "2026-11-24")
BATCH = 250
MEGABYTES = 200
CODE = "x0"
COMMANDS = (
    ["check", *ON], ["check", *ON, "--format", "github"], ["check", *ON, "--format", "json"], ["explain", CODE, *ON],
    ["report", *ON], ["report", *ON, "--html", "r.html"], ["consent", CODE, *ON], ["consent", CODE, "--language", "sv"],
    ["withdraw", CODE, *ON], ["withdraw", CODE, *ON, "--now"], ["edition", *ON], ["edition", "--on", "2027-05-01"],
    ["edition", *ON, "--write"], ["erase", CODE], ["audit", "site_src", *ON], ["schema"], ["new", *ON], ["new", CODE],
    ["vocabulary", "topics"], ["build", *ON], ["init", "ours"],
)  # fmt: skip
BESIDE = ("mkdocs.yml", "experts/edition.yml", "terms/topics.yml", "terms/places.yml", "site_src/fi/about.md")
OWN_TERMS = "farming: {group: identity, fi: maaseutu, sv: landsbygd, en: farming, synonyms: {fi: [maatila]}}\n"


@dataclass
class Tally:
    """Counts and worst cases. ``megabytes`` is the peak memory of the process."""

    files: int = 0
    commands: int = 0
    accepted: int = 0
    slowest_file: float = 0.0
    slowest_command: float = 0.0
    megabytes: float = 0.0
    wrong: list[Wrong] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.files += other.files
        self.commands += other.commands
        self.accepted += other.accepted
        self.slowest_file = max(self.slowest_file, other.slowest_file)
        self.slowest_command = max(self.slowest_command, other.slowest_command)
        self.megabytes = max(self.megabytes, other.megabytes)
        self.wrong += other.wrong

    def weighed(self) -> "Tally":
        """The tally with the process's peak memory, and with a failure if that is too much."""
        self.megabytes = _peak()
        if self.megabytes > MEGABYTES:
            self.wrong.append(Wrong(f"{self.megabytes:.0f} MB of memory", b""))
        return self


def _peak() -> float:
    """The peak memory of this process in MB. On Linux ``ru_maxrss`` includes the parent's peak; VmHWM does not."""
    own = Path("/proc/self/status")
    if own.is_file() and (found := re.search(r"^VmHWM:\s*(\d+) kB", own.read_text(), re.MULTILINE)):
        return int(found[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def checked(seed: int, count: int, folder: Path) -> Tally:
    """Read each file alone, then in batches with ``kokemus check``, then the files without errors in batches again.

    With an error in any file a command stops before it makes pages. So the accepted files need commands of their own.
    """
    tally = Tally()
    random = Random(seed)
    terms = vocabulary.load()[0].serving(["lappi"])
    experts = demo(folder) / "experts"
    accepted: list[Specimen] = []
    with contextlib.chdir(folder):
        for number, start in enumerate(range(0, count, BATCH)):
            batch = [specimen(random) for _ in range(min(BATCH, count - start))]
            for at, found in enumerate(batch):
                seen = examine(found, terms)
                tally.slowest_file = max(tally.slowest_file, seen.seconds)
                tally.wrong += seen.wrong
                batch[at] = replace(found, canaries=seen.words)
                accepted += [batch[at]] if seen.accepted else []
            _run(tally, experts, batch, ["check", *ON, "--format", FORMS[number % len(FORMS)]])
        for start in range(0, len(accepted), BATCH):
            _run(tally, experts, accepted[start : start + BATCH], ["check", *ON])
    tally.files, tally.accepted = count, len(accepted)
    return tally.weighed()


def _run(tally: Tally, experts: Path, batch: list[Specimen], words: list[str]) -> None:
    """Run one command over the files. If something is wrong, run it over each file, to find the faulty one.

    A leak with many files together may only mean that one file's private word is public in another. It is ignored.
    """
    _write(experts, batch)
    took, output, got_out = command(words)
    tally.commands += 1
    tally.slowest_command = max(tally.slowest_command, took)
    what = [*told(output, [word for found in batch for word in found.canaries]), *filter(None, [got_out])]
    if len(batch) == 1:
        tally.wrong += [Wrong(f"{' '.join(words)}: {one}", batch[0].content) for one in what]
    elif what:
        before = len(tally.wrong)
        for found in batch:
            _run(tally, experts, [found], words)
        if len(tally.wrong) == before and what != ["leak"]:
            tally.wrong.append(Wrong(f"{' '.join(words)}: {', '.join(what)}, in many files together", b""))


def _write(experts: Path, batch: Iterable[Specimen]) -> None:
    for old in experts.glob("x*.yml"):
        old.unlink()
    for number, found in enumerate(batch):
        (experts / f"x{number}.yml").write_bytes(found.content)


def commanded(seed: int, count: int, folder: Path) -> Tally:
    """Run commands of every kind, each in a fresh folder with some broken files."""
    tally = Tally()
    random = Random(seed)
    home = Path.cwd()
    for number in range(count):
        words = [*COMMANDS[number % len(COMMANDS)]]
        shutil.rmtree(folder, ignore_errors=True)
        demo(folder)
        batch = [specimen(random) for _ in range(3)]
        _write(folder / "experts", batch)
        beside = _beside(random, folder)
        if words[0] == "init":
            words += [word for flag in ("name", "address", "site-url", "form-url") for word in _flag(flag, random)]
        os.chdir(folder)
        try:
            took, output, got_out = command(words)
            if words[0] == "init" and Path("ours").is_dir():
                os.chdir("ours")
                _, more, then = command(["check", *ON])
                output, got_out = output + more, got_out or then
        finally:
            os.chdir(home)
        tally.commands += 1
        tally.files += len(batch) + bool(beside)
        if words[0] != "build":
            tally.slowest_command = max(tally.slowest_command, took)
        for what in (*told(output, [word for found in batch for word in found.canaries]), *filter(None, [got_out])):
            tally.wrong.append(Wrong(f"{' '.join(words)}: {what}", b"\n=====\n".join([batch[0].content, beside])))
    return tally.weighed()


def surrounded(seed: int, count: int, folder: Path) -> Tally:
    """Run ``kokemus check`` in a folder in which one thing other than a profile is broken."""
    tally = Tally()
    random = Random(seed)
    canaries = surroundings.folder(folder, random)
    kinds = list(surroundings.KINDS.items())
    with contextlib.chdir(folder):
        for number in range(count):
            kind, spoil = kinds[number % len(kinds)]
            content = spoil(folder, random, canaries)
            form = (*FORMS, "gitlab")[number // len(kinds) % (len(FORMS) + 1)]
            took, output, got_out = command(["check", *ON, "--format", form])
            tally.slowest_command = max(tally.slowest_command, took)
            slow = [f"too slow: {took:.1f} s"] if took > SECONDS else []
            for what in (*told(output, canaries), *filter(None, [got_out]), *slow):
                tally.wrong.append(Wrong(f"{kind}, check --format {form}: {what}", content))
            tally.accepted += "error" not in output and "virhe[" not in output
            surroundings.restored(folder)
    tally.files = tally.commands = count
    return tally.weighed()


def _flag(name: str, random: Random) -> Iterator[str]:
    yield f"--{name}"
    yield random.choice(SCALARS)


def _beside(random: Random, folder: Path) -> bytes:
    """Break a file other than a profile in half of the cases, and return its content; empty in the other half."""
    if random.random() < 0.5:
        return b""
    file = folder / random.choice(BESIDE)
    file.parent.mkdir(exist_ok=True)
    text = file.read_text("utf-8") if file.is_file() else OWN_TERMS
    changed = random.choice(CHANGES)(text, random, ("masenus", "lapi", "fi", "https://[x/", "0.5", "kemi"))
    content = changed.encode("utf-8", "surrogatepass")
    file.write_bytes(content)
    return content


def demo(folder: Path) -> Path:
    """A copy of the demo with its edition, but without profiles."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "site_src", folder / "site_src")
    (folder / "experts").mkdir()
    shutil.copy(ROOT / "experts" / "edition.yml", folder / "experts")
    return folder
