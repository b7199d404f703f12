"""The preview: what it watches, and how soon a change is on the screen."""

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

_OURS = tuple(Path(str(files("kokemus") / name)) for name in ("templates", "styles", "theme"))


def watch(server: Any, places: Iterable[Path], number: int) -> None:
    """Let MkDocs' server watch some more places, as far as they exist, and our templates, too.

    It looks twice a second whether there is a change. Where the ``number`` of files is small, it is looked ten times a
    second, and what is watched already goes over to the new watch.
    """
    watched = Counter(server._watched_paths)
    for path in watched.elements():
        server.unwatch(path)
    server.observer = type(server.observer)(timeout=min(0.5, max(0.1, number / 2000)))
    server.build_delay = 0.05
    for path in (*watched.elements(), *map(str, filter(Path.exists, (*places, *_OURS)))):
        server.watch(path)
