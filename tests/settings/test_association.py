"""The association that answers for a site, and how to reach it."""

import pytest

from kokemus.text import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("016 555 0100", "+358165550100"),
        ("09 2525 0111", "+358925250111"),
        ("0400 555 010", "+358400555010"),
        ("00358 16 555 0100", "+358165550100"),
        ("+46 8 555 0100", "+4685550100"),
        ("+358 (0)16 555-0100", "+358165550100"),
        ("(0)16 555 0100", "+358165550100"),
        ("112", "112"),
        ("116 117", "116117"),
        ("080 005 005", "080005005"),
        ("0800 96 116", "080096116"),
    ],
)
def test_a_number_is_dialled_as_it_rings(written: str, number: str) -> None:
    """From anywhere. Short and free numbers can only be called within the country, so they stay unchanged."""
    assert dialled(written) == number
