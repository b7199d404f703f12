"""The preview: what it watches, and how soon a change is on the screen."""

from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

_OURS = tuple(Path(str(files("kokemus") / "public" / name)) for name in ("templates", "scripts", "styles", "theme"))


def watch(server: Any, standing: Iterable[str], places: Iterable[Path], number: int) -> None:
    """Let MkDocs' server watch some more places, as far as they exist, and our templates, too.

    It looks twice a second whether there is a change. Where the ``number`` of files is small, it is looked ten times a
    second, and what MkDocs watches of the ``standing`` places already goes over to the new watch.
    """
    standing = tuple(standing)
    for path in standing:
        with suppress(KeyError):
            server.unwatch(path)
    server.observer = type(server.observer)(timeout=min(0.5, max(0.1, number / 2000)))
    server.build_delay = 0.05
    for path in (*standing, *map(str, filter(Path.exists, (*places, *_OURS)))):
        server.watch(path)
