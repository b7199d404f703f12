"""Saves at the desk as a browser sends them, in the current folder, for ``killing`` and ``as_windows``."""

import io
import re
import secrets
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

from werkzeug.test import TestResponse

from kokemus.desk.app import application
from kokemus.desk.guard import Keys

HOST = "127.0.0.1:4321"
SHEET = """nimi;sähköposti;paikkakunnat;kielet;aiheet;suostumus
Oona Uusi;o@example.org;Kemi;suomi;masennus;2.3.2026
Paavo Uusi;p@example.org;Tornio;suomi;toipuminen;2.3.2026
"""
NEW = {"name": "Oona Uusi", "given": "2.3.2026", "topics": "depression", "languages": "fi", "places": "Kemi"}


class _Form(HTMLParser):
    """The values that the form with this action sends unchanged."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.writes = action, False, ""
        self.typed: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parts = dict(attrs)
        self.inside = parts.get("action") == self.action if tag == "form" else self.inside
        name = parts.get("name") or ""
        if self.inside and tag == "input" and (parts.get("type") not in ("checkbox", "radio") or "checked" in parts):
            self.typed.setdefault(name, []).append(parts.get("value") or "")
        if self.inside and tag == "textarea":
            self.writes = name
            self.typed[name] = [""]
        if self.inside and tag == "select":
            self.chooses = name
        if self.inside and tag == "option" and "selected" in parts:
            self.typed.setdefault(self.chooses, []).append(parts.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.writes = "" if tag == "textarea" else self.writes
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.writes:
            self.typed[self.writes][0] += data


class Browser:
    """A test client that has entered the desk."""

    def __init__(self) -> None:
        self.keys = Keys()
        self.app = application(Path.cwd(), self.keys, HOST)
        self.client = self.app.test_client()
        self.get(f"/enter/{self.keys.entrance}")

    def get(self, path: str) -> str:
        return self.client.get(f"/{self.keys.home}{path}", headers={"Host": HOST}).text

    def post(self, path: str, **typed: Any) -> TestResponse:
        headers = {"Host": HOST, "Origin": f"http://{HOST}"}
        return self.client.post(f"/{self.keys.home}{path}", data={**typed, "form": self.keys.form}, headers=headers)

    def form(self, page: str, path: str) -> Mapping[str, list[str]]:
        found = _Form(f"/{self.keys.home}{path}")
        found.feed(page)
        return found.typed


def _form(browser: Browser) -> TestResponse:
    typed = browser.form(browser.get("/person/e05"), "/person/e05")
    return browser.post("/person/e05", **{**typed, "notes": "soita ensin", "act": "save"})


def _page(browser: Browser) -> TestResponse:
    typed = browser.form(browser.get("/files/mkdocs.yml"), "/files/mkdocs.yml")
    text = re.sub(r"\n# saved\n$", "\n", typed["text"][0].lstrip("\n")) + "# saved\n"
    return browser.post("/files/mkdocs.yml", **{**typed, "text": text})


def _new(browser: Browser) -> TestResponse:
    return browser.post("/people/new", **NEW, act="save")


def _import(browser: Browser) -> TestResponse:
    page = browser.post("/import", file=(io.BytesIO(SHEET.encode()), "lista.csv"))
    return browser.post("/import/plan", **{**browser.form(page.text, "/import/plan"), "act": "save"})


SAVES: Mapping[str, Callable[[Browser], TestResponse]] = {"form": _form, "page": _page, "new": _new, "import": _import}


def save(name: str) -> int:
    """Run a save, and return the exit code. Random codes are the same in every process, by a fixed seed."""
    secrets.choice = Random(1).choice
    answer = SAVES[name](Browser())
    return 0 if answer.status_code in (200, 303) else 1
