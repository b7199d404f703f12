"""Run the project's commands as if on Windows: without the modules and functions that Windows lacks.

Run ``python tests/rigs/as_windows.py COMMAND …``, or with ``desk-pages`` visit each page of the desk. Third-party
packages are imported first, so they see the real system. Then ``sys.platform`` is changed, and everything that exists
only on Unix is hidden from Kokemus.
"""

import importlib
import os
import signal
import sys
from pathlib import Path

MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
CALLS = (
    "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "mkfifo",
    "setsid", "setuid", "sysconf", "umask", "uname", "wait", "O_NOFOLLOW", "O_DIRECTORY",
)  # fmt: skip
OTHERS = (
    "click.testing",
    "flask",
    "material",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "mkdocs.theme",
    "openpyxl",
    "python_calamine",
    "waitress.server",
)
SIGNALS = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGXFSZ", "alarm", "setitimer")


def others() -> None:
    """Import the packages that Kokemus is built on."""
    for name in OTHERS:
        importlib.import_module(name)


def become_windows() -> None:
    """Hide the modules, functions and signals that only Unix has."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in CALLS:
        if hasattr(os, name):
            delattr(os, name)
    for name in SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
    sys.platform = "win32"


def visit(folder: Path) -> int:
    """Open each page of the desk, and save with each form."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.rigs.saving import SAVES, Browser

    browser = Browser()
    for path in ("/", "/people", "/person/e05", "/import", "/requests", "/edition", "/files", "/publish"):
        assert "<h1>" in browser.get(path), path
    for name, save in SAVES.items():
        assert save(browser).status_code in (200, 303), name
    assert "soita ensin" in (folder / "experts" / "e05.yml").read_text("utf-8")
    return 0


if __name__ == "__main__":
    others()
    become_windows()
    if sys.argv[1] == "desk-pages":
        sys.exit(visit(Path.cwd()))
    from kokemus.cli.main import main

    sys.argv[0] = "kokemus"
    main()
