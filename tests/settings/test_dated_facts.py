"""Crisis help and fees: the number shown is the one dialled, the reader's language is first, each fact has a source."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kokemus import resources
from kokemus.documents import parser
from kokemus.documents.problems import errors, render
from kokemus.publication import omission
from kokemus.publication.day import old_facts
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import publish
from kokemus.resources import LANGUAGES
from kokemus.settings import dated_facts
from kokemus.settings.dated_facts import Crisis, Fees, Help, in_order
from tests.conftest import DEMO_DAY, change

TEXT = "{fi: a, sv: a, en: a}"
EMERGENCY = f'{{id: a, number: "112", name: {TEXT}, hours: {TEXT}}}'
OTHER = EMERGENCY.replace("id: a", "id: b")
QUOTED = '"112"'


def ours(inputs: Inputs, kind: str) -> tuple[Crisis | Fees | None, tuple[object, ...]]:
    """The project's own facts, read as strictly as an association's."""
    document, wrong = parser.read(f"{kind}.yml", (resources.PACKAGE / "public" / "facts" / f"{kind}.yml").read_bytes())
    assert document, wrong
    if kind == "crisis":
        return dated_facts.crisis(document, LANGUAGES, inputs.vocabulary.languages)
    return dated_facts.fees(document, LANGUAGES)


def with_own(demo: Path, kind: str, text: str) -> Inputs:
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [lappi]\n      {kind}: {{file: {kind}.yml}}")
    (demo / f"{kind}.yml").write_text(text, "utf-8")
    return gather(demo / "mkdocs.yml")


def said(found: Inputs) -> str:
    return render(found.problems, found.marks)


@pytest.mark.parametrize("kind", ["crisis", "fees"])
def test_the_project_s_own_facts_are_read_without_a_problem(inputs: Inputs, kind: str) -> None:
    """In every language of the site, like an association's."""
    made, wrong = ours(inputs, kind)
    assert wrong == ()
    assert made == getattr(inputs, kind)


def test_every_shipped_entry_says_for_whom_in_which_language_and_where_it_comes_from(inputs: Inputs) -> None:
    """With the date on which it was compared with its source."""
    helpers: list[Help] = [*inputs.crisis.lines, *inputs.crisis.chats]
    for one in helpers:
        assert one.purpose, one.id
        assert one.languages, one.id
        assert one.source, one.id
    assert len({one.id for one in helpers}) == len(helpers)
    assert {language for line in inputs.crisis.lines for language in line.languages} == {"fi", "sv", "en", "uk", "ru"}
    assert "116 117" in {line.number for line in inputs.crisis.lines}
    for duty in inputs.fees.duties:
        assert duty.source, duty.text


def test_shipped_amounts_have_a_source_and_a_year(inputs: Inputs) -> None:
    """The project ships none without a source; an association's own needs both."""
    assert not inputs.fees.amounts or (inputs.fees.source and inputs.fees.year)


def test_112_is_first_and_then_lines_in_the_reader_s_language(inputs: Inputs) -> None:
    """In each language, whatever their order in the file."""
    lines = tuple(reversed(inputs.crisis.lines))
    for language in LANGUAGES:
        first, *others = in_order(lines, language)
        assert first.number == "112"
        own = [language in line.languages for line in others]
        assert own == sorted(own, reverse=True)
        assert own[0], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_shows_what_it_dials_and_its_own_language_first(demo: Path, language: str) -> None:
    """The crisis page has all lines, the foot of every page the first four."""
    found = gather(demo / "mkdocs.yml")
    site = publish(found, DEMO_DAY).site
    assert site
    pages = {page.id: page.content for page in publish(found, DEMO_DAY).pages() if page.language == language}
    linked = re.findall(r'href="tel:([^"]+)">([^<]+)<', pages["crisis"])
    assert linked == [(line.tel, line.number) for line in in_order(found.crisis.lines, language)]
    assert linked[0] == ("112", "112")
    assert len(pages["crisis"].partition('<ul class="lines')[0].split()) <= 30, "the numbers follow a few warm words"
    chats = re.findall(r'href="https://([^"]+)">([^<]+)<', pages["crisis"])
    assert chats == [(chat.address, chat.address) for chat in in_order(found.crisis.chats, language)]
    assert "українська" in pages["crisis"]
    assert "русский" in pages["crisis"]
    assert pages["crisis"].count("mieli.fi") >= 5


