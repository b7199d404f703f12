"""Spreadsheets and CSV files as rows of text. A workbook is read in its own process, in case it is hostile."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import python_calamine

LARGEST = 10 * 1024 * 1024
_UNPACKED = 100 * 1024 * 1024
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 60
_APART = (sys.executable, "-P", "-m", __name__)
"""With ``-P`` no file in the current folder can be imported as a module."""
ROWS, COLUMNS = 5_000, 200
_TEXT = (".csv", ".tsv", ".txt")
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of one sheet as text. A day is written as in a profile; an empty cell is an empty string."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Unopened:
    """Why a file cannot be read: a key of ``unopened`` in ``coordinator/texts/import.yml``."""

    key: str


def sheets(name: str, content: bytes) -> tuple[Sheet, ...] | Unopened:
    """The visible sheets of a file, or why it cannot be read. Only the suffix of ``name`` is used."""
    if len(content) > LARGEST:
        return Unopened("too-large")
    if not content.strip(b"\0 \r\n\t"):
        return Unopened("empty")
    if Path(name).suffix.lower() in _TEXT:
        return _of_text(content)
    if content.startswith(b"PK") and (reason := _packed(content)):
        return Unopened(reason)
    try:
        read = subprocess.run([*_APART], input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Unopened("too-many")
    if read.returncode:
        return Unopened("too-many" if read.returncode < 0 else "broken")
    found = json.loads(read.stdout)
    if isinstance(found, str):
        return Unopened(found)
    return tuple(Sheet(name, tuple(map(tuple, rows))) for name, rows in found)


def is_workbook(content: bytes) -> bool:
    """Whether a file is a spreadsheet, whatever its name."""
    return content.startswith((b"PK", _OLD_OFFICE))


def _packed(content: bytes) -> str | None:
    """Why a workbook must not be unpacked; None if it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            whole = sum(part.file_size for part in packed.infolist())
            locked = any(part.flag_bits & 1 for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "broken"
    return "too-large" if whole > _UNPACKED else "locked" if locked else None


def _of_text(content: bytes) -> tuple[Sheet, ...] | Unopened:
    """A text file with values separated by semicolons, tabs or commas, or by the sign that a ``sep=`` line names."""
    text = decoded(content)
    if text is None:
        return Unopened("no-text")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        text, between = rest, first.strip()[4]
    else:
        between = max(";\t,", key=lambda sign: (_most(text, sign), ";\t,".find(sign) == 0))
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=between)]
    except csv.Error:
        return Unopened("broken")
    return _checked([Sheet("", tuple(tuple(map(_shown, row)) for row in rows))])


def _most(text: str, sign: str) -> int:
    """The largest number of times that a sign occurs in one of the first lines."""
    return max((line.count(sign) for line in text.split("\n")[:20]), default=0)


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-16, UTF-8 or Windows-1252; None if it is not text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _checked(found: Sequence[Sheet]) -> tuple[Sheet, ...] | Unopened:
    if any(len(sheet.rows) > ROWS or any(len(row) > COLUMNS for row in sheet.rows) for sheet in found):
        return Unopened("too-many")
    return tuple(found)


def _shown(cell: object) -> str:
    """A cell as text: a whole number without a decimal point, a day as in a profile."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _workbook(content: bytes) -> Iterator[Sheet]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about in book.sheets_metadata:
            if about.visible == python_calamine.SheetVisibleEnum.Visible:
                table = book.get_sheet_by_name(about.name)
                if table.total_height > ROWS * 10 or table.total_width > COLUMNS * 10:
                    raise OverflowError
                rows = [tuple(map(_shown, row)) for row in table.to_python(skip_empty_area=False)]
                yield Sheet(about.name, tuple(_without_end(rows)))


def _without_end(rows: list[Row]) -> list[Row]:
    """The rows without empty rows and columns at the end, which often come from formatting."""
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    height = max((at + 1 for at, row in enumerate(rows) if any(row)), default=0)
    return [row[:width] for row in rows[:height]]


def _main() -> None:
    """Read a workbook from standard input, and print its sheets, or why it cannot be read, as JSON."""
    content = sys.stdin.buffer.read()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        found = _checked([*_workbook(content)])
        out = found.key if isinstance(found, Unopened) else [(sheet.name, sheet.rows) for sheet in found]
    except python_calamine.PasswordError:
        out = "locked"
    except OverflowError:
        out = "too-many"
    except python_calamine.CalamineError:
        out = "locked" if content.startswith(_OLD_OFFICE) and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" in content else "broken"
    print(json.dumps(out))


if __name__ == "__main__":
    _main()
