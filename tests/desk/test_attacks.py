"""Unusual use of the desk: odd names, texts and folders, two tabs, and a Git host that is away or asks a question."""

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from kokemus import dates
from kokemus.desk import shared
from kokemus.publication.inputs import gather
from kokemus.reports.consent_sheet import TEXT
from tests.conftest import DEMO_DAY, change, contents, git
from tests.desk.test_guard import HOST, Desk
from tests.desk.test_pages import form, lines, rows
from tests.importing.test_planning import GOOD


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Path:
    """The repository to which the desk pushes."""
    git(tmp_path, "init", "--quiet", "--bare", "there")
    git(desk.folder, "init", "--quiet", "--initial-branch=main")
    git(desk.folder, "add", "--all")
    git(desk.folder, "commit", "--quiet", "-m", "Begin")
    git(desk.folder, "remote", "add", "origin", str(tmp_path / "there"))
    git(desk.folder, "push", "--quiet", "origin", "main")
    return tmp_path / "there"


def sent(there: Path) -> list[str]:
    return git(there, "log", "--format=%s", "main").splitlines()


def test_unpushed_commits_can_be_pushed(desk: Desk, browser: FlaskClient, there: Path) -> None:
    """Such as an edition, which is committed when it is made."""
    assert "Julkaistavia muutoksia ei ole" in desk.get(browser, "/publish").text
    git(desk.folder, "commit", "--quiet", "--allow-empty", "-m", "Make an edition")
    page = desk.get(browser, "/publish").text
    assert "ei vielä lähetetty" in page
    assert "Julkaistavia muutoksia ei ole" not in page
    assert "Lähetetty" in desk.post(browser, "/publish", sure="1").text
    assert sent(there) == ["Make an edition", "Begin"]


def test_a_failed_push_can_be_repeated(
    desk: Desk,
    browser: FlaskClient,
    there: Path,
) -> None:
    """The button to send is there again."""
    shutil.move(there, there.with_name("away"))
    change(desk.folder, "experts/e06.yml", "remote: true", "remote: false")
    page = desk.post(browser, "/publish", file=["experts/e06.yml"], sure="1", message="Change").text
    assert "lähetys ei onnistunut" in page
    assert 'name="sure"' in page
    shutil.move(there.with_name("away"), there)
    assert "Lähetetty" in desk.post(browser, "/publish", sure="1").text
    assert sent(there) == ["Change", "Begin"]


