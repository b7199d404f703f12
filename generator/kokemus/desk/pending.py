"""What is saved but not published: the changed files by kind, and in words what changed in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from kokemus.desk import changes
from kokemus.desk.shared import CONFIGURATION, TEXTS, compared, folder, inputs, language, say
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.experts import profile
from kokemus.git import history, unrecorded
from kokemus.git.history import Unreadable
from kokemus.reports import withdrawal

_KEPT_HERE = ("desk/", "site/")
"""What is never committed, even without a ``.gitignore``: papers about people, and the built site."""
KINDS = ("withdrawal", "person", "page", "fact", "edition", "technical")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Change:
    """A file that git would take.

    ``state`` is new, changed or gone; ``old`` is its content in the last commit, if it had one; ``value`` is its name
    as a form sends it back.
    """

    state: str
    path: str
    kind: str
    label: str
    old: bytes | None

    @property
    def value(self) -> str:
        return quote(self.path, errors="surrogateescape")


def changed() -> list[Change] | Unreadable:
    """Every file that git would take, withdrawals first."""
    listed = unrecorded.changed(folder(), ".")
    if isinstance(listed, Unreadable):
        return listed
    ours = [(state, path) for state, path in listed if not path.startswith(_KEPT_HERE)]
    before = unrecorded.committed(folder(), (path for state, path in ours if state != "new"))
    found = [
        Change(state, path, kind := _kind(state, path, before.get(path)), _label(path, kind), before.get(path))
        for state, path in ours
    ]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.path))


def has_host() -> bool:
    """Whether the folder has a remote to which publishing sends it."""
    remote = history.git(folder(), "remote")
    return bool(remote) and not isinstance(remote, Unreadable)


def waits() -> bool:
    """Whether there are commits that no host has, such as an edition or a push that failed."""
    if not has_host():
        return False
    unsent = history.git(folder(), "rev-list", "--max-count=1", "HEAD", "--not", "--remotes")
    return isinstance(unsent, bytes) and unsent != b""


def is_begun() -> bool:
    """Whether anything was ever committed."""
    return history.newest(folder()) is not None


def is_profile(path: str) -> bool:
    """Whether a path is in the folder of profiles, and neither the edition nor a template."""
    home = f"{inputs().experts}/"
    return path.startswith(home) and path != inputs().lock and not path.startswith(f"{home}_")


def is_of_site(path: str) -> bool:
    """Whether a file is one of the pages, facts and settings."""
    home = path.partition("/")[0]
    return home == inputs().docs.partition("/")[0] or (path.endswith(".yml") and home in (path, "terms"))


def has_withdrawn(path: str) -> bool:
    """Whether a profile records a withdrawal. In one that cannot be read, the word ``withdrawn`` is enough."""
    known = next((one for one in inputs().documents if one.path == path), None)
    return bool(withdrawal.day(known)) if known else b"withdrawn" in _now(path)


def _now(path: str) -> bytes:
    file = folder() / path
    return file.read_bytes() if file.is_file() and not file.is_symlink() else b""


def _kind(state: str, path: str, old: bytes | None) -> str:
    if path == inputs().lock:
        return "edition"
    if is_profile(path):
        before = parser.read(path, old or b"")[0]
        is_withdrawn = state != "gone" and has_withdrawn(path) and not (before and withdrawal.day(before))
        return "withdrawal" if is_withdrawn else "person"
    if not is_of_site(path):
        return "technical"
    return "page" if path.startswith(inputs().docs) else "fact"


def _label(path: str, kind: str) -> str:
    """What a coordinator calls a file: a person by name, a page by its title."""
    if kind in ("withdrawal", "person"):
        code = PurePosixPath(path).stem if path.endswith(".yml") else path
        known = next((one for one in inputs().documents if one.path == path), None)
        name = next((text for _, text in known.leaves("private", "name")), "") if known else ""
        return f"{name} ({code})" if name else code
    if kind == "edition":
        return say("section.edition")
    return titled(path)


def titled(path: str) -> str:
    """A page's title with its language, or what a file of facts is called; otherwise the path."""
    guide = next((one for one in inputs().guides if one.path == path), None)
    if guide:
        return f"{guide.title} ({guide.language})"
    key = f"file.{path}"
    return say(key) if path == CONFIGURATION or key in TEXTS else path


def said(change: Change) -> list[str]:
    """What changed in a file: of a profile in words, of every other file the removed and added lines."""
    if change.kind in ("edition", "technical") or change.state == "new":
        return []
    contents = (change.old or b"", _now(change.path))
    old, new = (content.decode("utf-8-sig", "replace") for content in contents)
    if change.kind in ("withdrawal", "person"):
        words = [*_of_profile(change, old, new)]
        if words:
            return words
    if "\0" in old + new:
        return []
    return compared(old, new)[:_LONGEST]


def _of_profile(change: Change, old: str, new: str) -> Iterator[str]:
    before, after = (parser.read(change.path, text.encode())[0] if text else None for text in (old, new))
    if change.state != "changed" or not before or not after:
        return
    for key in ("given", "withdrawn"):
        days = [one.at(("consent", key)) for one in (before, after)]
        if days[0] != days[1]:
            yield say(f"change.{key}", before=days[0] or "–", after=days[1] or "–")
    was, now = (_words(one) for one in (before, after))
    for label in was:
        if was[label] != now.get(label, ""):
            yield say("change.field", field=label, before=was[label] or "–", after=now.get(label) or "–")


def _words(document: Document) -> dict[str, str]:
    """The fields of a profile's form in words; none if it has errors."""
    known = inputs().vocabulary
    found = profile.read(document, known)[0]
    if found is None:
        return {}
    typed = changes.of_profile(found, known, language())
    terms = {**typed.terms, "topics": typed.topics, "solo": typed.solo}
    told = {say(f"form.{key}"): text for key, text in typed.private.items()}
    for key, ids in terms.items():
        kind = getattr(known, "topics" if key == "solo" else key)
        told[say(f"form.{key}")] = ", ".join(sorted(kind[id].label(language()) for id in ids))
    told[say("form.places")] = typed.places
    told[say("form.remote")] = say("change.yes" if typed.remote else "change.no")
    told[say("form.paused")] = " – ".join(filter(None, typed.paused))
    return told
