"""From version 1 to 2, as docs/publishing.md describes it, with the demo of version 1 (``tests/version_1``)."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, change, git, kokemus
from tests.rigs.repositories import commit

pytestmark = pytest.mark.build

DAY = "2026-11-24"
CLOCK = {"SOURCE_DATE_EPOCH": "1795521600"}
ANSWERS = {
    "e05": ("psychosis", "solo: [psychosis]"),
    "e08": ("gambling", "solo: [gambling]"),
    "e09": ("grief", ""),
    "e16": ("bullying", "solo: [bullying]"),
}
"""The answers of the four experts who had signed combinations when they are asked again. One signs none."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An association that published with version 1: its repository and its site."""
    folder = tmp_path / "ours"
    shutil.copytree(ROOT / "tests" / "version_1", folder)
    shutil.copytree(ROOT / "site_src", folder / "site_src")
    site = folder / "site"
    (site / "kielet" / "suomi").mkdir(parents=True)
    for name, text in (
        ("catalogue-1.json", "{}"),
        ("catalogue.json", '{"edition": "2026-10-01", "statements": [{"topic": "anxiety", "where": "kemi"}]}'),
        ("kielet/suomi/index.html", "<p>ahdistus, suomeksi, Kemissä</p>"),
    ):
        (site / name).write_text(text, "utf-8")
    (folder / ".gitignore").write_text("site/\n", "utf-8")
    git(folder, "init", "--quiet")
    commit(folder, "Version 1")
    return folder


def ask_again(old: Path) -> None:
    """Everyone who had signed combinations signs the topic alone, or nothing."""
    for code, (topic, line) in ANSWERS.items():
        file = old / "experts" / f"{code}.yml"
        text = file.read_text("utf-8")
        text, found = re.subn(r"  solo:\n(    - \{topic: " + topic + r".*\}\n)+", f"  {line}\n" if line else "", text)
        assert found == 1, code
        file.write_text(text, "utf-8")


def begin_again(old: Path) -> None:
    """The configuration, the signatures, and no edition of version 1."""
    change(old, "mkdocs.yml", "      anonymity: {edition: quarterly}\n", "")
    ask_again(old)
    (old / "experts" / "edition.yml").unlink()
    commit(old, "Version 2")


def test_check_names_each_step_with_its_place(old: Path) -> None:
    """What version 1 wrote is never converted silently, and none of it is published."""
    done = kokemus(old, "check", "--on", DAY)
    assert done.code == 1
    errors = set(re.findall(r"^(\S+?):\d+:\d+: error\[([\w-]+)\]", done.output, re.MULTILINE))
    assert errors == {
        ("mkdocs.yml", "unknown-key"),
        ("experts/edition.yml", "edition-version-1"),
        *((f"experts/{code}.yml", "solo-combined") for code in ANSWERS),
    }
    assert "From version 1 to 2" in done.output
    assert kokemus(old, "build", "--on", DAY).code == 1
    assert (old / "site" / "catalogue-1.json").exists()
    assert "[anxiety]" in (old / "experts" / "edition.yml").read_text("utf-8")


def test_people_shows_who_has_signed_which_text(old: Path) -> None:
    """A renewal records the new text."""
    assert "teksti 2026-1" in person(old, "e01")
    assert kokemus(old, "renew", "e01", "--on", DAY).code == 0
    assert person(old, "e01").endswith("teksti 2026-2")


def person(old: Path, code: str) -> str:
    return next(line for line in kokemus(old, "people", "--on", DAY).output.splitlines() if line.startswith(code))


def test_below_the_floor_only_what_was_signed_again_is_listed(old: Path) -> None:
    """The demo of version 1 has a crowd of about eleven: no look, and nothing from the old editions."""
    begin_again(old)
    (old / "experts" / "e16.yml").unlink()
    (old / "experts" / "e14.yml").unlink()
    done = kokemus(old, "edition", "--write", **CLOCK)
    assert done.code == 0, done.output
    assert "look: 0" in (old / "experts" / "edition.yml").read_text("utf-8")
    assert listed(old) == {"psychosis", *cards(old)}


def test_the_first_look_comes_with_what_is_signed_and_the_old_site_goes(old: Path) -> None:
    """Both in one edition, committed at once, although git has editions of version 1.

    The folder with catalogue-1 is replaced completely, so that no page of a place or a language stays.
    """
    begin_again(old)
    assert kokemus(old, "check", "--on", DAY).code == 0
    told = kokemus(old, "edition", "--on", DAY)
    assert told.code == 1
    assert "Ensimmäisen tarkistuksen voi tehdä" in told.output
    done = kokemus(old, "edition", "--write", **CLOCK)
    assert done.code == 0, done.output
    edition = (old / "experts" / "edition.yml").read_text("utf-8")
    assert "look: 1" in edition
    assert "  - bullying\n  - psychosis\n" in edition.partition("signed:")[2]
    assert git(old, "status", "--porcelain", "experts").strip() == ""
    assert {"bullying", "psychosis"} <= listed(old)
    assert not (old / "site" / "catalogue-1.json").exists()
    assert not (old / "site" / "kielet").exists()
    assert kokemus(old, "edition", "--on", DAY).code == 0


def test_a_topic_whose_signature_was_not_renewed_is_not_listed(old: Path) -> None:
    """The old permission was for a combination. Also, e08's consent has lapsed, and e09 has withdrawn."""
    begin_again(old)
    kokemus(old, "edition", "--write", **CLOCK)
    assert not {"gambling", "grief"} & set(
        (old / "experts" / "edition.yml").read_text("utf-8").partition("signed:")[2].split()
    )


def listed(old: Path) -> set[str]:
    """What the site lists, after a build."""
    done = kokemus(old, "build", "--on", DAY)
    assert done.code == 0, done.output
    assert (old / "site" / "catalogue-2.json").exists()
    data = json.loads((old / "site" / "catalogue.json").read_text("utf-8"))
    return {topic for topic, known in data["topics"].items() if known["listed"]}


def cards(old: Path) -> set[str]:
    """The topics of the visible cards: two of three, since one expert has withdrawn."""
    found = [
        re.search(r"^  topics: \[(.*)\]", (old / "experts" / f"{code}.yml").read_text("utf-8"), re.MULTILINE)
        for code in ("e06", "e15")
    ]
    return {topic for match in found if match for topic in match[1].split(", ")}
