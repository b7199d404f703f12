"""The coordinator's commands: a repository that builds at once, a new profile, the consent sheet, and help."""

import contextlib
import os
import pty
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kokemus import dates
from kokemus.cli.localized import HELP
from kokemus.cli.main import main
from kokemus.documents.problems import errors, render
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from kokemus.reports import scaffolding
from kokemus.request_form.services import SERVICES
from tests.conftest import DEMO_DAY, ROOT, change, copy_of_demo, kokemus

pytestmark = pytest.mark.build


def test_a_new_repository_builds_at_once_and_says_what_is_open(tmp_path: Path) -> None:
    """Without a terminal, from options. A folder that is not empty is left alone."""
    done = kokemus(tmp_path, "init", "ours", "--name", "Esimerkki ry", "--serves", "Lappi", "--language", "fi")
    assert done.code == 0, done.output
    assert "association.email" in done.output
    assert "association.name" not in done.output
    ours = tmp_path / "ours"
    checked = kokemus(ours, "check")
    assert checked.code == 0
    assert "warning[unfilled]: vielä täyttämättä: site_url" in checked.output
    assert kokemus(ours, "build").code == 0
    assert kokemus(tmp_path, "init", "ours").code == 2
    assert (ours / "README.md").read_text("utf-8").startswith("# Koordinaattorin opas")


def test_a_new_repository_that_cannot_be_built_is_reported_at_once(tmp_path: Path) -> None:
    """With the position and what to do, instead of a promise that it builds."""
    made = kokemus(tmp_path, "init", "ours", "--language", "fi", "--form-url", "http://forms.example.org/a")
    assert made.code == 0
    assert "Ennen kuin sivuston voi rakentaa, korjaa tämä:\nmkdocs.yml:" in made.output
    assert "voi rakentaa heti" not in made.output
    assert kokemus(tmp_path / "ours", "check").code == 1


@pytest.mark.parametrize("id", [id for id, one in SERVICES.items() if one.address])
def test_a_new_repository_keeps_to_the_rules_of_the_service_whose_address_it_got(tmp_path: Path, id: str) -> None:
    """What the service documents about itself need not be filled in, and the first check finds nothing to correct."""
    service = SERVICES[id]
    url = service.address if service.keyed else f"{service.address}abc123"
    assert kokemus(tmp_path, "init", "ours", "--form-url", url).code == 0
    found = gather(tmp_path / "ours" / "mkdocs.yml")
    assert found.settings, render(found.problems, found.marks)
    assert found.settings.form.id == id
    (left,) = found.problems
    facts = set(dict(left.values)["facts"].split(", "))
    assert "form.processor.retention" in facts
    assert "form.processor.name" not in facts
    assert ("form.processor.country" in facts) is not bool(service.country)
    assert ("form.key" in facts) is service.keyed
    made = publish(found, dates.today() or DEMO_DAY)
    assert (made.site is not None, errors(made.problems)) == (True, ())


def test_a_new_repository_claims_no_assessment_that_nobody_made(tmp_path: Path) -> None:
    """The date is a placeholder like everything that only the association knows, and no page shows another date."""
    done = kokemus(tmp_path, "init", "ours", "--language", "en")
    assert "\n  accessibility.assessed_on\n" in done.output
    ours = tmp_path / "ours"
    assert "accessibility.assessed_on" in kokemus(ours, "check").output
    made = publish(gather(ours / "mkdocs.yml"), dates.today() or DEMO_DAY)
    (statement,) = (page.content for page in made.pages() if page.url == "en/accessibility-statement/")
    assert "Date of assessment: …" in statement
    change(ours, "mkdocs.yml", 'assessed_on: "…"', "assessed_on: 2026-11-24")
    assert "accessibility.assessed_on" not in kokemus(ours, "check").output


@pytest.mark.parametrize(
    ("option", "typed", "answer"),
    [
        ("--email", "koordinaattori(at)x", "tämä ei ole sähköpostiosoite – kirjoita"),
        ("--phone", "soita arkisin", "tämä ei ole puhelinnumero – kirjoita"),
        ("--business-id", "9999", "tämä ei ole Y-tunnus"),
        ("--serves", "Lapi", "tätä paikkaa ei ole sanastossa: Lappi?"),
    ],
)
def test_init_refuses_what_check_would_refuse(tmp_path: Path, option: str, typed: str, answer: str) -> None:
    """At once, in the coordinator's language, and nothing is made."""
    done = kokemus(tmp_path, "init", "ours", option, typed, LC_ALL="fi_FI.UTF-8")
    assert done.code == 2
    assert f"Virhe: {option}: {answer}" in done.output
    assert not (tmp_path / "ours").exists()


