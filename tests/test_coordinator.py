"""The desk: a repository that builds at once, a new profile, the consent sheet, help with true examples."""

import os
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from kokemus import publish, repository, sheet
from kokemus.cli import main
from kokemus.terminal import HELP
from tests.conftest import DEMO_DAY, ROOT, copy_of_demo, kokemus

pytestmark = pytest.mark.build


def test_a_new_repository_builds_at_once_and_says_what_is_open(tmp_path: Path) -> None:
    """Without a terminal, from flags; a folder with something in it is left alone."""
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


@pytest.mark.parametrize("host", repository.HOSTS)
def test_a_new_repository_brings_the_workflow_of_the_chosen_host_only(tmp_path: Path, host: str) -> None:
    """Executable by the forge as it stands; nothing of the other forges."""
    assert kokemus(tmp_path, "init", "ours", "--host", host).code == 0
    every = frozenset().union(*repository.HOSTS.values())
    assert {entry.name for entry in (tmp_path / "ours").iterdir()} & every == repository.HOSTS[host]


def test_the_wheel_holds_all_that_init_needs(tmp_path: Path) -> None:
    """From the built wheel, away from this checkout."""
    tool = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(tool, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = "import kokemus, kokemus.cli; assert 'installed' in kokemus.__file__; kokemus.cli.main(['init', 'ours'])"
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
    """With a place for each thing that is missing."""
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


def test_the_sheet_says_what_the_site_would_say(demo: Path) -> None:
    """Each level is the difference of two publications, so the crowd adds nothing today."""
    inputs = publish.gather(demo / "mkdocs.yml")
    shown = publish.of_the_day(inputs, DEMO_DAY)[0]
    for document in inputs.documents:
        made, problems = sheet.sheet(inputs, document, DEMO_DAY)
        assert made, problems
        assert made.added == ()
        assert set(made.common) <= shown.statements
        if document.path in ("experts/e06.yml", "experts/e05.yml"):
            assert set(made.signed) <= shown.statements
            assert made.card is None or made.card in shown.cards
    assert kokemus(demo, "consent", "e05", "--html", "site_src/sheet.html").code == 2


def test_a_withdrawal_gets_through_whatever_is_wrong_elsewhere(demo: Path) -> None:
    """Only its own file matters."""
    (demo / "experts" / "e02.yml").write_text("consent: [", "utf-8")
    done = kokemus(demo, "withdraw", "e06", "--on", "2026-11-24")
    assert done.code == 0
    assert "withdrawn: 2026-11-24" in (demo / "experts" / "e06.yml").read_text("utf-8")
    assert "experts/e02.yml" in done.output


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("name", [name for name in main.commands if name != "serve"])
def test_every_help_has_an_example_that_prints_what_it_says(name: str, language: str, tmp_path: Path) -> None:
    """Run in the demo, in both languages."""
    folder = copy_of_demo(tmp_path / "demo")
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace("coordinator_language: fi", f"coordinator_language: {language}")
    configuration.write_text(text, "utf-8")
    example = HELP[name]["example"]
    words = [word.strip('"') for word in example["run"].replace('"Esimerkki ry"', "Esimerkki").split()[1:]]
    shows = example["shows"]
    expected = (shows if isinstance(shows, str) else shows[language]).rstrip("\n")
    assert expected in kokemus(folder, *words).output
    assert example["run"] in kokemus(folder, name, "--help").output


def test_every_text_of_the_papers_and_of_help_is_there_in_finnish_and_english() -> None:
    """And the sheet in Swedish too."""
    papers = yaml.safe_load((files("kokemus") / "terms" / "desk" / "papers.yml").read_text("utf-8"))
    for key, texts in papers.items():
        assert {"fi", "en"} <= set(texts), key
        assert "sv" in texts or not key.startswith(("sheet.", "dimension.")), key
    for name in main.commands:
        assert set(HELP[name]["help"]) == {"fi", "en"}, name
