"""``make bench-anonymity``: how long loading, statements, blocks and edition take, for 40 to 100,000 invented experts.

Every population is measured in processes of its own. A step's peak is the greatest memory of that process up to the
end of the step, with all that earlier steps left, as in the real command. This process itself stays small, since on
Linux a new process begins with its parent's peak. Before each step the garbage collector runs, so that no step pays for
what an earlier one left; the line *all* is of a process in which it comes and goes as it likes. Growth is told by
processor time, which others on the same machine hardly disturb, beside that of what a step finds; goals in seconds are
told by the clock.
"""

import argparse
import gc
import os
import pickle
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from math import log
from multiprocessing import get_context
from pathlib import Path
from resource import RLIMIT_AS, RUSAGE_SELF, getrusage, setrlimit
from typing import NamedTuple, TypeVar

from kokemus import consent, profile, source, succession, vocabulary
from kokemus.anonymity import Rule
from kokemus.cells import Cells, Member
from kokemus.document import Document
from kokemus.parameters import parameters
from kokemus.profile import Profile
from kokemus.vocabulary import Vocabulary
from tests.bench import population
from tests.bench.peers import PACKAGES, WAYS
from tests.bench.population import DAY, SINCE

AREAS = {"Lapland": "lappi", "whole country": "everywhere"}
SIZES = (40, 1_000, 10_000, 100_000)
GOAL_SIZE, GOAL_SECONDS, GOAL_RULE_SECONDS, GOAL_MEGABYTES = 10_000, 15, 4, 1024
PATIENCE, ROOM = 60, 8
"""Seconds of processor time and gigabytes that one way to the supports may take."""
LEAST = 0.05
"""Seconds: what takes less is mostly start-up, and its growth says nothing."""

Result = TypeVar("Result")


class Cost(NamedTuple):
    """What a step took: seconds by the clock and by the processor, and the peak so far in megabytes; what it found.

    That is how many profiles, members, statements or blocks.
    """

    clock: float
    processor: float
    peak: float
    found: int


class Time(NamedTuple):
    """One way to the supports: processor seconds on the mean of several runs, and what it found."""

    seconds: float
    statements: int
    digest: str


Costs = Mapping[str, Cost]


def steps(folder: Path, area: str, settled: bool) -> Costs:
    """Everything that ``kokemus edition`` computes, step by step, each on a settled heap or as it comes."""
    terms = _terms(area)
    costs: dict[str, Cost] = {}

    def step(name: str, work: Callable[[], Result], size: Callable[[Result], int]) -> Result:
        if settled:
            gc.collect()
        clock, processor = time.perf_counter(), time.process_time()
        result = work()
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        costs[name] = Cost(clock, processor, _peak(), size(result))
        return result

    def load() -> tuple[tuple[Document, ...], tuple[Profile, ...]]:
        documents, unread = source.read_folder(folder, "experts")
        profiles, wrong = profile.read_all(documents, terms)
        if unread or wrong:
            raise AssertionError(unread or wrong)
        return documents, profiles

    _documents, profiles = step(
        "load", load, lambda loaded: len(loaded[1])
    )  # the documents are kept, as the real command keeps them
    crowd = step("crowd", lambda: consent.crowd(profiles, DAY, terms), len)

    def supported() -> tuple[Rule, int]:
        rule = Rule(Cells.of(crowd, terms), parameters(len(crowd), {}))
        return rule, sum(len(rule.passing(topic)) for topic in terms.topics)

    rule, _ = step("support, guard", supported, lambda found: found[1])
    step("blocks", lambda: rule.blocks, lambda blocks: len(blocks.sizes))
    step("publishable", lambda: sum(len(rule.publishable(topic)) for topic in terms.topics), int)
    earlier = consent.crowd(profiles, SINCE, terms)
    first = Rule(Cells.of(earlier, terms), parameters(len(earlier), {}))
    previous, _ = succession.following(None, first, SINCE, 0)
    edition, _ = step(
        "edition",
        lambda: succession.following(previous, rule, DAY, consent.newcomers(profiles, DAY, SINCE)),
        lambda found: len(found[0].crowd),
    )
    clock, processor = (sum(cost[kind] for cost in costs.values()) for kind in (0, 1))
    costs["all"] = Cost(clock, processor, _peak(), len(edition.crowd))
    return costs


