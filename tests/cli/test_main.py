"""The commands as they are typed: their output and exit codes."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from kokemus import dates
from kokemus.cli.main import main
from kokemus.publication.inputs import gather
from tests.conftest import DEMO_DAY, change, contents, git, kokemus

pytestmark = pytest.mark.build

LATER = dates.epoch(date(2027, 4, 1))


def test_check_of_the_demo_is_clean_and_names_the_next_lapse(demo: Path) -> None:
    """Exit code 0."""
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 0
    assert done.output.partition("\n")[2] == (
        "24 profiilia, 0 virhettä, 0 huomautusta.\n"
        "Seuraavan kerran jokin päättyy 2027-09-09.\n"
        "Seuraavan kerran jokin alkaa tai tauko päättyy 2027-01-01.\n"
    )


def test_check_says_that_a_signed_topic_waits_for_an_edition(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the day; but not in CI, where others read along."""
    change(demo, "experts/e05.yml", "solo: [psychosis]", "solo: [psychosis, loneliness]")
    monkeypatch.delenv("CI", raising=False)
    said = "yksinäisyys. Painoksen voi tehdä 2026-11-24 alkaen: kokemus edition"
    assert said in kokemus(demo, "check", "--on", "2026-11-24").output
    monkeypatch.setenv("CI", "true")
    assert "yksinäisyys" not in kokemus(demo, "check", "--on", "2026-11-24").output


def test_check_reports_all_files_in_one_run(demo: Path) -> None:
    """With exit code 1, in the formats text, github and json."""
    for name in ("e01", "e02"):
        file = demo / "experts" / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("remote: true", "remote: maybe"), "utf-8")
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 1
    assert done.output.count("error[not-yes-or-no]") == 2
    github = kokemus(demo, "check", "--on", "2026-11-24", "--format", "github")
    assert github.code == 1
    assert github.output.startswith("::error file=experts/e01.yml,line=7,col=1,title=not-yes-or-no::")
    listed = json.loads(kokemus(demo, "check", "--on", "2026-11-24", "--format", "json").output)
    assert [(found["path"], found["code"]) for found in listed] == [
        ("experts/e01.yml", "not-yes-or-no"),
        ("experts/e02.yml", "not-yes-or-no"),
    ]


@pytest.mark.parametrize("words", [("check", "--on", "yesterday"), ("check", "--loud"), ("audit",), ("nonsense",)])
def test_wrong_use_is_exit_code_two(demo: Path, words: tuple[str, ...]) -> None:
    """Not 1, so that a mistyped command differs from a problem."""
    assert kokemus(demo, *words).code == 2


@pytest.mark.parametrize(("environment", "topics"), [({}, "alkoholi, työhön paluu"), ({"CI": "true"}, "2")])
def test_signed_topics_that_wait_for_an_edition_are_reported(
    small: Path, environment: dict[str, str], topics: str
) -> None:
    """By ``check`` and by ``build``; only their number where others can read the output, as of a build."""
    said = "puuttuvat siihen asti sivustolta"
    assert said not in kokemus(small, "build", "--on", "2026-11-24").output
    offers = "offers:\n  - topic: alcohol\n  - topic: return-to-work"
    change(small, "experts/e05.yml", "solo: [psychosis]", "solo: [psychosis, alcohol, return-to-work]")
    change(small, "experts/e05.yml", "offers:", offers)
    checked = kokemus(small, "check", "--on", "2026-11-24", **environment)
    assert (checked.code, f"{said}: {topics}. " in checked.output) == (0, True)
    built = kokemus(small, "build", "--on", "2026-11-24", **environment)
    assert (built.code, f"{said}: 2. " in built.output) == (0, True)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_and_argument_is_explained_in_the_help(name: str) -> None:
    """A code above all, since nobody knows what that is or where to find one."""
    command = main.commands[name]
    command.get_help(click.Context(command, info_name=name))
    assert not [one.name for one in command.params if not getattr(one, "help", None)]


