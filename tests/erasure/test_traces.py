"""What is searched for of one expert, and where in a folder it is found."""

import os
from pathlib import Path

import pytest

from kokemus.audit.needles import Secret
from kokemus.erasure import traces
from kokemus.erasure.traces import Searched, Sought, Trace, Unread

NAME, EMAIL, PHONE = "Kanarialintu Keksitty", "kanaria.keksitty@example.org", "040 555 9876"
PROFILE = f"""consent: {{given: 2026-03-02}}
private:
  name: {NAME}
  email: {EMAIL}
  phone: {PHONE}
  notes: Kirjoittaa ja puhuu hyvin mielellään kaikille ihmisille
card: {{consent: 2026-03-02, name: Revontuli, text: {{fi: Tervetuloa}}}}
"""
NAME_SECRET = Secret("experts/z9k3w.yml", ("private", "name"), NAME)
WORD = Secret("experts/z9k3w.yml", ("private", "name"), "Kanarialintu", True)


def wanted(*versions: str, others: tuple[str, ...] = (), public: str = "", page: str = "") -> Sought:
    """What is searched for of an expert whose profile had these versions."""
    read = traces.documents("experts/z9k3w.yml", [version.encode() for version in versions])
    theirs = traces.documents("experts/e01.yml", [other.encode() for other in others])
    return traces.sought("z9k3w", read, theirs, (), [public], [page])


def texts(secrets: tuple[Secret, ...]) -> list[str]:
    return [secret.text for secret in secrets]


def test_what_is_one_person_s_alone_may_be_replaced_everywhere() -> None:
    """Code, name, alias, e-mail and phone number. A note might be about anybody."""
    assert texts(wanted(PROFILE).own) == ["z9k3w", NAME, EMAIL, PHONE, "Revontuli"]
    assert "Tervetuloa" in texts(wanted(PROFILE).whole)
    assert texts(wanted(PROFILE).names) == ["Kanarialintu", "Keksitty"]


def test_every_version_of_a_profile_counts_and_without_one_the_code() -> None:
    older = PROFILE.replace(PHONE, "040 555 1234")
    assert {PHONE, "040 555 1234"} < set(texts(wanted(PROFILE, older).own))
    assert texts(wanted().whole) == texts(wanted().own) == ["z9k3w"]


@pytest.mark.parametrize(
    "broken", [PROFILE.replace("consent: {", "consent: {["), PROFILE.replace("  email", "\temail")]
)
def test_what_can_be_read_of_a_broken_version_counts(broken: str) -> None:
    assert {NAME, EMAIL, PHONE} < set(texts(wanted(broken).own))


def test_what_another_profile_or_a_public_text_has_too_is_not_replaced() -> None:
    """It is still searched for in the folder, but replacing it would harm others."""
    other = f"private: {{name: Venla Keksitty, phone: {PHONE}}}"
    assert PHONE not in texts(wanted(PROFILE, others=(other,)).own)
    assert PHONE in texts(wanted(PROFILE, others=(other,)).whole)
    assert "Revontuli" not in texts(wanted(PROFILE, public="revontuli").own)
    assert texts(wanted(PROFILE, page="Kanarialintu laulaa").names) == ["Keksitty"]
    assert "z9k3w" in texts(wanted(PROFILE, public="z9k3w").own)


def test_traces_are_in_contents_and_in_names_of_files(tmp_path: Path) -> None:
    """A single word of the name counts only in file names."""
    for name, text in (
        *(("notes.md", NAME), ("deep/down.txt", f"x {NAME} x"), ("skipped/notes.md", NAME), ("deep/skipped", "x")),
        *(("kanarialintu.jpg", "x"), ("one.txt", "Kanarialintu")),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = traces.search(tmp_path, (NAME_SECRET,), (WORD,), ("skipped",))
    named = ("deep/down.txt", "kanarialintu.jpg", "notes.md")
    assert found == Searched(traces=tuple(Trace(file=name, parts=("private.name",)) for name in named), unread=())


def test_whatever_is_not_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, programs, other repositories, and what is too large, special or unreadable. Their names are searched."""
    for name in ("node_modules/x.js", "tools/pyvenv.cfg", "theme/.git/HEAD", "locked/x", "private.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(NAME, "utf-8")
    (tmp_path / "kanarialintu.md").symlink_to(tmp_path / "private.txt")
    (tmp_path / "film.bin").write_bytes(NAME.encode() + b"\0" * traces.MAX_BYTES)
    os.mkfifo(tmp_path / "pipe")
    refuse(monkeypatch, "read_bytes", "private.txt")
    refuse(monkeypatch, "iterdir", "locked")
    found = traces.search(tmp_path, (NAME_SECRET,), (WORD,))
    assert found.traces == (Trace(file="kanarialintu.md", parts=("private.name",)),)
    assert found.unread == (
        Unread(file="film.bin", why="large"),
        Unread(file="kanarialintu.md", why="link"),
        Unread(file="locked/", why="unreadable"),
        Unread(file="node_modules/", why="programs"),
        Unread(file="pipe", why="special"),
        Unread(file="private.txt", why="unreadable"),
        Unread(file="theme/.git", why="repository"),
        Unread(file="tools/", why="programs"),
    )


def refuse(monkeypatch: pytest.MonkeyPatch, method: str, name: str) -> None:
    """Make reading one file or folder fail, as for a user without permission; root would always succeed."""
    really = getattr(Path, method)

    def refused(path: Path) -> object:
        if path.name == name:
            raise PermissionError(name)
        return really(path)

    monkeypatch.setattr(Path, method, refused)
