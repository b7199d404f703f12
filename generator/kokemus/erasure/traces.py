"""What must be gone when one expert is erased, and where in a folder something of it is left."""

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
    """What is looked for of one expert.

    ``whole`` are the code, the private values and the card. ``names`` are single words of the name that public texts do
    not explain: they are looked for where a name is all that stands, as in names of files. ``own`` are the code and
    what is this person's alone, so that it may be replaced wherever it stands: no note, nothing that public texts
    explain and nothing that another profile has too.
    """

    code: str
    whole: tuple[Secret, ...]
    names: tuple[Secret, ...]
    own: tuple[Secret, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A file in which something of the expert stands, and which parts of the profile it is; never the value itself."""

    file: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file or folder that was not looked into, and why."""

    file: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found in a folder, and what in it was not looked into."""

    traces: tuple[Trace, ...]
    unread: tuple[Unread, ...]


def documents(path: str, contents: Iterable[bytes]) -> tuple[Document, ...]:
    """The versions of a profile; of those that are broken what can still be read."""
    return tuple(parser.read(path, content)[0] or salvage.document(path, content) for content in contents)


def sought(
    code: str,
    versions: Iterable[Document],
    others: Iterable[Document],
    cards: Iterable[Card],
    public: Iterable[str],
    pages: Iterable[str],
) -> Sought:
    """What must be gone of the expert with this code, by every version of the profile, or by the code alone."""
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
        names=audit.unexplained((secret for secret in found if secret.one_of_several), public, pages),
        own=(*whole[:1], *audit.unexplained(alone, public, pages)),
    )


def _is_identifying(secret: Secret) -> bool:
    """Whether a value is one person's alone, as an address or a whole name is."""
    return not _IDENTIFYING.isdisjoint(secret.route) and len("".join(fold(secret.text))) >= _CERTAIN


def search(
    folder: Path, secrets: tuple[Secret, ...], names: tuple[Secret, ...] = (), skip: Iterable[str] = ()
) -> Searched:
    """Where in a folder these secrets stand, and the single ``names`` in names of files; and what was not looked into.

    Installed programs and git's own files are passed over, and so are the paths to ``skip``.
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
    """Every file with its content, and whatever cannot be read or holds too much with the reason."""
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
    """The traces in each file, in the order of their names."""
    parts: dict[str, set[Secret]] = {}
    for file, secret in found:
        parts.setdefault(file, set()).add(secret)
    return tuple(Trace(file=file, parts=parts_of(secrets)) for file, secrets in sorted(parts.items()))


def parts_of(secrets: Iterable[Secret]) -> tuple[str, ...]:
    """What values are called in a message, by their keys; the code itself has none."""
    routes = {tuple(part for part in secret.route if isinstance(part, str)) for secret in secrets}
    return tuple(sorted(".".join(route) or "code" for route in routes))
