"""An erasure: every trace of one expert in the folder, the site and the history, and how the history is rewritten."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kokemus import audit, history
from kokemus.document import Document
from kokemus.needles import Needles, Secret, fold
from kokemus.statement import Card

MAX_BYTES = 4 * 1024 * 1024
_CERTAIN = 6


@dataclass(frozen=True, slots=True)
class Trace:
    """A file in which something of the expert stands, and which parts of the profile it is; never the value itself."""

    file: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What history holds: the names that the file had, other files with something of it, and whether messages have."""

    names: tuple[str, ...]
    elsewhere: tuple[Trace, ...]
    messages: tuple[str, ...]


def secrets(document: Document | None, code: str, path: str, others: Iterable[Card] = ()) -> tuple[Secret, ...]:
    """What must be gone: the private values and the card, or at least the code where the file cannot be read."""
    return audit.secrets([document], others) if document else (Secret(path, (), code),)


def identifying(known: Iterable[Secret]) -> tuple[Secret, ...]:
    """Those that are one person's alone: two profiles may share a note, hardly an address or a whole name."""
    return tuple(
        secret
        for secret in known
        if secret.route
        and secret.route[-1] in ("name", "email", "phone")
        and not secret.one_of_several
        and len("".join(fold(secret.text))) >= _CERTAIN
    )


def traces(
    folder: Path,
    known: tuple[Secret, ...],
    public: Iterable[str],
    pages: Iterable[str] = (),
    skip: Iterable[str] = (),
) -> tuple[Trace, ...]:
    """Where in a folder something of the expert stands that public texts and pages do not explain, as in the audit.

    Git's own files and installed programs are passed over, and so are the folders to ``skip``.
    """
    files = _files(folder, frozenset(skip))
    return _by_file((leak.file, leak.secret) for leak in audit.leaks(files, audit.unexplained(known, public, pages)))


def _files(folder: Path, skip: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        if path.name in skip or path.is_symlink():
            continue
        if path.is_dir():
            if path.name not in (".git", "node_modules") and not (path / "pyvenv.cfg").is_file():
                yield from ((f"{path.name}/{name}", content) for name, content in _files(path, frozenset()))
        elif path.stat().st_size <= MAX_BYTES:
            yield path.name, path.read_bytes()


def _by_file(found: Iterable[tuple[str, Secret]]) -> tuple[Trace, ...]:
    parts: dict[str, set[str]] = {}
    for file, secret in found:
        parts.setdefault(file, set()).add(part(secret))
    return tuple(Trace(file, tuple(sorted(names))) for file, names in sorted(parts.items()))


def part(secret: Secret) -> str:
    """How a value may be called in a message; the code itself has no route."""
    return ".".join(map(str, secret.route)) or "code"


def past(folder: Path, path: str, known: tuple[Secret, ...]) -> Past:
    """What the history of all branches and tags holds of the expert whose file is, or was, at the path.

    An earlier name is believed when the text under it already held something of the same expert, or when the profile
    holds nothing to tell by. A file that exists today is never taken for an earlier name.
    """
    top = history.from_top(folder, path)
    versions = history.blobs(folder)
    ids = sorted({id for id, _ in versions})
    own = identifying(known)
    needles = Needles(secret for secret in known if secret in own or not secret.route)
    holds: dict[str, frozenset[Secret]] = {}
    for id, content in history.contents(folder, ids):
        holds[id] = frozenset(needles.found(content.decode("utf-8", "replace")))
    present = history.tracked(folder) - {top}
    names = {top} & {name for _, name in versions}
    moves = tuple(history.renames(folder))
    grown = True
    while grown:
        grown = False
        for old, new, id in moves:
            theirs = not own or not holds.get(id, frozenset()).isdisjoint(own)
            if new in names | {top} and old not in names | present and theirs:
                names.add(old)
                grown = True
    for id, name in versions:
        if name not in present and not holds.get(id, frozenset()).isdisjoint(own) and _is_profile(name, top):
            names.add(name)
    elsewhere = _by_file(
        (name, secret) for id, name in versions if name not in names for secret in holds.get(id, frozenset())
    )
    said = frozenset(needles.found(history.messages(folder)))
    return Past(tuple(sorted(names)), elsewhere, tuple(sorted({part(secret) for secret in said})))


def _is_profile(name: str, top: str) -> bool:
    return PurePosixPath(name).suffix == PurePosixPath(top).suffix


def expressions(known: tuple[Secret, ...], code: str) -> str:
    """What `git filter-repo` is to blot out in other files and in messages, one a line."""
    values = sorted(
        {secret.text for secret in identifying(known) if "\n" not in secret.text}, key=lambda text: (-len(text), text)
    )
    return "".join([*(f"literal:{value}==>***\n" for value in values), f"regex:\\b{re.escape(code)}\\b==>***\n"])


def steps(found: Past, blot: str | None, remotes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The commands that take the expert out of every commit and every copy that the repository knows.

    What only another copy has is fetched first: ``git filter-repo`` makes branches of it, which are pushed with the
    rest. It forgets the other copies, so that nothing is pushed by accident; they are named again.
    """
    remotes = tuple(remotes)
    if remotes:
        yield "git fetch --quiet --all"
    yield "git commit --quiet --allow-empty --all --message='Before history is rewritten'"
    yield rewrite(found, blot)
    for remote, url in remotes:
        yield shlex.join(["git", "remote", "add", remote, url])
        yield shlex.join(["git", "push", "--force", "--all", remote])
        yield shlex.join(["git", "push", "--force", "--tags", remote])


def rewrite(found: Past, blot: str | None) -> str:
    """The one command that takes the file out of every commit; with ``blot`` a file of expressions as well."""
    words = ["git", "filter-repo", "--force"]
    if blot:
        words += ["--replace-text", blot, "--replace-message", blot]
    if found.names:
        words += ["--invert-paths", *(word for name in found.names for word in ("--path", name))]
    return shlex.join(words)
