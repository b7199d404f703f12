"""Whatever goes wrong during a build, the last good site stays, and the log says why without a private value."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import count, takewhile
from pathlib import Path

import pytest

from kokemus import audit, dates
from kokemus.documents.problems import errors
from kokemus.experts import salvage
from kokemus.publication import omission, publish
from kokemus.publication.inputs import gather
from tests.conftest import DEMO_DAY, ROOT, Run, build, change, contents, kokemus
from tests.rigs.repositories import SPOIL, Spoiled, commit
from tests.rigs.sweeps import WHOLE

pytestmark = pytest.mark.build

COMMAND = [str(Path(sys.executable).parent / "kokemus"), "build", "--on", DEMO_DAY.isoformat()]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
CASES = ROOT / "tests" / "cases"
PRIVATE = ("Mallila", "saimi", "555 0106", "Venla", "Keksitty", "Haavekivi")


def withdraw(folder: Path, code: str) -> None:
    change(folder, f"experts/{code}.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-11-24\n')


def leave_out(folder: Path, on: date = DEMO_DAY) -> Run:
    return build(folder, on, "--leave-out-broken")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def leftovers(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".site")]


def shell(folder: Path, script: str) -> Run:
    """Runs a build under the limits that a script sets first."""
    done = subprocess.run(
        ["sh", "-c", f'{script}; exec "$@"', "sh", *COMMAND],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    return Run(done.returncode, done.stdout + done.stderr)


# Withdrawals take effect


BROKEN = {
    "YAML that nobody can read": ("remote: true\n", "remote: true: [\n"),
    "an unknown topic": ("topic: recovery", "topic: toipumnen"),
    "a consent without a day": ("given: 2026-03-02", "text: x"),
    "an impossible day": ("given: 2026-03-02", "given: 2026-02-30"),
    "a tab": ("remote: true", "remote:\ttrue"),
    "a consent from a far year": ("given: 2026-03-02", "given: 2062-03-02"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_withdrawal_does_not_wait_for_another_person_s_broken_file(built: Path, old: str, new: str) -> None:
    """Exit code 3. The withdrawn card is gone; other cards and the crowd's list stay as they were."""
    before = listed(built)
    withdraw(built, "e06")
    change(built, "experts/e01.yml", old, new)
    assert build(built).code == 1
    assert b"Revontuli" in contents(built / "site")["esittelyt/index.html"]
    done = leave_out(built)
    assert done.code == 3
    assert "experts/e01.yml:" in done.output
    assert "error[" in done.output
    assert "JÄI POIS, kunnes virheet on korjattu: experts/e01.yml." in done.output
    assert not [word for word in PRIVATE if word in done.output]
    after = contents(built / "site")
    assert not [name for name, content in after.items() if b"Revontuli" in content]
    assert b"Kanerva" in after["esittelyt/index.html"]
    assert listed(built) == before - CARDED
    assert kokemus(built, "audit", "site", "--on", "2026-11-24").code == 1
    assert kokemus(built, "audit", "site", "--on", "2026-11-24", "--leave-out-broken").code == 0


def listed(folder: Path) -> set[str]:
    """The topics that a site lists."""
    topics = json.loads((folder / "site" / "catalogue.json").read_text("utf-8"))["topics"]
    return {id for id, topic in topics.items() if topic["listed"]}


SIGNED = {"psychosis", "bullying"}
"""What e05 and e16 have signed to have listed even alone."""
CARDED = {"own-story", "creativity"}
"""What is listed only because of e06's card."""


def test_a_broken_profile_goes_with_its_card_and_its_signed_topics(small: Path) -> None:
    """Until it is fixed; then everything is as before."""
    change(small, "mkdocs.yml", "[kemi-tornio]", "[lappi]")
    assert build(small).code == 0
    before, topics = contents(small / "site"), listed(small)
    assert topics >= SIGNED
    for code in ("e05", "e06", "e16"):
        change(small, f"experts/{code}.yml", "languages: [", "languages: [klingon, ")
    assert leave_out(small).code == 3
    assert b"Revontuli" not in contents(small / "site")["esittelyt/index.html"]
    assert listed(small) == topics - SIGNED - CARDED
    for code in ("e05", "e06", "e16"):
        change(small, f"experts/{code}.yml", "languages: [klingon, ", "languages: [")
    assert leave_out(small).code == 0
    assert contents(small / "site") == before


