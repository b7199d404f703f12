"""Every place where git can keep something of an expert: it is found there, and gone after the commands."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kokemus.erasure import rewriting, traces
from kokemus.erasure.past import Past, past
from kokemus.erasure.traces import Sought, Trace, Unread
from kokemus.git import history, objects
from kokemus.git.history import Unreadable
from tests.conftest import git
from tests.rigs.repositories import commit, everything, follow, object_file

NAME, EMAIL, PHONE, CODE = "Kanarialintu Koetinkivi", "lintu@example.org", "040 555 9876", "z9k3w"
PROFILE = f"private:\n  name: {NAME}\n  email: {EMAIL}\n  phone: {PHONE}\n"
PATH = f"experts/{CODE}.yml"
TRACES = ("kanarialintu", "koetinkivi", EMAIL, "5559876", "555 9876", CODE)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that never had the expert, with notes and another person's profile."""
    folder = tmp_path / "repository"
    (folder / "experts").mkdir(parents=True)
    (folder / "desk").mkdir()
    (folder / ".gitignore").write_text("desk/\n", "utf-8")
    (folder / "experts" / "e01.yml").write_text("private:\n  name: Venla Keksitty\n", "utf-8")
    (folder / "notes.txt").write_text("Muista kahvit.\n", "utf-8")
    git(folder, "init", "--quiet")
    commit(folder, "Begin")
    return folder


def wanted(text: str = PROFILE, others: tuple[str, ...] = (), public: str = "") -> Sought:
    """What is searched for of the expert with this profile."""
    theirs = [document for other in others for document in traces.documents("experts/e01.yml", [other.encode()])]
    return traces.sought(CODE, traces.documents(PATH, [text.encode()]), theirs, (), [public], ())


def looked(folder: Path, sought: Sought | None = None) -> Past:
    """What the history of a folder holds of the expert."""
    found = history.whole(folder, lambda: past(folder, PATH, sought or wanted()))
    assert isinstance(found, Past)
    return found


def rewritten(folder: Path, found: Past) -> None:
    """Runs the commands that remove it."""
    for name, text in rewriting.files(found, wanted().own).items():
        (folder / name).write_text(text, "utf-8")
    follow(folder, rewriting.steps(found))
    for file in (folder / "desk").iterdir():
        file.unlink()


def write(folder: Path, text: str, name: str = "notes.txt") -> None:
    (folder / name).write_text(text, "utf-8")


def in_a_profile(folder: Path) -> None:
    write(folder, PROFILE, PATH)
    commit(folder, "Add")
    (folder / PATH).unlink()
    commit(folder, "Remove")


def in_an_earlier_profile(folder: Path) -> None:
    write(folder, PROFILE, "experts/q1.yml")
    commit(folder, "Add")
    git(folder, "mv", "experts/q1.yml", PATH)
    commit(folder, "Rename")
    (folder / PATH).unlink()
    commit(folder, "Remove")


def in_a_text(folder: Path) -> None:
    write(folder, f"Kysy: {NAME} ({PHONE})\n")
    commit(folder, "Ask")


def in_a_text_in_other_letters(folder: Path) -> None:
    """A long value is found with anything between its letters, and a phone number however it is written."""
    write(folder, "KANARIALINTU\n  Koetin\u00adkivi_Lintu(at)\n +358-40\u00a0555-9876; Kanárialintu-koetinkivi\n")
    commit(folder, "Ask")


def in_a_letter_in_another_encoding(folder: Path) -> None:
    """Git takes it for binary and replaces nothing in it."""
    (folder / "letter.txt").write_text(f"{NAME}\n", "utf-16")
    commit(folder, "A letter")
    (folder / "letter.txt").write_text("Hei\n", "utf-16")
    commit(folder, "Another letter")


def in_a_message(folder: Path) -> None:
    commit(folder, f"Call\n\nKANARIALINTU\nkoetinkivi, {PHONE}")


def in_a_message_in_another_encoding(folder: Path) -> None:
    (folder / "desk" / "message").write_bytes(f"Käy: {NAME}\n".encode("latin-1"))
    encoding = ("-c", "i18n.commitEncoding=latin1")
    git(folder, *encoding, "commit", "--quiet", "--allow-empty", "--file=desk/message")
    (folder / "desk" / "message").unlink()


