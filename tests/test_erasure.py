"""An erasure is whole: tree, site and every commit of a real repository, by the very commands that are printed."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kokemus import erasure, source
from kokemus.needles import Secret
from tests.conftest import build, git, kokemus

CANARY = ("Kanarialintu Keksitty", "kanaria.keksitty@example.org", "040 555 9876")
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


@pytest.fixture
def past(demo: Path) -> Path:
    """The demo with a past: a profile under three names, a branch, a tag, a note elsewhere and a telling message."""
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


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")


def everything(folder: Path) -> str:
    """Every object that the repository still has, reachable or not, and every name in it."""
    shown = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch", "--unordered"],
        cwd=folder,
        capture_output=True,
        check=True,
    ).stdout
    return shown.decode("utf-8", "replace") + git(folder, "log", "--all", "--name-only", "--format=%B")


def told(output: str) -> list[str]:
    """The commands of an answer."""
    return [line.strip() for line in output.splitlines() if line.startswith("  git ")]


def follow(folder: Path, commands: list[str]) -> None:
    tools = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    nobody = {
        f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    for command in commands:
        done = subprocess.run(
            shlex.split(command), cwd=folder, env=tools | nobody, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)


@pytest.mark.build
def test_the_commands_that_erase_prints_leave_no_byte_of_the_expert(past: Path, tmp_path: Path) -> None:
    """Under every name, in every branch, tag and message, here and in the copy that the repository knows."""
    host = tmp_path / "host.git"
    git(tmp_path, "init", "--quiet", "--bare", str(host))
    git(past, "remote", "add", "origin", str(host))
    git(past, "push", "--quiet", "--all", "origin")
    git(past, "push", "--quiet", "--tags", "origin")
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
        left = everything(repository)
        for value in (*CANARY, "z9k3w", "experts/q1.yml"):
            assert value not in left, value
    assert (past / "experts" / "e01.yml").is_file()
    assert (past / "NOTES.md").read_text("utf-8") == "Muista kahvit.\n"
    assert kokemus(past, "check", "--on", "2026-11-24").code == 0
    assert "ei ole kansiossa eikä historiassa" in kokemus(past, "erase", "z9k3w").output


@pytest.mark.build
def test_without_the_rewriting_everything_is_still_in_history(past: Path) -> None:
    """The positive control of the test above: removing the file alone does not erase anybody."""
    assert kokemus(past, "erase", "z9k3w").code == 0
    commit(past, "Gone")
    assert all(value in everything(past) for value in CANARY)
    again = kokemus(past, "erase", "z9k3w")
    assert "on jo poistettu" in again.output
    assert "git filter-repo --force" in again.output


@pytest.mark.build
def test_other_experts_files_are_never_taken_for_an_earlier_name(past: Path) -> None:
    """However alike two profiles are, and though git itself would call it a rename."""
    experts = past / "experts"
    other = (experts / "e01.yml").read_text("utf-8")
    (experts / "e01.yml").unlink()
    (experts / "n4w5n.yml").write_text(
        other.replace("0405550101", "").replace("Venla Keksitty", "Uusi Ihminen"), "utf-8"
    )
    text = (experts / "n4w5n.yml").read_text("utf-8")
    (experts / "n4w5n.yml").write_text(
        text.replace("venla.keksitty@example.org", "uusi.ihminen@example.org").replace("040 555 0101", "040 555 0999"),
        "utf-8",
    )
    commit(past, "One leaves, one comes")
    output = kokemus(past, "erase", "n4w5n").output
    assert "--path experts/n4w5n.yml" in output
    assert "experts/e01.yml" not in output


@pytest.mark.build
def test_traces_in_the_tree_and_in_the_site_are_named_by_file_and_never_by_value(past: Path) -> None:
    """A note that stayed, and a site that still shows the card."""
    assert build(past).code == 0
    (past / "NOTES.md").write_text("Kysy Saimi Mallilalta.\nSaimi Mallila\n", "utf-8")
    output = kokemus(past, "erase", "e06").output
    assert "  NOTES.md: private.name\n" in output
    assert "  esittelyt/index.html: card.name, card.text.fi" in output
    assert "Mallila" not in output
    assert "Revontuli" not in output
    (past / "NOTES.md").unlink()
    assert build(past).code == 0
    again = kokemus(past, "erase", "e06").output
    assert "NOTES.md" not in again
    assert "Sivustossa ei ole jälkiä." in again


@pytest.mark.build
def test_without_git_the_file_goes_and_there_is_no_history_to_rewrite(demo: Path) -> None:
    """And a broken file can be erased too."""
    (demo / "experts" / "z9k3w.yml").write_text("consent: {given: [", "utf-8")
    done = kokemus(demo, "erase", "z9k3w")
    assert done.code == 0
    assert not (demo / "experts" / "z9k3w.yml").exists()
    assert "Git-historiassa ei ole jälkiä." in done.output
    assert "git filter-repo" not in done.output
    assert kokemus(demo, "erase", "../mkdocs").code == 2
    assert (demo / "mkdocs.yml").is_file()


def secrets_of(text: str, code: str = "z9k3w") -> tuple[Secret, ...]:
    path = f"experts/{code}.yml"
    return erasure.secrets(source.read(path, text.encode())[0], code, path)


def test_the_past_of_a_file_is_its_names_and_what_else_tells_of_the_same_expert(past: Path) -> None:
    """Known by what nobody else has: name, address and number."""
    found = erasure.past(past, "experts/z9k3w.yml", secrets_of(PROFILE))
    assert found.names == tuple(f"experts/{name}.yml" for name in ("q1", "q2", "z9k3w"))
    assert found.elsewhere == (erasure.Trace("NOTES.md", ("private.name",)),)
    assert found.messages == ("code", "private.name", "private.phone")


def test_without_anything_to_tell_by_git_s_own_renames_are_believed(past: Path) -> None:
    """A file that is gone and cannot be read leaves only its code."""
    found = erasure.past(past, "experts/z9k3w.yml", secrets_of("consent: ["))
    assert found.names == tuple(f"experts/{name}.yml" for name in ("q1", "q2", "z9k3w"))
    assert found.messages == ("code",)


def test_an_earlier_file_that_git_calls_no_rename_is_known_by_its_values(past: Path) -> None:
    """Written anew under another code, with everything else changed; a file of another kind keeps its name."""
    (past / "experts" / "w2.yml").write_text(f"private:\n  email: {CANARY[1]}\n", "utf-8")
    (past / "letter.txt").write_text(f"{CANARY[1]}\n", "utf-8")
    commit(past, "Begin")
    git(past, "rm", "--quiet", "experts/w2.yml", "letter.txt")
    commit(past, "End")
    found = erasure.past(past, "experts/z9k3w.yml", secrets_of(PROFILE))
    assert "experts/w2.yml" in found.names
    assert "letter.txt" in {trace.file for trace in found.elsewhere}


def test_the_steps_name_every_copy_and_blot_only_where_there_is_something(past: Path) -> None:
    """Each as one would type it."""
    found = erasure.past(past, "experts/z9k3w.yml", secrets_of(PROFILE))
    alone = list(erasure.steps(found, None, ()))
    assert alone[-1].startswith("git filter-repo --force --invert-paths --path experts/q1.yml")
    assert len(alone) == 2
    both = list(erasure.steps(found, "desk/blot.txt", [("origin", "ssh://host/x")]))
    assert both[0] == "git fetch --quiet --all"
    assert "--replace-text desk/blot.txt --replace-message desk/blot.txt" in both[2]
    assert both[3:] == [
        "git remote add origin ssh://host/x",
        "git push --force --all origin",
        "git push --force --tags origin",
    ]
    only_words = erasure.Past((), (), ("code",))
    assert erasure.rewrite(only_words, "b") == "git filter-repo --force --replace-text b --replace-message b"


def test_what_is_blotted_out_is_one_person_s_alone_longest_first() -> None:
    """A note or a first name could be anybody's."""
    known = secrets_of(PROFILE + "  notes: Kirjoittaa ja puhuu hyvin mielellään kaikille ihmisille\n")
    lines = erasure.expressions(known, "z9k3w").splitlines()
    assert lines == [
        *(f"literal:{value}==>***" for value in sorted(CANARY, key=len, reverse=True)),
        "regex:\\bz9k3w\\b==>***",
    ]


def test_traces_are_looked_for_in_every_file_but_links_programs_and_what_is_skipped(tmp_path: Path) -> None:
    """And not in files too large to be anybody's notes."""
    for name in ("notes.md", "deep/down.txt", "skipped/notes.md", "node_modules/x.js", "tools/pyvenv.cfg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CANARY[0], "utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "notes.md")
    (tmp_path / "film.bin").write_bytes(CANARY[0].encode() + b"\0" * erasure.MAX_BYTES)
    whole = [secret for secret in secrets_of(PROFILE) if not secret.one_of_several]
    found = erasure.traces(tmp_path, tuple(whole), (), skip=("skipped",))
    assert found == tuple(erasure.Trace(name, ("private.name",)) for name in ("deep/down.txt", "notes.md"))
