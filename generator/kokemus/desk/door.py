"""The way in: a page in ``desk/`` that only its owner reads leads the browser to the first address, and is gone then.

The words with which a program is started are everybody's to read who uses the same computer.
"""

from contextlib import suppress
from pathlib import Path

import flask

from kokemus import disk

NAME = "desk/open.html"


def open(app: flask.Flask, address: str) -> Path | None:
    """The page that leads to an address; None where none can be written, and the address alone must do."""
    folder = Path(app.config["FOLDER"])
    try:
        with app.app_context():
            disk.write_aside(folder, NAME, flask.render_template("enter.html", address=address))
    except OSError:
        return None
    return folder / NAME


def close(folder: Path) -> None:
    """Remove the page: somebody has come in, or nobody can any more."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
