"""What must be gone when one expert is erased, and where in a folder some of it is left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kokemus import audit
from kokemus.anonymity import Card
from kokemus.audit.needles import Needles, Secret
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.experts import salvage
from kokemus.text import fold

MAX_BYTES = 4 * 1024 * 1024
_CERTAIN = 6
_IDENTIFYING = frozenset(("name", "email", "phone"))
Why = Literal["large", "link", "special", "unreadable", "programs", "repository", "elsewhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is searched for of one expert.

    ``whole`` are the code, the private values and the card. ``names`` are single words of the name that no public text
    explains; they are searched for only where a name stands alone, as in file names. ``own`` are the code and the
    values that are this person's alone, so they may be replaced anywhere. It has no notes, nothing that public texts
    explain and nothing that another profile has too.
    """

    code: str
    whole: tuple[Secret, ...]
    names: tuple[Secret, ...]
    own: tuple[Secret, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A file with a trace of the expert, and the keys of the values found in it, but not the values."""

    file: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file or folder that was not searched, and why."""

    file: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found in a folder, and what in it was not searched."""

    traces: tuple[Trace, ...]
    unread: tuple[Unread, ...]


def documents(path: str, contents: Iterable[bytes]) -> tuple[Document, ...]:
    """The versions of a profile; of broken ones, what can still be read."""
    return tuple(parser.read(path, content)[0] or salvage.document(path, content) for content in contents)


def sought(
    code: str,
    versions: Iterable[Document],
    others: Iterable[Document],
    cards: Iterable[Card],
    public: Iterable[str],
    pages: Iterable[str],
) -> Sought:
    """What must be gone of the expert with this code: the code, and what every version of the profile holds."""
    found = dict.fromkeys(
        (Secret(code, (), code), *(secret for secret in audit.secrets(versions, cards) if secret.route))
    )
    whole = tuple(secret for secret in found if not secret.one_of_several)
    theirs = {fold(secret.text) for secret in audit.secrets(others)}
    public, pages = tuple(public), tuple(pages)
    alone = [secret for secret in whole if _is_identifying(secret) and fold(secret.text) not in theirs]
    return Sought(
        code=code,
        whole=whole,
        names=tuple(audit.unexplained((secret for secret in found if secret.one_of_several), public, pages)),
        own=(*whole[:1], *audit.unexplained(alone, public, pages)),
    )


def _is_identifying(secret: Secret) -> bool:
    """Whether a value belongs to one person only, as an address or a whole name does."""
    return not _IDENTIFYING.isdisjoint(secret.route) and len("".join(fold(secret.text))) >= _CERTAIN


def search(
    folder: Path, secrets: Iterable[Secret], names: tuple[Secret, ...] = (), skip: Iterable[str] = ()
) -> Searched:
    """Where in a folder these secrets are, where single ``names`` are in file names, and what was not searched.

    Installed programs, git's own files and the paths in ``skip`` are not searched.
    """
    unread: list[Unread] = []
    needles = Needles(names)
    named: list[tuple[str, Secret]] = []

    def contents() -> Iterator[tuple[str, bytes]]:
        for file, content in _files(folder, "", frozenset(skip)):
            named.extend((file, secret) for secret in needles.found(file))
            if isinstance(content, bytes):
                yield file, content
            else:
                unread.append(Unread(file=file, why=content))
                yield file, b""

    leaks = audit.leaks(contents(), secrets)
    found = [*((leak.file, leak.secret) for leak in leaks), *named]
    return Searched(traces=by_file(found), unread=tuple(unread))


def _files(folder: Path, above: str, skip: frozenset[str]) -> Iterator[tuple[str, bytes | Why]]:
    """Every file with its content, or the reason why it cannot be read."""
    for path in sorted(folder.iterdir()):
        name = f"{above}{path.name}"
        if name in skip:
            continue
        if path.name == ".git":
            yield name, "repository"
        elif path.is_symlink():
            yield name, "link"
        elif not path.is_dir():
            yield name, _content(path)
        elif path.name == "node_modules" or (path / "pyvenv.cfg").is_file():
            yield f"{name}/", "programs"
        else:
            try:
                yield from _files(path, f"{name}/", skip)
            except OSError:
                yield f"{name}/", "unreadable"


def _content(path: Path) -> bytes | Why:
    try:
        if not path.is_file():
            return "special"
        return path.read_bytes() if path.stat().st_size <= MAX_BYTES else "large"
    except OSError:
        return "unreadable"


def by_file(found: Iterable[tuple[str, Secret]]) -> tuple[Trace, ...]:
    """The traces in each file, sorted by its name."""
    parts: dict[str, set[Secret]] = {}
    for file, secret in found:
        parts.setdefault(file, set()).add(secret)
    return tuple(Trace(file=file, parts=parts_of(secrets)) for file, secrets in sorted(parts.items()))


def parts_of(secrets: Iterable[Secret]) -> tuple[str, ...]:
    """What the values are called in a message, by their keys. The code has no key and is called ``code``."""
    routes = {tuple(part for part in secret.route if isinstance(part, str)) for secret in secrets}
    return tuple(sorted(".".join(route) or "code" for route in routes))
