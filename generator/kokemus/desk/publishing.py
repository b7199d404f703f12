"""Publish page: the changed files, a preview of the site, and the commit that publishes it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import flask

from kokemus import disk
from kokemus.desk.shared import alone, folder, in_words, inputs, meanwhile, problems, say, show, today
from kokemus.documents import parser
from kokemus.documents.problems import Problem, errors
from kokemus.experts import unsigned
from kokemus.git import history, sending, unrecorded
from kokemus.git.history import Unreadable
from kokemus.publication import making, omission, publish
from kokemus.reports import withdrawal

pages = flask.Blueprint("publishing", __name__)
_BUILD = "from kokemus.cli.main import main; main()"
_LONGEST = 600
_LONGEST_PUSH = 120
_OURS = (".", ":(exclude)site", ":(exclude)desk")
"""What may be committed: everything but the built site and ``desk``, which holds papers about people."""
_WELL = ("publish.kept", "publish.sent", "publish.sent-without", "publish.undone")


@pages.get("/publish", endpoint="show")
def situation() -> flask.typing.ResponseReturnValue:
    """The files that have changed since the last commit, and what prevents publication."""
    return _page()


@pages.post("/publish/build")
def build() -> flask.typing.ResponseReturnValue:
    """Build a preview in ``site``, on this computer only."""
    with alone("build") as is_free:
        if not is_free:
            return _page(key="publish.busy")
        try:
            with meanwhile():
                done = subprocess.run(  # noqa: S603
                    [sys.executable, "-P", "-c", _BUILD, "build", "--leave-out-broken"],
                    cwd=folder(),
                    env=os.environ | {"PYTHONIOENCODING": "utf-8"},
                    capture_output=True,
                    text=True,
                    encoding="utf-8",
                    timeout=_LONGEST,
                    check=False,
                )
        except subprocess.TimeoutExpired:
            return _page(key="publish.built-long")
    return _page(lines=[*done.stdout.splitlines(), *done.stderr.splitlines()], is_built=done.returncode in (0, 3))


@pages.post("/publish")
def commit() -> flask.typing.ResponseReturnValue:
    """Commit the ticked files and every changed profile that is broken, and push all commits.

    A new file that is not ticked is never committed. The host's workflow then publishes the site.
    """
    with alone("publish") as is_free:
        return _published() if is_free else _page(key="publish.busy")


def _published() -> flask.typing.ResponseReturnValue:
    form = flask.request.form
    changed = unrecorded.changed(folder(), *_OURS)
    if isinstance(changed, Unreadable):
        return _page()
    chosen = [name for _, name in changed if _value(name) in form.getlist("file") and name not in _unsigned(changed)]
    if not (chosen or _waits()) or "sure" not in form:
        return _page(key="publish.not-sure")
    waiting = {name for state, name in changed if state == "new"} - {*chosen}
    wrong = [one for one in errors(problems()) if one.path not in waiting]
    if wrong and ("left_out" not in form or not _left_out()):
        return _page(key="publish.stopped")
    broken = {one.path for one in inputs().of_profiles(wrong)}
    chosen += [name for state, name in changed if name in broken and name not in chosen]
    message = form.get("message", "").strip() or say("publish.message")
    there = [name for name in chosen if os.path.lexists(folder() / name)]
    add = ("add", "--", *there)
    record = (*making.by_whom(folder()), "commit", "--quiet", "-m", message, "--", *chosen)
    for needed, step in ((there, add), (chosen, record)):
        if needed and isinstance(failed := history.git(folder(), *step), Unreadable):
            return _page(key="publish.failed", reason=failed.reason)
    if not history.git(folder(), "remote"):
        return _page(key="publish.kept")
    try:
        with meanwhile():
            unsent = sending.push(folder(), _LONGEST_PUSH)
    except TimeoutError:
        return _page(key="publish.silent")
    if unsent:
        return _page(key="publish.not-pushed", reason=unsent.reason)
    files = ", ".join(sorted({one.path for one in wrong}))
    return _page(key="publish.sent-without" if wrong else "publish.sent", files=files)


@pages.post("/publish/undo")
def undo() -> flask.typing.ResponseReturnValue:
    """Restore a file from the last commit; never an edition, a withdrawal, or a profile that was removed."""
    name, changed = flask.request.form.get("file", ""), unrecorded.changed(folder(), *_OURS)
    if "sure" not in flask.request.form or isinstance(changed, Unreadable):
        return _page(key="publish.not-sure")
    if name not in [name for name, _ in _undoable(changed)]:
        return _page(key="publish.not-undone")
    kept = history.git(folder(), "show", f"HEAD:./{name}")
    if isinstance(kept, Unreadable):
        return _page(key="publish.failed", reason=kept.reason)
    disk.write(folder(), name, kept.decode("utf-8"))
    return _page(key="publish.undone")


def _left_out() -> tuple[Problem, ...]:
    """The problems whose content the host leaves out of the site; none if there is no site even without that content.

    Nothing is shown of an expert whose own file is broken. The broken file is committed with the rest.
    """
    left = omission.leaving_out(inputs(), today())
    return () if errors(publish.publish(left, today()).problems) else left.left_out


def _undoable(changed: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The changed files that may be restored, with their committed text."""
    found = inputs()
    for state, name in changed:
        is_profile = name.startswith(f"{found.experts}/")
        if state == "new" or name == found.lock or (is_profile and state == "gone"):
            continue
        kept = history.git(folder(), "show", f"HEAD:./{name}")
        if isinstance(kept, Unreadable):
            continue
        text = kept.decode("utf-8", "replace")
        before, _ = parser.read(name, kept)
        had_withdrawn = bool(before and withdrawal.day(before))
        if "\ufffd" not in text and not (is_profile and _has_withdrawn(name) and not had_withdrawn):
            yield name, text