def test_publishing_needs_no_git_identity(
    desk: Desk,
    browser: FlaskClient,
    there: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A coordinator who uses no terminal could not set one."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    git(desk.folder, "config", "user.useConfigOnly", "true")
    change(desk.folder, "experts/e06.yml", "remote: true", "remote: false")
    assert "Lähetetty" in desk.post(browser, "/publish", file=["experts/e06.yml"], sure="1").text
    assert len(sent(there)) == 2


def test_git_never_asks_in_a_terminal(desk: Desk, browser: FlaskClient, there: Path, tmp_path: Path) -> None:
    """Nobody looks at it, so the desk would wait for ever."""
    git(desk.folder, "config", "protocol.ext.allow", "always")
    git(desk.folder, "remote", "set-url", "--push", "origin", f"ext::sh -c env% >{tmp_path}/told")
    git(desk.folder, "commit", "--quiet", "--allow-empty", "-m", "Something")
    desk.post(browser, "/publish", sure="1")
    told = (tmp_path / "told").read_text("utf-8").splitlines()
    assert {"GIT_TERMINAL_PROMPT=0", "SSH_ASKPASS_REQUIRE=force"} <= {*told}


def test_a_deleted_file_is_published(desk: Desk, browser: FlaskClient, there: Path) -> None:
    """So is a file that was only deleted."""
    git(desk.folder, "rm", "--quiet", "experts/e06.yml")
    (desk.folder / "experts" / "e07.yml").unlink()
    chosen = ["experts/e06.yml", "experts/e07.yml"]
    assert "Lähetetty" in desk.post(browser, "/publish", file=chosen, sure="1").text
    assert not {*chosen} & {*git(there, "ls-tree", "-r", "--name-only", "main").splitlines()}


NAMES = (b"n\xe4in.md", b"two\nlines.md", b"-rf.md", b":(top).md", b"<script>.md", b"a&amp;b.md")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_listed_and_published(
    desk: Desk,
    browser: FlaskClient,
    there: Path,
    name: bytes,
) -> None:
    """Even with a name in another encoding, as from an old archive."""
    Path(os.fsdecode(os.fsencode(desk.folder) + b"/" + name)).write_text("x", "utf-8")
    page = desk.get(browser, "/publish")
    assert page.status_code == 200
    assert "<script>" not in page.text
    value = page.text.partition('name="file" value="')[2].partition('"')[0]
    assert "Lähetetty" in desk.post(browser, "/publish", file=[value], sure="1", message="-rf").text
    assert git(desk.folder, "status", "--porcelain") == ""


def test_an_unreadable_folder_gets_a_message(
    desk: Desk,
    browser: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only to the browser that may be there. Nobody else makes the desk read the folder."""
    (desk.folder / "new.yml").touch()
    monkeypatch.setattr(shared, "gather", lambda _, **__: (_ for _ in ()).throw(PermissionError("private/name")))
    page = desk.get(browser, "/people")
    assert (page.status_code, "ei voitu lukea" in page.text) == (500, True)
    assert "private" not in page.text
    stranger = desk.app.test_client().get("/", headers={"Host": HOST})
    assert (stranger.status_code, "Tähän osoitteeseen ei pääse" in stranger.text) == (403, True)


NEW = {"name": "Oona Uusi", "given": "2.3.2026", "topics": "depression", "languages": "fi", "places": "Kemi"}
TEXTS = {
    "next line": "a\x85b",
    "line separator": "a\u2028b",
    "control": "a\x0bb\x7f\x9f",
    "no letter": "a\ufffe\uffffb",
    "another key": 'x"\nadmitted: 2020-01-01\n  a: b # c',
    "page": "<script>alert(1)</script>{{ 7 * 7 }}{x}",
    "yaml": "&a *b !c %TAG '\\ ~",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_saved_as_it_was_typed(desk: Desk, browser: FlaskClient, text: str) -> None:
    """In the form of an existing and of a new expert. It is never treated as markup or YAML."""
    assert desk.post(browser, "/person/e05", **form(desk, browser, "e05") | {"notes": text}).status_code == 303
    added = desk.post(browser, "/people/new", **NEW | {"notes": text})
    assert added.status_code == 303
    new = added.headers["Location"].rpartition("/")[2]
    read = {one.path: dict(one.private) for one in gather(desk.folder / "mkdocs.yml").profiles}
    for code in ("e05", new):
        assert read[f"experts/{code}.yml"]["private", "notes"] == text
        page = desk.get(browser, f"/person/{code}").text
        assert not re.search(r'<script(?! src="/[\w-]+/desk\.js" defer></script>)', page)
        assert escape(text.partition("\n")[0]) in page


def test_a_too_long_text_gets_a_message(desk: Desk, browser: FlaskClient) -> None:
    """Nothing is saved, and the message does not ask to edit the file by hand."""
    before = contents(desk.folder)
    for path, typed in (("/person/e05", form(desk, browser, "e05")), ("/people/new", NEW)):
        assert "Tekstiä on liikaa" in desk.post(browser, path, **typed | {"notes": "x" * 70_000}).text
    assert contents(desk.folder) == before


def test_pressing_twice_adds_one_person(desk: Desk, browser: FlaskClient) -> None:
    """Somebody in two files would count as two. A namesake with another e-mail address can still be added."""
    assert desk.post(browser, "/people/new", **NEW | {"email": "o@example.org"}).status_code == 303
    before = contents(desk.folder)
    assert "näyttää olevan jo profiili" in desk.post(browser, "/people/new", **NEW | {"email": "o@example.org"}).text
    assert contents(desk.folder) == before
    assert desk.post(browser, "/people/new", **NEW | {"email": "other@example.org"}).status_code == 303


def columns(page: str) -> dict[str, str]:
    """The values that the form of an import sends unchanged."""
    found = dict(re.findall(r'name="(column-\d+)">.*?value="(\w+)" selected', page, re.DOTALL))
    return found | dict(re.findall(r'name="(held|seen)" value="(\w*)"', page))


def test_each_of_two_tabs_saves_what_it_has_shown(desk: Desk, browser: FlaskClient) -> None:
    """A spreadsheet that another tab has read in the meantime is not saved instead."""
    before = contents(desk.folder)
    first = desk.post(browser, "/import", file=rows(GOOD)).text
    second = desk.post(browser, "/import", file=rows(GOOD.replace("N;n", "O;o").replace("401", "402"))).text
    assert "ei ole enää muistissa" in desk.post(browser, "/import/plan", act="save", **columns(first)).text
    assert contents(desk.folder) == before
    assert desk.post(browser, "/import/plan", act="save", **columns(second)).status_code == 303


def test_changed_decisions_are_shown_before_they_are_saved(desk: Desk, browser: FlaskClient) -> None:
    """The button saves what was shown, and nothing else."""
    before = contents(desk.folder)
    page = desk.post(
        browser,
        "/import",
        file=rows(GOOD, GOOD.replace("N;n", "O;o").replace("401", "402").replace("masennus", "masenus")),
    ).text
    decided = {"kind": "topics", "word": "masenus", "meant": "depression"}
    assert "Tallenna 1 profiili<" in page
    page = desk.post(browser, "/import/plan", act="save", **columns(page), **decided).text
    assert "Valintasi muuttivat" in page
    assert "Tallenna 2 profiilia" in page
    assert contents(desk.folder) == before
    assert desk.post(browser, "/import/plan", act="save", **columns(page), **decided).status_code == 303


def test_nothing_is_saved_if_no_row_is_ready(desk: Desk, browser: FlaskClient) -> None:
    """The spreadsheet is still there for decisions."""
    page = desk.post(browser, "/import", file=rows(GOOD.replace("masennus", "masenus"))).text
    again = desk.post(browser, "/import/plan", act="save", **columns(page)).text
    assert "«masenus»" in again


def test_a_second_withdrawal_keeps_the_first_day(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For example from a tab that was left open."""
    desk.post(browser, "/person/e05/withdraw", sure="1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(DEMO_DAY + timedelta(days=20)))
    desk.post(browser, "/person/e05/withdraw", sure="1")
    assert f"  withdrawn: {DEMO_DAY}" in (desk.folder / "experts" / "e05.yml").read_text("utf-8").splitlines()


def test_the_today_page_has_no_broken_links(desk: Desk, browser: FlaskClient) -> None:
    """Even beside a problem in a file that is not a profile."""
    (desk.folder / "experts" / "edition.yml").write_text("x: 1\n", "utf-8")
    (desk.folder / "terms").mkdir()
    (desk.folder / "terms" / "topics.yml").write_text("x: [", "utf-8")
    (desk.folder / "experts" / "e05.yml").write_text("x: [", "utf-8")
    links = {*re.findall(r'href="(/[^"]*)"', desk.get(browser, "/").text)}
    assert f"/{desk.keys.home}/person/e05" in links
    for link in links:
        assert browser.get(link, headers={"Host": HOST}, follow_redirects=True).status_code == 200, link


def test_no_file_in_the_folder_is_run_as_code(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its name, a file beside the profiles is never imported as a module."""
    monkeypatch.chdir(desk.folder)
    for name in ("json", "python_calamine", "re", "kokemus"):
        (desk.folder / f"{name}.py").write_text("open('ran', 'w')\nraise SystemExit(9)\n", "utf-8")
    file = (Path(__file__).parents[1] / "importing" / "files" / "excel.xlsx").open("rb")
    assert "Tarkista ennen tallentamista" in desk.post(browser, "/import", file=(file, "a.xlsx")).text
    desk.post(browser, "/publish/build")
    assert not (desk.folder / "ran").exists()


def test_an_unsigned_profile_is_saved_and_signed_later(desk: Desk, browser: FlaskClient) -> None:
    """In the order of the guide: the form, the sheet, the signature, its day. Until then no day is invented."""
    added = desk.post(browser, "/people/new", **NEW | {"given": "", "email": "o@example.org"})
    assert added.status_code == 303
    code = added.headers["Location"].rpartition("/")[2]
    page = desk.get(browser, f"/person/{code}").text
    assert "Odottaa allekirjoitusta" in page
    assert "Korjattavaa" not in page
    assert "Merkitse suostumus perutuksi" not in page
    today = desk.get(browser, "/").text
    assert NEW["name"] in today.partition('id="unsigned"')[2].partition("</section>")[0]
    assert "päivämäärä" not in today
    assert "odottaa allekirjoitusta" in desk.get(browser, "/people").text
    assert "Painosta ei voi tehdä" not in desk.get(browser, "/edition").text
    assert "luettelossa. Aihe" not in page
    assert NEW["name"] not in desk.get(browser, f"/person/{code}/sheet").text
    assert (
        desk.post(browser, f"/person/{code}", **form(desk, browser, code) | {"phone": "040 555 0199"}).status_code
        == 303
    )
    before = contents(desk.folder)
    for wrong in ("", "eilen", "1.1.2027"):
        assert "Mitään ei muutettu" in desk.post(browser, f"/person/{code}/sign", given=wrong).text
    assert contents(desk.folder) == before
    assert desk.post(browser, f"/person/{code}/sign", given="23.11.2026").status_code == 303
    assert ("  given: 2026-11-23", f'  text: "{TEXT}"') == tuple(lines(desk.folder, code)[2:4])
    assert "Mitään ei muutettu" in desk.post(browser, f"/person/{code}/sign", given="22.11.2026").text
    assert "Mitään ei muutettu" in desk.post(browser, "/person/e05/sign", given="22.11.2026").text


def test_a_mistake_in_the_form_of_a_new_expert_names_no_file(desk: Desk, browser: FlaskClient) -> None:
    """There is no file yet."""
    before = contents(desk.folder)
    page = desk.post(browser, "/people/new", name="Oona Uusi", given="joskus").text
    assert all(f"ainakin yksi {what}" in page for what in ("aihe", "kieli", "paikka"))
    assert "«joskus» ei ole päivä" in page
    assert "experts/" not in page
    assert contents(desk.folder) == before


def test_an_unsigned_profile_does_not_stop_publication(desk: Desk, browser: FlaskClient, there: Path) -> None:
    """A withdrawal is published the same day; the unsigned profile stays here until it is signed, even if chosen."""
    added = desk.post(browser, "/people/new", **NEW | {"given": ""})
    file = f"experts/{added.headers['Location'].rpartition('/')[2]}.yml"
    desk.post(browser, "/person/e05/withdraw", sure="1")
    page = desk.get(browser, "/publish").text
    assert f'value="{file}"' not in page
    assert file in page.partition("odottavat allekirjoitusta")[2]
    assert "korjattava ennen" not in page
    assert 'value="experts/e05.yml" checked>' in page
    both = ["experts/e05.yml", file]
    assert "Lähetetty" in desk.post(browser, "/publish", file=both, sure="1", message="Change").text
    assert sent(there) == ["Change", "Begin"]
    assert file not in git(there, "ls-tree", "-r", "--name-only", "main").splitlines()


def test_postponing_a_look_needs_no_confirmation_that_everybody_was_asked(
    desk: Desk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Often nobody was asked, and that is the reason to postpone."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(DEMO_DAY + timedelta(days=365)))
    page = desk.get(browser, "/edition").text
    forms = [form.partition("</form>")[0] for form in page.split("<form")]
    assert [("Kaikilta on kysytty" in one, "Kaikilta ei ole" in one) for one in forms if 'name="sure"' in one] == [
        (True, False),
        (False, True),
    ]
    assert "Painos on tehty" in desk.post(browser, "/edition", sure="1", act="postpone").text
