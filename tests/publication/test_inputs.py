"""All that the configuration names, read and checked."""

from pathlib import Path

import pytest

from kokemus.publication.inputs import gather


@pytest.mark.parametrize("name", ["x7k2m.yml", "experts/2026/x7k2m.yml", "expert/x7k2m.yaml"])
def test_a_profile_that_nobody_would_read_is_an_error(demo: Path, name: str) -> None:
    """Else its expert is missing, and the advice leads to cutting what the association arranges."""
    assert not any(found.code == "stray-profile" for found in gather(demo / "mkdocs.yml").problems)
    (demo / name).parent.mkdir(parents=True, exist_ok=True)
    (demo / "experts" / "e05.yml").rename(demo / name)
    assert [found.path for found in gather(demo / "mkdocs.yml").problems if found.code == "stray-profile"] == [name]
