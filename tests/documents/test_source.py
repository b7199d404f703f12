"""Reading a file never blocks and never loads too much."""

import os
from pathlib import Path

import pytest

from kokemus.documents import source
from kokemus.documents.problems import Problem, problem, render
from kokemus.publication.inputs import gather

MOST = 100


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    """Up to the largest size, and through a link, which is judged elsewhere."""
    file = tmp_path / "a.md"
    file.write_bytes(b"a" * MOST)
    (tmp_path / "link.md").symlink_to(file)
    assert source.read(file, "a.md", MOST) == source.read(tmp_path / "link.md", "link.md", MOST) == b"a" * MOST


def test_whatever_else_is_there_is_a_problem(tmp_path: Path) -> None:
    """At once: a pipe would block, and a sparse file would fill the memory."""
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    (tmp_path / "round.md").symlink_to("round.md")
    for name in ("folder.md", "pipe.md", "dangling.md", "round.md", "none.md"):
        assert source.read(tmp_path / name, name) == problem("no-plain-file", name)
    large = tmp_path / "large.md"
    large.touch()
    os.truncate(large, 10**12)
    found = source.read(large, "large.md")
    assert isinstance(found, Problem)
    assert found.code == "file-too-large"


@pytest.mark.parametrize("kind", ["folder", "pipe", "large", "dangling"])
@pytest.mark.parametrize(
    "name", ["experts/q.yml", "terms/topics.yml", "site_src/fi/about.md", "site_src/fi/x.bin", "crisis.yml"]
)
def test_a_folder_with_something_that_is_no_file_is_answered_at_once(name: str, kind: str, small: Path) -> None:
    """Wherever it is, with its name."""
    configuration = small / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace("      experts: experts\n", "      crisis: {file: crisis.yml}\n")
    configuration.write_text(text, "utf-8")
    file = small / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "dangling":
        file.symlink_to("nowhere")
    else:
        file.touch()
        os.truncate(file, 10**12)
    found = {one.path for one in gather(configuration).problems if one.severity == "error"}
    assert (name in found) is not (kind == "folder" and name.endswith(".bin"))


def test_a_name_that_cannot_be_printed_is_escaped_in_every_form() -> None:
    """No file name can add a line to a log or change its colours."""
    found = problem("no-plain-file", "a\n::error::\x1b[31m\udcff.md")
    for form in ("text", "github", "json", "gitlab"):
        said = render([found], {}, form)
        said.encode()
        assert "\x1b" not in said
        assert "\n::error::" not in said.partition("title")[0]
    assert render([found], {}).startswith(r"a\n::error::\x1b[31m\udcff.md:1:1: error")
