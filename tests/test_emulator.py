"""The emulator behaves like the services: checked with the vendors' own clients and with a service that is not ours."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kokemus.request_form.services import SERVICES
from tests.rigs.emulator import CONTRACTS, KEY, Emulator, decoded, fields_of
from tests.rigs.request_sites import VARIANTS, folder_of, form_of, write
from tests.rigs.requester import PATHS, TYPED, fill

COUNTERPARTS = Path(__file__).parent / "counterparts"
NODE = str(Path(sys.executable).parent / "node")
TYPED_BY_ALL = {"email": "oona@example.org", "Tavoite": "Rivi 1\nrivi 2 & ”lainaus” 🙂", "Kenttä, jossa välejä": "å"}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("empty")) as running:
        yield running


def by_client(client: str, emulator: Emulator, fault: str = "none", id: str = "abc", **fields: str) -> Any:
    """What a vendor's client makes of the emulator's answer."""
    emulator.begin(fault)
    assert (COUNTERPARTS / "node_modules").is_dir(), "run: make counterparts"
    command = [NODE, "vendors.cjs", client, emulator.services, id, json.dumps(TYPED_BY_ALL | fields)]
    done = subprocess.run(command, cwd=COUNTERPARTS, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_formsprees_client_takes_the_emulator_for_formspree(emulator: Emulator) -> None:
    """Success, a refused field, a whole refusal, and an answer that breaks off, as ``@formspree/core`` reads them."""
    assert by_client("formspree", emulator) == {"success": True, "next": "/thanks"}
    (one,) = emulator.delivered
    assert fields_of(one) == {name: value.replace("\n", "\r\n") for name, value in TYPED_BY_ALL.items()}
    assert one.type.startswith("multipart/form-data")
    refused = by_client("formspree", emulator, "invalid")
    assert refused["fields"] == {"email": [{"code": "TYPE_EMAIL", "message": "should be an email"}]}
    assert by_client("formspree", emulator, "not-active")["form"][0]["code"] == "INACTIVE"
    assert by_client("formspree", emulator, "quota-200")["form"][0]["message"] == "Submission limit reached"
    assert not by_client("formspree", emulator, "captcha")["success"]
    assert not by_client("formspree", emulator, "truncated")["success"]
    assert len(emulator.delivered) == 1


@pytest.mark.slow
def test_web3forms_client_takes_the_emulator_for_web3forms(emulator: Emulator) -> None:
    """``@web3forms/react`` counts only the boolean true as success, and the key must be right."""
    assert by_client("web3forms", emulator, id=KEY) == {"success": True, "message": "Sent"}
    (one,) = emulator.delivered
    assert fields_of(one) == {**TYPED_BY_ALL, "access_key": KEY}
    assert by_client("web3forms", emulator, id="wrong") == {"success": False, "message": "Invalid access_key!"}
    assert by_client("web3forms", emulator, "not-active", KEY)["success"] is False
    assert emulator.delivered == []
    assert by_client("web3forms", emulator, "honeypot", KEY, botcheck="x")["success"] is True
    assert emulator.delivered == []


def test_formsparks_client_takes_the_emulator_for_formspark(emulator: Emulator) -> None:
    """``@formspark/use-formspark`` gets back what it sent."""
    assert by_client("formspark", emulator) == {"success": True, "echo": TYPED_BY_ALL}
    assert fields_of(emulator.delivered[0]) == TYPED_BY_ALL


def test_every_service_that_takes_requests_is_emulated() -> None:
    """And is tested with every fault, since each has a form that posts to the emulator."""
    posting = set(SERVICES) - {"link"}
    assert set(CONTRACTS) == posting
    assert {one["service"] for one in VARIANTS.values()} == posting


def test_every_service_has_a_contract_and_a_trap_that_delivers_nothing(emulator: Emulator) -> None:
    """The honeypot's answer looks like success, as with the real services, so that bots learn nothing."""
    for service, contract in CONTRACTS.items():
        if contract.honeypot:
            emulator.begin("none")
            pairs = {contract.honeypot: "x", "access_key": KEY, "form-name": "kokemus", "email": "a@b.fi"}
            raw = json.dumps(pairs).encode()
            answer = emulator.answer(service, "application/json", {"Accept": "application/json"}, raw)
            assert answer
            assert answer.status == 200
            assert len(emulator.submissions) == 1
            assert emulator.delivered == []


