"""The command that opens the coordinator's desk in the browser. Only it loads the desk and its web framework."""

import _thread
import logging
import signal
import sys
from threading import Thread, Timer
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer

from kokemus.cli import terminal
from kokemus.cli.localized import CONFIGURATION, Localized
from kokemus.cli.terminal import say

_HERE = "127.0.0.1"
_AT_ONCE = 6
"""Threads. The desk handles one request at a time; the others wait for their turn, a host, a build or a spreadsheet."""
_TO_ANSWER = 0.3
"""Seconds from the last page until the server ends. SIGTERM ends it, because a background process may ignore Ctrl-C."""


@click.command("desk", cls=Localized)
@click.option("--no-browser", is_flag=True)
def desk(no_browser: bool) -> None:
    """Serves the desk to this computer alone, until it is ended in the browser or here."""
    terminal.refuse_in_ci()
    terminal.need_configuration()
    from kokemus.desk import door
    from kokemus.desk.app import application
    from kokemus.desk.guard import Keys

    logging.getLogger("waitress").setLevel(logging.ERROR)
    keys = Keys()
    app = application(CONFIGURATION.absolute().parent, keys)
    server = serving(app)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app.config["END"] = Timer(_TO_ANSWER, _thread.interrupt_main, (signal.SIGTERM,)).start
    address = f"http://{app.config['HOST']}/{keys.home}/enter/{keys.entrance}"
    say("desk.open", address=address)
    sys.stdout.flush()
    if not no_browser and (page := door.open(app, address)):
        click.launch(str(page))
    try:
        server.run()
    finally:
        door.close(app.config["FOLDER"])
    say("desk.ended")


def serving(app: "Flask") -> "BaseWSGIServer":
    """A server of the desk at a free port, and of the built site at another. The desk is told both addresses."""
    import waitress.server

    from kokemus.desk.window import Window

    app.config["WINDOW"] = window = Window(app.config["FOLDER"])
    server, beside = (
        waitress.server.create_server(
            one, host=_HERE, port=0, threads=_AT_ONCE, ident=None, clear_untrusted_proxy_headers=True
        )
        for one in (app, window)
    )
    app.config["HOST"], window.host = (f"{_HERE}:{one.effective_port}" for one in (server, beside))
    Thread(target=beside.run, daemon=True).start()
    return server


COMMANDS = (desk,)
