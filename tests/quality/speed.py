"""Speed measurements: Lighthouse's scores, and the time to the search's first results."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from statistics import median

from playwright.sync_api import Browser

from tests.bench.search import ready, slowed
from tests.conftest import ROOT, browser_path
from tests.quality.budgets import Reading

LIGHTHOUSE = ROOT / "tests" / "counterparts" / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = ROOT / ".venv" / "bin" / "node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOWDOWN = 4


def searching(browser: Browser, address: str, times: int = 9) -> float:
    """Milliseconds from the first focus of the home page's search field to results, as the median of several visits."""
    found: list[float] = []
    for _ in range(times):
        page = slowed(browser, address, SLOWDOWN)
        found.append(ready(page))
        page.close()
    return median(found)


def lighthouse(address: str, where: str, times: int = 3) -> dict[str, Reading]:
    """Lighthouse's four scores of a page, out of 100, each the median of several runs, for a phone on slow 4G.

    Raises RuntimeError if Lighthouse itself fails three times in a row.
    """
    runs = [_lighthouse(address, tries=3) for _ in range(times)]
    scores: dict[str, Reading] = {}
    for category in CATEGORIES:
        lost = sorted({name for run in runs for name in run[category][1]})
        scores[category] = Reading(where, median(run[category][0] for run in runs), ", ".join(lost))
    return scores


def _lighthouse(address: str, tries: int) -> Mapping[str, tuple[float, list[str]]]:
    """The scores of one run, and what lost points. Sometimes the browser records no trace; then it is run again."""
    command = [
        *(str(NODE), str(LIGHTHOUSE), address, "--quiet", "--output=json", "--output-path=stdout"),
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync",
    ]
    done = subprocess.run(
        command,
        env=os.environ | {"CHROME_PATH": browser_path(), "NO_UPDATE_NOTIFIER": "1"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=180,
        check=False,
    )
    try:
        report = json.loads(done.stdout)
        found = report["categories"]
        return {
            name: (
                100 * float(found[name]["score"]),
                [
                    one["id"]
                    for one in found[name]["auditRefs"]
                    if one["weight"] and (report["audits"][one["id"]]["score"] or 1) < 1
                ],
            )
            for name in CATEGORIES
        }
    except (ValueError, KeyError, TypeError) as error:
        if tries > 1:
            return _lighthouse(address, tries - 1)
        raise RuntimeError(f"Lighthouse failed: {done.stderr[-500:]}") from error


def judged(pages: Iterable[tuple[str, str]], times: int = 3) -> dict[str, list[Reading]]:
    """Lighthouse's scores of several pages, given by address and name."""
    found: dict[str, list[Reading]] = {category: [] for category in CATEGORIES}
    for address, where in pages:
        for category, reading in lighthouse(address, where, times).items():
            found[category].append(reading)
    return found
