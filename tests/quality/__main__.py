"""``make quality``: every budget on the demo and on a national site, three walks, and Material's defaults to compare.

The exit code is 1 if any budget is red. It takes about twenty minutes on two cores.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import launch
from tests.quality import access, defaults, markup, sites, speed, walks, weight
from tests.quality.budgets import BUDGETS, Reading, Row, table
from tests.quality.host import hosted
from tests.quality.sites import Shown
from tests.quality.weight import Readings
from tests.rigs.emulator import Emulator


def measured(browser: Browser, site: Path, address: str, emulator: Emulator) -> Readings:
    """Every budget's readings on a site that is hosted at the address."""
    every, chosen = sites.pages(site), sites.samples(site)
    finnish = {page.kind: page.url for page in reversed(chosen) if page.language == "fi"}
    parts: dict[str, Callable[[], Readings]] = {
        "files": lambda: of_files(site, address),
        "first views": lambda: weight.readings((page, weight.visit(browser, address, page.url)) for page in chosen),
        "use": lambda: used(browser, address, chosen),
        "crawl": lambda: weight.crawled(browser, address, every),
        "access": lambda: access.inspected(browser, address, chosen),
        "without script": lambda: {
            "without script": [*access.without_script(browser, address, every), sent(browser, address, emulator)]
        },
        "speed": lambda: {"search ready": [Reading("home", speed.searching(browser, address))]},
        "Lighthouse": lambda: speed.judged(
            (address + finnish[kind], finnish[kind] or "home") for kind in ("home", "topic", "search", "request")
        ),
    }
    found: Readings = {}
    for part, measure in parts.items():
        began = time.monotonic()
        found |= measure()
        print(f"  {part}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def of_files(site: Path, address: str) -> Readings:
    """The readings that need only the files."""
    return {"html": markup.html(site), "links": list(markup.links(site, address)), "policy": list(markup.policy(site))}


def used(browser: Browser, address: str, pages: list[Shown]) -> Readings:
    """The weight of interactive pages after they were used."""
    found: Readings = {"search": [], "request": []}
    for page in pages:
        if page.kind in weight.USES:
            seen = weight.visit(browser, address, page.url, weight.USES[page.kind])
            found["search" if page.kind == "home" else page.kind].append(Reading(page.url or "home", seen.bytes))
    return found


def sent(browser: Browser, address: str, emulator: Emulator) -> Reading:
    """Whether the nurse, who has no JavaScript, can send a request."""
    try:
        walks.walked(browser, emulator, address, "nurse, no JavaScript")
    except Exception as error:
        return Reading("the nurse's request", 1, str(error))
    return Reading("the nurse's request", 0)


def rows(name: str, found: Readings) -> Iterator[tuple[str, Row]]:
    for budget, limits in BUDGETS.items():
        yield name, limits.row(found.get(budget, []))


def walking(browser: Browser, emulator: Emulator, address: str) -> str:
    """The three walks as a table of steps."""
    lines = ["| walk | step | seconds |", "|---|---|---|"]
    for walk in walks.WALKS:
        steps, _ = walks.walked(browser, emulator, address, walk)
        lines += [f"| {step.walk} | {step.name} | {step.milliseconds / 1000:.1f} |" for step in steps]
        lines.append(f"| {walk} | in all | {sum(step.milliseconds for step in steps) / 1000:.1f} |")
    return "\n".join(lines)


def main() -> int:
    makers: dict[str, Callable[[Path, str, str], Path]] = {"demo": sites.demo, "national": sites.national}
    found: list[tuple[str, Row]] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, Emulator(Path(name)) as emulator:
        browser = launch(playwright)
        for label, make in makers.items():
            folder = Path(name) / label
            with hosted(folder / "site") as address:
                site = make(folder, address, f"{emulator.services}/generic/kokemus")
                print(f"{label}: {len(sites.pages(site))} pages", file=sys.stderr, flush=True)
                made = [*rows(label, measured(browser, site, address, emulator))]
                print(table(made), end="\n\n", flush=True)
                found += made
                if label == "demo":
                    steps = walking(browser, emulator, address)
                    beside = defaults.beside(browser, site, address, Path(name) / "material")
        browser.close()
    print(steps, end="\n\n")
    print(beside)
    red = [(label, row) for label, row in found if not row.green]
    for label, row in red:
        print(f"\nRED on the {label} site: {row.budget.name}")
        for reading in row.over[:10]:
            print(f"  {reading.where}: {reading.value:g} {reading.detail}"[:600])
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
