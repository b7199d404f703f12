"""Consents and papers: who is behind a code, a renewal, everything held about one expert, data protection papers."""

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from kokemus.anonymity import edition as lock
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import holdings, officer, paper, particulars, scaffolding
from kokemus.reports.particulars import Missing
from tests.conftest import DEMO_DAY, ROOT, change, git, kokemus
from tests.rigs.repositories import SPOIL, commit

ON = ("--on", "2026-11-24")
LANGUAGES = ("fi", "en")


def inputs(demo: Path) -> Inputs:
    return gather(demo / "mkdocs.yml")


@pytest.mark.build
def test_people_prints_everybody_s_name_and_consent(demo: Path) -> None:
    """Also of those whose file is broken. If the name is kept elsewhere, it says so."""
    change(demo, "experts/e02.yml", "topic: sleep", "topic: sleeep")
    change(demo, "experts/e03.yml", "  name: Kerttu Olematon\n", "")
    done = kokemus(demo, "people", *ON)
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.output.splitlines()}
    assert lines.keys() == {file.stem for file in (demo / "experts").glob("e??.yml")}
    assert lines["e01"].startswith("e01  Venla Keksitty: suostumus on voimassa")
    assert "Onni Kuviteltu: tiedostossa on virhe" in lines["e02"]
    assert "(nimi muualla)" in lines["e03"]
    assert lines["e01"].endswith("Suostumus 2028-03-02 saakka, teksti 2026-1")


@pytest.mark.build
@pytest.mark.parametrize("command", [("people",), ("everything", "e05")])
def test_commands_that_name_people_do_not_run_in_ci(demo: Path, command: tuple[str, ...]) -> None:
    """In CI no name is printed and no paper is made. An empty ``CI`` variable does not count."""
    done = kokemus(demo, *command, *ON, CI="true")
    assert done.code == 2
    assert "Tekaista" not in done.output
    assert not (demo / "desk").exists()
    assert kokemus(demo, *command, *ON, CI="").code == 0


@pytest.mark.build
def test_a_renewal_leaves_the_crowd_as_it_was(demo: Path) -> None:
    """Nobody joins or leaves. With only a new ``given`` the expert would count as a newcomer (the control)."""

    def came_and_left() -> tuple[int, int]:
        now = crowd.on_the_day(inputs(demo), DEMO_DAY).clock
        return now.came, now.left

    before, text = came_and_left(), (demo / "experts" / "e05.yml").read_text("utf-8")
    done = kokemus(demo, "renew", "e05", *ON)
    assert done.code == 0, done.output
    assert came_and_left() == before
    renewed = (demo / "experts" / "e05.yml").read_text("utf-8")
    assert {"  given: 2026-11-24", '  text: "2026-2"', "admitted: 2026-04-13"} <= set(renewed.splitlines())
    assert len(renewed.splitlines()) == len(text.splitlines()) + 1
    (demo / "experts" / "e05.yml").write_text(text.replace("given: 2026-04-13", "given: 2026-11-24"), "utf-8")
    assert came_and_left() != before


@pytest.mark.build
def test_a_refused_renewal_says_why_and_changes_nothing(demo: Path) -> None:
    """A withdrawn consent, a mistake in the file, a file that needs editing by hand, and a consent of the same day."""
    flow = 'consent: {"given": 2026-01-07}\n' + "languages: [fi]\nremote: true\noffers: []\n"
    (demo / "experts" / "x1.yml").write_text(flow, "utf-8")
    change(demo, "experts/e02.yml", "topic: sleep", "topic: sleeep")
    for code, exit_code, said in (
        ("e23", 1, "suostumus on peruttu 2026-11-10"),
        ("e02", 1, "error[unknown-topic]"),
        ("x1", 1, "given: 2026-11-24, ja ylimmälle tasolle: admitted: 2026-01-07"),
        ("nobody", 2, "tällä koodilla ei ole profiilia"),
    ):
        file = demo / "experts" / f"{code}.yml"
        before = file.read_text("utf-8") if file.exists() else ""
        done = kokemus(demo, "renew", code, *ON)
        assert (done.code, said in done.output) == (exit_code, True), done.output
        assert (file.read_text("utf-8") if file.exists() else "") == before
    assert "jo päivältä 2026-04-13" in kokemus(demo, "renew", "e05", "--on", "2026-04-13").output


