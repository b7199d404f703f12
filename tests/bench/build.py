"""``make bench``: how long a whole build takes, from profiles to site, and what others take for the same pages.

Ours is ``kokemus build``, which reads and checks the profiles, makes the pages and looks for private values in every
byte. The others are given our finished pages, as Markdown with the HTML of each inside, and only have to put them into
a layout: the document of our own pages for those that take a layout, Material's own for Material and Zensical. «Our
pages alone» is what they are spared and nothing can be: to make these pages from profiles and templates. Each runs in a
process of its own, in turn, so that a busy machine is busy for all. Nothing is kept from one run to the next.

No build that makes these pages in Python can come ahead of Eleventy, or near to Hugo, as was once a goal: our pages
alone take longer than Eleventy does for finished ones.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from socket import socket
from statistics import median

import yaml

from kokemus import dates, disk, vocabulary
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.resources import LANGUAGES
from tests.bench import population
from tests.bench.others import FROM_NPM, OTHERS, shell

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {
    "SOURCE_DATE_EPOCH": dates.epoch(population.DAY),
    "PATH": f"{BIN}:{os.environ['PATH']}",
    "PYTHONDONTWRITEBYTECODE": "",
}
QUIET = subprocess.DEVNULL
GOALS = "ahead of Material, Zensical and Astro; 1.6 times our pages alone; 10,000 profiles: 250 MB, 4 times 40's time"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds by the clock, processor seconds of it and its children, and its peak in MB."""

    clock: float
    processor: float
    peak: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command, which must succeed."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=said, stdin=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{said.read()[-3000:]}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a site is built from. Without ``experts`` those of the demo; ``topics`` is how many of its own there are."""

    name: str
    serves: str
    languages: str = "fi, sv, en"
    experts: int = 0
    topics: int = 0


SMALL = Kind("demo, Kemi-Tornio, Finnish", "kemi-tornio", "fi")
DEMO = Kind("demo", "lappi")
PEOPLE = tuple(
    Kind(f"{number:,} experts, {area}", serves, experts=number)
    for area, serves in (("Lapland", "lappi"), ("whole country", "everywhere"))
    for number in (40, 1_000, 10_000)
)
COMPARED = (
    SMALL,
    DEMO,
    Kind("1,000 experts, whole country", "everywhere", experts=1_000),
    Kind("the same with 850 more topics", "everywhere", experts=1_000, topics=850),
)


def prepare(kind: Kind, folder: Path) -> None:
    """Write the sources of a site: configuration, pages, profiles, own terms and the edition of the day."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = text.replace("[fi, sv, en]", f"[{kind.languages}]").replace("[lappi]", f"[{kind.serves}]")
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    shutil.copytree(ROOT / "site_src", folder / "site_src")
    if not kind.experts:
        shutil.copytree(ROOT / "experts", folder / "experts")
        return
    if kind.topics:
        _stretch(folder / "terms", kind.topics)
    terms, _ = vocabulary.load(folder / "terms" if kind.topics else None)
    population.write(folder / "experts", kind.experts, terms.serving([kind.serves]), seed=7)
    run(["kokemus", "edition", "--write", "--on", str(population.DAY)], folder)


def _stretch(terms: Path, number: int) -> None:
    """Topics of the association's own, each a copy of a shipped one under a name of its own."""
    shipped = yaml.safe_load((ROOT / "generator" / "kokemus" / "terms" / "topics.yml").read_text("utf-8"))
    kept = ("group", "about", "care")
    own = {}
    for copy, (id, term) in zip(range(number), cycle(shipped.items()), strict=False):
        labels = {language: f"{term[language]} {copy}" for language in LANGUAGES}
        own[f"{id}-{copy}"] = {key: term[key] for key in kept if key in term} | labels
    terms.mkdir()
    # JSON is YAML too, and has no anchors for what is said twice.
    (terms / "topics.yml").write_text(json.dumps(own, ensure_ascii=False, indent=1), "utf-8")


def stages(folder: Path, site: Path) -> Mapping[str, float]:
    """Seconds of the processor for each stage of a build, in this process."""
    os.environ["SOURCE_DATE_EPOCH"] = ENVIRONMENT["SOURCE_DATE_EPOCH"]
    os.chdir(folder)
    took: dict[str, float] = {}
    began = time.process_time()

    def until_now(stage: str) -> None:
        nonlocal began
        took[stage], began = time.process_time() - began, time.process_time()

    inputs = gather(Path("mkdocs.yml").absolute())
    until_now("load")
    made = publish.publish(inputs, population.DAY)
    assert tuple(made.pages())
    assert made.data
    until_now("pages")
    publish.leaks(disk.contents(site).items(), made)
    until_now("audit")
    return took


