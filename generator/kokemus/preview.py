"""The preview: which places it watches, and how quickly a change is shown."""

from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

_OURS = tuple(Path(str(files("kokemus") / "public" / name)) for name in ("templates", "scripts", "styles", "theme"))


def watch(server: Any, standing: Iterable[str], places: Iterable[Path], number: int) -> None:
    """Make MkDocs' server watch these places, as far as they exist, and our templates too.

    It looks for changes between ten times a second with few files and twice a second with many; ``number`` is how many
    there are. The ``standing`` places, which MkDocs watches already, move to the new watch.
    """
    standing = tuple(standing)
    for path in standing:
        with suppress(KeyError):
            server.unwatch(path)
    server.observer = type(server.observer)(timeout=min(0.5, max(0.1, number / 2000)))
    server.build_delay = 0.05
    for path in (*standing, *map(str, filter(Path.exists, (*places, *_OURS)))):
        server.watch(path)