def test_formspark_discards_json_that_does_not_ask_for_json(emulator: Emulator) -> None:
    """It answers 200 and delivers nothing. That is why the form sends both headers."""
    emulator.begin("none")
    address, body = f"{emulator.services}/formspark/abc", b'{"email": "a@b.fi"}'
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    assert urllib.request.urlopen(request, timeout=10).status == 200
    assert emulator.delivered == []


def test_bodies_are_read_as_they_were_typed() -> None:
    """The same fields in each encoding. A body of unknown type is an error, not an empty request."""
    pairs = [("Tavoite", "a\r\nb=&%"), ("Sähköposti", "å 🙂")]
    multipart = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs
    )
    assert decoded("multipart/form-data; boundary=X", f"{multipart}--X--\r\n".encode()) == pairs
    assert decoded("application/json", json.dumps(dict(pairs)).encode()) == pairs
    assert decoded("application/json", b'{"_email": {"subject": "x"}}') == [("_email.subject", "x")]
    with pytest.raises(ValueError, match="bad query field"):
        decoded("text/plain", b"no pairs")


@pytest.fixture
def recorder() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Listens for what the other service has read."""
    heard: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.append((self.path, dict(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


@pytest.fixture
def cloudflare(tmp_path: Path, recorder: tuple[str, list[Any]]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Cloudflare Pages as on a developer's computer, with the static-forms plugin: its address, and how to start it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    wrangler = COUNTERPARTS / "node_modules" / "wrangler" / "bin" / "wrangler.js"
    options = ["--port", str(port), "--ip", "127.0.0.1", "--compatibility-date", "2026-04-01"]
    command = [NODE, str(wrangler), "pages", "dev", str(tmp_path), *options, "--binding", f"RECORDER={recorder[0]}"]
    running: list[subprocess.Popen[str]] = []

    def start() -> None:
        assert wrangler.is_file(), "run: make counterparts"
        own = {"WRANGLER_SEND_METRICS": "false", "CI": "1", "HOME": str(tmp_path.parent)}
        path = f"{Path(NODE).parent}{os.pathsep}{os.environ['PATH']}"
        running.append(
            subprocess.Popen(
                command,
                cwd=COUNTERPARTS / "pages",
                env={**os.environ, **own, "PATH": path},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        )
        for _ in range(300):
            try:
                urllib.request.urlopen(address, timeout=2)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(running[0].stdout.read() if running[0].stdout else "")

    yield address, start
    for process in running:
        os.killpg(process.pid, 15)
        process.communicate(timeout=30)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_cloudflares_own_plugin_takes_the_form(
    script: bool,
    cloudflare: tuple[str, Callable[[], None]],
    recorder: tuple[str, list[tuple[str, dict[str, str]]]],
    chromium: Browser,
    tmp_path: Path,
) -> None:
    """The unchanged form, with a service that we did not write: read as typed, once, and the visitor is thanked."""
    address, start = cloudflare
    path = f"/{folder_of('generic')}/{PATHS['sv'][0]}"
    form = form_of("generic", address, address, url=path, hidden={"static-form-name": "kokemus"})
    write("generic", form, tmp_path)
    start()
    context = chromium.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address + path)
    fill(page)
    page.locator("#form-send").click()
    page.wait_for_url(f"**/{PATHS['sv'][1]}")
    assert page.locator("main.page--thanks").is_visible()
    ((name, fields),) = recorder[1]
    assert name == "/kokemus"
    assert fields["Organisaatio"] == TYPED["organisation"]
    assert fields["Mitä toivotte vierailulta?"] == TYPED["aim"].replace("\n", "\r\n")
    assert fields["Lomakkeen kieli"] == "ruotsi"
    assert bool(fields["Viite"]) is script
    context.close()
