"""A push always ends, whatever the host does, and so does every process that it started."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kokemus.git import sending
from kokemus.git.history import Unreadable
from tests.conftest import ROOT, git
from tests.desk.test_door import eventually
from tests.desk.test_waiting import is_there

HANG = "#!/bin/sh\ntrap '' TERM\necho $$ > {told}\nwhile :; do sleep 1; done\n"
ENDING = """
import pathlib, sys, threading, time
from kokemus.git import sending

threading.Thread(target=sending.push, args=(pathlib.Path.cwd(), 300), daemon=True).start()
while not pathlib.Path(sys.argv[1]).is_file():
    time.sleep(0.05)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a commit to push, and a host that accepts it."""
    git(tmp_path, "init", "--quiet", "--bare", "there")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "here")
    here = tmp_path / "here"
    git(here, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    git(here, "remote", "add", "origin", str(tmp_path / "there"))
    return here


def hanging(folder: Path) -> Path:
    """Makes the host one that never answers and ignores SIGTERM. Returns the file in which it writes its process id."""
    told, host = folder.parent / "told", folder.parent / "host"
    host.write_text(HANG.format(told=told), "utf-8")
    host.chmod(0o755)
    git(folder, "config", "protocol.ext.allow", "always")
    git(folder, "remote", "set-url", "--push", "origin", f"ext::{host}")
    return told


def test_what_is_committed_is_sent(folder: Path) -> None:
    """The branch then has its upstream."""
    assert sending.push(folder, 60) is None
    assert git(folder.parent / "there", "log", "--format=%s", "main").split() == ["Begin"]
    assert git(folder, "rev-parse", "--abbrev-ref", "main@{upstream}").strip() == "origin/main"


def test_a_refusal_gives_the_host_s_own_reason(folder: Path) -> None:
    """But without the address."""
    git(folder, "remote", "set-url", "origin", str(folder.parent / "nowhere"))
    failed = sending.push(folder, 60)
    assert isinstance(failed, Unreadable)
    assert failed.reason
    assert "nowhere" not in failed.reason


def test_a_push_that_ignores_sigterm_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets a moment to clean up first."""
    monkeypatch.setattr(sending, "_TO_TIDY_UP", 1)
    told, began = hanging(folder), time.monotonic()
    with pytest.raises(TimeoutError):
        sending.push(folder, 1)
    assert time.monotonic() - began < 20
    assert eventually(lambda: not is_there(int(told.read_text("utf-8"))), 5)


def test_a_push_ends_with_the_program(folder: Path) -> None:
    """No push goes on when nobody watches it."""
    told = hanging(folder)
    environment = {"PYTHONPATH": str(ROOT / "generator"), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", ENDING, str(told)], cwd=folder, env=environment, check=True, timeout=60)
    assert eventually(lambda: not is_there(int(told.read_text("utf-8"))), 10)
