"""What the repository around the profiles has that it must not have, or has in the wrong place."""

from pathlib import Path

import pytest

from kokemus import resources
from kokemus.documents.problems import Problem
from kokemus.publication.inputs import gather
from tests.conftest import git
from tests.rigs.repositories import commit


@pytest.fixture
def kept(demo: Path) -> Path:
    """The demo in a repository, with the files that ``init`` writes to publish it."""
    scaffold = resources.PACKAGE / "coordinator" / "scaffold"
    for name in (".gitignore", ".github/workflows/site.yml"):
        (demo / name).parent.mkdir(parents=True, exist_ok=True)
        (demo / name).write_bytes((scaffold / name).read_bytes())
    git(demo, "init", "--quiet")
    commit(demo, "Begin")
    return demo


def told(folder: Path, code: str) -> list[Problem]:
    return [one for one in gather(folder / "mkdocs.yml").problems if one.code == code]


@pytest.mark.parametrize("name", ["people.xlsx", "experts/People.CSV", "experts/o.ods", "o.xls"])
def test_a_spreadsheet_that_git_records_is_told_with_the_command(kept: Path, name: str) -> None:
    """It went in with -f, past .gitignore. One that git ignores, or that a page offers, is nobody's concern."""
    (kept / name).write_text("x", "utf-8")
    (kept / "site_src" / "sv" / "prices.csv").write_text("x", "utf-8")
    git(kept, "add", "-f", "site_src/sv/prices.csv")
    assert not told(kept, "sheet-recorded")
    git(kept, "add", "-f", name)
    for _ in ("not committed yet", "committed"):
        (found,) = told(kept, "sheet-recorded")
        assert (found.path, found.severity) == (name, "warning")
        assert f"git rm --cached {name}" in found.text("help", "fi")
        commit(kept, "Change")
    git(kept, "rm", "--quiet", "--cached", name)
    assert not told(kept, "sheet-recorded")