def in_the_message_of_a_tag(folder: Path) -> None:
    git(folder, "tag", "--annotate", f"--message={NAME}", "autumn")


def among_authors(folder: Path) -> None:
    git(folder, "commit", "--quiet", "--allow-empty", f"--author=Koetinkivi <{EMAIL}>", "--message=By the expert")


def among_committers(folder: Path) -> None:
    git(folder, "config", "user.name", NAME)
    follow(folder, [f"GIT_COMMITTER_NAME='{NAME}' git commit --quiet --allow-empty --message=x"])
    git(folder, "config", "--unset", "user.name")


def among_taggers(folder: Path) -> None:
    follow(folder, [f"GIT_COMMITTER_NAME='{NAME}' git tag --annotate --message=x autumn"])


def in_the_name_of_a_branch(folder: Path) -> None:
    git(folder, "branch", "kanarialintu-koetinkivi")


def in_the_name_of_the_current_branch(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "koetinkivi")


def in_the_name_of_a_tag(folder: Path) -> None:
    git(folder, "tag", "koetinkivi")
    git(folder, "tag", "--annotate", "--message=x", "kanarialintu/2026")


def in_the_message_of_a_merge(folder: Path) -> None:
    """Only a first name, in a message about a branch that is long gone."""
    git(folder, "switch", "--quiet", "--create", "koetinkivi")
    commit(folder, "side")
    git(folder, "switch", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "koetinkivi")
    git(folder, "branch", "--delete", "koetinkivi")


def in_the_name_of_a_file(folder: Path) -> None:
    write(folder, "Hei\n", "kanarialintu_koetinkivi.txt")
    commit(folder, "Add")
    (folder / "kanarialintu_koetinkivi.txt").unlink()
    commit(folder, "Remove")


def in_the_name_of_a_folder(folder: Path) -> None:
    (folder / "Koetinkivi").mkdir()
    write(folder, "Hei\n", "Koetinkivi/kuva 'ä'\n.txt")
    commit(folder, "Add")
    git(folder, "rm", "--quiet", "-r", "Koetinkivi")
    commit(folder, "Remove")


def in_a_note(folder: Path) -> None:
    git(folder, "notes", "add", f"--message={NAME}")


def in_the_reflog(folder: Path) -> None:
    write(folder, f"{NAME}\n")
    commit(folder, "A slip")
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")


def in_the_index(folder: Path) -> None:
    write(folder, f"{NAME}\n")
    git(folder, "add", "notes.txt")
    write(folder, "Muista kahvit.\n")


def in_an_object_that_nothing_leads_to(folder: Path) -> None:
    write(folder, f"{NAME}\n", "desk/x")
    git(folder, "hash-object", "-w", "desk/x")
    (folder / "desk" / "x").unlink()


def in_an_older_stash(folder: Path) -> None:
    for text in (NAME, "kahvit", "tee"):
        write(folder, f"Kesken: {text}\n")
        git(folder, "stash", "push", "--quiet")


def in_a_stash_of_new_files(folder: Path) -> None:
    write(folder, PROFILE, PATH)
    git(folder, "stash", "push", "--quiet", "--include-untracked")


def in_the_message_of_a_stash(folder: Path) -> None:
    write(folder, "Kesken\n")
    git(folder, "stash", "push", "--quiet", f"--message={NAME}")


def in_the_settings(folder: Path) -> None:
    git(folder, "switch", "--quiet", "--create", "koetinkivi")
    git(folder, "config", "branch.koetinkivi.description", "x")


