"""Only the browser that the command has opened may use the desk. Each attack is tried as an attacker would."""

import io
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from kokemus.desk import guard
from kokemus.desk.app import application
from kokemus.desk.guard import Keys
from kokemus.documents.memory import Memory
from kokemus.publication.inputs import gather
from tests.conftest import ROOT, contents

HOST = "127.0.0.1:4321"
NAMED = "Hilma Tekaista"


class Compiled(BytecodeCache):
    """Templates that another desk has compiled."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self.known[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


@cache
def read_before() -> Memory:
    """What a desk over the demo remembers of it, so that not every test reads it for the first time."""
    memory = Memory()
    gather(ROOT / "mkdocs.yml", memory=memory)
    return memory


@dataclass
class Desk:
    """A desk over a folder, with test clients that have or lack the cookie."""

    folder: Path
    keys: Keys = field(default_factory=Keys)

    def __post_init__(self) -> None:
        self.app = application(self.folder, self.keys, HOST)
        self.app.config.update(END=lambda: None, MEMORY=copy(read_before()))
        self.app.jinja_env.bytecode_cache = COMPILED

    def browser(self) -> FlaskClient:
        client = self.app.test_client()
        client.get(f"/{self.keys.home}/enter/{self.keys.entrance}", headers={"Host": HOST})
        return client

    def get(self, client: FlaskClient, path: str, **headers: str) -> TestResponse:
        return client.get(f"/{self.keys.home}{path}", headers={"Host": HOST, **headers})

    def post(self, client: FlaskClient, path: str, origin: str = f"http://{HOST}", **typed: Any) -> TestResponse:
        data = {"form": self.keys.form, **typed}
        return client.post(f"/{self.keys.home}{path}", data=data, headers={"Host": HOST, "Origin": origin})


@pytest.fixture
def desk(demo: Path) -> Desk:
    return Desk(demo)


ATTACKS = ("/", "/people", "/papers", "/person/e05", "/person/e05/everything", "/desk.css")


def test_the_opened_browser_may_enter(desk: Desk) -> None:
    """The control: what the attacks below try to reach exists."""
    page = desk.get(desk.browser(), "/people")
    assert page.status_code == 200
    assert NAMED in page.text


@pytest.mark.parametrize("path", ATTACKS)
def test_without_the_cookie_nobody_sees_a_page(desk: Desk, path: str) -> None:
    """Another user of the same computer knows the address at most."""
    desk.browser()
    page = desk.get(desk.app.test_client(), path)
    assert page.status_code == 403
    assert NAMED not in page.text


def test_the_first_address_works_once(desk: Desk) -> None:
    """Read over somebody's shoulder, or from the list of processes, it is useless."""
    entrance = desk.keys.entrance
    desk.browser()
    thief = desk.app.test_client()
    assert desk.get(thief, f"/enter/{entrance}").status_code == 403
    assert desk.get(thief, "/enter/").status_code in (403, 404)
    assert desk.get(thief, "/people").status_code == 403


@pytest.mark.parametrize("host", ["evil.example:4321", "localhost:4321", "127.0.0.1:80", "127.0.0.1.nip.example:4321"])
def test_requests_for_another_host_are_refused(desk: Desk, host: str) -> None:
    """A foreign name that resolves to this computer (DNS rebinding) sees nothing, with or without the cookie."""
    page = desk.browser().get(f"/{desk.keys.home}/people", headers={"Host": host})
    assert page.status_code == 421
    assert NAMED not in page.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", f"https://{HOST}", "http://127.0.0.1:5000"])
def test_a_form_from_another_site_changes_nothing(desk: Desk, origin: str) -> None:
    """Even if it knew the secret key of the desk's forms."""
    client, before = desk.browser(), contents(desk.folder)
    assert desk.post(client, "/person/e05/withdraw", origin, sure="1").status_code == 403
    assert contents(desk.folder) == before
    assert desk.post(client, "/person/e05/withdraw", sure="1").status_code == 303
    assert contents(desk.folder) != before


def test_a_form_without_its_key_changes_nothing(desk: Desk) -> None:
    """Nor does one with a wrong key."""
    client, before = desk.browser(), contents(desk.folder)
    for word in ("", "x", Keys().form):
        assert desk.post(client, "/person/e05/withdraw", sure="1", form=word).status_code == 403
    assert contents(desk.folder) == before


def test_the_cookie_is_sent_to_no_other_program_of_this_computer(desk: Desk) -> None:
    """It is limited to addresses with an unguessable word, hidden from scripts, and not sent from other sites."""
    answer = desk.app.test_client().get(f"/{desk.keys.home}/enter/{desk.keys.entrance}", headers={"Host": HOST})
    cookie = answer.headers["Set-Cookie"]
    assert f"Path=/{desk.keys.home}/" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["/", "/people", "/person/e05", "/person/e05/sheet", "/nothing", "/enter/x"])
def test_responses_may_not_be_stored_framed_or_run_foreign_scripts(desk: Desk, path: str) -> None:
    """Including error pages."""
    headers = desk.get(desk.browser(), path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy.replace("script-src 'self'; ", "")


def uploaded(desk: Desk, client: FlaskClient, content: bytes) -> TestResponse:
    """Upload a file as a browser does, in one request."""
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="form"\r\n\r\n' + desk.keys.form.encode(),
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="lista.csv"\r\n\r\n' + content,
        b"--b--\r\n",
    )
    return client.post(
        f"/{desk.keys.home}/import",
        data=b"\r\n".join(parts),
        content_type="multipart/form-data; boundary=b",
        headers={"Host": HOST, "Origin": f"http://{HOST}"},
    )


def test_an_uploaded_spreadsheet_is_never_written_to_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any size. The control shows that Flask's default would use a temporary file."""
    made: list[int] = []

    def temporary(max_size: int, **_: object) -> io.BytesIO:
        made.append(max_size)
        return io.BytesIO()

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", temporary)
    client, large = desk.browser(), b"nimi;aiheet;kielet\n" + b"a;b;c\n" * 200_000
    assert uploaded(desk, client, large).status_code == 200
    assert made == []
    monkeypatch.delattr(guard.InMemory, "_get_file_stream")
    assert uploaded(desk, client, large).status_code == 200
    assert made != []


def test_a_too_large_file_gets_a_message(desk: Desk) -> None:
    """And nothing is changed."""
    page = uploaded(desk, desk.browser(), b"0" * (guard.LARGEST + 1))
    assert page.status_code == 413
    assert "10 megatavua" in page.text


def test_an_unexpected_error_is_reported_by_its_type_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The message of an error could contain a name, so it appears neither on the page nor in the log."""

    def fail(*_: object) -> None:
        raise ValueError(NAMED)

    monkeypatch.setattr("kokemus.desk.people.people", fail)
    page = desk.get(desk.browser(), "/people")
    assert page.status_code == 500
    assert NAMED not in page.text + caplog.text
    assert "ValueError" in caplog.text