def everything(demo: Path, code: str, language: str = "fi") -> str:
    """The paper with everything that is held about one expert."""
    read = inputs(demo)
    assert read.settings
    document = next(one for one in read.documents if one.path == f"experts/{code}.yml")
    held = holdings.held(read, document, code, crowd.on_the_day(read, DEMO_DAY), f"everything-{code}.{language}.html")
    facts = particulars.of_association(read.settings, read.configuration, language)
    return paper.everything(held, facts, read.vocabulary, language).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_every_value_of_the_profile(demo: Path, language: str) -> None:
    """In words, and the whole file with its comments; nobody else's name."""
    for code, name in (("e05", "Hilma Tekaista"), ("e06", "Saimi Mallila")):
        page = everything(demo, code, language)
        document = next(one for one in inputs(demo).documents if one.path == f"experts/{code}.yml")
        for _, value in document.leaves("private"):
            assert value in page
        assert page.count(name) == 2
        assert "Venla" not in page
    assert "psykoosi" in everything(demo, "e05", "fi")
    assert "An invented expert: no such person exists" in page


def test_everything_says_what_is_public_but_not_what_the_look_left_out(demo: Path) -> None:
    """Whether a topic was counted would reveal something about others. The paper is the same for every seed."""
    before = everything(demo, "e05")
    assert "Erillisellä luvallasi luettelossa: psykoosi." in before
    assert "Esittelysi näkyy sivustolla" in everything(demo, "e06")
    file = demo / "experts" / "edition.yml"
    edition = crowd.on_the_day(inputs(demo), DEMO_DAY).edition
    assert edition
    for seed in ("0" * 64, "f" * 64):
        file.write_text(lock.write(replace(edition, seed=seed)), "utf-8")
        assert everything(demo, "e05") == before
    file.write_text(lock.write(replace(edition, signed=())), "utf-8")
    assert "Erillisellä luvallasi" not in everything(demo, "e05")


def test_everything_finds_older_versions_and_other_files(demo: Path) -> None:
    """In git history and in the folder: the consent sheet in ``desk`` and a note beside the profiles."""
    git(demo, "init", "--quiet")
    commit(demo, "one")
    change(demo, "experts/e05.yml", "wants no visits to its school", "wants no visits at all")
    (demo / "note.txt").write_text("call Hilma Tekaista\n", "utf-8")
    commit(demo, "two")
    page = everything(demo, "e05")
    assert page.count("wants no visits to its school") == 1
    assert "note.txt: private.name" in page


