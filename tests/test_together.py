"""Three associations of five, eight and nine people with one catalogue: one crowd, and no trace of who is in which."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kokemus import dates
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.reports import consent_sheet, paper, particulars
from kokemus.resources import texts
from kokemus.website.catalogue import Catalogue
from tests.conftest import DEMO_DAY, build, change, contents, git, kokemus, once
from tests.requests.test_matching import REQUEST
from tests.test_year import FACTS

pytestmark = pytest.mark.build

NAMES = {"pohja-1": "Pohjan Tuki ry", "ita-2": "Idän Mieli ry", "etela-3": "Etelän Apu ry"}
SIZES = {"pohja-1": 5, "ita-2": 8, "etela-3": 9}
TOGETHER = """\
      together:
        pohja-1: {name: Pohjan Tuki ry, email: pohja@example.org, phone: 016 555 0301}
        ita-2: {name: Idän Mieli ry, business_id: 1234567-1, address: "Itäkatu 2, 98100 Kemijärvi"}
        etela-3: Etelän Apu ry
"""
TOPICS = ("masennus", "toipuminen", "ahdistus", "päihteet", "toivo", "yksinäisyys")
LANGUAGES = ("fi", "sv", "en")


def name(number: int) -> str:
    return f"Kuiskaaja Kanarialintu-{number}"


def sheet() -> str:
    """Twenty-one people, of whom one is in two associations: twenty-two members."""
    whose = [[id] for id, size in SIZES.items() for _ in range(size)]
    whose[4:6] = [["pohja-1", "ita-2"]]
    rows = ["Nimi;Yhdistys;Aiheet;Kielet;Etänä;Suostumus"]
    for number, associations in enumerate(whose):
        topics = ", ".join(TOPICS[number % 2 :] if number > 1 else (*TOPICS[2:], "psykoosi"))
        rows.append(f"{name(number)};{' / '.join(NAMES[id] for id in associations)};{topics};suomi;kyllä;2.3.2026")
    return "\n".join(rows)


@pytest.fixture(scope="session")
def shared_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """From ``init`` to the site, with the real commands."""

    def make(folder: Path) -> None:
        today = {"SOURCE_DATE_EPOCH": dates.epoch(DEMO_DAY)}
        folder.mkdir()
        ours, facts = folder / "ours", [f"--{fact}={value}" for fact, value in FACTS.items()]
        assert kokemus(folder, "init", "ours", *facts, **today).code == 0
        git(ours, "config", "user.name", "Keksitty")
        git(ours, "config", "user.email", "nobody@example.org")
        change(ours, "mkdocs.yml", "      languages: [fi, sv, en]", f"{TOGETHER}      languages: [fi, sv, en]")
        (folder / "people.csv").write_text(sheet(), "utf-8")
        done = kokemus(ours, "import", "../people.csv", "--yes", **today)
        assert done.code == 0, done.output
        done = kokemus(ours, "edition", "--write", **today)
        assert done.code == 0, done.output
        done = build(ours)
        assert done.code == 0, done.output

    return once(tmp_path_factory, "together", make) / "ours"


@pytest.fixture
def ours(shared_catalogue: Path, tmp_path: Path) -> Path:
    """A copy of the shared catalogue that a test may change."""
    return shutil.copytree(shared_catalogue, tmp_path / "ours")


def rewritten(folder: Path, line: Callable[[int], str]) -> None:
    """Writes another association, or none, into each profile."""
    for number, file in enumerate(sorted((folder / "experts").glob("[!_e]*.yml"))):
        text, found = re.subn(r"(?m)^association: .*\n", line(number), file.read_text("utf-8"))
        assert found == 1
        file.write_text(text, "utf-8")


def published(folder: Path) -> dict[str, str]:
    """Everything in the pages and the data on the day, without the document that MkDocs puts around it."""
    made = publish.publish(gather(folder / "mkdocs.yml"), DEMO_DAY)
    assert made.site, made.problems
    return {**{f"{page.language}/{page.id}": page.content for page in made.pages()}, **made.data}


def test_everybody_is_in_one_crowd_once(shared_catalogue: Path) -> None:
    """None of the three is large enough for a look; together they are. A person who is in two counts once."""
    found = gather(shared_catalogue / "mkdocs.yml")
    assert [sum(id in one.associations for one in found.profiles) for id in NAMES] == [5, 8, 9]
    assert len(found.profiles) == 21
    assert max(SIZES.values()) < 12
    assert found.edition
    assert isinstance(found.edition.data, dict)
    assert found.edition.data["counted"] == 21
    assert found.edition.data["listed"]
    assert not [one for one in found.problems if one.severity == "error"]


def test_the_site_names_all_of_them_and_nobody_s(shared_catalogue: Path) -> None:
    """In each language: who makes the list, who is responsible for what, and how to reach each."""
    site, ui = contents(shared_catalogue / "site"), texts("public/texts/ui")
    pages = {path: content.decode() for path, content in site.items() if path.endswith(".html")}
    for language in LANGUAGES:
        under = "" if language == "fi" else f"{language}/"
        home = pages[f"{under}index.html"].replace("\N{NO-BREAK SPACE}", " ")
        main, foot = home.split("<footer")
        for part in (main, foot):
            assert all(one in part for one in NAMES.values())
            assert ui["together.made"][language].partition("{")[0] in part
        told = [text for path, text in pages.items() if f'lang="{language}"' in text[:200] and 'id="together"' in text]
        assert len(told) == 3
        for key in ("together.joint", "together.own", "together.any"):
            assert sum(ui[key][language] in text for text in told) == 2
        assert all(word in text for text in told for word in ("016 555 0301", "pohja@example.org", "Itäkatu 2"))
        assert any(ui["together.controller"][language].partition("}")[2] in text for text in pages.values())
    whole = b"\n".join(site.values())
    assert not any(id.encode() in whole for id in NAMES)
    assert b"Kanarialintu" not in whole
    assert b'"name": "Lapin Keksityt ry"' in site["catalogue.json"]


def test_folders_that_differ_in_whose_experts_alone_give_the_same_bytes(ours: Path) -> None:
    """Shuffled, all in one association, and in all three: every file of a real site."""
    before = contents(ours / "site")
    rewritten(ours, lambda number: f"association: [{[*NAMES][number % 3]}]\n")
    assert build(ours).code == 0
    assert contents(ours / "site") == before


def test_where_nobody_says_whose_experts_they_are_the_site_is_the_same(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a warning. The control is a list for one association only, which differs."""
    before, real = published(ours), publish.listed

    def of_one(*given: object) -> Catalogue:
        own = [one for one in gather(ours / "mkdocs.yml").profiles if "pohja-1" in one.associations]
        crowd, _, *rest = given
        return real(crowd, {offer.topic for one in own for offer in one.offers}, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "listed", of_one)
    telling = published(ours)
    monkeypatch.undo()
    rewritten(ours, lambda _: "")
    assert published(ours) == before
    done = kokemus(ours, "check", "--on", "2026-11-24")
    assert done.code == 0
    assert done.output.count("warning[association-missing]") == 21
    monkeypatch.setattr(publish, "listed", of_one)
    assert published(ours) != telling


