"""What is saved but not published is said on the first page, shown in words, and can be taken back."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import change, git
from tests.desk.test_guard import Desk

FEES = "checked_on: 2026-11-24\nyear: 2026\nsource: {{fi: hallitus, sv: styrelsen, en: the board}}\namounts:\n"
FEES += "  - {{what: {{fi: Puhe, sv: Tal, en: Talk}}, amount: {} €}}\n"


@pytest.fixture
def kept(desk: Desk) -> Path:
    """The folder with everything committed, and no host."""
    git(desk.folder, "init", "--quiet")
    _commit(desk.folder)
    return desk.folder


def _commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "Change")


def words(page: str) -> str:
    return re.sub(r"<[^>]*>", "", page)


def test_the_first_page_says_that_a_withdrawal_waits(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """All is never well while the site does not know of it. The button leads to the publish page."""
    assert "Kirjattu" not in desk.get(browser, "/").text
    desk.post(browser, "/person/e06/withdraw", sure="1")
    change(kept, "mkdocs.yml", "016 555 0100", "016 555 0199")
    page = desk.get(browser, "/").text
    assert "Peruttu suostumus odottaa julkaisemista" in page
    assert "kunnossa" not in page
    told = words(page)
    assert told.index("Peruttuja suostumuksia: 1") < told.index("Tietoja ja asetuksia: 1")
    assert f'href="/{desk.keys.home}/publish">Siirry julkaisemaan' in page
    _commit(kept)
    assert "Siirry julkaisemaan" not in desk.get(browser, "/").text


def test_the_first_page_says_that_nothing_was_ever_published(desk: Desk, browser: FlaskClient) -> None:
    """As in a folder that is new."""
    git(desk.folder, "init", "--quiet")
    assert "Mitään ei ole vielä kirjattu" in desk.get(browser, "/").text


def test_what_changed_is_shown_in_groups_and_in_words(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """People by name and pages by title; the program's own files are folded."""
    change(kept, "experts/e05.yml", "040 555 0105", "040 555 9999")
    change(kept, "site_src/fi/join.md", "\n## ", "\nJokin uusi kappale.\n\n## ")
    (kept / ".ci").mkdir()
    (kept / ".ci" / "advance").write_text("x", "utf-8")
    page = desk.get(browser, "/publish").text
    told = words(page)
    order = ["Ihmiset", "(e05): muuttunut", "Puhelin: 040 555 0105 → 040 555 9999", "Sivut", "+ Jokin uusi kappale."]
    places = [told.index(text, told.index("Nämä ovat muuttuneet")) for text in order]
    assert places == sorted(places)
    folded = page[page.index("<summary>Tekniset tiedostot") :]
    assert 'value=".ci/advance" checked' in folded
    assert "site_src/fi/join.md:" not in told


