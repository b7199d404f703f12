"""An erasure is complete, in folder, site and every part of a real repository, with the commands that are printed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DEMO_DAY, build, change, git, kokemus
from tests.rigs.repositories import SPOIL, Spoiled, commit, everything, follow, object_file, told

pytestmark = pytest.mark.build

CANARY = ("Kanarialintu Koetinkivi", "kanaria.koetinkivi@example.org", "040 555 9876")
PROFILE = f"""consent: {{given: 2026-03-02}}
languages: [fi]
places: [kemi]
remote: true
offers:
  - topic: recovery
    formats: [staff-training]
private:
  name: {CANARY[0]}
  email: {CANARY[1]}
  phone: {CANARY[2]}
"""
CLEAN = ("Kansiossa ei ole enää jälkiä.", "Git-historiassa ei ole jälkiä.", "ei ole kansiossa eikä historiassa")
"""The message if nothing is left. It is never given about what was not read."""


@pytest.fixture
def past(demo: Path) -> Path:
    """The demo with a history: a profile under three names, a branch, a tag, a note elsewhere and a commit message."""
    experts = demo / "experts"
    git(demo, "init", "--quiet")
    (experts / "q1.yml").write_text(PROFILE, "utf-8")
    commit(demo, "A first profile")
    git(demo, "mv", "experts/q1.yml", "experts/q2.yml")
    commit(demo, "Another code")
    git(demo, "tag", "--annotate", "--message=Soita 040 555 9876", "autumn")
    git(demo, "branch", "side")
    git(demo, "mv", "experts/q2.yml", "experts/z9k3w.yml")
    (experts / "z9k3w.yml").write_text(PROFILE.replace("staff-training", "panel"), "utf-8")
    (demo / "NOTES.md").write_text(f"Muista: {CANARY[0]}\n", "utf-8")
    commit(demo, f"Tell {CANARY[0]} about z9k3w")
    (demo / "NOTES.md").write_text("Muista kahvit.\n", "utf-8")
    commit(demo, "Tidy up")
    return demo


@pytest.fixture
def saved(demo: Path) -> Path:
    """The demo as a repository with two commits."""
    git(demo, "init", "--quiet")
    commit(demo, "All")
    change(demo, "mkdocs.yml", "site_name:", "# another comment\nsite_name:")
    commit(demo, "A comment")
    return demo


def sheet(folder: Path, code: str) -> Path:
    """A consent sheet that was made for an expert."""
    desk = folder / "desk"
    desk.mkdir(exist_ok=True)
    (desk / ".gitignore").write_text("*\n", "utf-8")
    paper = desk / f"consent-{code}.fi.html"
    paper.write_text(f"<p>{code}</p>\n", "utf-8")
    return paper


def test_the_commands_that_erase_prints_leave_no_byte_of_the_expert(past: Path, tmp_path: Path) -> None:
    """Under every name, in every branch, tag and message, here and in the copy that the repository knows.

    What was published last is still the parent of the newest commit.
    """
    host = tmp_path / "host.git"
    git(tmp_path, "init", "--quiet", "--bare", str(host))
    git(past, "remote", "add", "origin", str(host))
    git(past, "push", "--quiet", "--all", "origin")
    git(past, "push", "--quiet", "--tags", "origin")
    git(past, "push", "--quiet", "origin", "HEAD~1:refs/heads/published")
    elsewhere = tmp_path / "elsewhere"
    git(tmp_path, "clone", "--quiet", str(host), str(elsewhere))
    git(elsewhere, "switch", "--quiet", "--create", "only-at-the-host", "origin/side")
    (elsewhere / "experts" / "q2.yml").write_text(PROFILE.replace("kemi", "inari"), "utf-8")
    commit(elsewhere, "A change that was never merged")
    git(elsewhere, "push", "--quiet", "origin", "only-at-the-host")
    assert all(value in everything(past) for value in CANARY)
    done = kokemus(past, "erase", "z9k3w")
    assert done.code == 0, done.output
    assert not any(value in done.output for value in CANARY)
    assert not (past / "experts" / "z9k3w.yml").exists()
    for name in ("experts/q1.yml", "experts/q2.yml", "experts/z9k3w.yml", "NOTES.md: private.name"):
        assert f"  {name}\n" in done.output
    follow(past, told(done.output))
    for repository in (past, tmp_path / "fresh"):
        if repository != past:
            git(tmp_path, "clone", "--quiet", "--no-local", str(host), str(repository))
            assert "origin/only-at-the-host" in git(repository, "branch", "--remotes")
            git(repository, "merge-base", "--is-ancestor", "origin/published", "HEAD")
        left = everything(repository)
        for value in (*CANARY, "z9k3w", "experts/q1.yml"):
            assert value not in left, value
    assert (past / "experts" / "e01.yml").is_file()
    assert (past / "NOTES.md").read_text("utf-8") == "Muista kahvit.\n"
    assert kokemus(past, "check", "--on", DEMO_DAY.isoformat()).code == 0
    again = kokemus(past, "erase", "z9k3w").output
    assert all(line in again for line in CLEAN), again
    assert not any((past / "desk").glob("*.txt"))


def test_what_git_keeps_in_its_corners_is_found_and_removed(past: Path, tmp_path: Path) -> None:
    """Names of branches, tags and files, authors, notes, stashes, the reflog, text in another encoding or spelling."""
    name = CANARY[0]
    hosts = {remote: tmp_path / f"{remote}.git" for remote in ("origin", "backup")}
    git(past, "switch", "--quiet", "--create", "kanarialintu-koetinkivi")
    (past / "kanarialintu-koetinkivi.txt").write_text("Tervetuloa!\n", "utf-8")
    (past / "letter.txt").write_text(f"{name}\n", "utf-16")
    (past / "call.txt").write_text("KANARIALINTU\nKOETINKIVI, +358405559876\n", "utf-8")
    commit(past, "Kirje:\n\nkanarialintu\nKOETINKIVI, +358 (40) 5559876")
    for file in ("kanarialintu-koetinkivi.txt", "letter.txt", "call.txt"):
        (past / file).unlink()
    git(past, "-c", f"user.name={name}", "add", "--all")
    git(past, "commit", "--quiet", f"--author={name} <{CANARY[1]}>", "--message=By the expert")
    git(past, "notes", "add", f"--message=Soita {CANARY[2]}")
    git(past, "tag", "koetinkivi")
    git(past, "branch", "toinen")
    for remote, host in hosts.items():
        git(tmp_path, "init", "--quiet", "--bare", str(host))
        git(past, "remote", "add", remote, str(host))
        git(past, "push", "--quiet", "--all", remote)
        git(past, "push", "--quiet", "--tags", remote)
        git(past, "push", "--quiet", remote, "refs/notes/*:refs/notes/*", "main:refs/heads/kanarialintu-vain-siella")
        git(past, "fetch", "--quiet", remote)
    (past / "NOTES.md").write_text(f"Kesken: {name}\n", "utf-8")
    git(past, "stash", "push", "--quiet")
    (past / "NOTES.md").write_text("Kesken: kahvit\n", "utf-8")
    git(past, "stash", "push", "--quiet")
    (past / "NOTES.md").write_text(f"{name}, poistettu\n", "utf-8")
    commit(past, f"Amended away: {name}")
    git(past, "reset", "--quiet", "--hard", "HEAD~1")
    done = kokemus(past, "erase", "z9k3w")
    assert done.code == 0, done.output
    for line in (
        *("kanarialintu-koetinkivi.txt", "letter.txt: private.name", "call.txt: private.name, private.phone"),
        *("refs/heads/kanarialintu-koetinkivi", "refs/remotes/origin/kanarialintu-vain-siella", "refs/tags/koetinkivi"),
        *("refs/remotes/backup/kanarialintu-vain-siella", "refs/notes: private.phone"),
    ):
        assert f"  {line}\n" in done.output, line
    follow(past, told(done.output))
    names = ("kanarialintu", "koetinkivi", "5559876", "z9k3w", CANARY[2])
    for host in hosts.values():
        git(tmp_path, "clone", "--quiet", "--mirror", "--no-local", str(host), f"{host.stem}-again.git")
    for repository in (past, *(tmp_path / f"{remote}-again.git" for remote in hosts)):
        left = everything(repository).casefold()
        for value in names:
            assert value not in left, (repository, value)
    stashed = [git(past, "show", f"stash@{{{number}}}:NOTES.md") for number in (0, 1)]
    assert stashed == ["Kesken: kahvit\n", "Kesken: ***\n"]
    assert "toinen" in git(hosts["backup"], "branch")
    again = kokemus(past, "erase", "z9k3w").output
    assert all(line in again for line in CLEAN), again


@pytest.mark.parametrize(("cause", "spoil"), SPOIL.values(), ids=SPOIL)
def test_where_the_history_cannot_be_read_nothing_is_removed(
    saved: Path, cause: str, spoil: Callable[[Path], Spoiled]
) -> None:
    """And neither the folder nor the history is called clean."""
    spoiled = spoil(saved)
    paper = sheet(spoiled.folder, "e06")
    done = kokemus(spoiled.folder, "erase", "e06", **spoiled.environment)
    assert done.code == 1
    assert f".git:1:1: error[history-{cause}]: historiaa ei voitu lukea" in done.output
    assert "Mitään ei poistettu" in done.output
    assert "jälkiä" not in done.output
    assert paper.is_file()
    assert (spoiled.folder / "experts" / "e06.yml").is_file()


def test_where_git_fails_only_while_reading_nothing_is_removed_either(saved: Path) -> None:
    """A damaged object seems to be there until somebody reads it."""
    file = object_file(saved, "HEAD~1:mkdocs.yml")
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    done = kokemus(saved, "erase", "e06")
    assert done.code == 1
    assert "error[history-" in done.output
    assert (saved / "experts" / "e06.yml").is_file()


def test_a_submodule_does_not_stop_an_erasure_and_its_history_is_named(saved: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    git(theme, "init", "--quiet")
    commit(theme, "theme")
    git(saved, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(theme), "theme")
    commit(saved, "With a theme")
    done = kokemus(saved, "erase", "e06")
    assert done.code == 0, done.output
    assert "  theme/.git: toisen tietovaraston historia\n" in done.output
    assert "Muualla kansiossa ei ole enää jälkiä." in done.output
    assert CLEAN[0] not in done.output
    assert "--path experts/e06.yml" in done.output


def test_without_the_rewriting_everything_is_still_in_history(past: Path) -> None:
    """The positive control: removing only the file does not erase anybody."""
    assert kokemus(past, "erase", "z9k3w").code == 0
    commit(past, "Gone")
    assert all(value in everything(past) for value in CANARY)
    again = kokemus(past, "erase", "z9k3w")
    assert again.code == 0
    assert "ei ole enää kansiossa" in again.output
    assert "git filter-repo --force" in again.output
    assert not any(line in again.output for line in CLEAN[1:])


def test_a_content_folder_inside_of_a_repository_has_its_history(demo: Path) -> None:
    """Paths are relative to the top of the repository, in messages, commands and earlier names."""
    git(demo.parent, "init", "--quiet")
    (demo / "experts" / "q1.yml").write_text(PROFILE.replace(CANARY[2], "040 555 1234"), "utf-8")
    (demo / "NOTES.md").write_text("Soita 040 555 1234\n", "utf-8")
    commit(demo.parent, "All")
    git(demo, "mv", "experts/q1.yml", "experts/z9k3w.yml")
    (demo / "experts" / "z9k3w.yml").write_text(PROFILE, "utf-8")
    commit(demo.parent, "Another code and number")
    output = kokemus(demo, "erase", "z9k3w").output
    assert "--path demo/experts/q1.yml --path demo/experts/z9k3w.yml" in output
    assert "  demo/NOTES.md: private.phone\n" in output


def test_a_profile_that_is_a_link_leaves_its_target_to_the_coordinator(demo: Path) -> None:
    (demo / "experts" / "e06.yml").rename(demo / "kept.yml")
    (demo / "experts" / "e06.yml").symlink_to("../kept.yml")
    output = kokemus(demo, "erase", "e06").output
    assert "  experts/e06.yml: linkki muualle\n" in output
    assert "  kept.yml: " in output


def test_what_only_an_earlier_version_says_is_looked_for_too(saved: Path) -> None:
    """Under this name and an earlier one: old phone numbers that are still in notes."""
    first, second = "040 555 1234", "040 555 2345"
    for name, number in (("q1", first), ("z9k3w", second), ("z9k3w", CANARY[2])):
        if name != "q1" and (saved / "experts" / "q1.yml").exists():
            git(saved, "mv", "experts/q1.yml", "experts/z9k3w.yml")
        (saved / "experts" / f"{name}.yml").write_text(PROFILE.replace(CANARY[2], number), "utf-8")
        (saved / f"note-{number[-4:]}.md").write_text(f"Soita {number}\n", "utf-8")
        commit(saved, "A number")
    done = kokemus(saved, "erase", "z9k3w")
    for number in (first, second, CANARY[2]):
        assert done.output.count(f"  note-{number[-4:]}.md: private.phone\n") == 2, "in the folder and in history"


def test_a_profile_that_was_removed_by_hand_leaves_its_papers_and_traces_to_find(saved: Path) -> None:
    """It was never committed, so only its code is known. The consent sheet, a log and a note in history contain it."""
    paper = sheet(saved, "z9k3w")
    (saved / "NOTES.md").write_text("z9k3w soitti\n", "utf-8")
    commit(saved, "A note on z9k3w")
    (saved / "list.txt").write_text("z9k3w\n", "utf-8")
    done = kokemus(saved, "erase", "z9k3w")
    assert done.code == 0
    assert not paper.exists()
    for line in (
        "Poistettu desk/consent-z9k3w.fi.html.",
        "jälkiä etsittiin vain koodin perusteella",
        "  NOTES.md: code\n",
        "  list.txt: code\n",
        "git filter-repo",
    ):
        assert line in done.output
    assert not any(line in done.output for line in CLEAN[:2])


@pytest.mark.parametrize("folder", ["demo", "saved"])
def test_a_code_that_nobody_has_removes_nothing_and_says_so(folder: str, request: pytest.FixtureRequest) -> None:
    """Inside a repository and outside."""
    path: Path = request.getfixturevalue(folder)
    sheet(path, "e06")
    files = {file for file in path.rglob("*") if ".git" not in file.parts}
    done = kokemus(path, "erase", "e99")
    assert done.code == 1
    assert "e99: tiedostoa ei ole kansiossa eikä historiassa" in done.output
    assert "Mitään ei poistettu" in done.output
    assert {file for file in path.rglob("*") if ".git" not in file.parts} == files
    assert kokemus(path, "erase", "../mkdocs").code == 2


def test_papers_of_an_expert_whose_code_has_the_same_ending_stay(demo: Path) -> None:
    papers = [sheet(demo, "e06"), sheet(demo, "a-e06")]
    assert kokemus(demo, "erase", "e06").code == 0
    assert [paper.exists() for paper in papers] == [False, True]


def test_without_a_repository_the_file_goes_and_no_history_is_called_clean(demo: Path) -> None:
    """A broken file can be erased too: what can be read of it is searched for."""
    (demo / "experts" / "z9k3w.yml").write_text(PROFILE.replace("{given", "{given: ["), "utf-8")
    (demo / "NOTES.md").write_text(f"{CANARY[0]}\n", "utf-8")
    done = kokemus(demo, "erase", "z9k3w")
    assert done.code == 0
    assert not (demo / "experts" / "z9k3w.yml").exists()
    assert "Kansio ei ole git-tietovarastossa" in done.output
    assert "on rikki" in done.output
    assert "  NOTES.md: private.name\n" in done.output
    assert "git filter-repo" not in done.output
    assert not any(line in done.output for line in CLEAN)


def test_other_experts_files_are_never_taken_for_an_earlier_name(past: Path) -> None:
    """However similar two profiles are, and even if git itself would call it a rename."""
    experts = past / "experts"
    text = (experts / "e01.yml").read_text("utf-8")
    (experts / "e01.yml").unlink()
    for old, new in (
        ("Venla Keksitty", "Uusi Ihminen"),
        ("venla.keksitty@example.org", "uusi.ihminen@example.org"),
        ("040 555 0101", "040 555 0999"),
    ):
        assert old in text
        text = text.replace(old, new)
    (experts / "n4w5n.yml").write_text(text, "utf-8")
    commit(past, "One leaves, one comes")
    output = kokemus(past, "erase", "n4w5n").output
    assert "--path experts/n4w5n.yml" in output
    assert "experts/e01.yml" not in output


def test_traces_in_the_folder_and_in_the_site_are_named_by_file_and_never_by_value(past: Path) -> None:
    """A note that is left, and a site that still shows the card."""
    assert build(past).code == 0
    (past / "NOTES.md").write_text("Kysy Saimi Mallilalta.\nSaimi Mallila\n", "utf-8")
    (past / "site" / "pipe").symlink_to("nowhere")
    output = kokemus(past, "erase", "e06").output
    assert "  NOTES.md: private.name\n" in output
    assert "  esittelyt/index.html: card.name, card.text.fi" in output
    assert "  pipe: linkki muualle\n" in output
    assert "Mallila" not in output
    assert "Revontuli" not in output
    (past / "NOTES.md").unlink()
    (past / "site" / "pipe").unlink()
    assert build(past).code == 0
    again = kokemus(past, "erase", "e06").output
    assert "NOTES.md" not in again
    assert "Sivustossa ei ole jälkiä." in again
