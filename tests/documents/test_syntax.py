"""A beginner's typing mistakes are named for what they are, at the line where they can be fixed."""

from pathlib import Path

import pytest

from kokemus.documents import mkdocs_yml, parser

PROFILE = """\
consent:
  given: 2026-03-02
  text: "2026-1"
languages: [fi, sv]
remote: true
offers:
  - topic: recovery
  - topic: encounter
  - topic: loneliness
private:
  notes: "invented: nobody's"
"""
MISTAKES = {
    "an item too far in": ("  - topic: encounter", "   - topic: encounter", "yaml-indentation", 8),
    "an item too far out": ("  - topic: encounter", " - topic: encounter", "yaml-indentation", 8),
    "a key too far in": ("languages:", " languages:", "yaml-indentation", 4),
    "a key below another's value": ("  given", "given", "yaml-indentation", 3),
    "a key below an item's": ("encounter", "encounter\n     formats: [panel]", "yaml-indentation", 9),
    "no dash": ("  - topic: loneliness", "  topic: loneliness", "yaml-indentation", 9),
    "no space after a dash": ("  - topic: loneliness", "  -topic: loneliness", "yaml-indentation", 9),
    "a quotation mark that is not closed": ('"2026-1"', '"2026-1', "yaml-quotes", 3),
    "the last one not closed": ("nobody's\"", "nobody's", "yaml-quotes", 11),
    "two kinds": ('"2026-1"', "'2026-1\"", "yaml-quotes", 3),
    "text after the quotation": ('"2026-1"', '"2026-1" new', "yaml-quotes", 3),
    "text after a bracket": ('"2026-1"', "[2026-1] new", "yaml-quotes", 3),
    "a sign at the beginning": ('"2026-1"', "@2026", "yaml-quotes", 3),
    "a colon in a text": ('"2026-1"', "2026: 1", "yaml-colon", 3),
    "no space after a colon": ("remote: true", "remote:true", "yaml-no-space", 5),
    "no space after a first key's colon": ("given: 2", "given:2", "yaml-no-space", 2),
    "no space after an item's colon": ("topic: recovery", "topic:recovery\n    formats: [talk]", "yaml-no-space", 7),
    "no space before a list": ("languages: [", "languages:[", "yaml-no-space", 4),
    "no space before a quotation mark": ('text: "', 'text:"', "yaml-no-space", 3),
    "no colon in the first line": ("consent:\n  given: 2026-03-02", "consent", "yaml-no-colon", 1),
    "no colon after a first key": ("given:", "given", "yaml-no-colon", 2),
    "no colon": ("offers:", "offers", "yaml-no-colon", 6),
    "a bracket that closes nothing": ("[fi, sv]", "[fi, sv]]", "yaml-bracket-extra", 4),
    "a brace that closes nothing": ("[fi, sv]", "[fi, sv] }", "yaml-bracket-extra", 4),
    "a bracket that is not closed": ("[fi, sv]", "[fi, sv", "yaml-brackets", 4),
}


@pytest.mark.parametrize(("old", "new", "code", "line"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_reported_at_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    """In a profile and in the configuration."""
    assert parser.read("a.yml", PROFILE.encode())[1] == ()
    assert old in PROFILE
    broken = PROFILE.replace(old, new)
    (found,) = parser.read("a.yml", broken.encode())[1]
    assert (found.code, found.mark and found.mark.line) == (code, line)
    (tmp_path / "mkdocs.yml").write_text(broken, "utf-8")
    (same,) = mkdocs_yml.read(tmp_path / "mkdocs.yml")[1]
    assert (same.code, same.mark) == (found.code, found.mark)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x85", "\u2028"])
def test_a_mistake_is_found_whatever_ends_the_lines(end: str) -> None:
    """Line numbers are YAML's; the fuzz found a profile with line ends of the old Macintosh."""
    text = end.join(("offers: []", "card:", "  consent:2026-03-02", "  name: Kielo", "private:", "  notes: …", ""))
    _, problems = parser.read("experts/e01.yml", text.encode())
    assert [(one.code, one.mark and one.mark.line) for one in problems][:1] == [("yaml-no-space", 3)]