def keep_crowd(folder: Path, area: str, kept: Path) -> int:
    """The members of a population, put aside for the comparison, so that no way waits for the loading; their k."""
    terms = _terms(area)
    profiles, _ = profile.read_all(source.read_folder(folder, "experts")[0], terms)
    crowd = consent.crowd(profiles, DAY, terms)
    kept.write_bytes(pickle.dumps(crowd))
    return parameters(len(crowd), {}).k


def way(name: str, kept: Path, area: str, k: int) -> Time:
    """One way from the members to the statements; the system ends this process when its first run takes too long.

    Where it would take too much memory it gets none.
    """
    terms = _terms(area)
    crowd: tuple[Member, ...] = pickle.loads(kept.read_bytes())  # noqa: S301
    WAYS[name](crowd[:40], k, terms)  # so that no package is imported while time is taken
    setrlimit(RLIMIT_AS, (ROOM << 30, ROOM << 30))
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    begun, runs = time.process_time(), 0
    while not runs or (time.process_time() - begun < 1 and runs < 200):
        found = WAYS[name](crowd, k, terms)
        runs += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
    spent = time.process_time() - begun
    return Time(spent / runs, len(found), sha256(repr(sorted(found)).encode()).hexdigest())


def fresh(work: Callable[[], Result]) -> Result:
    """The result of some work in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work).result()


def patient(work: Callable[[], Time]) -> Time | str:
    """The same, or what there was not enough of."""
    begun = time.perf_counter()
    try:
        return fresh(work)
    except MemoryError:
        return f"> {ROOM} GB"
    except BrokenProcessPool:
        if time.perf_counter() - begun < PATIENCE:
            raise
        return f"> {PATIENCE} s"


def _terms(area: str) -> Vocabulary:
    return vocabulary.load()[0].serving([AREAS[area]])


def _peak() -> float:
    """In megabytes; Linux counts in kilobytes, macOS in bytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measured(areas: Sequence[str], sizes: Sequence[int], seed: int, folder: Path) -> dict[tuple[str, int], Costs]:
    """The costs of all steps by area and size: the least of three processes, of one for the largest populations."""
    found: dict[tuple[str, int], Costs] = {}
    for area in areas:
        for size in sizes:
            experts = folder / f"{AREAS[area]}-{size}"
            fresh(partial(population.write, experts, size, _terms(area), seed))
            runs = 3 if size <= GOAL_SIZE else 1
            settled = least([fresh(partial(steps, experts, area, True)) for _ in range(runs)])
            as_it_comes = least([fresh(partial(steps, experts, area, False)) for _ in range(runs)])
            found[area, size] = {**settled, "all": as_it_comes["all"]}
            print(f"  {area}, {size:,}: {found[area, size]['all'].clock:.1f} s", file=sys.stderr)
    return found


def least(runs: Sequence[Costs]) -> Costs:
    """The least of each cost of each step."""
    return {name: Cost(*map(min, zip(*(run[name] for run in runs), strict=True))) for name in runs[0]}


def table(found: Mapping[tuple[str, int], Costs]) -> Iterator[str]:
    """A line for each step and size, with what its time grew by beside what the population and its findings grew by."""
    head = ("people", "seconds", "processor", "peak MB", "found", "µs each", "time ×", "found ×", "N log N ×")
    yield f"{'':28}{head[0]:>8}" + "".join(f"{word:>10}" for word in head[1:])
    for area in dict.fromkeys(area for area, _ in found):
        sizes = [size for where, size in found if where == area]
        for name in found[area, sizes[0]]:
            for before, size in zip((None, *sizes), sizes, strict=False):
                cost = found[area, size][name]
                line = f"{area:14}{name:14}{size:8,}{cost.clock:10.3f}{cost.processor:10.3f}{cost.peak:10.0f}"
                line += f"{cost.found:10,}{cost.processor / max(cost.found, 1) * 1e6:10.1f}"
                if before:
                    times, more = _grown(found[area, before][name], cost)
                    line += f"{times:10.1f}{more:10.1f}{_n_log_n(before, size):10.1f}"
                yield line
            yield ""


