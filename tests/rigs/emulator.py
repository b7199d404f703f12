"""A local emulator of the form services: each one's contract, and every way in which it can fail.

It has a route for each service, which takes what the service documents and answers as it does; ``fault`` makes it fail.
Submissions are kept in order, raw and decoded, with whether they were delivered to the coordinator.
``test_emulator.py`` checks the emulator with the vendors' own clients.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Fields = list[tuple[str, str]]
KEY = "9c1f4d3e-7a52-4c0b-8f6d-2b1a0e9d8c7b"

FAULTS: Mapping[str, str] = {
    "none": "takes the request",
    "redirect": "takes it and answers a script with a redirect, as it answers a form",
    "honeypot": "finds the trap filled: looks like success, delivers nothing",
    "captcha": "answers with a page that asks whether a human is there",
    "not-active": "answers 200 and says that the form is not active",
    "quota-200": "answers 200 and says that the limit is reached",
    "quota-402": "answers 402",
    "rate-limited": "answers 429 with Retry-After",
    "rate-limited-page": "answers 429 with a page that no script may read",
    "invalid": "answers 422 and names a field",
    "unavailable": "answers 503",
    "crash": "takes it, then answers 500",
    "bare-200": "answers 200 without any sign and drops it",
    "truncated": "takes it, the answer breaks off",
    "slow": "takes it, the answer does not come",
    "dropped": "takes it, the connection breaks",
    "refused": "breaks the connection before it has read anything",
    "origin": "refuses the site's origin",
    "preflight": "refuses what the browser asks before a script may send JSON",
}


@dataclass(frozen=True)
class Submission:
    """A submission as it arrived: its service, type, raw body and fields, and whether the coordinator gets it."""

    service: str
    type: str
    headers: Mapping[str, str]
    raw: bytes
    fields: Fields
    delivered: bool


@dataclass(frozen=True)
class Answer:
    status: int
    type: str = "application/json"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    readable: bool = True


@dataclass(frozen=True)
class Contract:
    """How a service names its own fields and structures its answers."""

    honeypot: str
    redirect: str
    success: Callable[[Fields], dict[str, Any]]
    refusal: Callable[[str, str, str], dict[str, Any]]
    redirect_status: int = 302
    failure: str = ""


def _formspree_refusal(code: str, message: str, at: str) -> dict[str, Any]:
    named = {"FORM_QUOTA": {"error": message}}.get(code)
    return named or {"error": message, "errors": [{"code": code, "message": message, **({"field": at} if at else {})}]}


def _ok_refusal(code: str, message: str, at: str) -> dict[str, Any]:
    return {"ok": False, "error": message, **({"errors": [{"field": at, "message": message}]} if at else {})}


def _success_refusal(code: str, message: str, at: str) -> dict[str, Any]:
    errors = {"errors": [{"field": at, "message": message}]} if at else {}
    return {"success": "false", "body": {"message": message}, "message": message, **errors}


def _formspark_refusal(code: str, message: str, at: str) -> dict[str, Any]:
    return {"error": message, **({"errors": {at: [message]}} if at else {})}


CONTRACTS: Mapping[str, Contract] = {
    "generic": Contract("second_remark", "_redirect", lambda f: {"ok": True}, _ok_refusal, 303),
    "formward": Contract("_gotcha", "_redirect", lambda f: {"ok": True, "id": "clxyz"}, _ok_refusal),
    "formspark": Contract("_honeypot", "_redirect", lambda f: dict(f), _formspark_refusal, failure="_error"),
    "formspree": Contract("_gotcha", "_next", lambda f: {"next": "/thanks", "ok": True}, _formspree_refusal),
    "web3forms": Contract(
        "botcheck", "redirect", lambda f: {"success": True, "message": "Sent", "body": {}}, _success_refusal, 301
    ),
    "netlify": Contract("second_remark", "", lambda f: {}, lambda *said: {}),
    "formspring": Contract(
        "_gotcha", "", lambda f: {"ok": True, "id": "01HF", "status": "received", "redirect": None}, _ok_refusal
    ),
    "basin": Contract("_gotcha", "", lambda f: {"success": True, "id": 7}, _success_refusal),
    "formbackend": Contract("", "", lambda f: {}, _success_refusal),
}
REFUSALS: Mapping[str, tuple[int, str, str, str]] = {
    "not-active": (200, "INACTIVE", "This form is not active", ""),
    "quota-200": (200, "FORM_QUOTA", "Submission limit reached", ""),
    "quota-402": (402, "FORM_QUOTA", "Submission limit reached", ""),
    "rate-limited": (429, "RATE", "rate limit", ""),
    "invalid": (422, "TYPE_EMAIL", "should be an email", "email"),
    "unavailable": (503, "DOWN", "Service unavailable", ""),
    "crash": (500, "CRASH", "Internal server error", ""),
    "origin": (403, "ORIGIN", "origin not allowed", ""),
}
DELIVERED_ALL_THE_SAME = ("redirect", "crash", "truncated", "slow", "dropped")


def decoded(type: str, raw: bytes) -> Fields:
    """The fields of a body, decoded by its content type."""
    if type.startswith("application/json"):
        return list(_flat("", json.loads(raw)))
    if type.startswith("multipart/form-data"):
        boundary = type.partition("boundary=")[2].encode()
        parts = (part[2:-2].partition(b"\r\n\r\n") for part in raw.split(b"--" + boundary)[1:-1])
        found = ((re.search(rb'name="([^"]*)"', head), value) for head, _, value in parts)
        return [(name[1].decode(), value.decode()) for name, value in found if name]
    return parse_qsl(raw.decode(), keep_blank_values=True, strict_parsing=True)


def _flat(prefix: str, data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(f"{prefix}.{key}" if prefix else key, value)
    else:
        yield prefix, data if isinstance(data, str) else json.dumps(data)


class Emulator:
    """All services. ``fault`` is how the next requests fail, ``says`` the text of a refusal."""

    def __init__(self, site: Path) -> None:
        self.fault, self.says = "none", ""
        self.submissions: list[Submission] = []
        self.preflights: list[Mapping[str, str]] = []
        self.release = threading.Event()
        self.servers = [_Server(("127.0.0.1", 0), partial(_Handler, directory=str(site), emulator=self)) for _ in "ab"]
        self.site, self.services = (f"http://127.0.0.1:{server.server_address[1]}" for server in self.servers)

    def __enter__(self) -> "Emulator":
        for server in self.servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def begin(self, fault: str) -> None:
        """Forget all submissions, and fail in this way from now on."""
        self.release.set()
        self.fault, self.says, self.submissions, self.preflights = fault, "", [], []
        self.release = threading.Event()

    @property
    def delivered(self) -> list[Submission]:
        return [one for one in self.submissions if one.delivered]

    def answer(self, service: str, type: str, headers: Mapping[str, str], raw: bytes) -> Answer | None:
        """The service's answer; None for a broken connection."""
        contract, fields = CONTRACTS[service], decoded(type, raw)
        by_script = asks_for_json(service, type, headers)
        refusal = self._refusal(service, contract, fields, by_script)
        trapped = any(name == contract.honeypot and value.strip() for name, value in fields)
        discarded = service == "formspark" and type.startswith("application/json") and not by_script
        takes = (refusal is None and not trapped and not discarded) or self.fault in DELIVERED_ALL_THE_SAME
        takes = takes and self.fault != "bare-200"
        self.submissions.append(Submission(service, type, dict(headers), raw, fields, takes))
        if self.fault == "slow":
            self.release.wait(60)
        if self.fault == "dropped":
            return None
        if refusal and (self.fault != "redirect"):
            return refusal
        return self._success(service, contract, fields, by_script)

    def _refusal(self, service: str, contract: Contract, fields: Fields, by_script: bool) -> Answer | None:
        said = REFUSALS.get(self.fault)
        if service == "web3forms" and dict(fields).get("access_key") != KEY:
            said = (400, "KEY", "Invalid access_key!", "")
        if service == "netlify" and "form-name" not in dict(fields):
            said = (404, "", "Page not found", "")
        if self.fault == "captcha":
            return Answer(200, "text/html", page("Are you human?", '<div class="g-recaptcha"></div>Solve the captcha'))
        if self.fault == "rate-limited-page":
            return Answer(429, "text/html", page("Not received", "Too many requests"), {"Retry-After": "120"}, False)
        if said is None:
            return None
        status, code, message, at = said
        message = self.says or message
        headers = {"Retry-After": "120", "Access-Control-Expose-Headers": "Retry-After"} if status == 429 else {}
        if not by_script and contract.failure and status < 500:
            return Answer(302, headers={"Location": dict(fields)[contract.failure]})
        if not by_script or service == "netlify":
            status = 404 if service == "netlify" and self.fault == "not-active" else status
            title = "Not received" if self.fault != "crash" else "Something went wrong"
            return Answer(status, "text/html", page(title, message), headers, self.fault != "origin")
        body = json.dumps(contract.refusal(code, message, at))
        return Answer(status, body=body, headers=headers, readable=self.fault != "origin")

    def _success(self, service: str, contract: Contract, fields: Fields, by_script: bool) -> Answer:
        leads_to = dict(fields).get(contract.redirect, "") if contract.redirect else ""
        if self.fault == "bare-200":
            return Answer(200, body="{}") if by_script else Answer(200, "text/html", page("Hm", "Hm."))
        if self.fault == "no-content":
            return Answer(204, "")
        if self.fault == "redirect":
            return Answer(302, headers={"Location": leads_to or "/elsewhere"})
        if service == "netlify":
            return Answer(200, "text/html", "<!doctype html><ti") if self.fault == "truncated" else Answer(200, "site")
        if by_script:
            return Answer(200, body=json.dumps(contract.success(fields))[: 9 if self.fault == "truncated" else None])
        if leads_to:
            return Answer(contract.redirect_status, headers={"Location": leads_to})
        return Answer(200, "text/html", page("Received", "Thank you"))