def compare(kind: Kind, repeats: int, npm: Path | None, patience: float, slow: set[str]) -> None:
    """Print our build of a site beside the others' of the same pages, run in turn; and add to the ``slow`` ones."""
    with tempfile.TemporaryDirectory() as scratch:
        ours = Path(scratch, "ours")
        prepare(kind, ours)
        run(["kokemus", "build", "--on", str(population.DAY)], ours)
        made = shell(ours)
        commands = {"Kokemus": (["kokemus", "build", "--on", str(population.DAY)], ours, "site")}
        for name, (begin, output) in OTHERS.items():
            if name in slow or (npm is None and name in FROM_NPM):
                continue
            folder = npm / name if npm and name in FROM_NPM else Path(scratch, name)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            commands[name] = (begin(made, folder), folder, output)
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(repeats):
            for name, (command, folder, output) in commands.items():
                if name in slow:
                    continue
                shutil.rmtree(folder / output, ignore_errors=True)
                runs[name].append(run(command, ROOT if name.endswith("alone") else folder))
                if runs[name][-1].clock > patience and name != "Kokemus":
                    slow.add(name)
        size = sum(file.stat().st_size for file in (ours / "site").rglob("*.html")) / 1e6
        print(f"\n{kind.name}: {len(made.pages):,} pages of {size:.1f} MB, median of {repeats}, in turn\n")
        print(f"{'':16}{'clock s':>9}{'CPU s':>9}{'peak MB':>9}{'pages':>8}{'ours is':>10}")
        least = median(taken.clock for taken in runs["Kokemus"])
        for name, (_, folder, output) in commands.items():
            clock = median(taken.clock for taken in runs[name])
            processor = median(taken.processor for taken in runs[name])
            peak = max(taken.peak for taken in runs[name])
            number = sum(1 for _ in (folder / output).rglob("*.html"))
            assert number >= len(made.pages), (name, number)
            ratio = "" if name == "Kokemus" else f"{least / clock:.2f} ×"
            print(f"{name:16}{clock:9.2f}{processor:9.2f}{peak:9.0f}{number:8,}{ratio:>10}")


def whole(kind: Kind, repeats: int) -> None:
    """Print a line of the table of our own builds, stage by stage."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "ours")
        prepare(kind, folder)
        runs = []
        for _ in range(repeats):
            shutil.rmtree(folder / "site", ignore_errors=True)
            runs.append(run(["kokemus", "build", "--on", str(population.DAY)], folder))
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.build", "--stages", str(folder)],
            cwd=ROOT,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        took = json.loads(told)
        files = [file for file in (folder / "site").rglob("*") if file.is_file()]
        number = sum(1 for file in files if file.suffix == ".html")
        size = sum(file.stat().st_size for file in files) / 1e6
        clock, processor = median(taken.clock for taken in runs), median(taken.processor for taken in runs)
        rest = processor - sum(took.values())
        cells = (*took.values(), rest, processor, clock)
        print(f"{kind.name:32}{number:7,}{size:7.1f}{''.join(f'{cell:8.2f}' for cell in cells)}", end="")
        print(f"{max(taken.peak for taken in runs):8.0f}", flush=True)


def preview(kind: Kind, repeats: int) -> None:
    """Print after how many seconds a changed card, and a changed page of text, are on the screen of ``serve``."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "ours")
        prepare(kind, folder)
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        configuration = folder / "mkdocs.yml"
        configuration.write_text(f"{configuration.read_text('utf-8')}\ndev_addr: 127.0.0.1:{port}\n", "utf-8")

        def until(name: str, words: str) -> float:
            began = time.perf_counter()
            while words not in _got(f"http://127.0.0.1:{port}/{name}"):
                if time.perf_counter() - began > 60:
                    raise SystemExit(f"{words} was never on the screen")
                time.sleep(0.01)
            return time.perf_counter() - began

        began = subprocess.Popen(["kokemus", "serve"], cwd=folder, env=ENVIRONMENT, stdout=QUIET, stderr=QUIET)
        try:
            print(f"\nPreview of the {kind.name}, seconds until it is on the screen, median of {repeats}; goal 0.7\n")
            print(f"{'the first page':32}{until('', '</html>'):8.2f}")
            for what, file, page, old in (
                ("a changed card", "experts/e06.yml", "esittelyt/", "Revontuli"),
                ("a changed page of text", "site_src/fi/about.md", "tietoa-sivustosta/", "\n## "),
            ):
                text, took = (folder / file).read_text("utf-8"), []
                for number in range(repeats):
                    time.sleep(1)
                    (folder / file).write_text(text.replace(old, f"{old}Uusi{number}", 1), "utf-8")
                    took.append(until(page, f"Uusi{number}"))
                print(f"{what:32}{median(took):8.2f}", flush=True)
        finally:
            began.terminate()
            began.wait()


def _got(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--patience", type=float, default=60, help="after a run of so many seconds one is not run again")
    asked.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.stages:
        print(json.dumps(stages(chosen.stages, chosen.stages / "site")))
        return
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}. Goals: {GOALS}.")
    print("\nProfiles to site, processor seconds by stage: median of the whole, one run for the stages\n")
    heads = ("load", "pages", "audit", "rest", "all CPU", "clock", "peak MB")
    print(f"{'':32}{'pages':>7}{'MB':>7}{''.join(f'{head:>8}' for head in heads)}")
    for kind in (SMALL, DEMO, *PEOPLE):
        whole(kind, min(chosen.repeats, 3))
    preview(DEMO, chosen.repeats)
    with tempfile.TemporaryDirectory() as scratch:
        npm = Path(scratch) if shutil.which("npm", path=ENVIRONMENT["PATH"]) else None
        if npm:
            run(["npm", "install", "--silent", "--prefix", str(npm), *FROM_NPM.values()], npm)
            ENVIRONMENT["PATH"] = f"{npm / 'node_modules' / '.bin'}:{ENVIRONMENT['PATH']}"
        slow: set[str] = set()
        for kind in COMPARED:
            compare(kind, chosen.repeats, npm, chosen.patience, slow)


if __name__ == "__main__":
    main()
