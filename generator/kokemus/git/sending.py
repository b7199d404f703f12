"""What is still to be pushed, and the push: it always ends, whatever the host does, with every process it started."""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kokemus.git import history
from kokemus.git.history import Unreadable

_PUSH = ("push", "--quiet", "--set-upstream", "origin", "HEAD")
_TO_TIDY_UP = 5
"""How many seconds git has to remove its locks once it is asked to end."""


def unsent(folder: Path, most: int = 100) -> Iterator[tuple[str, str]]:
    """The newest commits that no remote is known to have, with their messages; for use inside ``whole``."""
    if history.newest(folder) is None:
        return
    revisions = (f"-{most}", "-z", "--format=%H%x00%B", "HEAD", "--not", "--remotes")
    shown = history.words(history.ask(folder, *history.PLAINLY, *revisions))
    yield from zip(shown[::2], shown[1::2], strict=False)


def push(folder: Path, longest: float) -> Unreadable | None:
    """Push the current branch to ``origin``. Returns why that failed, or None.

    Raises ``TimeoutError`` after ``longest`` seconds. If the program ends while it waits, the push ends too.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 (a list of words, no shell)
            [*history.COMMAND, *_PUSH],
            cwd=folder,
            env=os.environ | history.ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError:
        return Unreadable(cause="no-git")
    with _ended(process):
        try:
            _, said = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        return history.failure(said) if process.returncode else None


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Make sure that a process and its session end: first with SIGTERM, so that git leaves no lock, then SIGKILL."""

    def end() -> None:
        for sign in ("SIGTERM", "SIGKILL"):
            with suppress(OSError, subprocess.TimeoutExpired):
                _signal(process, sign)
                process.wait(_TO_TIDY_UP)

    atexit.register(end)
    try:
        yield
    finally:
        atexit.unregister(end)
        if process.poll() is None:
            end()
        if process.stderr:
            process.stderr.close()


def _signal(process: "subprocess.Popen[bytes]", name: str) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, getattr(signal, name))
