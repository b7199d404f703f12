"""An unusual configuration gets an answer, never a traceback."""

import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kokemus.cli.main import main
from kokemus.documents import mkdocs_yml, placeholder
from kokemus.documents.problems import errors, render
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from kokemus.settings import association
from tests.conftest import DEMO_DAY, build, change, copy_of_demo, kokemus, run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("old", "new", "terms", "code"),
    [
        ("      experts: experts\n", "      1: x\n", None, "mkdocs.yml:11:7: error[unknown-key]"),
        ("name: Esimerkkilomake", "0.5: Esimerkkilomake", None, "mkdocs.yml:26:11: error[unknown-key]"),
        ("# The demo", "extra: &a {b: *a}\n# The demo", None, ""),
        ("# The demo", "# The demo", b"aa: {fi: \xe4}\n", "not-utf-8"),
        (
            "experts: experts\n",
            "experts: experts\n      experts: elsewhere\n",
            None,
            "mkdocs.yml:12:7: error[duplicate-key]",
        ),
        ("https://kokemus.example.org/", "https://[x/", None, "mkdocs.yml:3:1: error[site-url-not-absolute]"),
        ("https://kokemus.example.org/", "https://x.fi/?a=1", None, "mkdocs.yml:3:1: error[site-url-query]"),
        ("assessed_on: 2026-11-24", "assessed_on: 2026-11-31", None, "mkdocs.yml:31:23: error[no-date]"),
        ("serves: [lappi]", "serves: " + "9" * 5000, None, "mkdocs.yml:21:7: error[not-text]"),
        ("serves: [lappi]", "serves: " + "[" * 30_000 + "]" * 30_000, None, "mkdocs.yml:21:43: error[too-deep]"),
        ("serves: [lappi]", 'serves: ["\0"]', None, "mkdocs.yml:21:17: error[control-character]"),
        ("experts: experts", 'experts: "a\\0b"', None, "mkdocs.yml:11:7: error[control-character]"),
        ("# The demo", "{}\n---\n# The demo", None, "mkdocs.yml:2:1: error[yaml-syntax]"),
        ("      arranges:\n", "      arranges:\n        !ENV [NONE]: x\n", None, "mkdocs.yml:33:9: error[yaml-syntax]"),
    ],
    ids=[
        "a number as a key",
        "a number as a key further in",
        "an alias of itself",
        "terms in Latin-1",
        "a key twice",
        "an address that cannot be split",
        "an address with a query",
        "a day that is none",
        "a number too large for Python",
        "a nesting too deep for Python",
        "a NUL",
        "a NUL in a path",
        "a second document",
        "a list as a key",
    ],
)
def test_check_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, terms: bytes | None, code: str
) -> None:
    """With the problem if there is one, and exit code 0 or 1."""
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src")
    (tmp_path / "experts").mkdir()
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
    assert not code or code in result.output
    assert "no-plugin" not in result.output


SHAPES = {
    "email": (
        ("kokemus@example.org", "a@b.fi", "etu.suku+tiedot@posti.järjestö.fi", "…", "...", "me@kokemus.invalid"),
        (
            *("not-an-email", "koordinaattori(at)x", "a@b", "@b.fi", "a@.fi", "a@b.", "a@b..fi", "a@b@c.fi"),
            *("a b@c.fi", "a@b.fi, c@d.fi", "A <a@b.fi>", "mailto:a@b.fi"),
        ),
    ),
    "phone": (
        ("112", "016 555 0100", "+358 (0)40-555 0100", "(016) 555 0100", "040–555\N{NO-BREAK SPACE}0100", "…", "..."),
        ("soita arkisin", "12", "+() -", "040 555 0100 ma–pe", "040 555 O100", "٠٤٠٥٥٥"),
    ),
    "business_id": (("1234567-1", "12345671", "…", "..."), ("9999", "1234567-2", "1234567", "ei ole")),
}
CASES = [
    pytest.param(fact, value, wrong, id=f"{fact}-{value}")
    for fact, values in SHAPES.items()
    for wrong, some in enumerate(values)
    for value in some
]


