"""The association that answers for a site, and how to reach it."""

import pytest

from kokemus.association import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("016 555 0100", "0165550100"),
        ("+358 (0)16 555-0100", "+358165550100"),
        ("(0)16 555 0100", "0165550100"),
        ("116 117", "116117"),
    ],
)
def test_a_number_is_dialled_as_it_rings(written: str, number: str) -> None:
    """The zero in brackets is for callers in the country alone."""
    assert dialled(written) == number
