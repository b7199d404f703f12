"""The parameters of anonymity that an association may choose, and those that it had better not."""

import pytest

from kokemus import parameters, source
from kokemus.parameters import Parameters
from kokemus.reading import Node


def chosen(text: str) -> tuple[dict[str, float], str, list[str]]:
    """What is read from a configuration's part, and the codes of what is wrong with it."""
    document, problems = source.read("mkdocs.yml", f"anonymity: {text}\n".encode())
    assert document, problems
    part = Node(document, [], (), document.data).at("anonymity")
    found, rhythm = parameters.read(part)
    return dict(found), rhythm, [problem.code for problem in part.problems]


@pytest.mark.parametrize("text", ["", "{}"])
def test_who_chooses_nothing_gets_what_is_safe(text: str) -> None:
    """A small crowd is guarded more than a large one."""
    assert chosen(text) == ({}, "quarterly", [])
    assert parameters.parameters(8, {}) == Parameters(k=3, d=2, h=0.8, g=4, c=3)
    assert parameters.parameters(15, {}) == Parameters(k=3, d=2, h=0.8, g=2, c=3)
    assert parameters.parameters(50, {}) == Parameters(k=5, d=2, h=0.8, g=4, c=3)


def test_what_is_chosen_stands_in_for_it() -> None:
    """Name by name; the rest stays as it was."""
    found, rhythm, problems = chosen("{k: 4, h: 0.5, edition: half-yearly}")
    assert (found, rhythm, problems) == ({"k": 4, "h": 0.5}, "half-yearly", [])
    assert parameters.parameters(20, found) == Parameters(k=4, d=2, h=0.5, g=3, c=3)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{k: 2}", ["k-small"]),
        ("{k: 1}", ["k-too-small"]),
        ("{k: yes}", ["not-a-number"]),
        ("{k: 3.5}", ["not-a-number"]),
        ("{h: 1}", ["h-range"]),
        ("{h: 0}", ["h-range"]),
        ("{h: much}", ["not-a-number"]),
        ("{d: 0}", ["parameter-too-small"]),
        ("{g: 0}", ["parameter-too-small"]),
        ("{c: 0, k: 0}", ["k-too-small", "parameter-too-small"]),
        ("{edition: monthly}", ["rhythm"]),
        ("{m: 1}", ["unknown-key"]),
        ("[3]", ["not-a-mapping"]),
    ],
)
def test_what_would_guard_nobody_is_refused(text: str, codes: list[str]) -> None:
    """Each with its reason; a k of two is only warned of."""
    found, _, problems = chosen(text)
    assert problems == codes
    assert found == ({"k": 2} if codes == ["k-small"] else {})


@pytest.mark.parametrize(("size", "most"), [(5, 3), (10, 8), (11, 8), (20, 16), (2, 0)])
def test_of_a_cell_d_stay_outside_and_no_more_than_h_inside(size: int, most: int) -> None:
    """0.8 is four fifths, whatever binary numbers make of it."""
    assert parameters.parameters(50, {}).most(size) == most