@pytest.mark.parametrize(("fact", "value", "wrong"), CASES)
def test_invalid_contact_details_are_errors(fact: str, value: str, wrong: int) -> None:
    """Pages turn contact details into links, and a business id has a check digit. The style of writing is free."""
    assert (association.fault(fact, f" {value} ") is not None) is bool(wrong)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("email: kokemus@example.org", "email: not-an-email", "mkdocs.yml:14:9: error[no-email]"),
        ("phone: 016 555 0100", "phone: soita arkisin", "mkdocs.yml:15:9: error[no-phone]"),
        ("business_id: 1234567-1", 'business_id: "9999"', "mkdocs.yml:17:9: error[no-business-id]"),
    ],
)
def test_check_says_where_and_what_to_write_and_repeats_nothing(demo: Path, old: str, new: str, code: str) -> None:
    """No site is built with it. A placeholder is named as one and stops nothing."""
    configuration = demo / "mkdocs.yml"
    change(demo, "mkdocs.yml", old, new)
    found = gather(configuration)
    first, help, *more = render(found.problems, found.marks).splitlines()
    assert first.startswith(code)
    assert help.startswith("  help: write ")
    assert more == []
    assert new.split(": ")[1].strip('"') not in first + help
    assert found.settings is None
    change(demo, "mkdocs.yml", new, f'{old.split(":")[0]}: "…"')
    found = gather(configuration)
    assert [problem.code for problem in found.problems] == ["unfilled"]
    assert found.settings


def test_a_broken_file_is_answered_in_the_coordinators_language(demo: Path) -> None:
    """Although the rest cannot be read. A message about two lines names both."""
    change(demo, "mkdocs.yml", "      serves: [lappi]", "    serves: [lappi]")
    assert "aloita tämä rivi tai sen yläpuolella oleva" in kokemus(demo, "check").output
    change(demo, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    assert "begin this line, or the one above it" in kokemus(demo, "check").output
    assert kokemus(demo, "check", "--on", "x").output.startswith("Usage")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("languages: [fi, sv, en]\n", "languages: [fi, se]\n", "interface-language"),
        ("serves: ", "logo: logo.svg\n      serves: ", "misplaced-key"),
        ("serves: ", "service: generic\n      serves: ", "misplaced-key"),
        ("serves: ", "assessed_on: 2026-11-24\n      serves: ", "misplaced-key"),
        ("name: Kokemusyhdistys", "refresh_days: 14\n        name: Kokemusyhdistys", "misplaced-key"),
        ("plugins:", "refresh_days: 14\nplugins:", "misplaced-key"),
        ("serves: ", "docs_dir: site_src\n      serves: ", "key-at-margin"),
        ("serves: ", "appearance:\n        accent: #1a5a4a\n      serves: ", "yaml-comment"),
    ],
)
def test_one_mistake_is_one_message(demo: Path, old: str, new: str, code: str) -> None:
    """Its consequences are not reported: facts in a language of no site, or that a text is empty."""
    change(demo, "mkdocs.yml", old, new)
    assert [found.code for found in gather(demo / "mkdocs.yml").problems] == [code]


@pytest.mark.parametrize(("language", "already"), [("se", True), ("ru", False)])
def test_a_language_of_visits_is_no_language_of_the_pages(demo: Path, language: str, already: bool) -> None:
    """The list in which it belongs is named, and whether it is in it already."""
    change(demo, "mkdocs.yml", "      languages: [fi, sv, en]\n", f"      languages: [fi, {language}]\n")
    (found,) = gather(demo / "mkdocs.yml").problems
    assert "languages under arranges" in found.help
    assert ("already" in found.help) is already


def test_a_format_that_is_no_longer_arranged_leads_to_its_ready_visit(demo: Path) -> None:
    """To take the visit away is told first; the list in which its format was is named besides."""
    change(demo, "mkdocs.yml", "staff-training, ", "")
    (found,) = gather(demo / "mkdocs.yml").problems
    assert found.code == "ready-not-arranged"
    assert found.help.index("take this ready visit away") < found.help.index("formats under arranges")