CARDS = {
    "their own number": ("Soita 0405550106.", "18:78: error[text-phone]"),
    "somebody else's name": ("Kiitos, Venla Keksitty.", "18:80: error[leak]"),
    "what points to them": ("Olen 47-vuotias poromies Utsjoelta.", "18:77: error[text-age]"),
}


@pytest.mark.parametrize(("told", "wrong"), CARDS.values(), ids=CARDS)
def test_a_card_with_a_private_value_stops_nobody_else(small: Path, told: str, wrong: str) -> None:
    """``check`` finds its position before anything is built, and the publishing run leaves that card out."""
    change(small, "experts/e06.yml", "ajan yli.", f"ajan yli. {told}")
    checked = kokemus(small, "check", "--on", "2026-11-24")
    assert checked.code == 1
    assert f"experts/e06.yml:{wrong}" in checked.output
    assert {line.partition(":")[0] for line in checked.output.splitlines() if "error[" in line} == {"experts/e06.yml"}
    assert not [word for word in PRIVATE if word in checked.output]
    withdraw(small, "e05")
    assert leave_out(small).code == 3
    page = contents(small / "site")["esittelyt/index.html"]
    assert b"Revontuli" not in page
    assert b"Kanerva" in page


def test_the_last_card_can_be_left_out_and_another_be_withdrawn(small: Path) -> None:
    """Then there is no card, and the page says so."""
    change(small, "experts/e06.yml", "ajan yli.", "ajan yli. Soita 0405550106.")
    withdraw(small, "e15")
    assert leave_out(small).code == 3
    page = contents(small / "site")["esittelyt/index.html"]
    assert b"Revontuli" not in page
    assert b"Kanerva" not in page


LOCKS = {
    "edited by hand": ("  - depression\n", ""),
    "a merge that was never finished": ("listed:\n", "<<<<<<< ours\nlisted:\n"),
    "a topic that is none": ("  - depression\n", "  - {colour: red}\n"),
}


@pytest.mark.parametrize(("old", "new"), LOCKS.values(), ids=LOCKS)
def test_a_broken_edition_takes_its_list_and_the_signed_topics_with_it_and_no_withdrawal_waits(
    small: Path, old: str, new: str
) -> None:
    """If signed topics stayed alone, they would be known to be signed. Cards stay, except the withdrawn one."""
    change(small, "mkdocs.yml", "[kemi-tornio]", "[lappi]")
    withdraw(small, "e06")
    change(small, "experts/edition.yml", old, new)
    assert build(small).code == 1
    done = leave_out(small)
    assert done.code == 3
    assert "JÄI POIS, kunnes virheet on korjattu: experts/edition.yml." in done.output
    site = contents(small / "site")
    assert listed(small) == {"burnout", "return-to-work"}  # of the card that stays
    assert b"Revontuli" not in site["esittelyt/index.html"]
    assert b"Kanerva" in site["esittelyt/index.html"]


def test_without_an_edition_no_signed_topic_is_listed(small: Path) -> None:
    """A lost lock file must not reveal which topics are signed."""
    change(small, "mkdocs.yml", "[kemi-tornio]", "[lappi]")
    (small / "experts" / "edition.yml").unlink()
    assert build(small).code == 0
    assert not listed(small) & (SIGNED | {"depression"})


NOTHING = (
    "Mitään ei julkaistu, ja vanha sivusto on ennallaan.",
    "Nothing was published; the old site is as it was.",  # where the configuration cannot even tell the language
)
EVERYBODY = {
    "the configuration": ("mkdocs.yml", "service: generic", "service: pigeon"),
    "no form service": ("mkdocs.yml", "      form:\n        service: generic\n", "      form:\n"),
    "YAML of the configuration": ("mkdocs.yml", "site_name: Kokemus", "site_name: [Kokemus"),
    "a private value in a hand-written page": ("site_src/fi/about.md", "##", "Kiitos, Venla Keksitty!\n\n##"),
    "a hand-written page": ("site_src/fi/fees.md", "##", "{{ association.colour }}\n\n##"),
    "an edition after the clock's day": ("experts/edition.yml", "edition: 2026-10-05", "edition: 2027-10-05"),
}


