"""Real git repositories for tests: reading everything in one, and making its history unreadable in every known way."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import git

_STRANGER = 1234
_NO_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A folder whose history cannot be read in this environment."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message={message}")


def everything(folder: Path) -> str:
    """The content of every object in the repository, reachable or not, and of all names and other files in ``.git``.

    Zero bytes are removed, so that a search finds text in UTF-16 too.
    """
    told = [
        subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout.decode("utf-8", "replace")
        for words in (
            ("cat-file", "--batch-all-objects", "--batch", "--unordered"),
            ("log", "--all", "--name-only", "--format=%B%an%ae%cn%ce"),
            ("for-each-ref",),
            ("reflog", "--all"),
        )
    ]
    own = folder / git(folder, "rev-parse", "--git-dir").strip()
    kept = [
        f"{file.relative_to(own)}\n{file.read_bytes().decode('utf-8', 'replace')}"
        for file in own.rglob("*")
        if file.is_file() and "objects" not in file.relative_to(own).parts
    ]
    return "\n".join((*told, *kept)).replace("\0", "")


def told(output: str) -> list[str]:
    """The git commands in a command's output."""
    return [line.strip() for line in output.splitlines() if line.startswith("  git ")]


def follow(folder: Path, commands: Iterable[str]) -> None:
    """Run commands in a shell, with ``nobody`` as the git author."""
    tools = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    people = {f"GIT_{who}_{what}": "nobody@invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=os.environ | tools | people,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def object_file(folder: Path, name: str) -> Path:
    """The file of a loose object."""
    id = git(folder, "rev-parse", name).strip()
    return folder / ".git" / "objects" / id[:2] / id[2:]


def _without_git(folder: Path) -> Spoiled:
    return Spoiled(folder=folder, environment={"PATH": os.devnull})


def _of_another_user(folder: Path) -> Spoiled:
    """A folder that really belongs to another user if the tests run as root; otherwise by git's switch for tests."""
    if os.geteuid():
        return Spoiled(folder=folder, environment={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", **_NO_SETTINGS})
    for file in (folder, *folder.rglob("*")):
        os.chown(file, _STRANGER, -1, follow_symlinks=False)
    return Spoiled(folder=folder, environment=_NO_SETTINGS)


def _clone(folder: Path, *options: str) -> Spoiled:
    git(folder, "config", "uploadpack.allowFilter", "true")
    target = folder.with_name(f"{folder.name}-clone")
    git(folder, "clone", "--quiet", *options, f"file://{folder}", str(target))
    return Spoiled(folder=target)


def _shallow(folder: Path) -> Spoiled:
    return _clone(folder, "--depth=1")


def _partial(folder: Path) -> Spoiled:
    return _clone(folder, "--filter=blob:none")


def _headless(folder: Path) -> Spoiled:
    (folder / ".git" / "HEAD").unlink()
    return Spoiled(folder=folder)


def _misconfigured(folder: Path) -> Spoiled:
    with (folder / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write("[broken\n")
    return Spoiled(folder=folder)


def _without_a_text(folder: Path) -> Spoiled:
    object_file(folder, "HEAD~1:mkdocs.yml").unlink()
    return Spoiled(folder=folder)


def _without_a_folder(folder: Path) -> Spoiled:
    object_file(folder, "HEAD~1^{tree}").unlink()
    return Spoiled(folder=folder)


def _with_a_lost_branch(folder: Path) -> Spoiled:
    (folder / ".git" / "refs" / "heads" / "lost").write_text("1" * 40 + "\n", "utf-8")
    return Spoiled(folder=folder)


SPOIL: Mapping[str, tuple[str, Callable[[Path], Spoiled]]] = {
    "git is not installed": ("no-git", _without_git),
    "the folder is another user's": ("not-owned", _of_another_user),
    "a shallow clone": ("shallow", _shallow),
    "a partial clone": ("partial", _partial),
    "no HEAD": ("failed", _headless),
    "broken settings": ("failed", _misconfigured),
    "a branch that leads nowhere": ("failed", _with_a_lost_branch),
    "a lost text": ("missing", _without_a_text),
    "a lost folder": ("missing", _without_a_folder),
}
"""Each way, with the cause that is reported. The repository needs two commits with different mkdocs.yml."""