@pytest.mark.parametrize("open", placeholder.PLACEHOLDERS)
def test_a_missing_assessment_is_reported_and_shown_without_a_date(demo: Path, open: str) -> None:
    """It is reported until the date is written; until then the statement shows none."""
    change(demo, "mkdocs.yml", "assessed_on: 2026-11-24", f'assessed_on: "{open}"')
    found = gather(demo / "mkdocs.yml")
    assert [(one.code, dict(one.values)["facts"]) for one in found.problems] == [
        ("unfilled", "accessibility.assessed_on")
    ]
    assert found.settings
    assert found.settings.assessed_on is None
    pages = publish(found, DEMO_DAY).pages()
    (statement,) = (page for page in pages if page.id == "accessibility" and page.language == "en")
    assert "Date of assessment: …" in statement.content


def test_a_language_named_twice_is_pointed_out_and_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise two copies of its pages would conflict."""
    folder = copy_of_demo(tmp_path / "demo")
    text = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("[fi, sv, en]", "[fi, sv, fi]"), "utf-8")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["check", "--on", "2026-11-24"])
    assert result.exit_code == 0
    assert "mkdocs.yml:19:27: warning[named-twice]" in result.output
    chosen = gather(folder / "mkdocs.yml").settings
    assert chosen
    assert chosen.languages == ("fi", "sv")


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        (
            "crisis",
            "lines:\n  - {id: a, number: '112', name: {fi: a, sv: a, en: a}, hours: {fi: a, sv: a}}",
            "3:57",
        ),
        ("fees", "source: {fi: a, sv: a}\namounts: []", "2:1"),
        (
            "fees",
            "source: {fi: a, sv: a, en: a}\nyear: 2026\namounts:\n  - {amount: 50 €, what: {fi: a, sv: a}}",
            "5:20",
        ),
    ],
)
def test_own_facts_are_due_in_every_language_of_the_site(kind: str, text: str, place: str, demo: Path) -> None:
    """Its pages show them. A missing text is reported where it belongs, and the project's facts are used instead."""
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [lappi]\n      {kind}: {{file: {kind}.yml}}")
    (demo / f"{kind}.yml").write_text(f"checked_on: 2026-11-24\n{text}\n", "utf-8")
    found = gather(demo / "mkdocs.yml")
    assert f"{kind}.yml:{place}: error[missing-language]" in render(found.problems, found.marks)
    change(demo, "mkdocs.yml", "[fi, sv, en]", "[fi, sv]")
    assert gather(demo / "mkdocs.yml").problems == ()


@pytest.mark.build
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("https://kokemus.example.org/", "https://[x/", "error[site-url-not-absolute]"),
        ("assessed_on: 2026-11-24", "assessed_on: 2026-11-31", "error[no-date]"),
        ("serves: [lappi]", "serves: " + "[" * 30_000 + "]" * 30_000, "error[too-deep]"),
        ("site_name: Kokemus\n", "site_name: !!python/object/apply:os.mkdir [ran]\n", "error[configuration-runs]"),
        ("docs_dir: site_src\n", "docs_dir: site_src\nINHERIT: mkdocs.yml\n", "error[configuration-inherits]"),
        ("experts: experts\n", "experts: site_src\n", "error[experts-public]"),
        ("experts: experts\n", "experts: site_src/fi\n", "error[experts-public]"),
    ],
)
def test_build_answers_where_mkdocs_would_crash(demo: Path, old: str, new: str, code: str) -> None:
    """In the words of check, without a traceback."""
    text = (demo / "mkdocs.yml").read_text("utf-8")
    (demo / "mkdocs.yml").write_text(text.replace(old, new), "utf-8")
    done = build(demo)
    assert done.code == 1
    assert code in done.output
    assert "Traceback" not in done.output
    assert not (demo / "ran").exists()


def test_python_name_tags_are_accepted_because_extensions_need_them(demo: Path) -> None:
    """MkDocs resolves them."""
    old, new = "[kokemus.audited]", "[kokemus.audited, {toc: {slugify: !!python/name:kokemus.website.outline.slug }}]"
    change(demo, "mkdocs.yml", old, new)
    assert gather(demo / "mkdocs.yml").problems == ()


