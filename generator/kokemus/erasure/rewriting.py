"""The commands that remove one expert from every commit and every copy that the repository knows."""

import shlex
from collections.abc import Iterable, Iterator, Mapping

from kokemus.audit.needles import Secret
from kokemus.erasure.blotting import STARS, expressions
from kokemus.erasure.past import Past, short
from kokemus.git.objects import Ref, Remote

FILES = BLOT, MESSAGES, MAILMAP, CONTENTS = (
    "desk/blot.txt",
    "desk/messages.txt",
    "desk/mailmap.txt",
    "desk/contents.txt",
)
_ORIGIN = "origin"


def files(found: Past, own: Iterable[Secret]) -> Mapping[str, str]:
    """Input files for ``git filter-repo``: replacements in texts, messages and people, and contents to leave out."""
    values = expressions(own)
    names = [
        f"literal:{before}{name}{after}==>{before}{STARS}{after}\n"
        for name in found.mentioned
        for before, after in (("branch '", "'"), ("tag '", "'"), ("on ", ": "), ("On ", ": "))
    ]
    written = {
        BLOT: values,
        MESSAGES: "".join((*names, values)),
        MAILMAP: "".join(f"{STARS} <removed@invalid> {person}\n" for person in found.people),
        CONTENTS: "".join(f"{id}\n" for id in found.stubborn),
    }
    return {name: text for name, text in written.items() if text}


def steps(found: Past) -> Iterator[str]:
    """The commands in order, ready to be typed.

    What only another copy has is fetched first. ``git filter-repo`` makes branches of it, which are pushed with the
    rest. It removes the remote ``origin``, so that nothing is pushed by accident; the commands add it again. It would
    keep the messages of stashes, so each stash is saved under a ref, dropped, and stored again without its message.
    """
    if found.remotes:
        yield "git fetch --quiet --all --tags"
    yield from _renamed(found)
    stashes = [(f"stash-{number}", f"refs/kept/stash-{number}", id) for number, id in enumerate(found.stashes)]
    yield from (command("git", "update-ref", ref, id) for _, ref, id in stashes)
    if stashes:
        yield "git stash clear"
    yield "git commit --quiet --allow-empty --all --message='Before history is rewritten'"
    yield _filter_repo(found)
    for name, ref, _ in reversed(stashes):
        yield command("git", "stash", "store", f"--message={name}", ref)
        yield command("git", "update-ref", "-d", ref)
    for remote in found.remotes:
        yield from _pushed(remote, found)
    if found.remotes:
        yield "git fetch --quiet --all --prune"


def _filter_repo(found: Past) -> str:
    words = ["git", "filter-repo", "--force", "--replace-text", BLOT, "--replace-message", MESSAGES]
    if found.people:
        words += ["--mailmap", MAILMAP]
    if found.stubborn:
        words += ["--strip-blobs-with-ids", CONTENTS]
    if paths := (*found.names, *found.paths):
        words += ["--invert-paths", *(word for path in paths for word in ("--path", path))]
    return command(*words)


def _renamed(found: Past) -> Iterator[str]:
    """Rename the branches, and delete the tags and the remote-tracking names of other copies' branches."""
    branches = {ref.id for ref in found.refs if ref.name.startswith("refs/heads/")}
    for number, ref in enumerate(found.refs, start=1):
        name = short(ref, found.remotes)
        if ref.name.startswith("refs/heads/"):
            yield command("git", "branch", "--move", name, f"renamed-{number}")
        elif ref.name.startswith("refs/remotes/"):
            if ref.id not in branches:
                yield command("git", "branch", "--no-track", f"renamed-{number}", ref.name)
            yield command("git", "update-ref", "-d", ref.name)
        else:
            yield command("git", "update-ref", "-d", ref.name)


def _pushed(remote: Remote, found: Past) -> Iterator[str]:
    """Replace everything in a copy, and delete the branches and tags that were renamed or deleted."""
    if remote.name == _ORIGIN:
        yield command("git", "remote", "add", _ORIGIN, remote.urls[0])
        for url in remote.urls[1:]:
            yield command("git", "remote", "set-url", "--add", _ORIGIN, url)
    else:
        own = f"refs/remotes/{remote.name}"
        yield command("git", "update-ref", "--no-deref", "-d", f"{own}/HEAD")
        yield command("git", "push", "--force", remote.name, f"{own}/*:refs/heads/*")
    yield command("git", "push", "--force", remote.name, *(f"refs/{kind}/*" for kind in ("heads", "tags", "notes")))
    for name in sorted({_there(ref, found) for ref in found.refs}):
        yield command("git", "push", "--force", remote.name, f":{name}")


def _there(ref: Ref, found: Past) -> str:
    """The name of a branch or tag in another copy."""
    is_branch = ref.name.startswith(("refs/heads/", "refs/remotes/"))
    return f"refs/heads/{short(ref, found.remotes)}" if is_branch else ref.name


def command(*words: str) -> str:
    """The words quoted for a shell; characters that cannot be printed are escaped as bash and zsh read them."""
    return " ".join(shlex.quote(word) if word.isprintable() else f"$'{printable(word)}'" for word in words)


def printable(name: str) -> str:
    """A name that may contain anything, safe to show."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'") if not name.isprintable() else name
    return "".join(
        letter
        if letter.isprintable()
        else "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="surrogateescape"))
        for letter in escaped
    )