def _has_withdrawn(name: str) -> bool:
    """Whether a profile records a withdrawal. In one that cannot be read, the word ``withdrawn`` is enough."""
    known = next((one for one in inputs().documents if one.path == name), None)
    return bool(withdrawal.day(known)) if known else b"withdrawn" in (folder() / name).read_bytes()


def _unsigned(changed: list[tuple[str, str]]) -> list[str]:
    """The new profiles that wait for a signature. They are never committed before it."""
    waiting = unsigned.paths(inputs().problems)
    return [name for state, name in changed if state == "new" and name in waiting]


def _waits() -> bool:
    """Whether there are commits that no host has, such as an edition or a push that failed."""
    if not history.git(folder(), "remote"):
        return False
    unsent = history.git(folder(), "rev-list", "--max-count=1", "HEAD", "--not", "--remotes")
    return isinstance(unsent, bytes) and unsent != b""


def _value(name: str) -> str:
    """A file's name as a form can send it back, whatever its bytes are."""
    return quote(name, errors="surrogateescape")


def _page(
    key: str = "", lines: list[str] | None = None, is_built: bool = False, **values: str
) -> flask.typing.ResponseReturnValue:
    changed = unrecorded.changed(folder(), *_OURS)
    remote = history.git(folder(), "remote")
    stopping = errors(problems())
    wrong = {one.path for one in stopping}
    found = [] if isinstance(changed, Unreadable) else changed
    waiting = _unsigned(found)
    listed = [one for one in found if one[1] not in waiting]
    return show(
        "publish.html",
        notice=say(key, **values) if key else "",
        is_success=key in _WELL,
        lines_built=lines or [],
        is_built=is_built,
        has_git=not isinstance(changed, Unreadable),
        changed=[(*one, _value(one[1]), one[0] == "new" and one[1] in wrong) for one in listed],
        waits=_waits(),
        unsigned=waiting,
        has_remote=bool(remote) and not isinstance(remote, Unreadable),
        undoable=[] if isinstance(changed, Unreadable) else [name for name, _ in _undoable(changed)],
        problems=in_words(stopping),
        left_out=sorted({one.path for one in _left_out()}) if stopping else [],
        site=folder() / "site" / "index.html",
    )
