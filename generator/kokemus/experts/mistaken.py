"""A withdrawal that was marked for the wrong person: its day, and the day on which the expert said so themself."""

from datetime import date

from kokemus.documents.document import Document
from kokemus.experts.keys import MISTAKEN
from kokemus.vocabulary.node import Node


def read(node: Node) -> date | None:
    """The day of the answer, if a consent has one. Nobody can be asked before the mistake is made."""
    part = node.at("mistaken")
    if not node.has("mistaken") or not part.mapping(MISTAKEN.shapes, MISTAKEN.required):
        return None
    withdrawn, asked = part.day("withdrawn"), part.day("asked")
    if withdrawn and asked and asked < withdrawn:
        part.report("asked-before-withdrawn", "asked")
    return asked


def excused(document: Document) -> tuple[date, date] | None:
    """The day that was marked and the day of the answer; None unless a profile says both, in this order."""
    marked, asked = (document.at(("consent", "mistaken", key)) for key in ("withdrawn", "asked"))
    if isinstance(marked, date) and isinstance(asked, date) and marked <= asked:
        return marked, asked
    return None
