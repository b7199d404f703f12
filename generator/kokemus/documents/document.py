"""Document: the contents of a YAML file as plain data, with the position of each part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kokemus.documents.problems import Mark, Route

Data = str | int | float | bool | date | None | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's plain data, and the position of each part.

    ``marks`` has the position of every key and list item by its route. ``raw`` has the text of a scalar as it was
    typed, if YAML turned it into something other than text. ``text`` is the file as it was read.
    """

    path: str
    data: Data
    marks: Mapping[Route, Mark]
    raw: Mapping[Route, str]
    text: str = ""

    @property
    def stem(self) -> str:
        """The name of the file without its folder and ending."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    def within(self, route: Route, value: str, at: int) -> Mark:
        """The position of the character ``at`` in a text value; the beginning of the value if it contains escapes."""
        whole = self.marks.get(route, Mark(1, 1))
        start = self._offset(whole)
        end = min((self._offset(mark) for mark in self.marks.values() if mark > whole), default=len(self.text))
        at += len(value[at:]) - len(value[at:].lstrip())
        word = value[at:].split(maxsplit=1)[0] if value[at:] else ""
        place = self.text.find(":", start, end) if route and isinstance(route[-1], str) else start - 1
        for _ in range(value.count(word, 0, at + len(word)) if word else 0):
            place = self.text.find(word, place + 1, end)
            if place < 0:
                return whole
        return Mark.after(self.text[:place]) if word else whole

    def _offset(self, mark: Mark) -> int:
        lines = self.text.split("\n")
        return sum(len(line) + 1 for line in lines[: mark.line - 1]) + mark.column - 1

    def at(self, route: Route) -> Data:
        """The value at a route; None if there is none."""
        found = self.data
        for key in route:
            if isinstance(found, dict) and isinstance(key, str):
                found = found.get(key)
            elif isinstance(found, list) and isinstance(key, int) and key < len(found):
                found = found[key]
            else:
                return None
        return found

    def leaves(self, *keys: str | int) -> Iterator[tuple[Route, str]]:
        """Every value under these keys as it was typed, with its route."""
        yield from self._leaves(keys, self.at(keys))

    def _leaves(self, route: Route, data: Data) -> Iterator[tuple[Route, str]]:
        if isinstance(data, dict):
            for key, value in data.items():
                yield from self._leaves((*route, key), value)
        elif isinstance(data, list):
            for index, value in enumerate(data):
                yield from self._leaves((*route, index), value)
        elif data is not None:
            yield route, self.raw.get(route, str(data))
