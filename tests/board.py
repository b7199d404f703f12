"""A forge's own server for what git cannot do: issues and proposals, over real HTTP, with what may go wrong there.

It speaks what the workflows use of Forgejo's interface, and answers a stand-in of GitHub's ``gh`` by the same state.
As on a real forge, a proposal has a ref of its own in the repository that follows its branch while it is open.
"""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

LIMIT = 65_536
GH = """#!/usr/bin/env python3
import json, os, sys, urllib.error, urllib.request
words = [open(word).read() if at and sys.argv[at] == "--body-file" else word for at, word in enumerate(sys.argv[1:])]
request = urllib.request.Request(os.environ["FORGE_BOARD"] + "/gh", json.dumps(words).encode())
try:
    print(urllib.request.urlopen(request).read().decode(), end="")
except urllib.error.HTTPError as error:
    sys.exit(f"gh: {error.code}")
"""


@dataclass
class Board:
    """Issues and proposals; ``refused`` are words of ``log`` by which the server knows what it will refuse."""

    content: Path
    issues: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    refused: str = ""
    address: str = ""

    def follow(self) -> None:
        """Let the refs of open proposals follow their branch."""
        for pull in self.pulls:
            if pull["state"] == "open":
                ref = f"refs/pull/{pull['number']}/head"
                subprocess.run(["git", "update-ref", ref, "refs/heads/edition"], cwd=self.content, check=True)

    def open_issues(self) -> list[dict[str, Any]]:
        return [issue for issue in self.issues if issue["state"] == "open"]

    def make(self, kind: list[dict[str, Any]], title: str, body: str) -> dict[str, Any]:
        if len(body) > LIMIT:
            raise PermissionError
        if kind is self.pulls and any(pull["state"] == "open" for pull in self.pulls):
            raise PermissionError
        one = {"number": len(self.issues) + len(self.pulls) + 1, "title": title, "body": body, "state": "open"}
        kind.append(one | {"comments": [], "head": {"ref": "edition"}})
        self.follow()
        return kind[-1]

    def gh(self, words: list[str]) -> str:
        """What ``gh`` prints."""
        command, options = " ".join(words[:2]), dict(pairwise(words))
        numbered = {str(one["number"]): one for one in (*self.issues, *self.pulls)}.get(words[2] if words[2:] else "")
        match command:
            case "auth setup-git":
                return ""
            case "issue list":
                found = [issue["number"] for issue in self.open_issues() if issue["title"].startswith("Sivusto kaipaa")]
                return "".join(f"{number}\n" for number in found[:1])
            case "pr list":
                return "".join(f"{pull['number']}\n" for pull in self.pulls if pull["state"] == "open")
            case "issue create" | "pr create":
                kind = self.issues if command.startswith("issue") else self.pulls
                body = options.get("--body") or options["--body-file"]
                self.make(kind, options["--title"], body)
            case "issue comment" if numbered:
                numbered["comments"].append(options["--body"])
            case "issue close" if numbered:
                numbered["comments"].append(options["--comment"])
                numbered["state"] = "closed"
            case "pr edit" if numbered:
                numbered["body"] = options["--body-file"]
            case _:
                raise LookupError(command)
        return ""

    def rest(self, method: str, address: str, values: dict[str, str]) -> Any:
        """What Forgejo answers."""
        path, query = urlsplit(address).path.split("/")[5:], parse_qs(urlsplit(address).query)
        kind = {"issues": self.issues, "pulls": self.pulls}[path[0]]
        if method == "GET":
            assert query["state"] == ["open"]
            found = [one for one in kind if one["state"] == "open"]
            return found[int(query["page"][0]) - 1 :][:1]  # a page of one, to see that further ones are asked for
        if method == "POST" and not path[1:]:
            return self.make(kind, values["title"], values["body"])
        one = next(one for one in kind if str(one["number"]) == path[1])
        if method == "POST":
            one["comments"].append(values["body"])
        else:
            one |= values
        return one


@contextmanager
def board(content: Path) -> Iterator[Board]:
    """Run the server beside a bare repository."""
    state = Board(content)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            values = json.loads(self.rfile.read(size) or b"{}")
            asked = " ".join(["gh", *values]) if self.path == "/gh" else f"{self.command} {self.path} {values}"
            state.log.append(asked)
            state.follow()
            try:
                if state.refused and state.refused in asked:
                    raise PermissionError
                if self.path == "/gh":
                    said = state.gh(values)
                else:
                    assert self.headers["Authorization"] == "token token"
                    said = json.dumps(state.rest(self.command, self.path, values))
            except (PermissionError, LookupError, StopIteration):
                self.send_error(422)
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said.encode())

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 (the names that the server looks for)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
