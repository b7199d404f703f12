"""Long work does not block other requests, has a time limit, and runs once at a time. All else runs one by one."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kokemus.cli.desk import serving
from kokemus.desk import publishing, shared
from kokemus.documents.memory import Memory
from kokemus.publication.inputs import gather
from tests.conftest import change, contents, git
from tests.desk.test_attacks import sent, there
from tests.desk.test_door import eventually
from tests.desk.test_guard import Desk
from tests.desk.test_pages import lines

assert there
MOMENT = 5


@pytest.fixture
def served(desk: Desk) -> Iterator[Desk]:
    """The desk, served as the command serves it."""
    server = serving(desk.app)
    running = threading.Thread(target=server.run)
    running.start()
    yield desk
    assert eventually(lambda: len(server._map) == 2)
    server.trigger.pull_trigger(server.close)
    running.join(MOMENT)
    server.task_dispatcher.shutdown()
    assert not running.is_alive()


def ask(desk: Desk, method: str, path: str, seconds: float = MOMENT, **typed: str) -> str:
    """The desk's answer to its browser, which must come within some seconds."""
    host = desk.app.config["HOST"]
    with closing(HTTPConnection(host, timeout=seconds)) as link:
        headers = {"Cookie": f"kokemus={desk.keys.session}", "Origin": f"http://{host}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        form = urlencode({"form": desk.keys.form, **typed}) if method == "POST" else ""
        link.request(method, f"/{desk.keys.home}{path}", form, headers)
        return link.getresponse().read().decode("utf-8")


def in_background(work: Callable[[], str]) -> tuple[threading.Thread, list[str]]:
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    return thread, answers


def is_there(process: int) -> bool:
    """Whether a process runs. A zombie does not count."""
    state = Path(f"/proc/{process}/stat")
    return state.is_file() and state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


def test_a_hanging_push_blocks_nobody_and_times_out(
    served: Desk, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other pages answer, and a second publishing is refused. After the time limit, all is as if nothing was sent."""
    monkeypatch.setattr(publishing, "_LONGEST_PUSH", 4)
    git(served.folder, "config", "protocol.ext.allow", "always")
    hang = tmp_path / "hang"
    hang.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/process\nexec sleep 300\n", "utf-8")
    hang.chmod(0o755)
    git(served.folder, "remote", "set-url", "--push", "origin", f"ext::{hang}")
    change(served.folder, "experts/e06.yml", "remote: true", "remote: false")
    thread, answers = in_background(
        lambda: ask(served, "POST", "/publish", 60, file="experts/e06.yml", sure="1", message="Change")
    )
    told = tmp_path / "process"
    assert eventually(lambda: told.is_file() and told.read_text("utf-8") != "")
    for path in ("/", "/people", "/person/e05", "/publish"):
        assert "<h1>" in ask(served, "GET", path), path
    assert "on jo kesken" in ask(served, "POST", "/publish", sure="1")
    assert thread.is_alive()
    thread.join(20)
    assert "ei vastannut" in answers[0]
    assert not is_there(int(told.read_text("utf-8")))
    assert [*(served.folder / ".git").rglob("*.lock")] == []
    assert git(served.folder, "fsck", "--strict") == ""
    assert git(served.folder, "status", "--porcelain") == ""
    git(served.folder, "config", "--unset", "remote.origin.pushurl")
    assert "Lähetetty" in ask(served, "POST", "/publish", 30, sure="1")
    assert sent(there) == ["Change", "Begin"]


def test_a_push_to_a_silent_host_times_out(served: Desk, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a broken network."""
    assert there
    monkeypatch.setattr(publishing, "_LONGEST_PUSH", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"git://127.0.0.1:{silent.getsockname()[1]}/x"
        git(served.folder, "remote", "set-url", "--push", "origin", address)
        git(served.folder, "commit", "--quiet", "--allow-empty", "-m", "Something")
        assert "ei vastannut" in ask(served, "POST", "/publish", 20, sure="1")


def test_a_slow_build_blocks_nobody_and_times_out(
    served: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build is refused meanwhile."""
    monkeypatch.setattr(publishing, "_LONGEST", 4)
    wait = f"import time, pathlib; pathlib.Path({str(tmp_path / 'begun')!r}).touch(); time.sleep(300)"
    monkeypatch.setattr(publishing, "_BUILD", wait)
    thread, answers = in_background(lambda: ask(served, "POST", "/publish/build", 60))
    assert eventually((tmp_path / "begun").exists)
    assert "Hilma Tekaista" in ask(served, "GET", "/people")
    assert "on jo kesken" in ask(served, "POST", "/publish/build")
    thread.join(20)
    assert "kesti liian kauan" in answers[0]


def test_other_requests_are_handled_one_at_a_time(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """If two tabs save at the same moment, one is shown the other's change. Only one reads the folder at a time."""
    inside, most = 0, 0

    def slow(path: Path, memory: Memory) -> object:
        nonlocal inside, most
        inside, most = inside + 1, max(most, inside + 1)
        time.sleep(0.2)
        found = gather(path, memory=memory)
        inside -= 1
        return found

    monkeypatch.setattr(shared, "gather", slow)
    page = ask(served, "GET", "/person/e05/file")
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    text = (served.folder / "experts" / "e05.yml").read_text("utf-8")
    before = contents(served.folder)
    texts = [f"{text}# {number}\n" for number in range(4)]
    saves = [
        in_background(partial(ask, served, "POST", "/person/e05/file", 30, text=one, digest=digest)) for one in texts
    ]
    for thread, _ in saves:
        thread.join(30)
    assert sorted("Mitään ei tallennettu" in answers[0] for _, answers in saves) == [False, True, True, True]
    assert lines(served.folder, "e05")[:-1] == text.splitlines()
    assert contents(served.folder).keys() == before.keys()
    assert most == 1


def test_the_first_address_works_once_even_for_simultaneous_requests(served: Desk) -> None:
    """Only one of them gets the cookie."""
    host, path = served.app.config["HOST"], f"/{served.keys.home}/enter/{served.keys.entrance}"

    def enter() -> str:
        with closing(HTTPConnection(host, timeout=MOMENT)) as link:
            link.request("GET", path)
            return link.getresponse().headers.get("Set-Cookie", "")

    tries = [in_background(enter) for _ in range(6)]
    for thread, _ in tries:
        thread.join(MOMENT)
    assert sum(bool(answers[0]) for _, answers in tries) == 1
