"""Serve a folder over HTTP as a good static host does: compressed, with the headers of ``_headers`` and its own 404."""

import gzip
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

Rules = list[tuple[str, list[tuple[str, str]]]]


def rules(text: str) -> Rules:
    """The path patterns of a ``_headers`` file with their headers, as documented by Netlify and Cloudflare Pages."""
    found: Rules = []
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
        elif line:
            found.append((line, []))
    return found


def matches(pattern: str, path: str) -> bool:
    """Whether a path matches a pattern, in which a star at the end stands for anything."""
    return path.startswith(pattern.removesuffix("*")) if pattern.endswith("*") else path == pattern


@lru_cache(maxsize=2048)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "host", ""

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / path.lstrip("/")
        if file.is_dir() and not path.endswith("/"):
            self._answer(301, b"", {"Location": f"{path}/"})
            return
        file = file / "index.html" if file.is_dir() else file
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self.folder / "404.html"
        content = file.read_bytes() if file.is_file() else b""
        type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Content-Type": f"{type}; charset=utf-8" if "image" not in type else type}
        headers |= self._of_the_site(path)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(content) > 200:
            content, headers["Content-Encoding"] = _compressed(content), "gzip"
        self._answer(status, content, headers)

    def _of_the_site(self, path: str) -> dict[str, str]:
        file = self.folder / "_headers"
        read = rules(file.read_text("utf-8")) if file.is_file() else []
        return {name: value for pattern, headers in read if matches(pattern, path) for name, value in headers}

    def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Ignore errors: browsers close connections."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address at which the folder is served, with a slash at its end. The folder may be filled later."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