def test_without_a_host_the_button_says_what_it_does(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """It only keeps the changes."""
    change(kept, "experts/e05.yml", "040 555 0105", "040 555 9999")
    page = desk.get(browser, "/publish").text
    assert '<h2 id="send">Kirjaa historiaan' in page
    assert "Verkossa mikään ei muutu" in page


@pytest.mark.parametrize("message", ["Hilma Tekaista perui", "Tekaistan puhelin", "H. T. lopetti"])
def test_a_description_that_names_an_expert_is_refused(
    desk: Desk, browser: FlaskClient, kept: Path, message: str
) -> None:
    """It would stay in the history for good. What was typed stays in the form."""
    change(kept, "experts/e05.yml", "040 555 0105", "040 555 9999")
    before = git(kept, "rev-parse", "HEAD")
    page = desk.post(browser, "/publish", file=["experts/e05.yml"], sure="1", message=message).text
    assert "näyttää olevan kokemusasiantuntijan nimi" in page
    assert f'value="{message}"' in page
    assert git(kept, "rev-parse", "HEAD") == before
    desk.post(browser, "/publish", file=["experts/e05.yml"], sure="1", message="Puhelin korjattu")
    assert git(kept, "rev-parse", "HEAD") != before


def test_a_wrong_fee_that_was_published_is_taken_back(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """As a new commit; withdrawals of the same publication stay, and nothing is lost from the history."""
    (kept / "fees.yml").write_text(FEES.format(150), "utf-8")
    change(kept, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      fees: {file: fees.yml}\n")
    _commit(kept)
    change(kept, "fees.yml", "150", "1500")
    desk.post(browser, "/person/e06/withdraw", sure="1")
    withdrawn = (kept / "experts" / "e06.yml").read_bytes()
    _commit(kept)
    page = desk.get(browser, "/publish").text
    part = words(page[page.index('id="back"') :])
    assert "Palkkiot" in part
    assert "1500 €" in part
    assert "150 €" in part
    assert "e06" not in part
    assert "Vahvista" in desk.post(browser, "/publish/back").text or "1500" in (kept / "fees.yml").read_text("utf-8")
    assert "Palautettu. Katso alta" in desk.post(browser, "/publish/back", sure="1").text
    assert (kept / "fees.yml").read_text("utf-8") == FEES.format(150)
    assert (kept / "experts" / "e06.yml").read_bytes() == withdrawn
    desk.post(browser, "/publish", file=["fees.yml"], sure="1", message="Palkkio korjattu")
    assert "1500" in git(kept, "show", "HEAD~1:fees.yml")


def test_what_was_changed_since_is_not_lost_by_taking_back(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """Nor is anything offered if only one publication was ever made."""
    assert 'id="back"' not in desk.get(browser, "/publish").text
    change(kept, "mkdocs.yml", "016 555 0100", "016 555 0199")
    _commit(kept)
    change(kept, "mkdocs.yml", "016 555 0199", "016 555 0177")
    assert 'id="back"' not in desk.get(browser, "/publish").text
    assert "Palautettavaa ei ole" in desk.post(browser, "/publish/back", sure="1").text
    assert "016 555 0177" in (kept / "mkdocs.yml").read_text("utf-8")


def test_neither_papers_nor_the_built_site_are_ever_offered(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """Even if the folder has lost its .gitignore."""
    for name in ("desk/letter.html", "site/index.html", "desk-notes.txt"):
        (kept / name).parent.mkdir(exist_ok=True)
        (kept / name).write_text("x", "utf-8")
    (kept / ".gitignore").unlink(missing_ok=True)
    page = desk.get(browser, "/publish").text
    assert "desk-notes.txt" in page
    assert "letter.html" not in page
    assert "index.html" not in page
    desk.post(browser, "/publish", file=["desk/letter.html", "desk-notes.txt"], sure="1", message="Change")
    assert git(kept, "ls-files", "desk", "site") == ""
    assert git(kept, "ls-files", "desk-notes.txt")


def test_the_first_publication_is_never_taken_back(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """Where an edition was committed before the pages were, going back would remove the whole site."""
    git(kept, "checkout", "--quiet", "--orphan", "anew")
    git(kept, "rm", "--quiet", "--cached", "-r", ".")
    git(kept, "add", "experts/edition.yml")
    git(kept, "commit", "--quiet", "--message=Edition")
    _commit(kept)
    assert 'id="back"' not in desk.get(browser, "/publish").text
    assert "Palautettavaa ei ole" in desk.post(browser, "/publish/back", sure="1").text
    assert (kept / "mkdocs.yml").is_file()


def test_without_a_host_nothing_is_said_to_be_well_on_the_web(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """Recording is not publishing."""
    assert "Kaikki on kunnossa" not in desk.get(browser, "/").text
    assert "kirjattu tälle koneelle" in desk.get(browser, "/publish").text


def test_a_page_that_was_published_by_mistake_goes_again(desk: Desk, browser: FlaskClient, kept: Path) -> None:
    """It stays in the history."""
    new = kept / "site_src" / "fi" / "new.md"
    new.write_text("---\ntitle: Uusi\nslug: uusi\ndescription: Uusi sivu\n---\n", "utf-8")
    _commit(kept)
    assert "poistuu" in desk.get(browser, "/publish").text
    desk.post(browser, "/publish/back", sure="1")
    assert not new.exists()


def test_an_unfinished_erasure_is_found_again_and_its_commands_are_whole(
    desk: Desk, browser: FlaskClient, kept: Path
) -> None:
    """The code may be typed in either case. What is left on paper and in spreadsheets is told too."""
    refused = desk.post(browser, "/person/e06/erase", sure="1", typed="Hilma").text
    assert "Kirjoita kenttään koodi e06" in refused
    page = desk.post(browser, "/person/e06/erase", sure="1", typed=" E06 ").text
    assert not (kept / "experts" / "e06.yml").exists()
    told = words(page)
    assert '<pre class="told">' in page
    assert "git filter-repo" in told
    assert "Kansiossa ei ole enää jälkiä" not in told
    assert "jää jälkiä vain näihin tiedostoihin, joita alla olevat komennot tarvitsevat: desk/blot.txt" in told
    assert "taulukko tai luettelo" in told
    assert "tulostetut ja allekirjoitetut" in told
    _commit(kept)
    today = desk.get(browser, "/").text
    assert f'href="/{desk.keys.home}/person/e06"' in today
    assert "poisto on kesken" in desk.get(browser, "/person/e06").text
    assert "git filter-repo" in words(desk.post(browser, "/person/e06/erase").text)
    assert desk.post(browser, "/person/e99/erase").status_code == 404


def test_without_a_history_nothing_is_called_well(desk: Desk, browser: FlaskClient) -> None:
    """Nobody can tell then what was published."""
    page = desk.get(browser, "/").text
    assert "kunnossa" not in page
    assert "git) ei voi lukea" in page
