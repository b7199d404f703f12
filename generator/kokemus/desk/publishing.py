"""Publish page: the changed files, a preview of the site, and the commit that publishes it."""

import os
import subprocess
import sys

import flask

from kokemus import disk
from kokemus.desk import pending, restoring
from kokemus.desk.shared import folder, in_words, inputs, problems, say, show, today
from kokemus.desk.turns import alone, meanwhile
from kokemus.documents.problems import Problem, errors
from kokemus.experts import unsigned
from kokemus.git import history, sending
from kokemus.git.history import Unreadable
from kokemus.publication import making, mentions, omission, publish

pages = flask.Blueprint("publishing", __name__)
_BUILD = "from kokemus.cli.main import main; main()"
_LONGEST = 600
_LONGEST_PUSH = 120
_WELL = ("publish.kept", "publish.sent", "publish.sent-without", "publish.undone", "publish.put-back")


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
    """Commit the ticked files, and push all commits.

    A changed profile that is broken is committed even if it is not ticked; a new file, only if it is ticked. The
    host's workflow then publishes the site.
    """
    with alone("publish") as is_free:
        return _published() if is_free else _page(key="publish.busy")


def _published() -> flask.typing.ResponseReturnValue:
    form = flask.request.form
    changed = pending.changed()
    if isinstance(changed, Unreadable):
        return _page()
    chosen = [one.path for one in changed if one.value in form.getlist("file") and one.path not in _unsigned(changed)]
    if not (chosen or pending.waits()) or "sure" not in form:
        return _page(key="publish.not-sure")
    message = form.get("message", "").strip() or say("publish.message")
    if mentions.names(message, mentions.experts(inputs().documents, ())):
        return _page(key="publish.names")
    waiting = {one.path for one in changed if one.state == "new"} - {*chosen}
    wrong = [one for one in errors(problems()) if one.path not in waiting]
    if wrong and ("left_out" not in form or not _left_out()):
        return _page(key="publish.stopped")
    broken = {one.path for one in inputs().of_profiles(wrong)}
    chosen += [one.path for one in changed if one.path in broken and one.path not in chosen]
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
    """Restore a file from the last commit, but not an edition or a removed profile, and never undo a withdrawal."""
    name, changed = flask.request.form.get("file", ""), pending.changed()
    if "sure" not in flask.request.form or isinstance(changed, Unreadable):
        return _page(key="publish.not-sure")
    text = next((text for one, text in restoring.undoable(changed) if one.path == name), None)
    if text is None:
        return _page(key="publish.not-undone")
    disk.write(folder(), name, text)
    return _page(key="publish.undone")


@pages.post("/publish/back")
def back() -> flask.typing.ResponseReturnValue:
    """Restore pages, facts and settings as they were before the last publication; they are then to be published."""
    changed = pending.changed()
    if "sure" not in flask.request.form or isinstance(changed, Unreadable):
        return _page(key="publish.not-sure")
    if not (earlier := restoring.before_last(changed)):
        return _page(key="publish.no-earlier")
    restoring.put_back(earlier)
    return _page(key="publish.put-back")


def _left_out() -> tuple[Problem, ...]:
    """The problems for which the host leaves content out of the site; none if even then it cannot build a site.

    Nothing is shown of an expert whose own file is broken. The broken file is committed with the rest.
    """
    left = omission.leaving_out(inputs(), today())
    return () if errors(publish.publish(left, today()).problems) else left.left_out


def _unsigned(changed: list[pending.Change]) -> list[str]:
    """The new profiles that wait for a signature. They are never committed before it."""
    waiting = unsigned.paths(inputs().problems)
    return [one.path for one in changed if one.state == "new" and one.path in waiting]


def _page(
    key: str = "", lines: list[str] | None = None, is_built: bool = False, **values: str
) -> flask.typing.ResponseReturnValue:
    changed = pending.changed()
    stopping = errors(problems())
    wrong = {one.path for one in stopping}
    found = [] if isinstance(changed, Unreadable) else changed
    waiting = _unsigned(found)
    listed = [one for one in found if one.path not in waiting]
    return show(
        "publish.html",
        notice=say(key, **values) if key else "",
        is_success=key in _WELL,
        lines_built=lines or [],
        is_built=is_built,
        has_git=not isinstance(changed, Unreadable),
        groups=[
            (kind, [(one, pending.said(one), one.state == "new" and one.path in wrong) for one in own])
            for kind in pending.KINDS
            if (own := [one for one in listed if one.kind == kind])
        ],
        changed=listed,
        message=flask.request.form.get("message") or say("publish.message"),
        waits=pending.waits(),
        unsigned=waiting,
        has_remote=pending.has_host(),
        undoable=[one for one, _ in restoring.undoable(listed)],
        earlier=restoring.before_last(listed),
        problems=in_words(stopping),
        left_out=sorted({one.path for one in _left_out()}) if stopping else [],
        window=flask.current_app.config["WINDOW"].address,
    )
