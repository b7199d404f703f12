"""Every key of a profile that stands below another part is told where it belongs."""

import pytest

from kokemus.documents import parser
from kokemus.experts import profile
from kokemus.experts.keys import HOMES, PROFILE
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Keys

PARTS = {name: keys for name, keys in PROFILE.shapes.items() if isinstance(keys, Keys)}


@pytest.mark.parametrize("part", PARTS)
def test_a_key_below_the_wrong_part_is_told_its_own(lapland: Vocabulary, part: str) -> None:
    """Above all it is not called private; only what is one letter off is taken for a slip."""
    others = [key for key in HOMES if key not in PARTS[part].shapes and HOMES[key] != part]
    for key in others:
        document, _ = parser.read("experts/e01.yml", f"{part}:\n  {key}: x\n".encode())
        assert document
        found = [one for one in profile.read(document, lapland)[1] if one.route == (part, key)]
        told = [(one.code, dict(one.values).get("home", "")) for one in found]
        expected = ("misplaced-key" if HOMES[key] else "key-at-margin", HOMES[key])
        assert told == [("unknown-key", "") if (part, key) == ("card", "topic") else expected], key