PLACES: Mapping[Callable[[Path], None], Mapping[str, object]] = {
    in_a_profile: {"names": (PATH,)},
    in_an_earlier_profile: {"names": ("experts/q1.yml", PATH)},
    in_a_text: {"elsewhere": (Trace(file="notes.txt", parts=("private.name", "private.phone")),)},
    in_a_text_in_other_letters: {
        "elsewhere": (Trace(file="notes.txt", parts=("private.name", "private.phone")),),
        "stubborn": (),
    },
    in_a_letter_in_another_encoding: {
        "elsewhere": (Trace(file="letter.txt", parts=("private.name",)),),
        "standing": (),
    },
    in_a_message: {"messages": ("private.name", "private.phone")},
    in_a_message_in_another_encoding: {"messages": ("private.name",)},
    in_the_message_of_a_tag: {"messages": ("private.name",)},
    among_authors: {"people": (f"Koetinkivi <{EMAIL}>",)},
    among_committers: {"people": (f"{NAME} <nobody@invalid>",)},
    among_taggers: {"people": (f"{NAME} <nobody@invalid>",)},
    in_the_name_of_a_branch: {"mentioned": ()},
    in_the_name_of_the_current_branch: {"mentioned": ()},
    in_the_name_of_a_tag: {"mentioned": ()},
    in_the_message_of_a_merge: {"mentioned": ("koetinkivi",)},
    in_the_name_of_a_file: {"paths": ("kanarialintu_koetinkivi.txt",)},
    in_the_name_of_a_folder: {"paths": ("Koetinkivi/kuva 'ä'\n.txt",)},
    in_a_note: {"elsewhere": (Trace(file="refs/notes", parts=("private.name",)),)},
    in_the_reflog: {"loose": ("private.name",)},
    in_the_index: {"loose": ("private.name",)},
    in_an_object_that_nothing_leads_to: {"loose": ("private.name",)},
    in_an_older_stash: {"elsewhere": (Trace(file="notes.txt", parts=("private.name",)),)},
    in_a_stash_of_new_files: {"names": (PATH,)},
    in_the_message_of_a_stash: {"messages": ("private.name",)},
    in_the_settings: {"mentioned": ()},
}


@pytest.mark.slow
@pytest.mark.parametrize("put", PLACES, ids=lambda put: put.__name__)
def test_what_is_kept_in_one_place_is_found_there_and_gone_afterwards(
    repository: Path, put: Callable[[Path], None]
) -> None:
    """It is left in no object, name, log or setting, and nothing else is lost."""
    assert looked(repository) == Past()
    put(repository)
    assert any(trace in everything(repository).casefold() for trace in TRACES)
    found = looked(repository)
    assert not found.is_clean
    for field, value in PLACES[put].items():
        assert getattr(found, field) == value
    rewritten(repository, found)
    left = everything(repository).casefold()
    assert not [trace for trace in TRACES if trace in left]
    assert looked(repository) == Past()
    assert "Venla Keksitty" in git(repository, "show", "HEAD:experts/e01.yml")
    assert git(repository, "show", "HEAD:notes.txt")


def test_without_the_rewriting_everything_stays(repository: Path) -> None:
    """The positive control of the test above."""
    in_a_text(repository)
    write(repository, "Muista kahvit.\n")
    commit(repository, "Tidy up")
    assert "kanarialintu" in everything(repository).casefold()
    assert looked(repository).elsewhere == (Trace(file="notes.txt", parts=("private.name", "private.phone")),)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text", "coding"),
    [
        ("letter.txt", f"{NAME}\n", "utf-16"),
        ("koetinkivi.txt", "Hei\n", "utf-8"),
        ("Kanarialintu/koetinkivi.txt", "Hei\n", "utf-8"),
    ],
)
def test_a_file_in_use_is_named_and_left_alone(repository: Path, name: str, text: str, coding: str) -> None:
    """The coordinator must first fix its name, or a content in which nothing can be replaced."""
    (repository / name).parent.mkdir(exist_ok=True)
    (repository / name).write_text(text, coding)
    commit(repository, "Add")
    found = looked(repository)
    assert found.standing == (name,)
    assert (found.paths, found.stubborn) == ((), ())
    rewritten(repository, found)
    assert (repository / name).read_text(coding) == text
    assert looked(repository).standing == (name,)
    git(repository, "rm", "--quiet", name)
    commit(repository, "Put right")
    rewritten(repository, looked(repository))
    assert looked(repository) == Past()


