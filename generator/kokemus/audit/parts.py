"""Parts of a file, and how much of it is unpacked at most; more may be a bomb."""

from dataclasses import dataclass

LARGEST, MEMBERS = 2**26, 5000


class TooMuchError(Exception):
    """A file holds more than is unpacked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside another; ``due`` where the other is read only if this one is."""

    content: bytes
    due: bool = True


@dataclass(slots=True)
class Room:
    """So many bytes and files may still be unpacked of one file."""

    left: int = LARGEST
    files: int = MEMBERS

    def taken(self, content: bytes) -> bytes:
        """The content of one more file; raises ``TooMuchError`` where there is no room for it."""
        self.left -= len(content)
        self.files -= 1
        if self.left < 0 or self.files < 0:
            raise TooMuchError
        return content