@pytest.mark.parametrize(("name", "old", "new"), EVERYBODY.values(), ids=EVERYBODY)
def test_what_concerns_everybody_stops_even_the_publishing_run(built: Path, name: str, old: str, new: str) -> None:
    """Without it there is no site, or no date by which to judge a consent: exit code 1, the old site, the reason."""
    before = contents(built / "site")
    change(built, name, old, new)
    done = leave_out(built)
    assert done.code == 1
    assert "rror" in done.output
    assert any(said in done.output for said in NOTHING)
    assert not [word for word in PRIVATE if word in done.output]
    assert contents(built / "site") == before


def test_the_private_values_of_a_broken_file_stay_secrets(small: Path) -> None:
    """Hand-written pages may not name an expert whose file cannot be read at all, just like any other."""
    change(small, "experts/e01.yml", "remote: true\n", "remote: true: [\n")
    change(small, "site_src/fi/about.md", "##", "Kiitos, Venla Keksitty!\n\n##")
    done = leave_out(small)
    assert done.code == 1
    assert "error[leak]" in done.output
    assert "experts/e01.yml, kohta private.name" in done.output
    assert "Venla" not in done.output


@pytest.mark.parametrize(
    "case",
    sorted(case for folder in ("invalid", "beyond-schemas") for case in (CASES / folder).glob("*.yml")),
    ids=lambda case: case.name,
)
def test_of_every_broken_file_the_private_part_can_still_be_read(case: Path) -> None:
    """For every kind of mistake: a canary is a secret, except as a word in what a card accepts."""
    content = case.read_bytes()
    found = audit.secrets([salvage.document(f"experts/{case.name}", content)])
    stands = b"canary-value" in re.sub(rb"accepted: \[.*\]", b"", content.replace(b"\0", b""))
    assert stands == any("canary-value" in secret.text for secret in found)


SLIPS = {
    "a misspelt key with a day that the site tells": ("e01", "languages:", "admited: 2026-10-01\nlanguages:"),
    "a private day that the site tells": ("e01", "private:", "private:\n  met: 2026-11-24"),
    "a misspelt key with a word of somebody's card": ("e01", "languages:", "huom: pimeimmän\nlanguages:"),
}


@pytest.mark.parametrize(("code", "old", "new"), SLIPS.values(), ids=SLIPS)
def test_a_typing_mistake_makes_no_secret_of_what_others_show(small: Path, code: str, old: str, new: str) -> None:
    """The site is published with everybody else's card, and the withdrawal takes effect."""
    withdraw(small, "e15")
    change(small, f"experts/{code}.yml", old, new)
    assert leave_out(small).code in (0, 3)
    page = contents(small / "site")["esittelyt/index.html"]
    assert b"Revontuli" in page
    assert b"Kanerva" not in page


def test_a_name_over_two_lines_of_a_broken_file_is_not_published(small: Path) -> None:
    """In a hand-written page, where it stops everything."""
    change(small, "experts/e01.yml", "name: Venla Keksitty", "name: >-\n    Venla\n    Keksitty")
    change(small, "experts/e01.yml", "remote: true\n", "remote: true: [\n")
    change(small, "site_src/fi/about.md", "##", "Kiitos, Venla Keksitty!\n\n##")
    done = leave_out(small)
    assert done.code == 1
    assert "error[leak]" in done.output


@pytest.mark.parametrize("target", ["nowhere", "../site_src", "e07.yml", "linked.yml"])
def test_a_link_among_the_profiles_is_left_out(small: Path, target: str) -> None:
    """To nothing, to a folder, to another profile or to itself."""
    (small / "experts" / "linked.yml").symlink_to(target)
    withdraw(small, "e15")
    checked = kokemus(small, "check", "--on", "2026-11-24")
    assert checked.code == 1
    assert "experts/linked.yml:1:1: error[symlink]" in checked.output
    assert leave_out(small).code == 3
    assert b"Kanerva" not in contents(small / "site")["esittelyt/index.html"]