def test_a_submodule_and_a_content_that_is_too_large_are_not_read(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A submodule's commit is no object of this repository. A content that is too large is named."""
    theme = tmp_path / "theme"
    theme.mkdir()
    git(theme, "init", "--quiet")
    commit(theme, "theme")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(theme), "theme")
    write(repository, "x" * 2000, "film.txt")
    commit(repository, "With a theme")
    monkeypatch.setattr("kokemus.erasure.past.MAX_BYTES", 1000)
    monkeypatch.setattr("kokemus.erasure.traces.MAX_BYTES", 10**6)
    found = looked(repository)
    assert Unread(file="film.txt", why="large") in found.unread
    assert found.is_clean
    in_a_profile(repository)
    assert looked(repository).names == (PATH,)


def test_other_working_trees_are_named(repository: Path, tmp_path: Path) -> None:
    """Each working tree names the other. They share one history."""
    tree = tmp_path / "tree"
    git(repository, "worktree", "add", "--quiet", "--detach", str(tree))
    assert looked(repository).unread == (Unread(file=str(tree), why="elsewhere"),)
    assert looked(tree).unread == (Unread(file=str(repository), why="elsewhere"),)
    write(tree, f"{NAME}\n")
    commit(tree, "A detached commit that no branch leads to")
    assert looked(repository).elsewhere == (Trace(file="notes.txt", parts=("private.name",)),)


def test_what_another_profile_has_too_is_neither_replaced_nor_taken_for_an_earlier_name(repository: Path) -> None:
    """Two experts who share a number, or a profile that began as a copy of another."""
    write(repository, f"private:\n  name: Venla Keksitty\n  phone: {PHONE}\n", "experts/e01.yml")
    commit(repository, "A number for two")
    git(repository, "mv", "experts/e01.yml", "experts/e02.yml")
    commit(repository, "Another code")
    other = (repository / "experts" / "e02.yml").read_text("utf-8")
    assert looked(repository, wanted()).names == ("experts/e01.yml",)
    assert looked(repository, wanted(others=(other,))) == Past()
    assert PHONE not in [secret.text for secret in wanted(others=(other,)).own]


def test_what_public_texts_explain_is_no_name(repository: Path) -> None:
    """A file about hope is not named after Toivo."""
    write(repository, "Hei\n", "toivo.md")
    commit(repository, "Hope")
    profile = PROFILE.replace("Kanarialintu", "Toivo")
    assert looked(repository, wanted(profile)).standing == ("toivo.md",)
    assert looked(repository, wanted(profile, public="toivo")) == Past()


def test_an_object_that_is_damaged_makes_the_history_unreadable(repository: Path) -> None:
    """The object is there, so only reading it shows the damage."""
    file = object_file(repository, "HEAD:notes.txt")
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    found = history.whole(repository, lambda: past(repository, PATH, wanted()))
    assert isinstance(found, Unreadable)


def test_without_values_to_compare_git_s_own_renames_count(repository: Path) -> None:
    """If the profile is gone and unreadable, only its code is left to compare."""
    in_an_earlier_profile(repository)
    assert looked(repository, wanted("")).names == ("experts/q1.yml", PATH)


@pytest.mark.slow
def test_an_earlier_file_that_git_calls_no_rename_is_known_by_its_values(repository: Path) -> None:
    """As if rewritten under another code with everything else changed. A file of another type is no earlier profile."""
    write(repository, f"private:\n  email: {EMAIL}\n", "experts/w2.yml")
    write(repository, f"{EMAIL}\n", "letter.txt")
    commit(repository, "Begin")
    git(repository, "rm", "--quiet", "experts/w2.yml", "letter.txt")
    commit(repository, "End")
    found = looked(repository)
    assert found.names == ("experts/w2.yml",)
    assert found.elsewhere == (Trace(file="letter.txt", parts=("private.email",)),)


def test_a_file_that_exists_is_never_taken_for_an_earlier_name(repository: Path) -> None:
    """Even if two profiles are so alike that git calls it a rename."""
    write(repository, PROFILE + "# the same\n" * 9, "experts/e02.yml")
    commit(repository, "Add")
    git(repository, "mv", "experts/e02.yml", PATH)
    commit(repository, "Rename")
    write(repository, PROFILE.replace(NAME, "Joku Muu") + "# the same\n" * 9, "experts/e02.yml")
    commit(repository, "Another one")
    found = looked(repository)
    assert found.names == (PATH,)
    assert found.elsewhere == (Trace(file="experts/e02.yml", parts=("private.email", "private.name", "private.phone")),)