def test_a_path_where_no_folder_can_be_made_is_reported(tmp_path: Path) -> None:
    """For example below a file: no traceback, and the file stays as it is."""
    (tmp_path / "notes.txt").write_text("mine")
    done = kokemus(tmp_path, "init", "notes.txt/ours")
    assert done.code == 2
    assert "no folder can be made here" in done.output
    assert "Traceback" not in done.output
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("host", scaffolding.HOSTS)
def test_a_new_repository_brings_the_workflow_of_the_chosen_host_only(tmp_path: Path, host: str) -> None:
    """The forge can run it unchanged; there are no files of other forges."""
    assert kokemus(tmp_path, "init", "ours", "--host", host).code == 0
    made = {entry.name for entry in (tmp_path / "ours").iterdir()}
    assert made & set(scaffolding.HOSTS.values()) == {scaffolding.HOSTS[host]}
    assert ".ci" in made


@pytest.mark.parametrize("language", scaffolding.LANGUAGES)
def test_a_new_repository_brings_the_guide_in_swedish_too(tmp_path: Path, language: str) -> None:
    """Whichever language the coordinator has chosen. The other guide links to it."""
    done = kokemus(tmp_path, "init", "ours", "--language", language)
    assert done.code == 0
    assert "på svenska: README.sv.md" in done.output
    assert (tmp_path / "ours" / "README.sv.md").read_text("utf-8").startswith("# Koordinatorns guide\n")
    assert (tmp_path / "ours" / "README.md").read_text("utf-8").splitlines()[2].startswith("På svenska: [README.sv.md]")


def at_a_terminal(folder: Path, words: list[str], answers: list[str]) -> tuple[int, str]:
    """Runs a command at a real terminal and answers each question: its exit code, and what was displayed."""
    tool = str(Path(sys.executable).parent / "kokemus")
    master, terminal = pty.openpty()
    child = subprocess.Popen(
        [tool, *words],
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    said = b""
    with contextlib.suppress(OSError):
        while piece := os.read(master, 4096):
            said += piece
            if answers and said.endswith(b": "):
                os.write(master, f"{answers.pop(0)}\n".encode())
    os.close(master)
    return child.wait(60), said.decode()


@pytest.mark.parametrize(("answer", "gone"), [("kyllä", True), ("Yes", True), ("k", False), ("", False), ("ei", False)])
def test_erase_asks_once_more_in_the_coordinators_language(demo: Path, answer: str, gone: bool) -> None:
    """Only the whole word for yes erases. Any other answer keeps the file and says so."""
    code, told = at_a_terminal(demo, ["erase", "e05"], [answer])
    assert "Poistetaanko e05 pysyvästi? Kirjoita kyllä tai ei: " in told
    assert (demo / "experts" / "e05.yml").exists() is not gone
    assert ("jäi paikalleen" in told) is not gone
    assert (code == 0) is gone


def test_init_asks_at_a_terminal_and_asks_again_where_an_answer_cannot_be_right(tmp_path: Path) -> None:
    """The language comes first, so that nobody has to answer in the language of the computer's locale."""
    contact = ["toimisto(at)keksityt", "", "soita arkisin", "016 555 0200", "", "9999", "1234567-1", ""]
    answers = ["suomeksi", "suomi", "Keksityt ry", *contact, "keksityt.example.org", "", "Lapi", "Lappi"]
    code, told = at_a_terminal(tmp_path, ["init", "ours"], answers)
    assert code == 0, told
    assert told.count("kirjoita fi tai en") == told.count("type fi or en") == 2
    assert "Yhdistyksen nimi: Keksityt ry" in told
    for again in ("ei ole sähköpostiosoite", "ei ole puhelinnumero", "ei ole Y-tunnus", "ei ole sanastossa: Lappi?"):
        assert told.count(again) == 1
    assert "  association.email" in told
    configuration = (tmp_path / "ours" / "mkdocs.yml").read_text("utf-8")
    assert 'site_url: "https://keksityt.example.org"' in configuration
    assert 'serves: ["Lappi"]' in configuration
    assert 'phone: "016 555 0200"' in configuration
    assert 'business_id: "1234567-1"' in configuration


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (["chekc"], "Virhe: komentoa chekc ei ole: check?"),
        (["explain"], "Virhe: puuttuu: CODE"),
        (["check", "--onn"], "Virhe: valintaa --onn ei ole"),
        (["check", "--on", "31.12.2026"], "Virhe: --on: kirjoita oikea päivä muodossa vuosi-kuukausi-päivä"),
        (["check", "--on"], "Virhe: valinnan --on arvo puuttuu"),
        (["check", "--on", ""], "Virhe: --on: kirjoita oikea päivä"),
        (["check", "--on", "9999-12-31"], "Virhe: --on: kirjoita oikea päivä"),
        (["consent", "e05", "--html", ""], "Virhe: --html: tämä on kansio"),
        (["consent", "e05", "--html", "no-such-folder/x.html"], "tiedostoa ei voi kirjoittaa"),
        (["check", "e01"], "Virhe: tämä on liikaa: e01"),
        (["consent", "e01", "--language", "xx"], "Virhe: --language: valitse jokin näistä: fi, sv, en"),
        (["report", "--html", "experts"], "Virhe: --html: tämä on kansio"),
        (["audit", "no-such-folder"], "Virhe: SITE: tällaista kansiota ei ole"),
        (["explain", "nobody", "--on", "2026-11-24"], "Virhe: CODE: tällä koodilla ei ole profiilia"),
        (["import", "no such.csv", "--yes"], "Virhe: FILE: tällaista tiedostoa ei ole, tai se on kansio: no such.csv"),
        (["import", "no", "such.csv"], "Jos nimessä on välilyönti, kirjoita nimi lainausmerkkeihin"),
        (["import", "mkdocs.yml", "x"], "Virhe: tämä on liikaa: x. Jos tiedoston nimessä on välilyönti"),
        (["match", "no", "such.txt"], "Virhe: FILE: tällaista tiedostoa ei ole, tai se on kansio: no"),
        (["evaluations", "no", "such.txt"], "Virhe: FILE: tällaista tiedostoa ei ole, tai se on kansio: no"),
        (["audit", "no", "such"], "tai se on tiedosto: no. Jos nimessä on välilyönti"),
        (["new", "Maija", "Mallikas"], "Virhe: tähän kuuluu vain koodi, joka ei kerro ihmisestä mitään"),
        (["erase", "Eero"], "Virhe: CODE: tällä koodilla ei ole profiilia. Koodi on profiilin tiedoston nimi"),
    ],
)
def test_a_mistyped_command_is_answered_in_the_coordinators_language(
    demo: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], answer: str
) -> None:
    """With the usage, where to find help, and exit code 2."""
    monkeypatch.chdir(demo)
    done = CliRunner().invoke(main, typed, prog_name="kokemus")
    assert done.exit_code == 2
    assert done.output.startswith("Käyttö: kokemus")
    assert "[VALINNAT]" in done.output
    assert "\nOhje: kokemus" in done.output
    assert answer in done.output


