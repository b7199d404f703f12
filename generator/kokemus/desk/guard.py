"""Access control: only the browser that the command has opened may use the desk, and no other site's page may.

Every address begins with an unguessable word, and the cookie is limited to addresses with that word. Browsers send
cookies to all ports of a host; with the limit, no other program on the same computer receives this one.
"""

import io
import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path
from typing import IO, Any

import flask

from kokemus.desk import door

COOKIE = "kokemus"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST = 12 * 1024 * 1024


def _word() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class Keys:
    """The secrets of one run of the desk. ``entrance`` works once, and is empty from then on."""

    home: str = field(default_factory=_word)
    entrance: str = field(default_factory=_word)
    session: str = field(default_factory=_word)
    form: str = field(default_factory=_word)


class InMemory(flask.Request):
    """A request whose uploaded files are never written to disk, so that a spreadsheet of names leaves no copy."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


def guard(app: flask.Flask, keys: Keys) -> None:
    """Make the desk refuse everybody else. ``app.config["HOST"]`` is its own host and port."""

    @app.before_request
    def _may_come_in() -> None:
        request = flask.request
        if request.host != app.config["HOST"]:
            flask.abort(421)
        if request.endpoint == "enter":
            return
        if not compare_digest(request.cookies.get(COOKIE, "").encode(), keys.session.encode()):
            flask.abort(403)
        if request.method not in ("GET", "HEAD"):
            origin = request.headers.get("Origin", "")
            typed = request.form.get("form", "")
            if origin != f"http://{app.config['HOST']}" or not compare_digest(typed.encode(), keys.form.encode()):
                flask.abort(403)

    @app.after_request
    def _add_headers(response: flask.Response) -> flask.Response:
        response.headers.update(HEADERS)
        if "policy" in flask.g:
            response.headers["Content-Security-Policy"] = flask.g.policy
        response.headers.remove("Server")
        return response

    @app.get(f"/{keys.home}/enter/<entrance>")
    def enter(entrance: str) -> flask.typing.ResponseReturnValue:
        """The first address, which the command opens. It works once, and needs no cookie yet.

        It answers with a page that moves on by itself. The browser comes from a file; after a redirect it would not
        send a ``SameSite=Strict`` cookie.
        """
        if not keys.entrance or not compare_digest(entrance.encode(), keys.entrance.encode()):
            flask.abort(403)
        keys.entrance = ""
        door.close(Path(app.config["FOLDER"]))
        home = flask.url_for("today.show")
        response = flask.make_response(flask.render_template("enter.html", address=home))
        response.set_cookie(COOKIE, keys.session, path=f"/{keys.home}/", httponly=True, samesite="Strict")
        return response
