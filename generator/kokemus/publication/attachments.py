"""Files in the folder of hand-written pages that are published unchanged: pictures, documents, recordings."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from kokemus import audit
from kokemus.audit import Leak, Wanted
from kokemus.audit.needles import Secret
from kokemus.audit.packed import is_readable, properties
from kokemus.audit.parts import LARGEST
from kokemus.documents import stray
from kokemus.documents.problems import Problem, Route, problem
from kokemus.website import elsewhere
from kokemus.website.guide import Guide

_AT_ROOT = {".txt", ".html", ".htm"}
"""Types of files that hosts and search engines ask for at the root of a site."""
_DOCUMENTS = _AT_ROOT | {
    *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".markdown"),
    *(".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp"),
}


def wrong(
    folder: Path, name: str, looked_at: frozenset[str], listed: tuple[str, Route], site_url: str
) -> Iterator[Problem]:
    """Problems: symbolic links, unreadable files, needless entries of ``looked_at``, and third-party content.

    ``name`` is what messages call the folder; ``listed`` is where ``looked_at`` stands in the configuration. Hidden
    files are skipped because MkDocs does not publish them.
    """
    unread: set[str] = set()
    if folder.is_symlink():
        yield problem("page-link", name)
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if any(part.startswith(".") for part in below.parts):
            continue
        if path.is_symlink():
            yield problem("page-link", f"{name}/{below.as_posix()}")
        elif not (path.is_file() or path.is_dir()):
            yield problem("no-plain-file", f"{name}/{below.as_posix()}")
        elif path.suffix != ".md" and path.is_file() and not _is_read(path):
            unread.add(below.as_posix())
            if below.as_posix() not in looked_at:
                yield problem("unreadable", f"{name}/{below.as_posix()}")
        elif path.is_file() and elsewhere.MARKED_UP.search(path.name):
            text = path.read_text("utf-8", "replace")
            yield from stray.spoilt(f"{name}/{below.as_posix()}", text)
            yield from elsewhere.in_file(f"{name}/{below.as_posix()}", text, (site_url,), by_hand=True)
    for file in sorted(looked_at - unread):
        yield problem("looked-at-for-nothing", *listed, file=file)


def telling(folder: Path, name: str, secrets: Wanted) -> Iterator[Problem]:
    """Private values in such files, found before a build.

    Those in an office document's properties and in a file's name get another code.
    """
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if path.suffix == ".md" or any(part.startswith(".") for part in below.parts) or path.is_symlink():
            continue
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        said, content = f"{name}/{below.as_posix()}", path.read_bytes()
        apart = _told(said, audit.leaks([("", properties(content))], secrets), "leak-properties")
        within = _told(said, audit.leaks([("", content)], secrets), "leak")
        named = _told(said, audit.leaks([(said, b"")], secrets), "leak-name")
        yield from dict.fromkeys({**within, **apart, **named}.values())


def _told(said: str, leaks: Iterable[Leak], code: str) -> dict[Secret, Problem]:
    """A file's leaks as problems with a code; the code of an expert is told like everywhere else."""
    return {
        leak.secret: problem(code, said, profile=leak.secret.path, where=".".join(map(str, leak.secret.route)))
        if leak.secret.route
        else audit.as_problem(said, leak.secret)
        for leak in leaks
    }


def at_source(folder: Path, name: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a built site, those of such files by the path that their owner knows."""
    return tuple(
        replace(one, path=f"{name}/{one.path}") if (folder / name / one.path).is_file() else one for one in problems
    )


def unlinked(folder: Path, name: str, guides: Iterable[Guide]) -> Iterator[Problem]:
    """Readable documents that no page links to. Somebody may have meant them as pages."""
    said = " ".join(unquote(guide.markdown) for guide in guides)
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        kinds = _DOCUMENTS if len(below.parts) > 1 else _DOCUMENTS - _AT_ROOT
        is_hidden = any(part.startswith(".") for part in below.parts)
        if path.suffix.casefold() not in kinds or is_hidden or path.name in said:
            continue
        if path.is_file() and _is_read(path):
            yield problem(
                "no-page", f"{name}/{below.as_posix()}", file=path.name, page=f"{path.stem.removesuffix('.md')}.md"
            )


def _is_read(path: Path) -> bool:
    return path.stat().st_size <= LARGEST and is_readable(path.read_bytes())