def test_where_no_associations_are_named_a_profile_that_names_one_is_a_warning(ours: Path) -> None:
    """It may be left from a catalogue that was once shared. No page names another association."""
    change(ours, "mkdocs.yml", TOGETHER, "")
    assert kokemus(ours, "check", "--on", "2026-11-24").output.count("warning[association-alone]") == 21
    assert not any("Pohjan Tuki" in text or 'id="together"' in text for text in published(ours).values())


def test_two_files_of_one_person_stay_an_error_that_says_what_to_write(ours: Path) -> None:
    """Otherwise somebody in two associations would count twice."""
    first, *_ = sorted((ours / "experts").glob("[!_e]*.yml"))
    shutil.copy(first, ours / "experts" / "zz9.yml")
    change(ours, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    done = kokemus(ours, "check", "--on", "2026-11-24")
    assert done.code == 1
    assert "error[same-person]" in done.output
    assert "if the expert belongs to two associations, write association: [id, id]" in done.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_consent_sheet_says_who_is_responsible_for_what(shared_catalogue: Path, language: str) -> None:
    """All by name: the expert's association (or both) for their consent, the joint contact for the site."""
    inputs = gather(shared_catalogue / "mkdocs.yml")
    assert inputs.settings
    facts = particulars.of_association(inputs.settings, inputs.configuration, language)
    both = next(one for one in inputs.profiles if len(one.associations) == 2)
    document = next(one for one in inputs.documents if one.path == both.path)
    sheet, _ = consent_sheet.sheet(inputs, document, DEMO_DAY)
    assert sheet
    text = paper.consent(sheet, facts, inputs.vocabulary, language).html
    assert all(one in text for one in (*NAMES.values(), "Lapin Keksityt ry", "pohja@example.org"))
    word = {"fi": "ja", "sv": "och", "en": "and"}[language]
    assert f"Idän Mieli ry {word} Pohjan Tuki ry" in text


def test_commands_show_the_experts_of_one_association_alone(ours: Path) -> None:
    """By id or name. An expert in two associations is shown for both."""
    change(ours, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    (ours / "request.txt").write_text(REQUEST, "utf-8")
    for id, size in SIZES.items():
        for words in (("people",), ("match", "request.txt")):
            whose = ("--association", id, "--on", "2026-11-24")
            assert kokemus(ours, *words, *whose).output.count("Kanarialintu-") == size
    everybody = kokemus(ours, "people", "--on", "2026-11-24").output
    assert everybody.count("Kanarialintu-") == 21
    assert "Association: Idän Mieli ry, Pohjan Tuki ry" in everybody
    assert kokemus(ours, "people", "--association", "etelän apu ry").output.count("Kanarialintu-") == 9
    done = kokemus(ours, "people", "--association", "lansi")
    assert done.code == 2
    assert "pohja-1, ita-2, etela-3" in done.output
    assert kokemus(ours, "report", "--association", "ita-2", CI="true").code == 2


def test_a_report_for_one_association_tells_nothing_of_the_others(ours: Path) -> None:
    """Not even a number: whatever the others hold, every byte is the same. The control is the whole report."""
    change(ours, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")

    def told(*whose: str) -> tuple[str, str]:
        done = kokemus(ours, "report", *whose, "--on", "2026-11-24", "--html", "desk/report.html")
        assert done.code == 0, done.output
        return done.output, (ours / "desk" / "report.html").read_text("utf-8")

    (ours / "desk").mkdir(exist_ok=True)
    own, whole = told("--association", "pohja-1"), told()
    assert "Pohjan Tuki ry alone" in own[0]
    assert "5 in the crowd, 5 profiles" in own[0]
    assert "Own holders in the crowd: 5." in own[0]
    for one in gather(ours / "mkdocs.yml").profiles:
        if "pohja-1" not in one.associations:
            file = ours / one.path
            file.write_text(file.read_text("utf-8").replace("  - topic: anxiety\n", ""), "utf-8")
    assert told("--association", "pohja-1") == own
    assert told() != whole


def test_the_papers_of_one_association_are_in_its_name(ours: Path) -> None:
    """With its own experts counted, the others as joint controllers, and its missing facts marked."""
    change(ours, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    done = kokemus(ours, "papers", "--association", "pohja-1", "--on", "2026-11-24")
    assert "key together.pohja-1.address" in done.output
    record = (ours / "desk" / "record-pohja-1.en.html").read_text("utf-8")
    assert "Pohjan Tuki ry, business ID" in record
    assert "experts by experience, 5 profiles" in record
    assert all(one in record for one in NAMES.values())
    handed_over = set(re.findall(r"\w+", (ours / "desk" / "handover-pohja-1.en.html").read_text("utf-8")))
    for one in gather(ours / "mkdocs.yml").profiles:
        assert (one.code in handed_over) is ("pohja-1" in one.associations)
    of_one = next(one for one in gather(ours / "mkdocs.yml").profiles if one.associations == ("pohja-1",))
    assert kokemus(ours, "everything", of_one.code, "--association", "pohja-1").code == 0
    held = (ours / "desk" / f"everything-{of_one.code}.en.html").read_text("utf-8")
    assert "The controller is Pohjan Tuki ry" in held
    assert "joint controllers" in held
    assert kokemus(ours, "everything", of_one.code, "--association", "ita-2").code == 2
