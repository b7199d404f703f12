"""Tile maps: the position of each place in the schematic map of its area, as drawn in ``terms/tiles.yml``."""

from collections.abc import Container
from dataclasses import dataclass

from kokemus.documents.document import Data
from kokemus.documents.problems import Problem, problem

EMPTY = "."
MAX_COLUMNS = 5
MAX_ROWS = 12

Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A place's tile. Columns count from 1 in the west, rows from 1 in the north."""

    place: str
    column: int
    row: int


def grid(path: str, area: str, data: Data, inside: Container[str]) -> tuple[Grid, tuple[Problem, ...]]:
    """The map of an area: rows from north to south, with a full stop for an empty cell.

    It is a problem if a name is no place ``inside`` the area or occurs twice, or if the map is empty or too large for a
    phone. Anything but a list of lists counts as empty.
    """
    rows = [[str(cell) for cell in row] for row in data if isinstance(row, list)] if isinstance(data, list) else []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, row in enumerate(rows):
        for place in row:
            if place != EMPTY and (place in seen or place not in inside):
                problems.append(problem("unknown-tile", path, (area, number), word=place, area=area))
            seen.add(place)
    if not rows or len(rows) > MAX_ROWS or max(map(len, rows)) > MAX_COLUMNS:
        problems.append(problem("tile-map-size", path, (area,), area=area, columns=MAX_COLUMNS, rows=MAX_ROWS))
    return tuple(map(tuple, rows)), tuple(problems)


def tiles(drawn: Grid, shown: Container[str]) -> tuple[Tile, ...]:
    """The tiles of the places that are shown, from north to south and west to east, without empty borders."""
    found = [
        (place, column, row)
        for row, cells in enumerate(drawn)
        for column, place in enumerate(cells)
        if place != EMPTY and place in shown
    ]
    west = min((column for _, column, _ in found), default=0) - 1
    north = min((row for _, _, row in found), default=0) - 1
    return tuple(Tile(place=place, column=column - west, row=row - north) for place, column, row in found)