@pytest.mark.slow
def test_the_copies_that_the_repository_knows_lose_it_too(repository: Path, tmp_path: Path) -> None:
    """Branches, tags and notes of each copy, even those that only the copy has. Other branches stay."""
    in_a_note(repository)
    git(repository, "tag", "koetinkivi")
    git(repository, "branch", "koetinkivi/kesken")
    hosts = [tmp_path / "origin.git", tmp_path / "backup.git"]
    for host in hosts:
        git(tmp_path, "clone", "--quiet", "--mirror", str(repository), str(host))
        git(repository, "remote", "add", host.stem, str(host))
    in_a_profile(repository)
    git(repository, "branch", "other")
    for host in hosts:
        git(repository, "push", "--quiet", host.stem, "main", "other", "main:refs/heads/kanarialintu-koetinkivi")
        git(repository, "fetch", "--quiet", host.stem)
        git(repository, "remote", "set-head", host.stem, "main")
    git(repository, "branch", "--delete", "--force", "other")
    found = looked(repository)
    assert len(found.refs) == 2 + 2 * len(hosts)
    rewritten(repository, found)
    for host in hosts:
        git(host, "gc", "--quiet", "--prune=now")
        left = everything(host).casefold()
        assert not [trace for trace in TRACES if trace in left]
        branches = {ref.name.removeprefix("refs/heads/") for ref in objects.refs(host) if "/heads/" in ref.name}
        assert branches - {"main", "other"} == {name for name in branches if name.startswith("renamed-")}
        assert {"main", "other"} < branches
    assert looked(repository).is_clean


@pytest.mark.slow
def test_the_positive_control_of_the_copies(repository: Path, tmp_path: Path) -> None:
    """Without a known remote, what was pushed stays there."""
    in_a_profile(repository)
    git(tmp_path, "clone", "--quiet", "--mirror", "--no-local", str(repository), "host.git")
    rewritten(repository, looked(repository))
    assert "kanarialintu" in everything(tmp_path / "host.git").casefold()


def test_a_repository_is_read_in_parts(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a limited amount is held in memory at once."""
    in_a_text(repository)
    expected = looked(repository)
    monkeypatch.setattr("kokemus.git.objects._AT_ONCE", 100)
    assert looked(repository) == expected
    assert expected.elsewhere


def test_names_are_shown_without_control_characters() -> None:
    """Control characters and bytes that are not text are escaped, and a shell reads each command as intended."""
    assert rewriting.printable("kuva ä'.txt") == "kuva ä'.txt"
    assert rewriting.printable("a\x1b[31m\n\udce4") == "a\\x1b[31m\\x0a\\xe4"
    for name in ("plain", "two words", "it's", "a\x1b'\\\n"):
        typed = ["bash", "-c", rewriting.command("printf", "%s", name)]
        assert subprocess.run(typed, capture_output=True, text=True, check=True).stdout == name


def test_the_steps_name_every_copy(repository: Path, tmp_path: Path) -> None:
    """Each step can be typed as it is. Only ``origin`` has to be added again after the rewriting."""
    in_a_profile(repository)
    git(repository, "remote", "add", "origin", "ssh://host/x y")
    git(repository, "remote", "set-url", "--add", "origin", "ssh://second/x")
    git(repository, "remote", "add", "backup", "ssh://host/b")
    told = list(rewriting.steps(looked(repository)))
    assert told[0] == "git fetch --quiet --all --tags"
    assert told[3:] == [
        "git remote add origin 'ssh://host/x y'",
        "git remote set-url --add origin ssh://second/x",
        "git push --force origin 'refs/heads/*' 'refs/tags/*' 'refs/notes/*'",
        "git update-ref --no-deref -d refs/remotes/backup/HEAD",
        "git push --force backup 'refs/remotes/backup/*:refs/heads/*'",
        "git push --force backup 'refs/heads/*' 'refs/tags/*' 'refs/notes/*'",
        "git fetch --quiet --all --prune",
    ]
