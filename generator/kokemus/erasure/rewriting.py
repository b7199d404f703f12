"""The commands that take one expert out of every commit and every copy that the repository knows."""

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
    """What `git filter-repo` reads: what is replaced in texts and messages, in the names of people, and left out."""
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
    """The commands in their order, each as one would type it.

    What only another copy has is fetched first: ``git filter-repo`` makes branches of it, which are pushed with the
    rest. It forgets the copy called origin, so that nothing is pushed by accident; it is named again. It keeps what was
    said of each stash, which goes aside and comes back without it.
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
    """Give branches another name, and take away the tags and the names by which other copies' branches are known."""
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
    """Replace all that a copy has, and remove the branches and tags that have lost their name."""
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
    """How another copy calls a branch or tag."""
    is_branch = ref.name.startswith(("refs/heads/", "refs/remotes/"))
    return f"refs/heads/{short(ref, found.remotes)}" if is_branch else ref.name


def command(*words: str) -> str:
    """Words as one types them for a shell; what cannot be printed stands as bash and zsh read it."""
    return " ".join(shlex.quote(word) if word.isprintable() else f"$'{printable(word)}'" for word in words)


def printable(name: str) -> str:
    """A name that may hold anything, fit to be shown."""
    escaped = name.replace("\\", "\\\\").replace("'", "\\'") if not name.isprintable() else name
    return "".join(
        letter
        if letter.isprintable()
        else "".join(f"\\x{byte:02x}" for byte in letter.encode(errors="surrogateescape"))
        for letter in escaped
    )