def test_a_change_of_the_number_changes_what_is_dialled(demo: Path) -> None:
    """The number is written in only one place."""
    shipped = resources.PACKAGE / "public" / "facts" / "crisis.yml"
    text = shipped.read_text("utf-8").replace("09 2525 0111", "016 555 0199")
    found = with_own(demo, "crisis", text)
    assert found.problems == ()
    assert ("016 555 0199", "+358165550199") in {(line.number, line.tel) for line in found.crisis.lines}
    assert "2525 0111" not in "".join(page.content for page in publish(found, DEMO_DAY).pages())


LINES = {
    "a number of its own to dial": (f"lines: [{EMERGENCY[:-1]}, tel: '112'}}]", "crisis-tel"),
    "no zero": (f"lines: [{EMERGENCY}, {OTHER.replace('112', '9 2525 0111')}]", "crisis-number"),
    "words": (f"lines: [{EMERGENCY}, {OTHER.replace('112', 'soita 116 117')}]", "crisis-number"),
    "too short": (f"lines: [{EMERGENCY}, {OTHER.replace('112', '116')}]", "crisis-number"),
    "no 112": (f"lines: [{EMERGENCY.replace('112', '116 117')}]", "crisis-without-112"),
    "112 without quotes": (f"lines: [{EMERGENCY.replace(QUOTED, '112')}]", "not-text"),
    "an id twice": (f"lines: [{EMERGENCY}, {EMERGENCY.replace('112', '116 117')}]", "fact-id-twice"),
    "a language nobody knows": (f"lines: [{EMERGENCY[:-1]}, languages: [fii]}}]", "unknown-language"),
    "a chat nowhere": (
        f"lines: [{EMERGENCY}]\nchats: [{{id: b, address: 'kysy meiltä', name: {TEXT}, hours: {TEXT}}}]",
        "web-address",
    ),
    "a source without an address": (f"lines: [{EMERGENCY[:-1]}, source: {{name: {TEXT}}}}}]", "missing-key"),
}


@pytest.mark.parametrize(("text", "code"), LINES.values(), ids=LINES)
def test_a_line_that_would_mislead_is_an_error(demo: Path, text: str, code: str) -> None:
    """With its position, and the project's lines are used instead."""
    found = with_own(demo, "crisis", f"checked_on: 2026-11-24\n{text}\n")
    assert [one.code for one in found.problems] == [code]
    assert re.match(r"crisis\.yml:[23]:\d+: error", said(found))
    assert "09 2525 0111" in {line.number for line in found.crisis.lines}


def test_a_date_is_required_for_the_file_or_for_each_line(demo: Path) -> None:
    """A line's own date takes precedence."""
    dated = EMERGENCY[:-1] + ", checked_on: 2026-10-01}"
    assert "missing-key" in said(with_own(demo, "crisis", f"lines: [{EMERGENCY}]\n"))
    (demo / "crisis.yml").write_text(f"lines: [{dated}]\n", "utf-8")
    found = gather(demo / "mkdocs.yml")
    assert found.problems == ()
    assert [str(line.checked_on) for line in found.crisis.lines] == ["2026-10-01"]