def goals(found: Mapping[tuple[str, int], Costs]) -> Iterator[tuple[bool, str]]:
    """Whether each goal holds, in words."""
    for (area, size), costs in found.items():
        if size == GOAL_SIZE:
            whole = costs["all"]
            rule = sum(costs[name].clock for name in ("support, guard", "blocks", "publishable"))
            name = f"{area}, {size:,} profiles"
            yield whole.clock <= GOAL_SECONDS, f"{name}: all in {whole.clock:.1f} of {GOAL_SECONDS} s"
            yield rule <= GOAL_RULE_SECONDS, f"{name}: all statements in {rule:.2f} of {GOAL_RULE_SECONDS} s"
            yield whole.peak <= GOAL_MEGABYTES, f"{name}: {whole.peak:.0f} of {GOAL_MEGABYTES} MB"
    for area in dict.fromkeys(area for area, _ in found):
        sizes = [size for where, size in found if where == area]
        for name in found[area, sizes[0]]:
            long = [size for size in sizes if found[area, size][name].processor >= LEAST]
            if len(long) > 1:
                before, *_, size = long
                times, more = _grown(found[area, before][name], found[area, size][name])
                most = _n_log_n(before, size)
                words = f"{area}, {name}: {before:,} → {size:,} takes {times:.1f} times as long, N log N {most:.1f}"
                yield times <= most, f"{words}; finds {more:.1f} times as many"


def compared(areas: Sequence[str], sizes: Sequence[int], folder: Path, judged: list[tuple[bool, str]]) -> Iterator[str]:
    """A line for each way to the supports; stops where two of them do not find the same. Adds to the goals."""
    yield f"{'':23}{'people':>7}{'k':>3}{'statements':>11}  {'way':32}{'seconds':>9}{'ratio':>7}"
    for area in areas:
        for size in sizes:
            kept = folder / f"{AREAS[area]}-{size}.members"
            k = fresh(partial(keep_crowd, folder / f"{AREAS[area]}-{size}", area, kept))
            times = {name: patient(partial(way, name, kept, area, k)) for name in WAYS}
            done = {name: found for name, found in times.items() if isinstance(found, Time)}
            if len({found.digest for found in done.values()}) > 1:
                counts = ", ".join(f"{name}: {found.statements}" for name, found in done.items())
                sys.exit(f"{area}, {size:,}: the ways do not find the same statements ({counts})")
            own = done["kokemus"]
            for name, found in times.items():
                line = f"{area:23}{size:7,}{k:3}{own.statements:11,}  {name:32}"
                yield line + (
                    f"{found:>9}"
                    if isinstance(found, str)
                    else f"{found.seconds:9.4f}{found.seconds / own.seconds:7.1f}"
                )
            yield ""
            best = min((name for name in done if name != "kokemus"), key=lambda name: done[name].seconds)
            words = f"{own.seconds * 1000:.1f} ms, the best other way ({best}) {done[best].seconds * 1000:.1f} ms"
            judged.append((own.seconds < done[best].seconds, f"{area}, {size:,}, supports: {words}"))


def main() -> None:
    """Measure, compare, print; exit code 1 where a goal is missed or the ways differ."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.anonymity", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    options.add_argument("--areas", nargs="+", choices=AREAS, default=tuple(AREAS))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--alone", action="store_true", help="without the comparison, which needs more packages")
    chosen = options.parse_args()
    missing = [name for name, module in PACKAGES.items() if not find_spec(module)]
    if missing and not chosen.alone:
        sys.exit(f"Missing: {', '.join(missing)}. Run: {sys.executable} -m pip install {' '.join(PACKAGES)}")
    sizes = sorted(chosen.sizes)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"Loading, statements, blocks and edition of invented profiles (seed {chosen.seed}). Measured on {python},")
    print(f"{platform.system()} {platform.machine()}, one of {os.cpu_count()} cores used. Again: make bench-anonymity")
    judged: list[tuple[bool, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = measured(chosen.areas, sizes, chosen.seed, folder)
        print("", *table(found), sep="\n")
        if not chosen.alone:
            print("The same supports by other ways, from the members in memory; all that end find the same:\n")
            for line in compared(chosen.areas, sizes, folder, judged):
                print(line, flush=True)
    judged.extend(goals(found))
    for held, words in judged:
        print(f"{'held  ' if held else 'MISSED'} {words}")
    sys.exit(0 if all(held for held, _ in judged) else 1)


def _grown(before: Cost, after: Cost) -> tuple[float, float]:
    """How many times as long it takes, and how many times as much it finds."""
    return after.processor / max(before.processor, 0.0001), after.found / max(before.found, 1)


def _n_log_n(before: int, size: int) -> float:
    return size * log(size) / (before * log(before))


if __name__ == "__main__":
    main()
