"""Sending: a push that comes to an end, whatever the host does; then it is ended with all that it has started."""

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
"""So many seconds git has to remove its locks, once it is told to end."""


def push(folder: Path, longest: float) -> Unreadable | None:
    """Send what is committed to where it is sent; why that has failed. Raises ``TimeoutError`` after so many seconds.

    A program that ends while it waits takes the push along.
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
    """See that a process ends, and the session that it leads: kindly at first, so that git leaves no lock behind."""

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
