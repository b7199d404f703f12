"""Several associations with one catalogue: named in the configuration, each with the facts that it wants to give."""

from typing import Any

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.settings import together
from kokemus.settings.together import Partner
from kokemus.vocabulary.node import Node

TWO: dict[str, Any] = {"lappi-a": "Yhdistys A ry", "lappi-b": {"name": "Yhdistys B ry", "email": "b@example.org"}}


def read(options: dict[str, Any]) -> tuple[dict[str, Partner], list[Problem]]:
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return dict(together.read(node)), node.problems


def test_an_association_is_a_name_alone_or_with_facts() -> None:
    """In the order in which they are written. Without others, ``together`` is left out."""
    found, problems = read({"together": TWO})
    assert [*found.items()] == [
        ("lappi-a", Partner(name="Yhdistys A ry")),
        ("lappi-b", Partner(name="Yhdistys B ry", email="b@example.org")),
    ]
    assert problems == []
    assert read({}) == ({}, [])


def test_a_profile_may_name_an_association_by_id_or_name_in_any_case() -> None:
    """Like every other term in a profile."""
    terms = together.terms(read({"together": TWO})[0])
    assert [terms.find(word) for word in ("LAPPI-A", "yhdistys b ry", "Yhdistys C ry")] == ["lappi-a", "lappi-b", None]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Yhdistys A ry", "together-names"),
        (["Yhdistys A ry", "Yhdistys B ry"], "together-names"),
        ({"lappi-a": "Yhdistys A ry"}, "together-few"),
        (TWO | {"Lappi C": "Yhdistys C ry"}, "together-id"),
        (TWO | {"lappi-c": "yhdistys a ry"}, "together-same"),
        (TWO | {"lappi-c": ""}, "empty-text"),
        (TWO | {"lappi-c": {"email": "c@example.org"}}, "missing-key"),
        (TWO | {"lappi-c": {"name": "Yhdistys C ry", "www": "example.org"}}, "unknown-key"),
        (TWO | {"lappi-c": {"name": "Yhdistys C ry", "email": "example.org"}}, "no-email"),
        (TWO | {"lappi-c": {"name": "Yhdistys C ry", "business_id": "123"}}, "no-business-id"),
    ],
)
def test_what_is_wrong_has_its_own_code(written: Any, code: str) -> None:
    """A typing mistake never puts a name into a notice."""
    assert [one.code for one in read({"together": written})[1]] == [code]


def test_a_list_of_names_is_answered_with_ids_for_them() -> None:
    """They can be written as the message says."""
    (found,) = read({"together": ["Yhdistys Ääni ry", "Yhdistys B ry"]})[1]
    assert "together: {yhdistys-aani-ry: Yhdistys Ääni ry, yhdistys-b-ry: Yhdistys B ry}" in found.help
