"""A month of an association's site: consents come and go, something breaks every second night, and a probe watches.

Outside ``make fuzz`` the workflow runs only after a change, in nights in which a consent ends, and with some faults.
"""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import change
from tests.rigs.forge import Forge, git
from tests.rigs.sweeps import WHOLE, sample
from tests.test_workflows import GITHUB, push
from tests.test_workflows import environment as environment
from tests.test_workflows import forge as forge
from tests.test_workflows import installed as installed

pytestmark = pytest.mark.build

FIRST = date(2026, 11, 24)
BUILD = ".venv/bin/kokemus-alone build --leave-out-broken"
AUDIT = ".venv/bin/kokemus-alone audit site"
PUBLISH = 'sh .ci/publish-branch "$RUNNER_TEMP/built/artifact.tar"'

# By night: what goes wrong, the step in which it happens, and what is run instead of that step.
FAULTS = {
    1: ("killed while it checks", "Build", "kill -9 $$"),
    3: ("killed as the build begins", "Build", f"timeout -s KILL 0.2 {BUILD}"),
    5: ("killed in the middle of the build", "Build", f"timeout -s KILL 0.9 {BUILD}"),
    7: ("killed after the build, before its result is noted", "Where to", "kill -9 $$"),
    9: ("disk full", "Build", f"ulimit -f 8; {BUILD}"),
    11: ("the clock is two months slow", "Build", f"SOURCE_DATE_EPOCH=1790000000 {BUILD}"),
    13: ("killed while it audits", "Build", f"{BUILD}; kill -9 $$"),
    15: ("a leak written by something else", "Build", f"{BUILD}; cp experts/e01.yml site/; {AUDIT}"),
    17: ("killed while it looks whether an edition is due", "Edition", "kill -9 $$"),
    19: ("killed while it publishes", "Publish", f'timeout -s KILL 0.06 {PUBLISH} "$SITE_REPOSITORY"'),
    21: ("the host refuses", "Publish", f"{PUBLISH} /nowhere"),
    23: ("no run at all", "", ""),
}


def card(name: str, consent: str) -> str:
    """A profile whose card shows under this name."""
    return (
        f"consent: {{{consent}}}\nlanguages: [fi]\nplaces: [kemi]\nremote: true\n"
        "formats: [class-talk]\noffers:\n  - topic: hope\n"
        f"card: {{consent: 2026-01-01, name: {name}, text: {{fi: Tervetuloa kuulemaan.}}}}\n"
        f"private: {{name: Secret{name}, email: {name.casefold()}@private.invalid}}\n"
    )


