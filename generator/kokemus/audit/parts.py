"""Parts of a file, and the limit on how much is unpacked; a file that holds more may be a bomb."""

from dataclasses import dataclass

LARGEST, MEMBERS = 2**26, 5000


class TooMuchError(Exception):
    """A file holds more than the limit."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside another. The outer file counts as read only if all its ``due`` parts are."""

    content: bytes
    due: bool = True


@dataclass(slots=True)
class Budget:
    """How many bytes and files may still be unpacked from one outer file."""

    left: int = LARGEST
    files: int = MEMBERS

    def spend(self, content: bytes) -> bytes:
        """The content of one more file, counted. Raises ``TooMuchError`` if it is over the limit."""
        self.left -= len(content)
        self.files -= 1
        if self.left < 0 or self.files < 0:
            raise TooMuchError
        return content