def asks_for_json(service: str, type: str, headers: Mapping[str, str]) -> bool:
    """Whether the service answers with JSON. Each service decides that in its own way."""
    accepts = "application/json" in headers.get("Accept", "")
    if service == "web3forms":
        return accepts or not type.startswith("application/x-www-form-urlencoded")
    if service == "formspark":
        return accepts and type.startswith("application/json")
    return accepts and service != "netlify"


def page(title: str, text: str) -> str:
    return f"<!doctype html><html lang=en><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{text}</p></html>"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Ignore errors: browsers close connections in some of the tests."""


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, and takes posts to a service's route, or to the site itself as Netlify does."""

    def __init__(self, *arguments: Any, emulator: Emulator, **more: Any) -> None:
        self.emulator = emulator
        super().__init__(*arguments, **more)

    def log_message(self, *_: object) -> None:
        pass

    def do_OPTIONS(self) -> None:
        self.emulator.preflights.append(dict(self.headers))
        allowed = self.emulator.fault != "preflight"
        self._reply(Answer(204 if allowed else 403, "", readable=allowed))

    def do_POST(self) -> None:
        if self.emulator.fault == "refused":
            self.close_connection = True
            return
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        service = urlsplit(self.path).path.split("/")[1]
        answer = self.emulator.answer(service, self.headers["Content-Type"] or "", dict(self.headers), raw)
        if answer is None:
            self.close_connection = True
        elif answer.type == "site":
            self.do_GET()
        else:
            self._reply(answer)

    def _reply(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.readable:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "content-type, formspree-client")
            self.send_header("Access-Control-Max-Age", "0")
        if answer.type:
            self.send_header("Content-Type", answer.type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body.encode())))
        self.end_headers()
        self.wfile.write(answer.body.encode())


def fields_of(submission: Submission) -> dict[str, str]:
    """The fields by name. Several answers to one question are joined."""
    found: dict[str, str] = {}
    for name, value in submission.fields:
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found
