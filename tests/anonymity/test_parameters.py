"""An association may make the rule stricter, never weaker."""

import pytest

from kokemus.anonymity import Parameters, parameters
from kokemus.documents import parser
from kokemus.vocabulary.node import Node


def read(text: str) -> tuple[Parameters, list[tuple[str, tuple[str | int, ...]]]]:
    document, problems = parser.read("mkdocs.yml", text.encode())
    assert document, problems
    node = Node(document, [], (), document.data)
    return parameters.read(node), [(found.code, found.route) for found in node.problems]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("k: 4", Parameters(k=4)),
        ("k: 7", Parameters(k=7, floor=16)),
        ("c: 5", Parameters(c=5)),
        ("months: 24", Parameters(months=24)),
        ("floor: 20", Parameters(floor=20)),
        ("person: 0.5", Parameters(person=0.5)),
        ("item: 0.2", Parameters(item=0.2)),
    ],
)
def test_stricter_values_are_taken(text: str, chosen: Parameters) -> None:
    """A larger k raises the floor too, so that two disjoint sets of holders fit into the smallest crowd."""
    assert read(text) == (chosen, [])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("k: 2", "k"),
        ("k: 8", "k"),
        ("c: 2", "c"),
        ("months: 11", "months"),
        ("floor: 11", "floor"),
        ("{k: 6, floor: 13}", "floor"),
        ("person: 0.14", "person"),
        ("person: 0.51", "person"),
        ("item: 0.05", "item"),
        ("item: 0.6", "item"),
    ],
)
def test_weaker_values_are_errors(text: str, key: str) -> None:
    """Values that weaken the rule are errors. So are values so strict that they silence the crowd by accident."""
    assert read(text)[1] == [("parameter-range", (key,))]


def test_what_is_no_number_is_an_error() -> None:
    """A boolean is not a number either."""
    assert read("k: yes")[1] == [("not-a-number", ("k",))]
    assert read("months: 12.5")[1] == [("not-a-number", ("months",))]


@pytest.mark.parametrize(
    ("size", "before", "k"), [(49, 3, 3), (50, 3, 5), (49, 5, 5), (45, 5, 5), (44, 5, 3), (100, 3, 5)]
)
def test_a_large_crowd_asks_for_more_holders_until_it_is_clearly_small(size: int, before: int, k: int) -> None:
    """Five holders from fifty people on, and three again only below 45."""
    assert Parameters().at_look(size, before).k == k


def test_a_chosen_k_is_never_lowered_by_size() -> None:
    """An association that chose k = 7 keeps it in a large crowd."""
    assert Parameters(k=7, floor=16).at_look(60, 3).k == 7


@pytest.mark.parametrize(("text", "code"), [("[k, 4]", "not-a-mapping"), ("{k: 4, n: 3}", "unknown-key")])
def test_what_cannot_be_read_chooses_nothing(text: str, code: str) -> None:
    """A list or an unknown key is reported, and the other parameters keep their values."""
    chosen, problems = read(text)
    assert [found for found, _ in problems] == [code]
    assert chosen in (Parameters(), Parameters(k=4))