AMOUNTS = "amounts: [{what: {fi: a, sv: a, en: a}, amount: 50 €}]\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (AMOUNTS, {"missing-key", "fee-year"}),
        (f"{AMOUNTS}source: {TEXT}\n", {"fee-year"}),
        (f"{AMOUNTS}source: {TEXT}\nyear: viime vuonna\n", {"fee-year"}),
        (f"{AMOUNTS}source: {TEXT}\nyear: 2026\n", set()),
        (f"duties: [{{text: {TEXT}}}]\n", {"missing-key"}),
        ("amounts: []\n", set()),
    ],
)
def test_no_amount_without_its_source_and_year(demo: Path, text: str, codes: set[str]) -> None:
    """Nor a duty without a source."""
    assert {one.code for one in with_own(demo, "fees", f"checked_on: 2026-11-24\n{text}").problems} == codes


@pytest.mark.parametrize(
    ("amount", "codes", "help"),
    [
        ('"200"', ["amount-bare"], '"200 €"'),
        ("0,55 €/km", ["amount-cut"], '"0,55 €/km"'),
        ('"0,55 €/km"', [], ""),
        ('"2 h: 90 €"', [], ""),
    ],
)
def test_an_amount_has_its_unit_and_is_whole(demo: Path, amount: str, codes: list[str], help: str) -> None:
    """Without a unit it is shown, with a warning; the half of an amount is no amount."""
    text = AMOUNTS.replace("50 €", amount)
    found = with_own(demo, "fees", f"checked_on: 2026-11-24\n{text}source: {TEXT}\nyear: 2026\n")
    assert [one.code for one in found.problems] == codes
    assert all(help in one.help for one in found.problems)
    assert bool(found.fees.amounts) is (codes != ["amount-cut"])


def test_an_association_s_own_amounts_are_shown_with_source_and_year(demo: Path) -> None:
    """Without any there is no table."""
    bare = publish(gather(demo / "mkdocs.yml"), DEMO_DAY).pages()
    assert not any("<table" in page.content for page in bare if page.id == "fees")
    found = with_own(demo, "fees", f"checked_on: 2026-11-24\n{AMOUNTS}source: {TEXT.replace('a', 'Me')}\nyear: 2026\n")
    page = next(page for page in publish(found, DEMO_DAY).pages() if (page.id, page.language) == ("fees", "fi"))
    assert "50 €" in page.content
    assert "Lähde: Me, 2026." in page.content


@pytest.mark.parametrize("kind", ["crisis", "fees"])
def test_a_bare_file_name_is_answered_with_the_right_form(demo: Path, kind: str) -> None:
    """The message shows the form that works and does not explain mappings."""
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [lappi]\n      {kind}: {kind}.yml")
    found = gather(demo / "mkdocs.yml")
    assert [one.code for one in found.problems] == ["facts-file"]
    assert f"write {kind}: {{file: {kind}.yml}}" in said(found)


UNREAD = {
    "crisis.yml": ("terms-facts", "crisis: {file: crisis.yml}"),
    "fees.yml": ("terms-facts", "fees: {file: fees.yml}"),
    "Crisis.yaml": ("terms-facts", "crisis: {file: crisis.yml}"),
    "ui.yml": ("terms-fixed", "hand-written page"),
    "form.yml": ("terms-fixed", "hand-written page"),
    "commands.yml": ("terms-fixed", "hand-written page"),
    "topics.yaml": ("terms-file", "did you mean topics.yml?"),
    "topic.yml": ("terms-file", "did you mean topics.yml?"),
    "more/topics.yml": ("terms-file", "topics.yml, formats.yml"),
    "lista.xlsx": ("terms-file", "topics.yml, formats.yml"),
}


@pytest.mark.parametrize(("name", "expected"), UNREAD.items())
def test_an_unread_file_in_the_folder_of_own_terms_is_an_error(
    demo: Path, name: str, expected: tuple[str, str]
) -> None:
    """With what to do instead. A withdrawal does not wait for it."""
    file = demo / "terms" / name
    file.parent.mkdir(parents=True)
    file.write_text("checked_on: 2026-11-24\n", "utf-8")
    found = gather(demo / "mkdocs.yml")
    (wrong,) = found.problems
    code, way = expected
    assert (wrong.code, wrong.severity) == (code, "error")
    assert wrong.path == f"terms/{name.split('/')[0]}"
    assert way in wrong.help
    kept = omission.leaving_out(found, DEMO_DAY)
    assert (errors(kept.problems), kept.left_out) == ((), (wrong,))


