"""The one-way flow: ``lint-imports`` guards it, and only the adapters read a clock."""

import ast
import shutil
from pathlib import Path

import pytest

import kokemus
from tests.conftest import ROOT, Run, run

PACKAGE = Path(kokemus.__file__).parent
MODULES = sorted(
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
    for file in PACKAGE.rglob("*.py")
    if file != PACKAGE / "__init__.py" and PACKAGE / "coordinator" not in file.parents
)
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "fromtimestamp"}
MAY_ASK = {"cli.main", "cli.terminal", "desk.shared", "plugin"}


def file_of(module: str) -> Path:
    """The file of a module; for a package, its ``__init__.py``."""
    file = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    return file if file.is_file() else file.with_suffix("") / "__init__.py"


def clocks(text: str) -> set[str]:
    """The clocks that a module's text reads: those of ``datetime`` and ``time``, and that of ``dates``."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name):
            if node.value.id in ("datetime", "date", "time", "dates"):
                found.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module in ("time", "kokemus.dates"):
            found |= {f"{node.module.rpartition('.')[2]}.{one.name}" for one in node.names if one.name in CLOCKS}
    return found


def linted(folder: Path) -> Run:
    """The real linter on a copy of the package, with the contracts of ``pyproject.toml``."""
    return run(folder, "lint-imports", "--no-cache", PYTHONPATH=str(folder / "generator"))


AGAINST = {
    "website.wording -> kokemus.experts.card": "from kokemus.experts import card",
    "anonymity.rule -> kokemus.experts.profile": "from kokemus.experts.profile import Profile",
    "lint.findings -> kokemus.audit.needles": "from kokemus.audit import needles",
    "documents.parser -> kokemus.vocabulary.terms": "from kokemus.vocabulary import terms",
    "website.pages -> mkdocs": "import mkdocs.utils",
    "publication.publish -> kokemus.reports.paper": "from kokemus.reports import paper",
}


@pytest.mark.slow
def test_an_import_against_the_flow_is_an_error(tmp_path: Path) -> None:
    """The package has none. Each kind, added on purpose, is found by what ``make lint`` runs."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    done = linted(tmp_path)
    assert done.code == 0, done.output
    for found, line in AGAINST.items():
        module = found.partition(" ")[0].replace(".", "/")
        file = tmp_path / "generator" / "kokemus" / f"{module}.py"
        file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")
    done = linted(tmp_path)
    assert done.code == 1
    assert [found for found in AGAINST if f"kokemus.{found} (l." not in done.output] == []


@pytest.mark.parametrize("module", MODULES)
def test_only_dates_reads_a_clock_and_only_the_adapters_ask_it(module: str) -> None:
    """Everything else gets the date as an argument."""
    read = clocks(file_of(module).read_text("utf-8"))
    assert module == "dates" or read <= ({"dates.today"} if module in MAY_ASK else set()), (module, read)


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(TZ)",
        "date.today()",
        "time.time()",
        "from time import localtime",
        "from kokemus.dates import today",
    ],
)
def test_a_clock_is_found_however_it_is_read(line: str) -> None:
    """The positive control."""
    assert clocks(line)