def test_two_consents_in_the_far_future_are_not_a_wrong_clock(small: Path) -> None:
    """Only if most consents are in the future is the clock wrong."""
    withdraw(small, "e15")
    for code in ("e01", "e02"):
        file = small / "experts" / f"{code}.yml"
        file.write_text(re.sub(r"given: \d{4}", "given: 2062", file.read_text("utf-8")), "utf-8")
    assert leave_out(small).code == 3
    assert b"Kanerva" not in contents(small / "site")["esittelyt/index.html"]


@pytest.mark.parametrize("kind", ["fees", "crisis"])
def test_broken_fees_or_crisis_lines_give_way_to_the_project_s(small: Path, kind: str) -> None:
    """A withdrawal waits for neither."""
    change(small, "mkdocs.yml", "      answer_within:", f"      {kind}: {{file: own.yml}}\n      answer_within:")
    (small / "own.yml").write_text("checked_on: [\n")
    withdraw(small, "e15")
    assert build(small).code == 1
    done = leave_out(small)
    assert done.code == 3
    assert "own.yml" in done.output
    assert b"Kanerva" not in contents(small / "site")["esittelyt/index.html"]


def test_the_last_expert_of_all_can_be_erased(small: Path) -> None:
    """The remaining site has no card and no statement, and the audit finds nothing."""
    for file in (small / "experts").glob("e[0-9]*.yml"):
        file.unlink()
    assert leave_out(small).code == 0
    assert kokemus(small, "audit", "site", "--on", "2026-11-24", "--leave-out-broken").code == 0


@pytest.mark.parametrize(("cause", "spoil"), SPOIL.values(), ids=SPOIL)
def test_a_lost_edition_is_an_error_where_the_history_cannot_be_read(
    small: Path, cause: str, spoil: Callable[[Path], Spoiled]
) -> None:
    """Nobody can tell whether an edition was lost, so none is made in its place."""
    git(small, "init", "--quiet")
    commit(small, "all")
    (small / "experts" / "edition.yml").unlink()
    change(small, "mkdocs.yml", "site_name:", "# another comment\nsite_name:")
    commit(small, "lost")
    assert "error[edition-lost]" in kokemus(small, "check", "--on", "2026-11-24").output
    spoiled = spoil(small)
    for command in (["check", "--on", "2026-11-24"], ["edition", "--write"]):
        done = kokemus(spoiled.folder, *command, **spoiled.environment, SOURCE_DATE_EPOCH=dates.epoch(DEMO_DAY))
        assert done.code == 1, done.output
        assert "error[edition-unknown]" in done.output
        assert f"error[history-{cause}]" in done.output
        assert not (spoiled.folder / "experts" / "edition.yml").exists()


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")], ids=["folder", "link"])
def test_an_edition_that_is_no_file_is_an_error(small: Path, make: Callable[[Path], None]) -> None:
    """That is not the same as having none."""
    (small / "experts" / "edition.yml").unlink()
    make(small / "experts" / "edition.yml")
    assert "error[edition-no-file]" in kokemus(small, "check", "--on", "2026-11-24").output


def test_every_broken_file_at_once_changes_nothing_of_the_others(demo: Path) -> None:
    """The day's pages are those of the demo, byte for byte. What is left of those files causes no false alarm."""
    good = gather(demo / "mkdocs.yml")
    answers = [case for case in CASES.glob("*/*.txt") if "error[" in case.read_text("utf-8")]
    broken = [
        case
        for answer in answers
        for case in answer.parent.glob(f"{answer.stem}.*")
        if case != answer and case.is_file()
    ]
    assert len(broken) > 50
    for number, case in enumerate(broken):
        shutil.copy(case, demo / "experts" / f"zz-{number}{case.suffix}")
    bad = gather(demo / "mkdocs.yml")
    assert errors(bad.problems)
    wanted, left = publish.publish(good, DEMO_DAY), publish.publish(omission.leaving_out(bad, DEMO_DAY), DEMO_DAY)
    pages = tuple(left.pages())
    assert pages == tuple(wanted.pages())
    assert pages
    files = [(page.url, page.content.encode()) for page in pages]
    assert publish.leaks(files, left) == ()


# The clock


