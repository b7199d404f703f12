"""Read evaluations from a file: a form service's table, or a single evaluation as it was sent."""

from kokemus.importing import opening
from kokemus.importing.opening import Unopened
from kokemus.requests import evaluation
from kokemus.requests.evaluation import Evaluation


def evaluations(content: bytes) -> tuple[Evaluation, ...] | Unopened:
    """The evaluations in a file's content, or why there are none."""
    is_workbook = opening.is_workbook(content)
    sheets = opening.sheets("" if is_workbook else "evaluation.txt", content)
    for sheet in () if isinstance(sheets, Unopened) else sheets:
        if (found := evaluation.table(sheet.rows)) is not None:
            return found or Unopened("no-evaluations")
    one = None if is_workbook else evaluation.read(opening.decoded(content) or "")
    if one:
        return (one,)
    return sheets if isinstance(sheets, Unopened) else Unopened("no-evaluations")
