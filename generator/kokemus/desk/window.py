"""Shows the built site on another port than the desk: read-only, and only to the browser that opened the desk.

The site's pages run scripts. At another port they have another origin than the desk, so they can read none of its
pages. Browsers send the desk's cookie only to addresses with its own unguessable word, and show it to no script. Here
nothing can be sent: neither a form nor a script of the site reaches a form service.
"""

import secrets
from collections.abc import Callable, Iterable
from hmac import compare_digest
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from kokemus import disk

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SITE = "site"
_HEADERS = {
    "Content-Security-Policy": "form-action 'none'; connect-src 'self'; frame-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Window:
    """Serves the site in a folder. Set ``host`` to its own host and port before the first request."""

    def __init__(self, folder: Path) -> None:
        self.site, self.host, self._word = folder / SITE, "", secrets.token_urlsafe(24)

    @property
    def address(self) -> str:
        """The address of the front page; empty if there is no host or no site."""
        return f"http://{self.host}/{self._word}/" if self.host and self._is_built() else ""

    def _is_built(self) -> bool:
        return (self.site / "index.html").is_file() and disk.is_site(self.site)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        response = self._answer(Request(environ))
        response.headers.update(_HEADERS)
        made: Callable[..., Iterable[bytes]] = response
        return made(environ, start_response)

    def _answer(self, request: Request) -> Response:
        word, _, name = request.path.removeprefix("/").partition("/")
        if request.host != self.host:
            return Response(status=421)
        if not compare_digest(word.encode(), self._word.encode()) or not self._is_built():
            return Response(status=403)
        if request.method not in ("GET", "HEAD"):
            return Response(status=405)
        file = self._file(name)
        if file and file.is_dir():
            if name and not name.endswith("/"):
                return redirect(f"{request.path}/", 301)
            file = self._file(f"{name}index.html")
        if file is None or not file.is_file():
            missing = self.site / "404.html"
            return Response(missing.read_bytes() if missing.is_file() else b"", 404, mimetype="text/html")
        return Response(file.read_bytes(), mimetype=guess_type(file.name)[0] or "application/octet-stream")

    def _file(self, name: str) -> Path | None:
        """The file or folder with this name; None if it would be outside the site, whatever links lead there."""
        try:
            file = (self.site / name).resolve()
        except (OSError, ValueError):
            return None
        return file if "\\" not in name and file.is_relative_to(self.site.resolve()) else None