OF_ONE = [name for name, one in main.commands.items() if name != "new" and any(p.name == "code" for p in one.params)]


@pytest.mark.parametrize("command", OF_ONE)
def test_a_name_in_the_place_of_a_code_leads_to_the_code(
    demo: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """At once, whether it is one word or two; and it is not repeated."""
    monkeypatch.chdir(demo)
    for typed in (["Eero"], ["Eero", "Tekaista"], ["eero.tekaista"]):
        done = CliRunner().invoke(main, [command, *typed], prog_name="kokemus")
        assert done.exit_code == 2
        assert "oodi on profiilin tiedoston nimi ilman päätettä .yml; kuka on kukin: kokemus people" in done.output
        assert "Tekaista" not in done.output


def test_the_shell_completes_whatever_was_typed() -> None:
    """A mistake in the line does not cause a traceback at the TAB key."""
    for typed in ("kokemus check extra --", "kokemus bogus x", "kokemus check --on"):
        done = subprocess.run(
            [Path(sys.executable).with_name("kokemus")],
            env=os.environ
            | {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_KOKEMUS_COMPLETE": "bash_complete"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, typed


def test_the_command_alone_shows_the_help() -> None:
    """It is not an error message."""
    done = CliRunner().invoke(main, [], prog_name="kokemus")
    assert done.output.startswith("Käyttö: kokemus [VALINNAT] KOMENTO …")
    assert "Virhe" not in done.output


def test_the_wheel_holds_all_that_init_needs_and_nothing_else(tmp_path: Path) -> None:
    """From the built wheel, outside this checkout. It holds the package and the hand-written pages."""
    tool = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(tool, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    own = {name.removeprefix("generator/") for name in kept if name.startswith("generator/kokemus/")}
    assert held == own | {f"kokemus/coordinator/scaffold/{name}" for name in kept if name.startswith("site_src/")}
    code = "from kokemus import cli; assert 'installed' in cli.__file__; cli.main(['init', 'ours'])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "ours" / "site_src" / "fi" / "join.md").is_file()
    assert (tmp_path / "ours" / ".github" / "workflows" / "site.yml").is_file()
    assert kokemus(tmp_path / "ours", "check").code == 0


def test_a_new_profile_is_red_until_it_is_filled_in(demo: Path) -> None:
    """With a position for each missing value."""
    assert kokemus(demo, "new", "x7k2m", "--on", "2026-11-24").code == 0
    done = kokemus(demo, "check", "--on", "2026-11-24")
    assert done.code == 1
    file = demo / "experts" / "x7k2m.yml"
    text = file.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/profile-1.json\n")
    text = text.replace("given:  ", "given: 2026-11-24").replace("topic:   ", "topic: masennus")
    file.write_text(text.replace("formats: []", "formats: [paneeli]"), "utf-8")
    assert kokemus(demo, "check", "--on", "2026-11-24").code == 0
    assert kokemus(demo, "new", "x7k2m").code == 2


def test_a_withdrawal_takes_effect_even_if_other_files_are_wrong(demo: Path) -> None:
    """Only its own file matters."""
    (demo / "experts" / "e02.yml").write_text("consent: [", "utf-8")
    done = kokemus(demo, "withdraw", "e06", "--on", "2026-11-24")
    assert done.code == 0
    assert "withdrawn: 2026-11-24" in (demo / "experts" / "e06.yml").read_text("utf-8")
    assert "experts/e02.yml" in done.output


def test_a_withdrawal_in_the_future_says_that_everything_stays_until_then(demo: Path) -> None:
    """A mistyped year looks done while the card stays visible. The command in the message fixes it."""
    on = {"SOURCE_DATE_EPOCH": dates.epoch(date(2026, 11, 24))}
    done = kokemus(demo, "withdraw", "e06", "--on", "2027-11-24", **on)
    assert "tulee voimaan vasta 2027-11-24" in done.output
    assert "Esittely poistuu sivuston seuraavassa" not in done.output
    told = done.output.split("aja: kokemus ")[1].splitlines()[0]
    done = kokemus(demo, *told.split(), **on)
    assert "Esittely poistuu sivuston seuraavassa" in done.output
    assert "withdrawn: 2026-11-24" in (demo / "experts" / "e06.yml").read_text("utf-8")


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("name", [name for name in main.commands if name not in ("serve", "desk")])
def test_every_help_has_an_example_that_prints_what_it_says(name: str, language: str, tmp_path: Path) -> None:
    """Run in the demo, in both languages, next to the spreadsheet that ``init`` makes and a request."""
    folder = copy_of_demo(tmp_path / "demo")
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace("coordinator_language: fi", f"coordinator_language: {language}")
    configuration.write_text(text, "utf-8")
    (folder / scaffolding.SHEET).write_bytes(scaffolding.example_sheet(language))
    (folder / "request.txt").write_text("Aiheet: psykoosi\nKunta tai etänä: Etänä\nVierailun kieli: suomi\n", "utf-8")
    (folder / "evaluations.csv").write_text("reference;served;matched;arranged\nAB2C-D3EF;5;4;5\n", "utf-8")
    example = HELP[name]["example"]
    words = [word.strip('"') for word in example["run"].replace('"Esimerkki ry"', "Esimerkki").split()[1:]]
    shows = example["shows"]
    expected = (shows if isinstance(shows, str) else shows[language]).rstrip("\n")
    assert expected in kokemus(folder, *words).output
    assert example["run"] in kokemus(folder, name, "--help").output


def test_every_help_is_there_in_finnish_and_english() -> None:
    """For every command."""
    for name in main.commands:
        assert set(HELP[name]["help"]) == {"fi", "en"}, name


def test_a_name_is_refused_as_a_new_code(demo: Path) -> None:
    """And the way that works is named; a code that means nothing is taken."""
    for code in ("eino-uusitalo", "hilma"):
        done = kokemus(demo, "new", code)
        assert done.code == 2
        assert "kokemus new" in done.output
        assert not (demo / "experts" / f"{code}.yml").exists()
    assert kokemus(demo, "new", "x7k2m").code == 0


def test_a_name_reserved_by_windows_is_refused_as_a_new_code(demo: Path) -> None:
    """Nothing is written."""
    done = kokemus(demo, "new", "con")
    assert done.code == 2
    assert "Windows" in done.output
    assert not (demo / "experts" / "con.yml").exists()


def test_explain_says_when_the_topic_of_somebody_who_withdrew_goes(demo: Path) -> None:
    """Only of a topic that still stays, and only on that expert's own lines."""
    told = kokemus(demo, "explain", "e23", "--on", "2026-11-24").output
    assert [line.startswith("pakko-oireet") for line in told.splitlines() if "2027-01-01" in line] == [True]
    assert "2027-01-01" not in kokemus(demo, "explain", "e23", "--on", "2027-01-02").output
