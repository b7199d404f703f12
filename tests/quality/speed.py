"""How long things take: Lighthouse's own figures, combining, and the search's first results."""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from kokemus.vocabulary import Vocabulary
from tests.bench.search import ready, slowed
from tests.conftest import ROOT, browser_path
from tests.quality.budgets import Reading

LIGHTHOUSE = ROOT / "tests" / "counterparts" / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = ROOT / ".venv" / "bin" / "node"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOWDOWN = 4
_CHANGES = """async () => {
  const selects = [...document.querySelectorAll('#combine select')], times = [];
  for (let turn = 0; turn < 60; turn++) {
    const select = selects[turn % selects.length];
    select.selectedIndex = turn * 7 % select.options.length;
    await new Promise(requestAnimationFrame);
    const before = performance.now();
    select.dispatchEvent(new Event('change', { bubbles: true }));
    document.body.offsetHeight;
    times.push(performance.now() - before);
  }
  return times;
}"""


def statements(terms: Vocabulary, number: int) -> str:
    """``statements.json`` with so many statements of a vocabulary, drawn at random and always the same."""
    whole = [
        [topic, dimensions]
        for topic in terms.topics
        for dimensions in (
            *({"language": language, "where": place} for language in terms.languages for place in sorted(terms.served)),
            *({"format": id} for id in terms.formats),
            *({"audience": id} for id in terms.audiences),
        )
    ]
    places = {place: {"parent": terms.ancestors(place)[0]} for place in terms.served if terms.ancestors(place)}
    return json.dumps({"places": places, "statements": random.Random(4).sample(whole, number)})


def crowded(site: Path, folder: Path, terms: Vocabulary, number: int = 2000) -> Path:
    """A copy of a site with so many statements to combine."""
    shutil.copytree(site, folder)
    (folder / "statements.json").write_text(statements(terms, number))
    return folder


def combining(browser: Browser, address: str) -> float:
    """Milliseconds from a change to the new layout on the page to combine, the median of sixty."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address)
    page.locator("#answers[aria-busy=false]").wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    times: list[float] = page.evaluate(_CHANGES)
    page.close()
    return median(times)


def searching(browser: Browser, address: str, times: int = 9) -> float:
    """Milliseconds from the first focus of the home page's field to shown results, the median of so many visits."""
    found: list[float] = []
    for _ in range(times):
        page = slowed(browser, address, SLOWDOWN)
        found.append(ready(page))
        page.close()
    return median(found)


def lighthouse(address: str, where: str, times: int = 3) -> dict[str, Reading]:
    """Lighthouse's four scores of a page, of 100, each the median of so many runs; a phone on slow 4G.

    Raises RuntimeError where Lighthouse itself fails, three times in a row.
    """
    runs = [_lighthouse(address, tries=3) for _ in range(times)]
    scores: dict[str, Reading] = {}
    for category in CATEGORIES:
        lost = sorted({name for run in runs for name in run[category][1]})
        scores[category] = Reading(where, median(run[category][0] for run in runs), ", ".join(lost))
    return scores


def _lighthouse(address: str, tries: int) -> Mapping[str, tuple[float, list[str]]]:
    """One run's scores and what lost points. Now and then the browser records no trace; then it says: run me again."""
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
    """Lighthouse's scores of several pages, each by address and name."""
    found: dict[str, list[Reading]] = {category: [] for category in CATEGORIES}
    for address, where in pages:
        for category, reading in lighthouse(address, where, times).items():
            found[category].append(reading)
    return found
