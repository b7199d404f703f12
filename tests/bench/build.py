"""``make bench``: how long a whole build takes, and how long others take to make the same pages from the same data.

Ours is ``kokemus build``, from profiles to site. The others get the content of the pages as JSON, made once and outside
the timing: terms, texts, what is listed, the form, addresses, and hand-written pages with their facts filled in. Each
fills its own templates and writes every page. A page whose words, links or form differ from ours fails the benchmark.
Each run is a new process without any cache. Generators take turns, so that a busy machine slows all of them; ratios are
computed per round.

Besides check and audit, the others need not make what nobody reads on a page: the search index, the open data, the QR
codes for paper, the data for search engines, the sitemap, the headers, styles and scripts, the page for unknown
addresses. Material runs without its own search and with one page in its navigation, since with the defaults the time of
both grows with the square of the number of pages.
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.bench import data, preview, words
from tests.bench.others import Other, others
from tests.bench.sites import ENVIRONMENT, Kind, prepare

COMPARED = (
    (Kind("demo"), 5),
    (Kind("demo with 200 topics of its own", topics=200), 5),
    (Kind("demo with 1,000 topics of its own", topics=1_000), 1),
)
PEOPLE = (
    (Kind("40 experts", experts=40), 5),
    (Kind("1,000 experts", experts=1_000), 3),
    (Kind("10,000 experts", experts=10_000), 1),
)
STAGES = ("check", "pages", "audit")
ALL, READ = 600, 200
"""If a site has more than ``ALL`` pages, the words of about ``READ`` of them are compared."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall time, CPU time including its children, peak memory in MB, and seconds of each stage."""

    clock: float
    processor: float
    peak: float
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def alone(self) -> float:
        """The seconds without check and audit."""
        return self.clock - self.stages["check"] - self.stages["audit"]


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command, which must succeed."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=said, stdin=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{said.read()[-3000:]}")
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def ours(folder: Path) -> Run:
    """Run one of our builds, with the times of its stages."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    told = folder / "stages.json"
    took = run([sys.executable, "-m", "tests.bench.ours", str(told)], folder)
    return Run(took.clock, took.processor, took.peak, json.loads(told.read_text("utf-8")))


def compare(kind: Kind, rounds: int, chosen: Mapping[str, Other], patience: float) -> set[str]:
    """Print our build of a site beside the others' of the same pages. Returns the names of those that took too long."""
    slow: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        mine = prepare(kind, Path(scratch, "kokemus"))
        made = data.data(mine)
        folders = {name: other.begin(made, Path(scratch)) for name, other in chosen.items()}
        runs: list[Run] = []
        pairs: dict[str, list[tuple[Run, Run]]] = {name: [] for name in chosen}
        for _ in range(rounds):
            runs.append(ours(mine))
            for name in [name for name in chosen if name not in slow]:
                chosen[name].clear(folders[name])
                pairs[name].append((run(chosen[name].command, folders[name]), runs[-1]))
                if pairs[name][-1][0].clock > patience:
                    slow.add(name)
        paths = list(words.pages(made))
        size = sum((mine / "site" / path / "index.html").stat().st_size for path in paths) / 1e6
        print(f"\n{kind.name}: {len(paths):,} pages of {size:.0f} MB, medians of rounds in turn\n")
        heads = {"rounds": 8, "clock s": 9, "CPU s": 9, "peak MB": 9, "ms a page": 10, "× ours": 18, "× without": 18}
        print(f"{'':26}{''.join(head.rjust(width) for head, width in heads.items())}")
        line(f"Kokemus {version('kokemus')}", runs, len(paths))
        print(f"  {', '.join(f'{stage} {seconds:.2f}' for stage, seconds in parts(runs).items())}")
        bare = median(one.alone for one in runs)
        print(f"{'  without check and audit':26}{'':8}{bare:9.2f}{'':18}{1000 * bare / len(paths):10.2f}")
        for name, against in pairs.items():
            ratios = ([it.clock / own.clock for it, own in against], [it.clock / own.alone for it, own in against])
            line(name, [it for it, _ in against], len(paths), *map(ratio, ratios))
        sites = {name: folders[name] / other.makes[-1] for name, other in chosen.items()}
        judge(paths, made["site"]["url"], mine / "site", sites)
    return slow


