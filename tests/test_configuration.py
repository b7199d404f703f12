"""A configuration that nobody would write on purpose gets an answer, never a traceback."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kokemus.cli import main

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("old", "new", "terms", "code"),
    [
        ("      experts: experts\n", "      1: x\n", None, "unknown-key"),
        ("# The demo", "extra: &a {b: *a}\n# The demo", None, ""),
        ("# The demo", "# The demo", b"aa: {fi: \xe4}\n", "not-utf-8"),
    ],
    ids=["a number as a key", "an alias of itself", "terms in Latin-1"],
)
def test_check_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, terms: bytes | None, code: str
) -> None:
    """With the problem where it is one, and exit code 0 or 1."""
    for name in ("experts", "site_src"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "mkdocs.yml").write_text(text.replace(old, new, 1), "utf-8")
    if terms:
        (tmp_path / "terms").mkdir()
        (tmp_path / "terms" / "topics.yml").write_bytes(terms)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "--on", "2026-11-24"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == (1 if code else 0), result.output
    assert not code or f"[{code}]" in result.output
