"""Memory: a cache of what was made from each file while its input stays the same; in the process, never on disk."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """What the last reading of a folder made, by name. Anything that the reading did not use is dropped."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, Any]] = {}
        self._now: dict[str, tuple[object, Any]] = {}

    def begin(self) -> None:
        """Starts a new reading of the folder."""
        self._last, self._now = self._now, {}

    def made(self, name: str, of: object, make: Callable[[], T]) -> T:
        """The result under a name, reused if it would be made from an equal ``of``."""
        before = self._last.get(name)
        found: T = before[1] if before and before[0] == of else make()
        self._now[name] = (of, found)
        return found
