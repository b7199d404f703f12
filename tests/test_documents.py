"""The documents are true: commands print what is shown, links work, lists and the picture are up to date."""

import contextlib
import re
import shlex
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kokemus import dates
from kokemus.cli.main import main
from kokemus.documents import parser
from kokemus.documents.problems import Mark, problem, render
from kokemus.experts import keys, profile
from kokemus.publication.inputs import gather
from kokemus.reports.schema import of_configuration
from kokemus.request_form.services import SERVICES
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY, ROOT, change, copy_of_demo, kokemus
from tests.test_layers import MODULES, PACKAGE
from tools import documents
from tools.documents import DOCUMENTS, Typed, anchors, links, pictured, quoted, sessions

README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
PROFILES = (ROOT / "docs" / "profiles.md").read_text("utf-8")
SESSIONS = [
    pytest.param(session, id=f"{file.stem}-{session[0].command}")
    for file in DOCUMENTS
    for session in sessions(file.read_text("utf-8"))
]


def replay(folder: Path, session: tuple[Typed, ...]) -> list[tuple[Typed, str]]:
    """Runs a session's commands in a fresh demo whose coordinator reads English: each with its output.

    Commands that start a build run in a process of their own, because builds change the environment; so does every
    other program.
    """
    demo = copy_of_demo(folder / "demo")
    change(demo, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: en")
    return [(typed, _typed(demo, *shlex.split(typed.command))) for typed in session]


def _typed(demo: Path, command: str, *words: str) -> str:
    if command != "kokemus":
        return subprocess.check_output((command, *words), cwd=demo, text=True)
    if words[0] in ("build", "serve"):
        return kokemus(demo, *words).output
    with contextlib.chdir(demo):
        return CliRunner().invoke(main, words, prog_name="kokemus").output


def test_every_console_block_is_a_session() -> None:
    """Otherwise a block could go untested just because of its form."""
    texts = [file.read_text("utf-8") for file in DOCUMENTS]
    assert len(SESSIONS) == sum(text.count("```console") for text in texts) > 10
    assert not any(
        line.startswith("$ ") for text in texts for block in documents.blocks(text, "sh") for line in block.split("\n")
    )


@pytest.mark.build
@pytest.mark.parametrize("session", SESSIONS)
def test_every_command_prints_what_the_document_says(session: tuple[Typed, ...], tmp_path: Path) -> None:
    """Run in a copy of the demo, in the order of their block."""
    for typed, output in replay(tmp_path, session):
        assert typed.is_what(output), f"$ {typed.command}\n{output}"


@pytest.mark.build
def test_a_changed_output_would_be_found(tmp_path: Path) -> None:
    """The positive control: another number, a missing line, a line that was never printed, an unknown command."""
    ((true, output),) = replay(tmp_path, (Typed("kokemus vocabulary languages", "fi   suomi · finska · Finnish\n…"),))
    assert true.is_what(output)
    for printed in (
        "fi   suomi · finska · Finnish",
        "fi   suomi · finska · Danish\n…",
        "fi   suomi · finska · Finnish\nsv\n…",
        "…\net   viro · estniska · Estonian\nfi",
    ):
        assert not Typed(true.command, printed).is_what(output), printed
    ((wrong, said),) = replay(tmp_path / "again", (Typed("kokemus vocabularies", ""),))
    assert not wrong.is_what(said)


def test_every_command_and_option_is_documented() -> None:
    """Each command has a heading in docs/commands.md, followed by each of its options."""
    parts = dict(re.findall(r"^## `kokemus (\w+)`\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))
    assert parts.keys() == main.commands.keys()
    for name, command in main.commands.items():
        for option in (name for parameter in command.params for name in parameter.opts if name.startswith("--")):
            assert option == "--on" or option in parts[name], f"{name} {option}"


def broken(file: Path, text: str) -> list[str]:
    """The links of a document that lead nowhere."""
    found = []
    for link in links(text):
        path, _, anchor = link.partition("#")
        target = (file.parent / path) if path else file
        known = (
            text if target == file else target.read_text("utf-8") if target.suffix == ".md" and target.is_file() else ""
        )
        if not target.exists() or (anchor and anchor not in anchors(known)):
            found.append(link)
    return found


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    """To a file of the repository, and to a heading in it."""
    assert broken(file, file.read_text("utf-8")) == []


def test_a_dead_link_would_be_found() -> None:
    """The positive control: a file that does not exist, and headings that do not exist, here and elsewhere."""
    dead = ["docs/none.md", "#nothing", "docs/publishing.md#nothing"]
    text = README + "".join(f"\n[dead]({link})" for link in dead) + "\n[alive](#licence)"
    assert broken(ROOT / "README.md", text) == dead


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_make_target_exists(file: Path) -> None:
    """Every target that a document mentions."""
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert set(targets[1].split()) >= _made(file.read_text("utf-8"))


def test_an_unknown_make_target_would_be_found() -> None:
    """The positive control, in a sentence and in a block."""
    assert _made("Run `make nothing` and\n```sh\nmake something  # now\n```\nto make sense") == {"nothing", "something"}


def _made(text: str) -> set[str]:
    return set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))


def test_every_file_that_is_named_is_there() -> None:
    """In contributors' documents: files of the repository, the package or its folders, so that renames are noticed."""
    places = (ROOT, PACKAGE, ROOT / "tests", ROOT / "experts")
    for file in ("CONTRIBUTING.md", "docs/architecture.md"):
        named = {name for name in quoted((ROOT / file).read_text("utf-8")) if _is_file(name)}
        assert len(named) > 3, file
        missing = [name for name in named if not any((place / name).exists() for place in places)]
        assert missing == [], file


def _is_file(name: str) -> bool:
    return bool(re.fullmatch(r"[\w./-]*\w\.(py|yml|html|css|js|mjs|md|txt|tsv|json|toml|lock)|[\w.-]+/[\w./-]*", name))


def test_the_layers_and_modules_are_up_to_date() -> None:
    """After changing a module's first line, its place or the layers: make docs."""
    assert documents.architecture(ARCHITECTURE) == ARCHITECTURE
    assert documents.drawing() == documents.LAYERS.read_text("utf-8")
    rooms = set(re.findall(r"^\| `([\w.]+)` \|", ARCHITECTURE, re.MULTILINE))
    assert rooms == {module for module in MODULES if not (PACKAGE / module).is_dir()}


def has(module: str, path: list[str]) -> bool:
    """Whether a module defines this name itself."""
    thing: Any = import_module(f"kokemus.{module}")
    home = getattr(getattr(thing, path[0], None), "__module__", thing.__name__)
    for part in path:
        fields = getattr(thing, "__dataclass_fields__", {})
        thing = getattr(thing, part, fields.get(part))
    return thing is not None and (not home.startswith("kokemus.") or f"{home}.".startswith(f"kokemus.{module}."))


def unknown(text: str) -> list[str]:
    """The names ``module.name`` in a document that no module of that name defines."""
    found = []
    for name in sorted(quoted(text) - set(MODULES)):
        first, *path = name.removesuffix("()").split(".")
        modules = [
            module for module in MODULES if module.rpartition(".")[2] == first and not (PACKAGE / module).is_dir()
        ]
        if path and modules and path[-1] not in ("py", "yml", "js", "html", "json"):
            found += [] if any(has(module, path) for module in modules) else [name]
    return found


@pytest.mark.parametrize("name", ["CONTRIBUTING", "docs/architecture", "docs/anonymity", "docs/anonymiteetti"])
def test_every_name_of_the_code_exists(name: str) -> None:
    """Every ``module.name`` between backticks in documents about the code."""
    assert unknown((ROOT / f"{name}.md").read_text("utf-8")) == []


def test_an_unknown_name_would_be_found() -> None:
    """The positive control: a function and a field that do not exist, and one that has moved, among real ones."""
    text = "`edition.Edition.digest` `edition.gate` `profile.Profile.private` `profile.Profile.secret`"
    assert unknown(text) == ["edition.gate", "profile.Profile.secret"]
    assert unknown("`inputs.Inputs` `publish.Inputs`") == ["publish.Inputs"]


def test_the_list_of_problem_codes_is_fresh() -> None:
    """After changing coordinator/texts/problems.yml: make docs."""
    assert documents.CODES.read_text("utf-8") == documents.codes()


@pytest.mark.build
def test_the_picture_matches_its_page(demo_site: Path) -> None:
    """After changing that page: make docs. A page with one word changed differs (the positive control)."""
    content = documents.PICTURE.read_bytes()
    assert len(content) < 150_000
    assert len(pictured(content)) > 500
    assert pictured(content) == documents.words(demo_site)
    page = (demo_site / documents.PICTURED / "index.html").read_text("utf-8")
    assert pictured(content) != documents.words_of(page.replace("remotely", "in Kemi"))
    assert re.search(rf"!\[[^]]{{40,}}\]\(docs/{documents.PICTURE.name}\)", README)


def test_the_picture_of_the_desk_matches_its_page(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After changing that page of the desk: make docs. Without the signature it differs (the positive control)."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", dates.epoch(DEMO_DAY))
    content = documents.DESK.read_bytes()
    assert len(content) < 150_000
    assert len(pictured(content)) > 500
    assert pictured(content) == documents.desk_words(documents.in_english(demo))
    change(demo, "experts/e05.yml", "remote: true", "remote: false")
    change(demo, "experts/e05.yml", "solo: [psychosis]", "solo: []")
    assert pictured(content) != documents.desk_words(demo)
    assert re.search(rf"!\[[^]]{{40,}}\]\(docs/{documents.DESK.name}\)", README)


def test_the_profile_in_the_readme_is_the_demo_s() -> None:
    """Every line of it is in the file, in the same order."""
    (shown,) = documents.blocks(README, "yaml")
    lines = iter((ROOT / "experts" / "e05.yml").read_text("utf-8").splitlines())
    assert all(line in lines for line in shown.splitlines())


def test_the_whole_profile_is_valid(lapland: Vocabulary) -> None:
    """As written in docs/profiles.md, with every key that exists."""
    (text,) = documents.blocks(PROFILES, "yaml")
    document, problems = parser.read("experts/a.yml", text.encode())
    assert document
    assert problems == ()
    made, problems = profile.read(document, lapland)
    assert made
    assert {found.code for found in problems} <= {"accepts-nothing"}
    assert all(f"{key}:" in text for key in (*keys.PROFILE.shapes, *keys.PRIVATE.shapes))


def test_every_dependency_has_its_reason() -> None:
    """In one line of CONTRIBUTING.md, which names no other package."""
    part = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Run-time dependencies")[2].partition("\n## ")[0]
    named = {
        name.strip().lower()
        for row in re.findall(r"^\| ([^|-][^|]*) \|", part, re.MULTILINE)
        for name in row.split(",")
    }
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert named - {"package"} == {re.split(r"[<>=]", name)[0] for name in declared}


def test_the_changelog_begins_with_this_version() -> None:
    """The version is defined only in pyproject.toml. Newer versions come first."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    first = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == version or first[1].startswith("Unreleased")


def test_every_option_and_service_is_documented(whole_country: Vocabulary) -> None:
    """Those in the schema of the configuration, in docs/configuration.md."""
    schema: Any = of_configuration(whole_country)["properties"]["plugins"]
    options = schema["items"]["then"]["properties"]["kokemus"]["properties"]
    parameters = options["anonymity"]["anyOf"][1]["properties"].keys()
    example, *_ = documents.blocks(CONFIGURATION, "yaml")
    shown = set(re.findall(r"\w+", " ".join((example, *quoted(CONFIGURATION)))))
    assert options.keys() | parameters | set(SERVICES) <= shown


@pytest.mark.parametrize(("kind", "block"), [("crisis", 1), ("fees", 2)])
def test_own_crisis_help_and_fees_are_read_as_documented(demo: Path, kind: str, block: int) -> None:
    """The files shown in docs/configuration.md, with every key that exists."""
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [lappi]\n      {kind}: {{file: {kind}.yml}}")
    (demo / f"{kind}.yml").write_text([*documents.blocks(CONFIGURATION, "yaml")][block], "utf-8")
    before, found = gather(ROOT / "mkdocs.yml"), gather(demo / "mkdocs.yml")
    assert found.problems == ()
    assert getattr(found, kind) != getattr(before, kind)


SCAFFOLD = PACKAGE / "coordinator" / "scaffold"
GUIDES = {
    language: (SCAFFOLD / name).read_text("utf-8")
    for language, name in {"fi": "fi/README.md", "sv": "README.sv.md", "en": "en/README.md"}.items()
}


def course(guide: str) -> list[tuple[frozenset[str], list[str]]]:
    """What each section of a coordinator's guide has between backticks and in blocks, whatever its language."""
    sections = re.split(r"^## ", guide, flags=re.MULTILINE)[1:]
    return [
        (frozenset(map(_in_no_language, quoted(text))), [*documents.blocks(text, "yaml"), *_places(text)])
        for text in sections
    ]


def _in_no_language(code: str) -> str:
    code = re.sub(r"(?<=kokemus vocabulary topics )\w+|\b[A-ZÄÖ]{3,}\b", "WORD", code)
    return re.sub(r'(?<=commit -m )"\w+"', "WORD", code)


def _places(text: str) -> list[str]:
    return [body.partition("]: ")[0] for body in documents.blocks(text, "")]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_coordinators_guides_have_the_same_sections_and_commands(language: str) -> None:
    """In the same order. Tables have the same rows, and lists the same items."""
    own, english = course(GUIDES[language]), course(GUIDES["en"])
    assert len(own) == len(english) > 20
    for number, (one, other) in enumerate(zip(own, english, strict=True)):
        assert one == other, number
    assert shape(GUIDES[language]) == shape(GUIDES["en"])


def shape(guide: str) -> list[str]:
    """The beginning of each line that is a heading, a table row or a list item."""
    return re.findall(r"^(#+ |\||\d\. |- |```\w*)", guide.partition("\n## ")[2], re.MULTILINE)


def test_a_guide_that_lacks_something_would_be_found() -> None:
    """The positive control: a section, a command, a line of an example, a place, a list item."""
    guide = GUIDES["sv"]
    for text in ("\n## Jag ändrar något", " --leaving month", "  sv: stamning\n", ":15:5"):
        assert text in guide
        assert course(guide.replace(text, "", 1)) != course(guide), text
    assert shape(guide.replace("\n- ", "\n", 1)) != shape(guide)


def test_the_guides_name_only_commands_and_options_that_there_are() -> None:
    """Those in the English guide, which the others follow."""
    typed = [code.split()[1:] for code in quoted(GUIDES["en"]) if code.startswith("kokemus ")]
    assert len(typed) > 20
    for name, *words in typed:
        options = {one for parameter in main.commands[name].params for one in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= options, name


def test_the_guides_quote_the_messages_that_are_printed() -> None:
    """The Swedish guide quotes the English ones, since no messages are in Swedish."""
    found = problem(
        "unknown-topic", "experts/x7k2m.yml", (), Mark(15, 5), word="masenus", near="masennus", label=" (depression)"
    )
    for language, guide in GUIDES.items():
        (shown,) = documents.blocks(guide, "")
        assert shown == render((found,), {}, language="fi" if language == "fi" else "en"), language


def test_the_examples_of_the_guides_are_read(demo: Path) -> None:
    """Own topics, own crisis help, a break, where the list is shown and the day of closing, as the guide says."""
    paused, topics, crisis, embed, closed = documents.blocks(GUIDES["en"], "yaml")
    assert topics in documents.blocks(CONFIGURATION, "yaml")
    own = f"      crisis: {{file: crisis.yml}}\n{embed}{closed}"
    change(demo, "mkdocs.yml", "serves: [lappi]\n", f"serves: [lappi]\n{own}")
    (demo / "crisis.yml").write_text(crisis, "utf-8")
    (demo / "terms").mkdir()
    (demo / "terms" / "topics.yml").write_text(topics, "utf-8")
    change(demo, "experts/e05.yml", "remote: true\n", f"remote: true\n{paused}")
    before, found = gather(ROOT / "mkdocs.yml"), gather(demo / "mkdocs.yml")
    assert found.problems == ()
    assert found.vocabulary.topics.keys() - before.vocabulary.topics.keys() == {"stammering", "adoption"}
    assert found.crisis != before.crisis
    assert found.settings
    assert found.settings.closing
    assert found.settings.embed
    assert found.profiles != before.profiles


CLAIMS = (ROOT / "docs" / "claims.md").read_text("utf-8")
PROMISING = (
    ("README.md", "What is promised, and what is not", r"^\d\. "),
    ("docs/anonymity.md", "The rule", r"^\d\. "),
    ("docs/anonymity.md", "Before anything is published", r"^- "),
    ("site_src/en/protection.md", "In short", r"^- "),
    ("site_src/en/protection.md", "What is shown", r"^- "),
    ("site_src/en/protection.md", "What is not shown", r"^- "),
    ("site_src/en/protection.md", "How a topic gets onto the list", r"^- "),
)
"""Lists in which every item is a promise."""


def claims(text: str, heading: str) -> list[tuple[str, str, str]]:
    """The rows of a table of docs/claims.md: the document, the sentence, and its test or why it has none."""
    part = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \| (.+) \|$", part, re.MULTILINE)
    return [(where, sentence, last.strip("`")) for where, sentence, last in rows[1:]]


HELD, SAID = claims(CLAIMS, "Tested"), claims(CLAIMS, "Not tested")


def unsaid(rows: list[tuple[str, str, str]]) -> list[str]:
    """The sentences that are not in the document that the row names."""
    return [sentence for where, sentence, _ in rows if sentence not in flowing((ROOT / where).read_text("utf-8"))]


def flowing(text: str) -> str:
    """A document with spaces instead of line breaks."""
    return " ".join(text.split())


def untested(rows: list[tuple[str, str, str]]) -> list[str]:
    """The tests in the rows that do not exist."""
    return [test for _, _, test in rows if not _is_test(*test.partition("::")[::2])]


def _is_test(file: str, name: str) -> bool:
    path = ROOT / file
    return path.is_file() and re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None


def unclaimed(document: str, heading: str, point: str, rows: list[tuple[str, str, str]]) -> list[str]:
    """The list items in which no sentence of the rows occurs."""
    part = (ROOT / document).read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    points = [flowing(text) for text in re.split(rf"(?m)(?={point})", part)[1:]]
    assert points, heading
    own = [sentence for where, sentence, _ in rows if where == document]
    return [text for text in points if not any(sentence in text for sentence in own)]


def test_every_claim_of_protection_is_said_and_has_a_test() -> None:
    """Word for word in the document named by docs/claims.md, and with a test that exists."""
    assert len(HELD) > 30
    assert unsaid([*HELD, *SAID]) == []
    assert untested(HELD) == []


@pytest.mark.parametrize(("document", "heading", "point"), PROMISING, ids=lambda value: value)
def test_every_promise_is_among_the_claims(document: str, heading: str, point: str) -> None:
    """A promise that is added without a test is noticed."""
    assert unclaimed(document, heading, point, HELD) == []


def test_a_claim_without_a_test_would_be_found() -> None:
    """The positive control: a sentence that is in no document, a test that does not exist, an unlisted promise."""
    where, sentence, test = HELD[0]
    assert unsaid([(where, f"{sentence} Ever.", test)]) == [f"{sentence} Ever."]
    assert untested([(where, sentence, f"{test}_of_nobody")]) == [f"{test}_of_nobody"]
    document, heading, point = PROMISING[0]
    assert len(unclaimed(document, heading, point, HELD[1:])) == 1