def test_a_missing_code_is_explained(demo: Path) -> None:
    """Where the message is read, not only in the help."""
    assert "kokemus people" in kokemus(demo, "explain").output


def test_a_folder_without_configuration_is_wrong_use(tmp_path: Path) -> None:
    """Every command says where to go."""
    for words in (("check",), ("build",), ("edition",), ("serve",)):
        done = kokemus(tmp_path, *words)
        assert done.code == 2
        assert "mkdocs.yml" in done.output


def test_the_way_to_the_configuration_is_told(demo: Path) -> None:
    """In the folder above or below, or under a name that nothing reads, in its own language."""
    assert "Siirry kansioon, jossa se on: cd .." in kokemus(demo / "experts", "check").output
    assert f": cd {demo.name}" in kokemus(demo.parent, "check").output
    (demo / "mkdocs.yml").rename(demo / "mkdocs.yml.txt")
    assert "mkdocs.yml.txt" in kokemus(demo, "check").output


@pytest.mark.parametrize("code", ["e05.yml", "experts/e05.yml", "experts\\e05.yml"])
def test_the_file_of_a_profile_means_its_code(demo: Path, code: str) -> None:
    """Nobody needs to know the difference."""
    assert kokemus(demo, "explain", code, "--on", "2026-11-24").output.startswith("e05 ")


def test_a_wrong_choice_is_told_with_what_the_choices_mean(demo: Path) -> None:
    """As in the help."""
    assert "topics (aiheet)" in kokemus(demo, "vocabulary", "aiheet").output
    assert "kuun vaihteessa" in kokemus(demo, "withdraw", "e05", "--leaving", "kuukausi").output


def test_own_terms_beside_the_configuration_are_reported(demo: Path) -> None:
    """Nothing reads them there."""
    (demo / "topics.yml").write_text("adoption: {group: family, fi: adoptio, sv: adoption, en: adoption}\n", "utf-8")
    assert "mv topics.yml terms/" in kokemus(demo, "check", "--on", "2026-11-24").output


def test_a_missing_configuration_fact_is_named(demo: Path) -> None:
    """``check`` says in words what only the association knows."""
    configuration = demo / "mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8").replace("        business_id: 1234567-1\n", ""), "utf-8")
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 1
    assert "mkdocs.yml:12:7: error[missing-fact]: association.business_id puuttuu" in done.output


def test_without_an_edition_the_site_shows_no_crowd_and_check_says_so(demo: Path) -> None:
    """A warning: a new association can build at once."""
    (demo / "experts" / "edition.yml").unlink()
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 0
    assert "warning[no-edition]" in done.output


@pytest.mark.parametrize(("kind", "line"), [("topics", "depression"), ("formats", "class-talk"), ("places", "kemi")])
def test_the_vocabulary_can_be_listed(demo: Path, kind: str, line: str) -> None:
    """With the command in the help lines about unknown values."""
    done = kokemus(demo, "vocabulary", kind)
    assert done.code == 0
    assert line in [row.split(" ")[0] for row in done.output.splitlines()]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("alakulo", {"depression"}),
        ("alakulosta kärsinyt masennuksesta", set()),
        ("masennuksesta", {"depression"}),
        ("Low Mood", {"depression"}),
        ("masennus ja ahdistus", {"depression", "anxiety"}),
        ("ensamhet", {"loneliness"}),
        ("kirjanpito", set()),
    ],
)
def test_the_vocabulary_is_searched_by_everyday_words(demo: Path, typed: str, ids: set[str]) -> None:
    """By labels and synonyms in any language, inflected or mistyped. Other words for a match are listed below it."""
    done = kokemus(demo, "vocabulary", "topics", *typed.split())
    found = [row for row in done.output.splitlines() if row[:1].isalpha() and " · " in row]
    assert {row.split(" ")[0] for row in found} == ids
    assert done.code == (0 if ids else 1)
    assert ("(alakulo, " in done.output) is ("depression" in ids)
    assert ("kokeile toista sanaa" in done.output) is not bool(ids)


