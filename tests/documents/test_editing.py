"""Edits keep every other line as it was written."""

import difflib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.documents import parser
from kokemus.documents.document import Data, Document
from kokemus.documents.editing import edited
from kokemus.documents.problems import Route
from tests.conftest import ROOT

TEXT = """\
# who it is
consent: {given: 2026-03-02, text: "2026-1"}  # signed
languages: [suomi]   # speaks
places:
  - kemi
  # far away
  - tornio
remote: true
offers:
  # first
  - topic: recovery   # a
  - topic: hope
    perspective: relative
  # last
private:
  name: 'N N'
  notes: >
    many
    words

  # end
"""


def document(text: str = TEXT) -> Document:
    found, problems = parser.read("experts/a.yml", text.encode())
    assert found, problems
    return found


def changed(text: str, route: Route, value: Data) -> list[str]:
    after = edited(document(text), {route: value})
    assert after is not None
    return [line for line in difflib.ndiff(text.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("route", "value", "lines"),
    [
        (("languages",), ["fi", "sv"], ["- languages: [suomi]   # speaks", "+ languages: [fi, sv]   # speaks"]),
        (("remote",), False, ["- remote: true", "+ remote: false"]),
        (("remote",), None, ["- remote: true"]),
        (("places",), ["kemi"], ["+ places: [kemi]", "- places:", "-   - kemi", "-   # far away", "-   - tornio"]),
        (("private", "name"), "O: O", ["-   name: 'N N'", '+   name: "O: O"']),
        (("private", "email"), "o@example.org", ['+   email: "o@example.org"']),
        (("consent", "review"), date(2027, 3, 1), None),
        (("consent", "text"), None, None),
        (("paused",), {"from": date(2026, 6, 1)}, ["+ paused:", "+   from: 2026-06-01"]),
        (("paused", "from"), date(2026, 6, 1), ["+ paused:", "+   from: 2026-06-01"]),
        (("formats",), ["panel"], ["+ formats: [panel]"]),
        (("offers",), [{"topic": "recovery"}], ["-   - topic: hope", "-     perspective: relative"]),
        (
            ("offers",),
            [{"topic": "recovery"}, {"topic": "hope", "perspective": "relative"}, {"topic": "alcohol"}],
            ["+   - topic: alcohol"],
        ),
    ],
)
def test_only_the_lines_of_the_value_change(route: Route, value: Data, lines: list[str] | None) -> None:
    """Comments, order, quotes and layout of everything else stay."""
    found = changed(TEXT, route, value)
    if lines is None:
        assert len(found) == 2
        assert all("# signed" in line for line in found)
    else:
        assert found == lines


def test_a_route_may_lead_through_an_item_of_a_list() -> None:
    """As in ``mkdocs.yml``, where the plugin is one; every other line stays."""
    document = parser.read("a.yml", TEXT.encode())[0]
    assert document
    expected = TEXT.replace("topic: hope", 'topic: "new"', 1)
    assert edited(document, {("offers", 1, "topic"): "new"}) == expected.replace('"new"', "new")
    assert edited(document, {("offers", 7, "topic"): "new"}) is None


def test_line_ends_stay_what_they_are() -> None:
    """Including those of Windows, also in added lines."""
    after = edited(document(TEXT.replace("\n", "\r\n")), {("private", "email"): "a", ("formats",): ["panel"]})
    assert after is not None
    assert after.count("\n") == after.count("\r\n")


def test_what_is_in_one_pair_of_braces_stays_there() -> None:
    """Some people write mappings that way."""
    text = "{consent: {given: 2026-03-02}, languages: [fi], offers: [{topic: hope}]}\n"
    after = edited(
        document(text), {("languages",): ["sv"], ("private", "name"): "N", ("offers",): [{"topic": "grief"}]}
    )
    assert after == (
        '{consent: {given: 2026-03-02}, languages: [sv], offers: [{topic: grief}], private: {name: "N"}}\n'
    )


def test_a_change_that_changes_nothing_leaves_every_byte() -> None:
    """However the value is written."""
    assert edited(document(), {("languages",): ["suomi"], ("private", "email"): None}) == TEXT


PROFILES = [path.read_text("utf-8") for path in sorted((ROOT / "experts").glob("e*.yml")) if path.stem != "edition"]
WORDS = st.sampled_from(
    ["hope", "grief", "fi", "kemi", "true", "2026-03-02", "12", "a: b", "# c", "ä\u2028ö", '"', " x"]
)
VALUES: dict[Route, st.SearchStrategy[Data]] = {
    ("languages",): st.lists(WORDS, min_size=1, max_size=3),
    ("places",): st.none() | st.lists(WORDS, min_size=1, max_size=3),
    ("remote",): st.booleans(),
    ("private", "name"): st.none() | WORDS,
    ("private", "notes"): st.none() | st.text(st.characters(categories=["L", "P", "Zs", "N"]), min_size=1),
    ("consent", "solo"): st.none() | st.lists(WORDS, min_size=1, max_size=3),
    ("card", "name"): WORDS,
    ("card", "text", "fi"): WORDS,
    ("paused",): st.none() | st.fixed_dictionaries({"from": st.dates(), "until": st.dates()}),
    ("offers",): st.lists(st.fixed_dictionaries({"topic": WORDS}), min_size=1, max_size=4, unique_by=str),
}


@pytest.mark.slow
@given(st.sampled_from(PROFILES), st.sampled_from(sorted(VALUES)), st.data())
def test_an_edit_of_one_value_changes_the_lines_of_that_value_alone(
    text: str, route: Route, data: st.DataObject
) -> None:
    """In any profile, whatever is in it; and reading the text gives the intended change."""
    value = data.draw(VALUES[route])
    after = edited(document(text), {route: value})
    assert after is not None
    made = document(after)
    assert made.at(route) == value
    others = {one for one in document(text).marks if one and one[:1] != route[:1]}
    assert all(made.at(one) == document(text).at(one) for one in others)
    block = {line for line in text.splitlines() if line}
    for line in difflib.ndiff(text.splitlines(), after.splitlines()):
        if line.startswith("- ") and line[2:] in block:
            assert line[2:].startswith((f"{route[0]}:", " ")), line


BLOCKS = """\
languages: [fi]
private:
  name: >-
    N
    N
  notes: |
    one

    two
  limits: none
remote: true
"""


def test_a_text_on_lines_of_its_own_takes_no_other_line_along() -> None:
    """Removed, replaced, and with something new after it."""
    assert changed(BLOCKS, ("private", "name"), None) == ["-   name: >-", "-     N", "-     N"]
    assert sorted(changed(BLOCKS, ("private", "name"), "O")) == ["+   name: O", "-     N", "-     N", "-   name: >-"]
    lines = ["-   notes: |", "-     one", "- ", "-     two"]
    assert changed(BLOCKS, ("private", "notes"), None) == lines
    without = BLOCKS.replace("  limits: none\n", "")
    assert changed(without, ("private", "phone"), "1") == ['+   phone: "1"']
    both = edited(document(BLOCKS), {("private", "name"): None, ("private", "notes"): "x", ("private", "limits"): None})
    assert both == "languages: [fi]\nprivate:\n  notes: x\nremote: true\n"
