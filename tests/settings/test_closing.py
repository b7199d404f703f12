"""The closing in a configuration: a date, or a date and where to ask instead."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, render
from kokemus.publication.inputs import gather
from kokemus.settings import closing
from kokemus.settings.closing import Closing
from kokemus.vocabulary.node import Node
from tests.conftest import change

DAY = date(2027, 3, 1)


def read(options: dict[str, Any]) -> tuple[Closing | None, list[Problem]]:
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return closing.read(node, ("fi", "sv")), node.problems


def test_a_date_is_enough_and_texts_are_optional() -> None:
    """Without a closing, nothing is written."""
    instead = {"fi": "Kysy muualta.", "sv": "Fråga någon annan."}
    assert read({}) == (None, [])
    assert read({"closed": "2027-03-01"}) == read({"closed": {"on": DAY}}) == (Closing(on=DAY), [])
    assert read({"closed": {"on": DAY, "instead": instead}}) == (Closing(on=DAY, instead=instead), [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.3.2027", "no-date"),
        (True, "no-date"),
        ([DAY], "no-date"),
        ({"on": "maaliskuussa"}, "no-date"),
        ({"instead": {"fi": "a", "sv": "b"}}, "missing-key"),
        ({"on": DAY, "until": DAY}, "unknown-key"),
        ({"on": DAY, "instead": "muualta"}, "not-a-mapping"),
        ({"on": DAY, "instead": {"fi": "muualta"}}, "missing-language"),
    ],
)
def test_an_invalid_closing_is_an_error(value: Any, code: str) -> None:
    """Each has its own code, and without a date no site is built."""
    assert [one.code for one in read({"closed": value})[1]] == [code]


def test_an_invalid_date_is_reported_with_its_position(demo: Path) -> None:
    """File, line and column, as for every other date."""
    change(demo, "mkdocs.yml", "      experts: experts\n", "      experts: experts\n      closed: 31.2.2027\n")
    found = gather(demo / "mkdocs.yml")
    line = (demo / "mkdocs.yml").read_text("utf-8").splitlines().index("      closed: 31.2.2027") + 1
    assert render(found.problems, found.marks).startswith(f"mkdocs.yml:{line}:7: error[no-date]: ")
