"""The desk as a Flask application: its pages behind the guard, its texts, and its error pages."""

import logging
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import flask
import jinja2
from werkzeug.exceptions import HTTPException

from kokemus import resources
from kokemus.desk import (
    card,
    consenting,
    crisis,
    edition,
    evaluations,
    facts,
    fees,
    file,
    files,
    importing,
    own_topics,
    own_words,
    papers,
    people,
    person,
    publishing,
    request,
    requests,
    today,
    visits,
)
from kokemus.desk.guard import LARGEST, InMemory, Keys, guard
from kokemus.desk.shared import SECTIONS, days, language, said, say, show
from kokemus.desk.window import Window

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("kokemus.desk")
SHEET = "desk.css"
SCRIPT = "desk.js"


class _Desk(flask.Flask):
    """Handles one request at a time, so that no other request changes a file between its reading and its writing.

    A request that waits for another program lets others proceed: ``turns.meanwhile``.
    """

    request_class = InMemory
    jinja_options = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}  # noqa: RUF012

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        with self.config["TURN"]:
            return super().wsgi_app(environ, start_response)


def application(folder: Path, keys: Keys, host: str = "") -> flask.Flask:
    """The desk over a folder. If ``host`` is not known yet, set ``config["HOST"]`` before the first request."""
    app = _Desk("kokemus", static_folder=None, template_folder=str(resources.PACKAGE / "coordinator" / "desk"))
    app.config.update(FOLDER=folder, HOST=host, MAX_CONTENT_LENGTH=LARGEST, MAX_FORM_MEMORY_SIZE=LARGEST)
    app.config.update(TURN=Lock(), AT_WORK=set(), WINDOW=Window(folder))
    app.jinja_env.filters["days"] = days
    guard(app, keys)
    for module in (
        today,
        people,
        person,
        consenting,
        card,
        file,
        importing,
        requests,
        request,
        evaluations,
        edition,
        facts,
        crisis,
        fees,
        own_topics,
        visits,
        files,
        publishing,
        papers,
        own_words,
    ):
        app.register_blueprint(module.pages, url_prefix=f"/{keys.home}")

    @app.context_processor
    def _words() -> dict[str, object]:
        return {"t": say, "language": language(), "sections": SECTIONS, "form_key": keys.form, "done": said()}

    @app.get(f"/{keys.home}/{SHEET}")
    def sheet() -> flask.Response:
        text = (resources.PACKAGE / "coordinator" / "desk" / SHEET).read_text("utf-8")
        return flask.Response(text, mimetype="text/css")

    @app.get(f"/{keys.home}/{SCRIPT}")
    def script() -> flask.Response:
        text = (resources.PACKAGE / "coordinator" / "desk" / SCRIPT).read_text("utf-8")
        return flask.Response(text, mimetype="text/javascript")

    @app.post(f"/{keys.home}/end")
    def end() -> flask.typing.ResponseReturnValue:
        app.config["END"]()
        return show("notice.html", about="desk.ended")

    @app.errorhandler(HTTPException)
    def _refused(error: HTTPException) -> flask.typing.ResponseReturnValue:
        """An error page. Somebody who was refused sees none of the desk's navigation."""
        code = error.code or 500
        if code in (403, 421):
            return show("notice.html", code, about="desk.refused")
        return show("failed.html", code, key_of_failure=f"failed.{code}" if code in (404, 413) else "failed.other")

    @app.errorhandler(Exception)
    def _failed(error: Exception) -> flask.typing.ResponseReturnValue:
        """Log only the type of an unexpected error, because its message could contain private values."""
        log.error("%s", type(error).__name__)
        return show("failed.html", 500, key_of_failure="failed.disk" if isinstance(error, OSError) else "failed.other")

    return app