def changes(folder: Path, day: int) -> bool:
    """What the coordinator changes at ten o'clock on a day. Returns whether anything changed."""
    experts = folder / "experts"
    if day == 2:
        change(folder, "experts/e06.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-11-26\n')
    elif day == 4:
        (experts / "n1.yml").write_text(card("Kielo", "given: 2026-11-01, review: 2026-12-04"), "utf-8")
    elif day == 6:
        (experts / "n2.yml").write_text(card("Vanamo", "given: 2026-11-01, withdrawn: 2026-12-08"), "utf-8")
    elif day == 12:
        (experts / "n3.yml").write_text(
            card("Pihka", "given: 2026-11-01") + "paused: {from: 2026-12-10, until: 2026-12-14}\n"
        )
    elif day == 18:
        change(folder, "experts/n3.yml", "remote: true", "remote: true: [")
    elif day == 20:
        change(folder, "experts/e15.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-12-14\n')
    elif day == 24:
        change(folder, "experts/n3.yml", "remote: true: [", "remote: true")
    elif day == 27:
        (experts / "n3.yml").unlink()
    else:
        return False
    return True


# By card: the hours of the month, the last one excluded, in which it is in consent and its file is valid.
CONSENT = {
    "Revontuli": [(0, 2 * 24 + 10)],
    "Kanerva": [(0, 20 * 24 + 10)],
    "Kielo": [(4 * 24 + 10, 11 * 24)],
    "Vanamo": [(6 * 24 + 10, 14 * 24)],
    "Pihka": [(12 * 24 + 10, 16 * 24), (24 * 24 + 10, 27 * 24 + 10)],
}
NIGHT = 6
TRIED = sample([*FAULTS], 4)
ENDS = {end // 24 for times in CONSENT.values() for _, end in times if end % 24 == 0}
NIGHTS = {*range(30)} if WHOLE else {0, *TRIED, *ENDS}


def consenting(hour: int) -> set[str]:
    """The cards that may be visible in an hour."""
    return {name for name, times in CONSENT.items() if any(start <= hour < end for start, end in times)}


@pytest.mark.long
def test_a_month_of_faults(forge: Forge, serve: Callable[[Path], str], capsys: pytest.CaptureFixture[str]) -> None:
    """Every hour the site is whole, from one edition, and shows nobody whose consent ended six hours ago or more."""
    public, host = forge.folder / "public.git", forge.folder / "www"
    git(forge.folder, "init", "--quiet", "--bare", str(public))
    file = forge.folder / "site.yml"
    text = GITHUB.read_text("utf-8")
    file.write_text(text.replace('SITE_REPOSITORY: ""', f'SITE_REPOSITORY: "{public}"', 1), "utf-8")
    host.mkdir()
    address = serve(host)
    survived: list[str] = []
    probes, digests = 0, set[str]()

    def publish(on: date, event: str, broken: dict[str, str]) -> bool:
        """Runs the workflow, and shows what the branch then holds, as the host does. Returns whether it succeeded."""
        done = forge.run(file, on, event, broken)
        assert "private.invalid" not in done.log
        assert "Secret" not in done.log
        shutil.rmtree(host / "site", ignore_errors=True)
        (host / "site").mkdir()
        archive = subprocess.run(["git", "archive", "pages"], cwd=public, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-xf", "-", "-C", str(host / "site")], input=archive, check=True)
        return done.ok

    def get(name: str) -> str:
        page: str = urllib.request.urlopen(f"{address}site/{name}", timeout=10).read().decode()
        return page

    @cache
    def findable(_: int) -> int:
        """How many pages of the site that was published at a moment search engines may keep."""
        pages = (file.read_text("utf-8") for file in (host / "site").rglob("index.html"))
        return sum('name="robots" content="noindex' not in page for page in pages)

    def probe(day: int, hour: int) -> None:
        """What a visitor sees: every page of the sitemap, the cards, and one edition."""
        page, now = get("esittelyt/"), day * 24 + hour
        shown = {name for name in CONSENT if name in page}
        lately = [consenting(moment) for moment in range(max(now - NIGHT, 0), now + 1)]
        assert set.intersection(*lately) <= shown <= set.union(*lately), (day, hour, shown)
        digests.add(json.loads(get("catalogue.json"))["look_digest"])
        assert len(digests) == 1
        assert get("sitemap.xml").count("<loc>") == findable((host / "site").stat().st_mtime_ns)

    for day in range(30):
        on = FIRST + timedelta(day)
        what, step, instead = FAULTS[day] if day in TRIED else ("", "", "")
        if day in NIGHTS and what != "no run at all":
            green = publish(on, "schedule", {step: instead} if what else {})
            assert green is (not what and not 18 < day <= 24), (day, what)
        for hour in range(24):
            if hour == 5 and what:
                green = publish(on, "schedule", {})
                survived.append(
                    f"{on}  {what:52} {step or 'all':8} {'red run' if step else 'no run'}, whole at each probe"
                )
            if hour == 10 and changes(forge.folder / "ours", day):
                push(forge)
                publish(on, "push", {})
            probe(day, hour)
            probes += 1
    with capsys.disabled():
        print("", *survived, f"{len(survived)} faults survived in 30 days, {probes} hourly probes.", sep="\n")
    assert len(survived) == len(TRIED)
