"""Prose: what a hand-written page must keep."""

from pathlib import Path

import pytest

from kokemus.publication.inputs import gather
from tests.conftest import change


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_crisis_page_with_typed_numbers_is_told(demo: Path, language: str) -> None:
    """They would stay when a number changes."""
    page = f"site_src/{language}/crisis.md"

    def told() -> list[str]:
        return [one.path for one in gather(demo / "mkdocs.yml").problems if one.code == "crisis-typed"]

    assert told() == []
    change(demo, page, "{{ crisis_lines() }}", "- 112\n- 116 117")
    assert told() == [page]
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.code == "crisis-typed"]
    assert "{{ crisis_lines() }}" in found.text("help", "fi")
