"""Memory: what was made of each file, for as long as it would be made of the same; a process has it, never a disk."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """What the last reading of a folder made, by name. Nothing is kept of what that reading did not meet."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, Any]] = {}
        self._now: dict[str, tuple[object, Any]] = {}

    def begin(self) -> None:
        """Begin to read the folder once more."""
        self._last, self._now = self._now, {}

    def made(self, name: str, of: object, make: Callable[[], T]) -> T:
        """What is made under a name: the same as before where it would be made of the same."""
        before = self._last.get(name)
        found: T = before[1] if before and before[0] == of else make()
        self._now[name] = (of, found)
        return found
