"""``make fuzz``: 100,000 broken profiles through ``kokemus check``, as many folders with another broken file, as many
spreadsheets through an import, every command on some of the profiles, and atheris.

Prints the measurements. The exit code is 1 if anything happened that must not. The first argument is the number of
profiles, the second the seed.
"""

import importlib.util
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.fuzz.campaign import MEGABYTES, Tally, checked, commanded, surrounded
from tests.fuzz.spreadsheets import imported
from tests.fuzz.watch import SECONDS, Wrong

PART = 2500
_BESIDE = 1000  # smaller parts, because each case reads a whole folder and the process caches some of it
_GUIDED_RUNS = 5  # atheris gets a fifth of the count


def main(count: int = 100_000, seed: int = 20261124) -> int:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        profiles = _campaign("check", checked, count, seed, Path(folder))
        beside = _campaign("all but profiles", surrounded, count, seed + 2_000_000, Path(folder), _BESIDE)
        sheets = _campaign("spreadsheets", imported, count, seed + 3_000_000, Path(folder))
        commands = _campaign("every command", commanded, count // 100, seed + 1_000_000, Path(folder))
        found = (profiles, beside, sheets, commands)
        wrong = [one for tally in found for one in tally.wrong]
        wrong += _guided(count // _GUIDED_RUNS, seed, Path(folder))
    print(f"{time.perf_counter() - start:.0f} s; seed {seed}; {len(wrong)} things that must not happen")
    kept = Path("build/fuzz")
    for number, one in enumerate(wrong):
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"{number}.yml").write_bytes(one.content)
        print(f"  {one.what}: {kept / f'{number}.yml'}")
    return 1 if wrong else 0


def _campaign(
    name: str, part: Callable[[int, int, Path], Tally], count: int, seed: int, folder: Path, most: int = PART
) -> Tally:
    """Run all parts on every processor, each in a new process, so that its memory can be measured."""
    total = Tally()
    size = min(most, max(1, count // (os.cpu_count() or 1)))
    parts = [(seed + at, min(size, count - at), folder / f"{part.__name__}-{at}") for at in range(0, count, size)]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        for tally in pool.map(part, *zip(*parts, strict=True)):
            total.add(tally)
    print(
        f"{name}: {total.files} files, {total.commands} commands, {total.accepted} files without an error; "
        f"slowest file {total.slowest_file:.2f} s of {SECONDS:.0f}, slowest command {total.slowest_command:.2f} s; "
        f"{total.megabytes:.0f} MB of {MEGABYTES}; "
        f"{sum('leak' in one.what for one in total.wrong)} leaks, {len(total.wrong)} things gone wrong",
        flush=True,
    )
    return total


def _guided(runs: int, seed: int, folder: Path) -> Iterator[Wrong]:
    """The same with atheris, which keeps inputs that reach new branches of the loader and mutates those further."""
    if importlib.util.find_spec("atheris") is None:
        print("atheris: not installed; it has wheels for Linux on x86-64 with Python 3.11 to 3.13. Left out.")
        return
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", str(runs), str(seed), str(folder / "corpus")],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    last = [line for line in done.stderr.splitlines() if line.startswith("#")][-1:]
    print(f"atheris: exit code {done.returncode}; {' '.join(last)}")
    if done.returncode:
        kept = next(Path().glob("crash-*"), None) or next(Path().glob("timeout-*"), None)
        yield Wrong(f"atheris: {done.stderr[-2000:]}", kept.read_bytes() if kept else b"")
        if kept:
            kept.unlink()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
