"""Every kind of bad input in a profile, as a file with its exact answer, and good files."""

from pathlib import Path

import pytest

from kokemus.documents import listing, parser
from kokemus.documents.problems import render
from kokemus.experts import further, profile
from kokemus.vocabulary import Vocabulary

CASES = Path(__file__).parent / "cases"
INVALID = sorted(
    case for folder in ("invalid", "beyond-schemas") for case in (CASES / folder).iterdir() if case.suffix != ".txt"
)


def answer(case: Path, vocabulary: Vocabulary) -> str:
    """Everything that ``check`` says about one file, or about the profiles of one folder."""
    if case.is_dir():
        documents, problems = listing.read(case, "experts")
    else:
        document, problems = parser.read(f"experts/{case.name}", case.read_bytes())
        documents = (document,) if document else ()
        problems += () if document else tuple(further.problems(f"experts/{case.name}", case.read_bytes(), vocabulary))
    _, found = profile.read_all(documents, vocabulary)
    return render([*problems, *found], {document.path: document.marks for document in documents})


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_bad_input_is_answered_with_place_and_help(case: Path, lapland: Vocabulary) -> None:
    """Exactly the expected lines, and never a private value."""
    assert answer(case, lapland) == case.with_suffix(".txt").read_text("utf-8")
    assert "canary-value" not in answer(case, lapland)


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_every_answer_names_file_line_column_and_help(case: Path, lapland: Vocabulary) -> None:
    """In the form that editors and people can follow."""
    lines = answer(case, lapland).splitlines()
    assert len(lines) >= 2
    for said, helped in zip(lines[::2], lines[1::2], strict=True):
        place, severity, *_ = said.split(" ")
        path, line, column, _ = place.split(":")
        assert path.startswith("experts/")
        assert int(line) >= 1
        assert int(column) >= 1
        assert severity.startswith(("error[", "warning["))
        assert helped.startswith("  help: ")


@pytest.mark.parametrize("case", sorted((CASES / "valid").glob("*.yml")), ids=lambda case: case.name)
def test_good_input_is_accepted_without_a_word(case: Path, lapland: Vocabulary) -> None:
    """The whole format, in every way of writing that it allows."""
    assert answer(case, lapland) == ""


def test_two_files_with_one_code_but_for_capitals_are_both_named(tmp_path: Path, lapland: Vocabulary) -> None:
    """On some computers one would overwrite the other. They are made here, since those could not check them out."""
    profile_text = (CASES / "valid" / "short.yml").read_text("utf-8")
    documents = [parser.read(f"experts/{name}.yml", profile_text.encode())[0] for name in ("e01", "E01")]
    _, problems = profile.read_all([document for document in documents if document], lapland)
    assert [(found.code, found.path) for found in problems] == [
        ("code", "experts/E01.yml"),
        ("same-code", "experts/e01.yml"),
        ("same-code", "experts/E01.yml"),
    ]


@pytest.mark.parametrize("code", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_a_name_reserved_by_windows_is_not_a_code(code: str, lapland: Vocabulary) -> None:
    """The file is made here, since Windows could not check it out."""
    document, _ = parser.read(f"experts/{code}.yml", (CASES / "valid" / "short.yml").read_bytes())
    _, problems = profile.read_all([document] if document else [], lapland)
    assert [found.code for found in problems] == ["code-reserved"]