def test_other_files_in_the_folder_of_own_terms_are_no_error(demo: Path) -> None:
    """The vocabulary's files, a file that the configuration names, notes, and files that editors leave behind."""
    (demo / "terms").mkdir()
    for name in ("_notes.txt", ".topics.yml.swp", ".#topics.yml", "#topics.yml#", "topics.yml~"):
        (demo / "terms" / name).write_text("x", "utf-8")
    (demo / "terms" / "topics.yml").write_text("depression: {synonyms: {fi: [mustuus]}}\n", "utf-8")
    change(demo, "mkdocs.yml", "serves: [lappi]", "serves: [lappi]\n      crisis: {file: terms/crisis.yml}")
    (demo / "terms" / "crisis.yml").write_text(f"checked_on: 2026-11-24\nlines: [{EMERGENCY}]\n", "utf-8")
    found = gather(demo / "mkdocs.yml")
    assert found.problems == ()
    assert len(found.crisis.lines) == 1


def test_a_folder_of_terms_that_is_named_and_not_there_is_an_error(demo: Path) -> None:
    """The message uses the name in the configuration."""
    change(demo, "mkdocs.yml", "serves: [lappi]", "serves: [lappi]\n      terms: sanasto")
    assert said(gather(demo / "mkdocs.yml")).startswith("sanasto:1:1: error[no-terms-folder]")
    (demo / "sanasto").mkdir()
    assert gather(demo / "mkdocs.yml").problems == ()
    (demo / "sanasto" / "topics.yml").write_text("depression: x\n", "utf-8")
    assert said(gather(demo / "mkdocs.yml")).startswith("sanasto/topics.yml:1:1: error[own-terms]")


def late(found: Inputs) -> Iterator[tuple[str, str]]:
    for one in old_facts(found, DEMO_DAY.replace(year=2028)):
        assert one.severity == "warning"
        yield one.code, one.path


def test_old_facts_are_named_where_the_association_can_change_them(demo: Path) -> None:
    """In its own file at the line, or in its configuration with how to have its own file. Fresh facts are not named."""
    found = gather(demo / "mkdocs.yml")
    assert list(old_facts(found, DEMO_DAY)) == []
    assert list(late(found)) == [("old-shipped-fact", "mkdocs.yml")] * 2
    wrong, _ = old_facts(found, DEMO_DAY.replace(year=2028))
    assert "crisis: {file: crisis.yml}" in wrong.help
    assert "crisis: {file: crisis.yml}" in wrong.text("help", "fi")
    newer = OTHER[:-1].replace("112", "116 117") + ", checked_on: 2028-11-01}"
    found = with_own(demo, "crisis", f"lines:\n  - {EMERGENCY[:-1]}, checked_on: 2026-11-24}}\n  - {newer}\n")
    assert found.problems == ()
    own, _ = old_facts(found, DEMO_DAY.replace(year=2028))
    assert render([own], found.marks).startswith("crisis.yml:2:")
    assert "checked on 2026-11-24" in own.message


@pytest.mark.parametrize("kind", ["crisis", "fees"])
def test_own_facts_that_the_configuration_does_not_name_are_reported(demo: Path, kind: str) -> None:
    """Otherwise the association's own numbers would be nowhere on the site."""
    (demo / f"{kind}.yml").write_text("checked_on: 2026-11-24\n", "utf-8")
    (found,) = [one for one in gather(demo / "mkdocs.yml").problems if one.path == f"{kind}.yml"]
    assert (found.code, found.severity) == ("facts-unnamed", "warning")
    assert f"{kind}: {{file: {kind}.yml}}" in found.help
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [lappi]\n      {kind}: {{file: {kind}.yml}}")
    assert "facts-unnamed" not in {one.code for one in gather(demo / "mkdocs.yml").problems}