def test_lapsed_consents_come_first_with_how_to_renew(demo: Path) -> None:
    """In check and in the report, until they are renewed or a warning says that the profile is kept too long."""
    said = "e08: suostumus päättyi 2026-03-02"
    how = "allekirjoitettu: kokemus renew e08"
    checked = kokemus(demo, "check", "--on", "2026-11-24").output.splitlines()
    assert checked[0].startswith(said)
    assert how in checked[0]
    assert [line for line in checked[1:] if "e23" in line or "e08" in line] == []
    report = kokemus(demo, "report", "--on", "2026-11-24").output.splitlines()
    assert report[1] == checked[0]
    later = kokemus(demo, "check", "--on", "2027-03-02").output
    assert said not in later.splitlines()[0]
    assert later.count("kokemus renew e08") == 1
    assert kokemus(demo, "renew", "e08", "--on", "2026-11-24").code == 0
    assert "kokemus renew" not in kokemus(demo, "check", "--on", "2026-11-24").output


def test_a_last_day_that_is_the_day_of_a_review_is_explained(demo: Path) -> None:
    """The name of the key can mean either; only one is right."""
    said = "review on suostumuksen viimeinen voimassaolopäivä"
    assert said not in kokemus(demo, "check", "--on", "2026-11-24").output
    change(demo, "experts/e05.yml", "given: 2026-04-13", "given: 2026-09-07\n  review: 2026-11-16")
    assert f"experts/e05.yml: {said}" in (done := kokemus(demo, "check", "--on", "2026-11-24").output)
    assert "kirjoita review: 2028-09-07" in done


def test_a_look_that_is_not_due_cannot_be_postponed(demo: Path) -> None:
    """An edition with only a new signature."""
    change(demo, "experts/e01.yml", "  given: 2026-03-02", "  given: 2026-03-02\n  solo: [medication]")
    done = kokemus(demo, "edition", "--on", "2026-11-24")
    assert done.code == 1
    assert "--postpone" not in done.output


def test_dates_that_are_probably_mistyped_are_reported(demo: Path) -> None:
    """A withdrawal in the future looks done but is not. A consent in the next year has a mistyped year, an error."""
    first, second = (demo / "experts" / f"{name}.yml" for name in ("e01", "e02"))
    first.write_text(
        first.read_text("utf-8").replace("given: 2026-03-02", "given: 2026-03-02\n  withdrawn: 2027-11-24")
    )
    second.write_text(re.sub(r"given: .*", "given: 2027-03-02", second.read_text("utf-8")))
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 1
    assert "experts/e01.yml:4:3: warning[withdrawn-ahead]: suostumus on peruttu vasta 2027-11-24 alkaen" in done.output
    assert "experts/e02.yml:3:3: error[consent-in-future]: " in done.output
    later = kokemus(demo, "check", "--on", "2027-11-24").output
    assert "withdrawn-ahead" not in later
    assert "consent-in-future" not in later


def test_a_clock_behind_the_newest_commit_is_warned_of(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On an earlier day a withdrawn consent still holds. A day given with ``--on`` is meant, so there is no warning."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2099-03-01T23:30:00+0000")
    git(demo, "init", "--quiet")
    git(demo, "add", "--all")
    assert "VAROITUS" not in kokemus(demo, "check").output
    git(demo, "commit", "--quiet", "-m", "From a later day")
    done = kokemus(demo, "check")
    assert "uusin muutos on kirjattu 2099-03-02" in done.output
    assert "VAROITUS" not in kokemus(demo, "check", "--on", "2026-11-24").output
    assert "VAROITUS" not in kokemus(demo, "check", SOURCE_DATE_EPOCH=LATER).output


