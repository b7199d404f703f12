"""Read requests from a file: a form service's table, or a single request as it was sent."""

from datetime import date

from kokemus.importing import opening
from kokemus.importing.opening import Unopened
from kokemus.requests import reading
from kokemus.requests.request import Request
from kokemus.vocabulary import Vocabulary


def requests(content: bytes, vocabulary: Vocabulary, on: date) -> tuple[Request, ...] | Unopened:
    """The requests in a file's content, received on a day, or why there are none."""
    is_workbook = opening.is_workbook(content)
    text = None if is_workbook else opening.decoded(content)
    sheets = opening.sheets("" if is_workbook else "request.txt", content)
    for sheet in () if isinstance(sheets, Unopened) else sheets:
        if (found := reading.table(sheet.rows, vocabulary, on)) is not None:
            return found or Unopened("no-requests")
    request = reading.read(text or "", vocabulary, on)
    if not request.is_empty:
        return (request,)
    return sheets if isinstance(sheets, Unopened) else Unopened("no-requests")
