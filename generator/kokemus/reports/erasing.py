"""Erase an expert: remove their files, report every trace that is left, and print the commands that remove those."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from kokemus import disk
from kokemus.documents import parser
from kokemus.erasure import rewriting
from kokemus.erasure.finding import Found
from kokemus.erasure.past import Past
from kokemus.erasure.rewriting import FILES, MAILMAP, printable
from kokemus.erasure.traces import Searched, Trace, Unread
from kokemus.git.history import NoRepository
from kokemus.publication.inputs import Inputs
from kokemus.reports.messages import say
from kokemus.requests import keeping, store

_COPIES = ("sheets", "prints", "clones", "forks", "host", "archives", "backups")


def erase(inputs: Inputs, found: Found) -> Iterator[str]:
    """Remove the profile and the papers made from it, and report line by line what was found elsewhere.

    In the file of requests the expert's code is replaced. Files that the printed commands need are written.
    """
    language, code = inputs.language, found.sought.code
    for name in FILES:
        (inputs.folder / name).unlink(missing_ok=True)
    if found.is_nothing:
        yield say("erase.nothing", language, code=code)
    else:
        yield from _removed(inputs, found)
    tree = found.tree
    if keeping.forget(inputs.folder, inputs.vocabulary, code):
        yield say("erase.requests", language, path=store.NAME)
        left = (trace for trace in tree.traces if (trace.file, trace.parts) != (store.NAME, ("code",)))
        tree = replace(tree, traces=tuple(left))
    needed = rewriting.files(found.past, found.sought.own) if _is_rewritten(found.past) else {}
    if needed and not tree.traces and not tree.unread:
        yield say("erase.tree-needed", language, path=", ".join(needed))
    else:
        yield from _searched("tree", tree, code, language)
    if found.site:
        yield from _searched("site", found.site, code, language)
    else:
        yield say("erase.no-site", language)
    if isinstance(found.past, NoRepository):
        yield say("erase.no-repository", language)
    else:
        yield from _past(found.past, code, language)
        if _is_rewritten(found.past):
            yield from _rewriting(inputs, found, found.past, needed)
    if not found.is_nothing:
        yield say("erase.copies", language)
        yield from _lines(f"- {say(f'erase.copy.{copy}', language)}" for copy in _COPIES)
        yield say("erase.edition", language)


def _is_rewritten(past: Past | NoRepository) -> TypeGuard[Past]:
    """Whether the history holds anything that the printed commands remove."""
    return isinstance(past, Past) and not past.is_clean


def _removed(inputs: Inputs, found: Found) -> Iterator[str]:
    file, language = inputs.folder / found.path, inputs.language
    if file.is_file():
        file.unlink()
        yield say("erase.removed", language, path=found.path)
    else:
        yield say("erase.gone" if found.contents else "erase.by-code", language, path=found.path)
    for paper in found.papers:
        paper.unlink(missing_ok=True)
        yield say("erase.removed", language, path=paper.relative_to(inputs.folder).as_posix())
    if any(parser.read(found.path, content)[0] is None for content in found.contents):
        yield say("erase.broken", language)


def _searched(place: str, searched: Searched, code: str, language: str) -> Iterator[str]:
    """What a folder still holds about the expert, and which of its files were not searched."""
    yield from _unread(searched.unread, language)
    if searched.traces:
        yield say(f"erase.{place}", language, code=code)
        yield from _lines(map(_trace, searched.traces))
    else:
        yield _clean(place, searched.unread, language)


def _past(held: Past, code: str, language: str) -> Iterator[str]:
    """What git still holds about the expert, and which objects were not searched."""
    yield from _unread(held.unread, language)
    if held.is_clean:
        yield _clean("past", held.unread, language)
    lists: Iterable[tuple[str, Iterable[str]]] = (
        ("history", held.names),
        ("paths", held.paths),
        ("elsewhere", map(_trace, held.elsewhere)),
        ("refs", (ref.name for ref in held.refs)),
        ("own", map(_trace, held.own)),
        ("standing", held.standing),
        ("messages", held.messages),
        ("mentioned", held.mentioned),
        ("loose", held.loose),
    )
    for key, lines in lists:
        if shown := tuple(lines):
            yield say(f"erase.{key}", language, code=code)
            yield from _lines(shown)


def _rewriting(inputs: Inputs, found: Found, held: Past, files: Mapping[str, str]) -> Iterator[str]:
    """The commands that rewrite the history. Writes the files that they need."""
    language = inputs.language
    for name, text in files.items():
        disk.write_aside(inputs.folder, name, text)
    if held.people:
        yield say("erase.people", language, path=MAILMAP)
    yield say("erase.rewrite", language)
    yield from _lines(rewriting.steps(held))
    yield say("erase.blot", language, path=", ".join(files))
    yield say("erase.again", language, code=found.sought.code)


def _clean(place: str, unread: Sequence[Unread], language: str) -> str:
    return say(f"erase.{place}-clean{'-elsewhere' if unread else ''}", language)


def _unread(unread: Sequence[Unread], language: str) -> Iterator[str]:
    if unread:
        yield say("erase.unlooked", language)
        yield from _lines(f"{one.file}: {say(f'erase.why.{one.why}', language)}" for one in unread)


def _trace(trace: Trace) -> str:
    return f"{trace.file}: {', '.join(trace.parts)}"


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {printable(line)}" for line in lines)