def test_aliases_of_aliases_are_refused_before_they_are_followed(demo: Path) -> None:
    """Expanded, each of these lines is ten times as long as the one before."""
    with (demo / "mkdocs.yml").open("a") as configuration:
        configuration.write("extra:\n  a0: &a0 [x]\n")
        for level in range(1, 12):
            configuration.write(f"  a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n")
    start = time.process_time()
    assert [found.code for found in gather(demo / "mkdocs.yml").problems] == ["too-many-aliases"]
    assert time.process_time() - start < 5


@pytest.mark.build
@pytest.mark.parametrize("epoch", ["abc", "9" * 40, "1e9", "253402300000"])
def test_an_invalid_date_in_the_environment_is_an_error(demo: Path, epoch: str) -> None:
    """A usage error for a command, no site for MkDocs. A date that is typed needs no environment."""
    done = kokemus(demo, "check", SOURCE_DATE_EPOCH=epoch)
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH" in done.output
    assert "Traceback" not in done.output
    assert kokemus(demo, "check", "--on", "2026-11-24", SOURCE_DATE_EPOCH=epoch).code == 0
    done = run(demo, "mkdocs", "build", SOURCE_DATE_EPOCH=epoch)
    assert done.code == 1
    assert "SOURCE_DATE_EPOCH" in done.output


def test_a_configuration_in_another_encoding_is_reported_where_it_begins(tmp_path: Path) -> None:
    """Old Windows programs save files this way. The folder is not blamed."""
    (tmp_path / "mkdocs.yml").write_bytes("site_name: a\nsite_author: Päivi\n".encode("cp1252"))
    document, (found,) = mkdocs_yml.read(tmp_path / "mkdocs.yml")
    assert document is None
    assert (found.code, found.mark) == ("not-utf-8", (2, 15))


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ("email: kokemus@example.org", ("association", "email")),
        ("phone: 016 555 0100", ("association", "phone")),
        ("business_id: 1234567-1", ("association", "business_id")),
    ],
)
@pytest.mark.parametrize("marks", ["””", "“”", "„”", "»»"])
def test_copied_quotation_marks_around_a_fact_are_one_error(
    demo: Path, old: str, place: tuple[str, str], marks: str
) -> None:
    """Pages would show them, and links would lead nowhere. There is a single message, which names the cause."""
    key, _, value = old.partition(": ")
    change(demo, "mkdocs.yml", old, f"{key}: {marks[0]}{value}{marks[1]}")
    found = gather(demo / "mkdocs.yml")
    assert [(one.code, one.route[-2:], dict(one.values)) for one in found.problems] == [
        ("curly-quotes", place, {"character": marks[0]})
    ]
    assert found.settings is None


def test_two_lists_of_plugins_are_one_mistake(demo: Path) -> None:
    """The later list hides Kokemus, but it is there."""
    configuration = demo / "mkdocs.yml"
    configuration.write_text(f"{configuration.read_text('utf-8')}plugins:\n  - search\n", "utf-8")
    (found,) = gather(configuration).problems
    lines = configuration.read_text("utf-8").splitlines()
    assert (found.code, dict(found.values)["first"]) == ("duplicate-key", str(lines.index("plugins:") + 1))


@pytest.mark.parametrize("spoil", ["utf-16", "twice", "gone"])
def test_the_coordinator_s_language_is_read_from_a_broken_configuration(demo: Path, spoil: str) -> None:
    """Even if the file has another encoding, or the list of plugins cannot be found."""
    configuration = demo / "mkdocs.yml"
    change(demo, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    text = configuration.read_text("utf-8")
    made = {"utf-16": text, "twice": f"{text}plugins: []\n", "gone": text.replace("- kokemus:", "- kokemu:")}[spoil]
    configuration.write_text(made, "utf-16" if spoil == "utf-16" else "utf-8")
    found = gather(configuration)
    assert errors(found.problems)
    assert found.language == "en"