def judge(paths: Sequence[str], address: str, mine: Path, sites: Mapping[str, Path]) -> None:
    """End the benchmark if another generator's site lacks a page, or a page of it differs from ours."""
    some = paths[:: len(paths) // READ if len(paths) > ALL else 1]
    wanted = words.said(mine, address, some)
    for name, site in sites.items():
        if lacking := [path for path in paths if not (site / path / "index.html").is_file()]:
            raise SystemExit(f"{name} has not made {lacking}")
        if wrong := words.differences(wanted, words.said(site, address, some)):
            raise SystemExit("\n".join(f"{name}: {path}: {what}" for path, what in wrong.items()))
    print(f"\nAll have all pages; the words, links and answers of {len(some):,} were compared and are the same.")


def line(name: str, runs: Sequence[Run], pages: int, *ratios: str) -> None:
    clock, processor = median(one.clock for one in runs), median(one.processor for one in runs)
    numbers = (
        f"{len(runs):8}{clock:9.2f}{processor:9.2f}{max(one.peak for one in runs):9.0f}{1000 * clock / pages:10.2f}"
    )
    print(f"{name:26}{numbers}{''.join(f'{one:>18}' for one in ratios)}", flush=True)


def parts(runs: Sequence[Run]) -> Mapping[str, float]:
    """The seconds of each stage, and the rest."""
    took = {stage: median(one.stages[stage] for one in runs) for stage in STAGES}
    return took | {"rest": median(one.clock - sum(one.stages.values()) for one in runs)}


def ratio(found: Sequence[float]) -> str:
    return f"{median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def whole(kind: Kind, rounds: int) -> None:
    """Print a line about our own builds, stage by stage."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = prepare(kind, Path(scratch, "kokemus"))
        runs = [ours(folder) for _ in range(rounds)]
        pages = sum(1 for _ in (folder / "site").rglob("index.html"))
        cells = (*parts(runs).values(), median(one.clock for one in runs), median(one.alone for one in runs))
        rest = f"{median(one.processor for one in runs):9.2f}{max(one.peak for one in runs):9.0f}{rounds:8}"
        print(f"{kind.name:34}{pages:7,}{''.join(f'{cell:9.2f}' for cell in cells)}{rest}", flush=True)


def machine() -> str:
    """A description of this machine."""
    told = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").is_file() else ""
    model = next((row.partition(": ")[2] for row in told.splitlines() if row.startswith("model name")), "")
    load = f"load {os.getloadavg()[0]:.1f} at the beginning"
    return f"{platform.machine()} {model}, {os.cpu_count()} processors, {load}, Python {platform.python_version()}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="the demo alone, one round")
    asked.add_argument("--patience", type=float, default=25, help="who takes longer is run once, and on no larger site")
    given = asked.parse_args()
    print(f"{machine()}.\n\n{__doc__}")
    chosen = dict(others())
    for kind, rounds in COMPARED[:1] if given.quick else COMPARED:
        slow = compare(kind, 1 if given.quick else rounds, chosen, given.patience)
        chosen = {name: other for name, other in chosen.items() if name not in slow}
    if given.quick:
        return
    print("\nFrom profiles to site, seconds by stage, medians\n")
    heads = (*STAGES, "rest", "clock", "without", "CPU", "peak MB")
    print(f"{'':34}{'pages':>7}{''.join(f'{head:>9}' for head in heads)}{'rounds':>8}")
    for kind, rounds in PEOPLE:
        whole(kind, rounds)
    preview.measure(rounds=5)


if __name__ == "__main__":
    main()