@pytest.mark.parametrize("way", SPOIL)
def test_a_history_that_cannot_be_read_is_never_taken_for_an_empty_one(
    demo: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper says that there may be older versions."""
    git(demo, "init", "--quiet")
    commit(demo, "one")
    change(demo, "experts/e05.yml", "wants no visits to its school", "wants no visits at all")
    change(demo, "mkdocs.yml", "# The demo", "# This demo")
    commit(demo, "two")
    _, spoil = SPOIL[way]
    spoiled = spoil(demo)
    for name, value in spoiled.environment.items():
        monkeypatch.setenv(name, value)
    page = everything(spoiled.folder, "e05")
    assert "Vanhoja versioita ei voitu lukea, joten niitä voi olla" in page
    assert "Muita tiedostoja ei ole tutkittu" in page
    assert "Vanhoja versioita ei ole tallennettu" not in page


def filled(demo: Path, language: str) -> None:
    """The association's file for papers, with every fact filled in."""
    text = scaffolding.papers(language)
    (demo / particulars.PAPERS).write_text(text.replace("…", "tästä on sovittu"), "utf-8")


def papers(demo: Path, language: str) -> dict[str, paper.Page]:
    read = inputs(demo)
    assert read.settings, read.problems
    told, problems = particulars.of_papers(demo)
    assert problems == ()
    today, spoken = crowd.on_the_day(read, DEMO_DAY), replace(read, language=language)
    return {name: officer.made(name, spoken, read.settings, told, today) for name in officer.PAPERS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_are_filled_in_with_the_association_s_facts(demo: Path, language: str) -> None:
    """With all facts there is no mark of a gap. Every fact of the configuration occurs in some paper."""
    filled(demo, language)
    made = papers(demo, language)
    assert made.keys() == {"impact-assessment", "record", "leak", "backups", "handover", "year"}
    assert [page.gaps for page in made.values()] == [()] * 6
    read = inputs(demo)
    assert read.settings
    whole = " ".join(page.html for page in made.values())
    for name, fact in particulars.of_association(read.settings, "mkdocs.yml", language).items():
        assert not isinstance(fact, Missing)
        assert fact in whole, name
    assert "<mark>" not in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_that_is_missing_is_named_with_where_to_write_it(demo: Path, language: str) -> None:
    """One at a time, in every paper that needs it; never an empty space, and never three dots."""
    word = {"fi": "kohta", "en": "key"}[language]
    for key in particulars.KEYS:
        text = scaffolding.papers(language)
        own = "\n".join(line if line.startswith(key) else line.replace("…", "on sovittu") for line in text.split("\n"))
        (demo / particulars.PAPERS).write_text(own, "utf-8")
        made = papers(demo, language)
        assert {gap for page in made.values() for gap in page.gaps} == {Missing(file=particulars.PAPERS, key=key)}
        for page in made.values():
            assert (f"papers.yml, {word} {key}</mark>" in page.html) is bool(page.gaps)
            assert "…" not in page.html
    configuration = (demo / "mkdocs.yml").read_text("utf-8")
    (demo / "mkdocs.yml").write_text(configuration[: configuration.index("      processors:\n")], "utf-8")
    gaps = {gap.key for page in papers(demo, language).values() for gap in page.gaps}
    assert {"processors.mail.name", "processors.profiles.country"} <= gaps


@pytest.mark.build
def test_the_command_makes_the_papers_and_a_file_to_fill_in(demo: Path) -> None:
    """In ``desk``, which git ignores. Each gap is named once. A mistake in the file is an error."""
    done = kokemus(demo, "papers", *ON)
    assert done.code == 0
    assert done.output.count("puuttuu: papers.yml, kohta readers") == 1
    assert {file.name for file in (demo / "desk").glob("*.html")} == {f"{name}.fi.html" for name in officer.PAPERS}
    assert (demo / "desk" / ".gitignore").read_text() == "*\n"
    assert (demo / "papers.yml").read_text("utf-8") == scaffolding.papers("fi")
    filled(demo, "fi")
    done = kokemus(demo, "papers", *ON)
    assert "puuttuu" not in done.output
    change(demo, "papers.yml", "readers:", "reders:")
    done = kokemus(demo, "papers", *ON)
    assert done.code == 1
    assert "papers.yml:2:1: error[unknown-key]" in done.output


def texts(content: Any) -> list[dict[str, str]]:
    """Every text of the papers, by language."""
    if isinstance(content, dict) and set(content) <= {"fi", "sv", "en"}:
        return [content]
    if isinstance(content, str):
        return []
    parts = content.values() if isinstance(content, dict) else content
    return [text for part in parts for text in texts(part)]


def test_every_text_of_the_papers_says_the_same_in_each_of_its_languages() -> None:
    """Judged by the facts that it names. The sheet for a new coordinator is in Swedish, too."""
    for name, paper_texts in officer.PAPERS.items():
        found = texts(paper_texts)
        assert len(found) > 10
        for text in found:
            assert set(text) == ({"fi", "sv", "en"} if name in ("handover", "year") else set(LANGUAGES)), text
            named = [{fact for _, fact, _, _ in Formatter().parse(words) if fact} for words in text.values()]
            assert all(facts == named[0] for facts in named), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_but_the_expert_s_own_knows_an_expert(demo: Path, language: str) -> None:
    """The papers are handed on, to the board or to an authority. A new coordinator gets only codes."""
    filled(demo, language)
    made = papers(demo, language)
    whole = " ".join(page.html for page in made.values())
    others = " ".join(page.html for name, page in made.items() if name != "handover")
    for profile in inputs(demo).profiles:
        assert profile.code not in re.findall(r"\w+", others)
        for _, value in profile.private:
            assert value not in whole, profile.code


def test_the_scaffold_asks_for_every_fact_of_the_papers() -> None:
    """In both languages of coordinators, each a placeholder with its explanation."""
    for language in LANGUAGES:
        text = (ROOT / "generator/kokemus/coordinator/scaffold" / language / "papers.yml").read_text("utf-8")
        assert re.findall(r'^(\w+): "…" +# \w', text, re.MULTILINE) == list(particulars.KEYS)
