"""A fake Git host's HTTP server for what git itself cannot do: issues and artefacts.

It implements the parts of Forgejo's API that the workflows use. A stand-in for GitHub's ``gh`` uses the same state.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

GH = """#!/usr/bin/env python3
import json, os, sys, urllib.error, urllib.request
words = [*sys.argv[1:], "TITLE", os.environ.get("TITLE", "")]
request = urllib.request.Request(os.environ["FORGE_BOARD"] + "/gh", json.dumps(words).encode())
try:
    print(urllib.request.urlopen(request).read().decode(), end="")
except urllib.error.HTTPError as error:
    sys.exit(f"gh: {error.code}")
"""
ARTIFACTS = "/api/actions_pipeline/_apis/pipelines/workflows/1/artifacts"


@dataclass
class Board:
    """Issues, and the artefacts of a run. Calls about issues need the ``token``."""

    token: str
    issues: list[dict[str, Any]] = field(default_factory=list)
    artifacts: dict[str, bytes] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    address: str = ""

    def open_issues(self) -> list[dict[str, Any]]:
        return [issue for issue in self.issues if issue["state"] == "open"]

    def make(self, title: str, body: str) -> dict[str, Any]:
        one = {"number": len(self.issues) + 1, "title": title, "body": body, "state": "open", "comments": []}
        self.issues.append(one)
        return one

    def gh(self, words: list[str]) -> str:
        """Run a ``gh`` command, and return what it prints."""
        command, options = " ".join(words[:2]), dict(pairwise(words))
        numbered = {str(one["number"]): one for one in self.issues}.get(words[2])
        match command:
            case "auth setup-git":
                return ""
            case "issue list":
                found = [issue["number"] for issue in self.open_issues() if issue["title"] == options["TITLE"]]
                return "".join(f"{number}\n" for number in found[:1])
            case "issue create":
                self.make(options["--title"], options["--body"])
            case "issue comment" if numbered:
                numbered["comments"].append(options["--body"])
            case "issue close" if numbered:
                numbered["comments"].append(options["--comment"])
                numbered["state"] = "closed"
            case _:
                raise LookupError(command)
        return ""

    def rest(self, method: str, address: str, values: dict[str, str]) -> Any:
        """Forgejo's answer to a call about issues."""
        path, query = urlsplit(address).path.split("/")[6:], parse_qs(urlsplit(address).query)
        if method == "GET":
            assert query["state"] == ["open"]
            return self.open_issues()[int(query["page"][0]) - 1 :][:1]  # pages of one issue, so that callers must page
        if method == "POST" and not path:
            return self.make(values["title"], values["body"])
        one = next(one for one in self.issues if str(one["number"]) == path[0])
        if method == "POST":
            one["comments"].append(values["body"])
        else:
            one |= values
        return one

    def artifact(self, method: str, address: str, headers: Any, content: bytes) -> bytes:
        """Forgejo's answer to a call about artefacts. The address of each contains a hash of its name."""
        base, path = f"{self.address}{ARTIFACTS}", urlsplit(address).path.removeprefix(ARTIFACTS).strip("/")
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        assert query["api-version"] == "6.0-preview"
        assert headers["Authorization"] == "Bearer runtime"
        known = {hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(): name for name in self.artifacts}
        if method == "POST":
            name = json.loads(content)["Name"]
            self.artifacts[name] = b""
            hashed = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
            return json.dumps({"fileContainerResourceUrl": f"{base}/{hashed}/upload"}).encode()
        if method == "PUT":
            name = query["itemPath"].split("/")[0]
            assert known[path.split("/")[0]] == name
            assert headers["Content-Range"] == f"bytes 0-{len(content) - 1}/{headers['x-tfs-filelength']}"
            checked = hashlib.md5(content, usedforsecurity=False).digest()
            assert base64.b64decode(headers["x-actions-results-md5"]) == checked
            self.artifacts[name] = content
            return b"{}"
        if method == "PATCH":
            assert query["artifactName"] in self.artifacts
            return b"{}"
        if not path:
            value = [
                {"name": name, "fileContainerResourceUrl": f"{base}/{hashed}/download_url"}
                for hashed, name in known.items()
            ]
            return json.dumps({"count": len(value), "value": value}).encode()
        name = known[path.split("/")[0]]
        if path.endswith("/download_url"):
            assert query["itemPath"] == name
            where = f"{base}/{path.split('/')[0]}/download"
            return json.dumps({"value": [{"path": f"{name}/file", "contentLocation": where}]}).encode()
        return self.artifacts[name]


@contextmanager
def board(token: str) -> Iterator[Board]:
    """Run the server, with this token."""
    state = Board(token)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                if self.path.startswith(ARTIFACTS):
                    said = state.artifact(self.command, self.path, self.headers, content)
                else:
                    said = self.told(json.loads(content or b"{}")).encode()
            except (LookupError, StopIteration):
                self.send_error(422)
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said)

        def told(self, values: Any) -> str:
            asked = " ".join(["gh", *values]) if self.path == "/gh" else f"{self.command} {self.path} {values}"
            state.log.append(asked)
            if self.path == "/gh":
                return state.gh(values)
            assert self.headers["Authorization"] == f"token {state.token}"
            return json.dumps(state.rest(self.command, self.path, values))

        do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 (names required by BaseHTTPRequestHandler)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