def test_one_problem_is_counted_in_the_singular(demo: Path) -> None:
    """In the singular, in the coordinator's language."""
    file = demo / "experts" / "e01.yml"
    file.write_text(file.read_text("utf-8").replace("remote: true", "remote: maybe"), "utf-8")
    assert "24 profiilia, 1 virhe, 0 huomautusta." in kokemus(demo, "check", "--on", "2026-11-24").output
    configuration = demo / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text("utf-8").replace("coordinator_language: fi", "coordinator_language: en")
    )
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert "24 profiles, 1 error, 0 warnings." in done.output
    assert "error[not-yes-or-no]: this should be true or false" in done.output


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        *("withdraw e05", "renew e05", "new x7k2m", "schema", "edition --write", "consent e05"),
        *("everything e05", "papers", "report --html r.html", "init ours --language fi"),
    ],
)
def test_where_nothing_can_be_written_every_command_says_so_and_nothing_is_lost(demo: Path, words: str) -> None:
    """No file may grow, as on a full disk: one sentence, no traceback, and existing files stay."""
    (demo / "experts" / "edition.yml").unlink()
    before = contents(demo)
    done = subprocess.run(
        ["sh", "-c", f'ulimit -f 0; exec "{Path(sys.executable).parent}/kokemus" {words}'],
        cwd=demo,
        env={**os.environ, "SOURCE_DATE_EPOCH": dates.epoch(DEMO_DAY)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    kept = {name: content for name, content in contents(demo).items() if content}
    assert before.items() <= kept.items()
    assert kept.keys() - before.keys() <= {"r.html"}


def test_an_audit_of_the_profiles_themselves_is_no_flood(demo: Path) -> None:
    """A few of each kind and how many more there are, and that another folder was meant."""
    done = kokemus(demo, "audit", "experts", "--on", "2026-11-24")
    assert done.code == 1
    assert done.output.count("error[leak]") == 5
    assert re.search(r"ja \d{2,} muuta samanlaista \(leak\)", done.output)
    assert "kokemus audit site" in done.output


def test_topics_that_nobody_speaks_about_are_told_to_the_coordinator_alone(demo: Path) -> None:
    """House topics and own ones. In CI others read the output, and it would tell of somebody who comes later."""
    (demo / "terms").mkdir()
    own = [f"{id}: {{group: recovery, fi: {id}, sv: {id}, en: {id}}}\n" for id in ("maatyö", "metsätyö")]
    (demo / "terms" / "topics.yml").write_text("".join(own).replace("ö", "o").replace("ä", "a"), "utf-8")
    change(demo, "mkdocs.yml", "      serves:", "      house_topics: [recovery, metsatyo]\n      serves:")
    assert "metsatyo" in gather(demo / "mkdocs.yml").vocabulary.topics
    said = kokemus(demo, "check", "--on", "2026-11-24").output
    assert "voi pyytää, mutta kukaan ei kerro niistä: metsatyo. " in said
    assert "Omia aiheita, joista kukaan ei vielä kerro, joten niitä ei tule luetteloon: maatyo. " in said
    assert "ei kerro" not in kokemus(demo, "check", "--on", "2026-11-24", CI="true").output
    change(demo, "experts/e05.yml", "topic: loneliness", "topic: metsatyo")
    change(demo, "experts/e01.yml", "topic: hope", "topic: maatyo")
    assert "kukaan ei" not in kokemus(demo, "check", "--on", "2026-11-24").output


def test_only_a_code_that_differs_in_capitals_is_suggested(demo: Path) -> None:
    """A code that is merely similar is another person's."""
    for command in ("withdraw", "explain", "renew"):
        told = kokemus(demo, command, "E05")
        assert told.code == 2
        assert "Tarkoititko koodia e05?" in told.output
    assert "Tarkoititko" not in kokemus(demo, "withdraw", "e055").output
