"""The way in: a file in ``desk/`` that only its owner can read sends the browser to the secret first address.

The browser is not started with the address itself, because every user of a computer can read the command lines of its
programs. The file is deleted as soon as somebody has entered.
"""

from contextlib import suppress
from pathlib import Path

import flask

from kokemus import disk

NAME = "desk/open.html"


def open(app: flask.Flask, address: str) -> Path | None:
    """Write the page that leads to an address and return its path; None if it cannot be written."""
    folder = Path(app.config["FOLDER"])
    try:
        with app.app_context():
            disk.write_aside(folder, NAME, flask.render_template("enter.html", address=address))
    except OSError:
        return None
    return folder / NAME


def close(folder: Path) -> None:
    """Remove the page, if it is there."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
