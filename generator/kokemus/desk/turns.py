"""Turns: requests are handled one at a time, except while they wait for another program."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import flask


@contextmanager
def meanwhile() -> Iterator[None]:
    """Let other requests proceed while this one waits for another program. What it read before may then be outdated."""
    turn: Lock = flask.current_app.config["TURN"]
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Whether no other request is doing the same work, which must not run twice at once."""
    at_work: set[str] = flask.current_app.config["AT_WORK"]
    is_free = work not in at_work
    at_work.add(work)
    try:
        yield is_free
    finally:
        if is_free:
            at_work.discard(work)
