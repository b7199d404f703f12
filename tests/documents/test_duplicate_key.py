"""What a coordinator reads about a key that is in a file twice."""

import pytest

from kokemus.documents import parser


@pytest.mark.parametrize(
    ("text", "first", "empty"),
    [
        ("offers: []\nid: e24\noffers:\n  - topic: hope\n", 1, 1),
        ("id: e24\noffers:\n  - topic: hope\noffers: {}\n", 2, 4),
        ("id: e24\nphone: 1\nphone: 2\n", 2, None),
    ],
)
def test_both_lines_are_told_and_which_one_is_empty(text: str, first: int, empty: int | None) -> None:
    (found,) = parser.read("experts/e24.yml", text.encode())[1]
    assert dict(found.values) == {"first": str(first)} | ({"near": str(empty)} if empty else {})