def test_a_clock_before_the_edition_or_long_before_the_consents_stops_everything(built: Path) -> None:
    """On a wrong date no consent can be judged, so nothing is left out either."""
    before = contents(built / "site")
    early = leave_out(built, date(2026, 9, 30))
    assert early.code == 1
    assert "error[edition-in-future]" in early.output
    (built / "experts" / "edition.yml").unlink()
    earlier = leave_out(built, date(2025, 1, 1))
    assert earlier.code == 1
    assert "error[clock]" in earlier.output
    assert contents(built / "site") == before


# The machine


@pytest.mark.long
def test_killed_at_any_moment_the_old_site_or_the_new_one_is_there_whole(built: Path) -> None:
    """Builds are killed at moments spread over their whole length, 200 of them in ``make fuzz``. The next cleans up."""
    old = contents(built / "site")
    change(built, "experts/e06.yml", "name: Revontuli", "name: Kevätvalo")
    started = time.monotonic()
    assert subprocess.run(COMMAND, cwd=built, env=ENVIRONMENT, capture_output=True, check=False).returncode == 0
    length = time.monotonic() - started
    new = contents(built / "site")
    assert old != new
    sites, moment, kills = {"old": old, "new": new}, random.Random(7), 200 if WHOLE else 6
    seen = dict.fromkeys(sites, 0)
    for number in takewhile(lambda number: number < kills or (number < kills + 48 and not all(seen.values())), count()):
        name = "Kevätvalo" if number % 2 else "Revontuli"
        profile = built / "experts" / "e06.yml"
        profile.write_text(profile.read_text("utf-8").replace("Kevätvalo", name).replace("Revontuli", name), "utf-8")
        process = subprocess.Popen(
            COMMAND, cwd=built, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(length * 1.2 * (number + moment.random()) / kills)
        process.kill()
        process.wait()
        now = contents(built / "site")
        assert now in (old, new)
        seen["new" if now == new else "old"] += 1
    assert all(seen.values()), seen
    assert build(built).code == 0
    assert leftovers(built) == []


def test_of_two_builds_at_once_one_gives_way(small: Path) -> None:
    """It says so and exits with 1. The site is that of the other."""
    processes = [
        subprocess.Popen(
            COMMAND, cwd=small, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    done = [(process.communicate()[0], process.returncode) for process in processes]
    assert sorted(code for _, code in done) == [0, 1]
    assert "Sivustoa rakennetaan juuri toisaalla." in "".join(said for said, _ in done)
    assert (small / "site" / "index.html").is_file()
    assert leftovers(small) == []


FULL = {"a file that may not grow": "ulimit -f 8"}
if (
    shutil.which("unshare")
    and subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0
):
    FULL["a full disk"] = "true"


@pytest.mark.parametrize("limit", FULL.values(), ids=FULL)
def test_a_full_disk_leaves_the_old_site(built: Path, limit: str) -> None:
    """In plain words, without a traceback, and with nothing left behind."""
    before = contents(built / "site")
    change(built, "experts/e06.yml", "name: Revontuli", "name: Kevätvalo")
    if limit == "true":
        done = on_a_full_disk(built)
    else:
        done = shell(built, limit)
        assert contents(built / "site") == before
        assert leftovers(built) == []
    assert done.code == 1
    assert "Sivustoa ei voi kirjoittaa: " in done.output
    assert "Mitään ei julkaistu, ja vanha sivusto on ennallaan." in done.output
    assert "Traceback" not in done.output


def on_a_full_disk(small: Path) -> Run:
    """The same build in a small file system of its own, which the old site almost fills."""
    kilobytes = sum(len(content) // 4096 * 4 + 8 for content in contents(small / "site").values())
    script = f"""
        mkdir room && mount -t tmpfs -o size={kilobytes + 400}k tmpfs room && cp -r site room/ && cp -r site before
        "$@" --site-dir room/site; code=$?
        diff -r room/site before && [ "$(ls -A room)" = site ] || code=99
        exit $code
    """
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", *COMMAND],
        cwd=small,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr)


def test_a_site_reached_through_a_link_is_swapped_where_it_lies(small: Path) -> None:
    """The link stays a link."""
    (small / "www").mkdir()
    (small / "site").symlink_to(small / "www" / "public")
    assert build(small).code == 0
    assert build(small).code == 0
    assert (small / "site").is_symlink()
    assert (small / "www" / "public" / "index.html").is_file()
    assert [entry.name for entry in (small / "www").iterdir()] == ["public"]
