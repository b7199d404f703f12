"""What the history of a repository holds of one expert, wherever git keeps it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kokemus.audit.decoding import forms, texts
from kokemus.audit.needles import Needles, Secret
from kokemus.erasure import traces
from kokemus.erasure.blotting import blotted
from kokemus.erasure.traces import MAX_BYTES, Sought, Trace, Unread
from kokemus.git import history, objects
from kokemus.git.history import Change
from kokemus.git.objects import Ref, Remote

NOTES = "refs/notes"
_PERSON = re.compile(r"(?:author|committer|tagger) (.*<.*>) -?\d+ [+-]\d+")
_IN_TREE = re.compile(rb"\d+ ([^\0]+)\0")
_MENTION = re.compile(r"(?:branch|tag) '([^']+)'|\b[Oo]n ([^\s:]+): ")
_STASH_LOG = "logs/refs/stash"
_READ_OTHERWISE = ("objects", "modules", "refs", "packed-refs", "index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the history holds of one expert.

    ``names`` are the paths that the profile had, and ``paths`` those of other files named after the expert.
    ``elsewhere`` are files that contain something about the expert. ``stubborn`` are ids of contents, such as binary
    files, that hold something about the expert even after a replacement. ``standing`` are files that git still tracks
    and that are stubborn or named after the expert; people must fix them by hand. ``messages`` are parts of the profile
    found in messages of commits and tags. ``people`` are authors, committers and taggers. ``refs`` are branches and
    tags named after the expert, and ``mentioned`` are names of that kind in git's own messages, such as those of merges
    and stashes. ``loose`` are parts found in objects that no branch, tag or stash leads to. ``own`` are git's own files
    that name the expert. ``stashes`` are the ids of all stash entries if the log of the stashes names the expert, and
    empty otherwise.
    """

    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    elsewhere: tuple[Trace, ...] = ()
    stubborn: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    mentioned: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    own: tuple[Trace, ...] = ()
    stashes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    remotes: tuple[Remote, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found in everything that was read."""
        files = (*self.names, *self.paths, *self.elsewhere, *self.standing, *self.own)
        return not (files or self.messages or self.people or self.refs or self.mentioned or self.loose)


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What was found in each object, by its id. Commits and tags also have their message and people."""

    holds: dict[str, frozenset[Secret]] = field(default_factory=dict)
    messages: dict[str, frozenset[Secret]] = field(default_factory=dict)
    people: dict[str, frozenset[str]] = field(default_factory=dict)
    mentioned: dict[str, frozenset[str]] = field(default_factory=dict)
    stubborn: set[str] = field(default_factory=set)
    large: set[str] = field(default_factory=set)


def past(folder: Path, path: str, sought: Sought) -> Past:
    """What git keeps of the expert whose profile is, or was, at the path: in objects, in names and in its own files.

    To be called inside ``history.whole``: raises ``history.UnreadableError`` if git fails.
    """
    top, index, remotes = history.from_top(folder, path), objects.index(folder), objects.remotes(folder)
    present = index.keys() - {top}
    name_needles = Needles((*sought.own, *sought.names))
    seen = _look(folder, sought, name_needles)
    stashes = objects.stashes(folder)
    revisions = ("--all", *stashes)
    reached, notes = objects.reachable(folder, *revisions), objects.reachable(folder, "--glob=refs/notes")
    changes = [change for change in history.changes(folder, *revisions) if change.commit not in notes]
    moves = tuple(history.changes(folder, *revisions, renames=True))
    names = _names(top, changes, moves, present, seen, sought)

    named = {path for path in {change.path for change in changes} - names if any(name_needles.found(path))}
    texts = {(change.id, change.path) for change in changes if change.path not in names | (named - present)}
    written = {(id, path) for id, path in texts | {(id, NOTES) for id in notes} if seen.holds.get(id)}
    stubborn = {(id, path) for id, path in written if id in seen.stubborn}
    fixed = {(id, path) for id, path in stubborn if index.get(path) == id}
    files = traces.search(objects.directory(folder), (*sought.own, *sought.names), skip=_READ_OTHERWISE)
    return Past(
        names=tuple(sorted(names)),
        paths=tuple(sorted(named - present)),
        elsewhere=traces.by_file((path, secret) for id, path in written for secret in seen.holds[id]),
        stubborn=tuple(sorted({id for id, _ in stubborn} - {id for id, _ in fixed})),
        standing=tuple(sorted({path for _, path in fixed} | (named & present))),
        messages=traces.parts_of(secret for id in seen.messages.keys() & reached for secret in seen.messages[id]),
        people=_among(seen.people, reached),
        mentioned=_among(seen.mentioned, reached),
        refs=tuple(ref for ref in objects.refs(folder) if any(name_needles.found(short(ref, remotes)))),
        loose=traces.parts_of(secret for id in seen.holds.keys() - reached for secret in seen.holds[id]),
        own=tuple(Trace(file=f".git/{one.file}", parts=one.parts) for one in files.traces),
        unread=(
            *_large(seen, changes),
            *(Unread(file=f".git/{one.file}", why=one.why) for one in files.unread),
            *(Unread(file=tree, why="elsewhere") for tree in objects.other_trees(folder)),
        ),
        stashes=stashes if any(file.file == _STASH_LOG for file in files.traces) else (),
        remotes=remotes,
    )


def _among(names: Mapping[str, frozenset[str]], reached: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({name for id in names.keys() & reached for name in names[id]}))


def short(ref: Ref, remotes: Sequence[Remote]) -> str:
    """The name of a branch or tag without its prefix, such as ``refs/heads/``."""
    kept = ("refs/heads/", "refs/tags/", *(f"refs/remotes/{remote.name}/" for remote in remotes), "refs/")
    return next(ref.name.removeprefix(place) for place in kept if ref.name.startswith(place))


def _look(folder: Path, sought: Sought, name_needles: Needles) -> _Seen:
    """What was found in the objects.

    Values that only this expert has are sought everywhere. Single words of the name are sought only in the names of
    people, branches and tags.
    """
    needles, seen = Needles(sought.own), _Seen()
    for thing in objects.things(folder, MAX_BYTES):
        if thing.content is None:
            seen.large.add(thing.id)
        elif thing.kind == "blob":
            if found := _found(needles, thing.content):
                seen.holds[thing.id] = found
                if _found(needles, blotted(thing.content, sought.own)):
                    seen.stubborn.add(thing.id)
        elif thing.kind == "tree":
            if found := _found(needles, b"\n".join(_IN_TREE.findall(thing.content))):
                seen.holds[thing.id] = found
        else:
            head, _, message = _decoded(thing.content).partition("\n\n")
            said = {line: _PERSON.fullmatch(line) for line in head.split("\n")}
            rest = "\n".join((*(line for line, match in said.items() if not match), message))
            people = _named((match[1] for match in said.values() if match), name_needles)
            mentioned = _named((match[1] or match[2] for match in _MENTION.finditer(rest)), name_needles)
            seen.people[thing.id], seen.mentioned[thing.id] = frozenset(people), frozenset(mentioned)
            seen.messages[thing.id] = frozenset(needles.found(rest))
            if found := seen.messages[thing.id].union(*people.values(), *mentioned.values()):
                seen.holds[thing.id] = found
    return seen


def _named(names: Iterable[str], needles: Needles) -> Mapping[str, frozenset[Secret]]:
    """The names that are the expert's."""
    return {name: found for name in names if (found := frozenset(needles.found(name)))}


def _found(needles: Needles, content: bytes) -> frozenset[Secret]:
    """The secrets in a content, in every form in which it can be read as text."""
    return frozenset(
        secret
        for text, guessed in texts(content)
        for form in ((text,) if guessed else dict.fromkeys(forms(text)))
        for secret in needles.found(form, guessed=guessed)
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _names(
    top: str,
    changes: Sequence[Change],
    moves: Sequence[Change],
    present: frozenset[str] | set[str],
    seen: _Seen,
    sought: Sought,
) -> frozenset[str]:
    """The paths that the profile had.

    An earlier path counts if its content already held something of the same expert, or if the profile holds nothing to
    compare. A file that exists today never counts as an earlier path.
    """
    alone = frozenset(secret for secret in sought.own if secret.route)

    def theirs(id: str) -> bool:
        return not alone.isdisjoint(seen.holds.get(id, frozenset()))

    names = {top} & {change.path for change in changes}
    names |= {
        change.path
        for change in changes
        if change.path not in present
        and theirs(change.id)
        and PurePosixPath(change.path).suffix == PurePosixPath(top).suffix
    }
    while True:
        earlier = {
            move.old_path
            for move in moves
            if move.path in names | {top} and move.old_path not in present and (not alone or theirs(move.old_id))
        }
        if earlier <= names:
            return frozenset(names)
        names |= earlier


def _large(seen: _Seen, changes: Sequence[Change]) -> Iterator[Unread]:
    """The contents that were too large to read, by the files that have them."""
    paths = {change.id: change.path for change in changes}
    yield from sorted({Unread(file=paths.get(id, id[:12]), why="large") for id in seen.large}, key=lambda one: one.file)
