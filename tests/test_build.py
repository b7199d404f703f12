"""The real build: in a separate folder, strict, swapped in only if clean; and plain MkDocs, which fails closed."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import markdown
import pytest
import yaml

from kokemus import audited
from tests.conftest import DEMO_DAY, build, change, contents, copy_of_demo, kokemus, mkdocs, run

pytestmark = pytest.mark.build


BREAKS = {
    "a broken profile": ("experts/e01.yml", "remote: true", "remote: true: false"),
    "an unknown topic": ("experts/e01.yml", "topic: recovery", "topic: toipumnen"),
    "a consent without a day": ("experts/e01.yml", "given: 2026-03-02", "text: x"),
    "an edition edited by hand": ("experts/edition.yml", "  - depression\n", ""),
    "an edition from the future": ("experts/edition.yml", "edition: 2026-10-05", "edition: 2027-10-05"),
    "no form service": ("mkdocs.yml", "service: generic", "service: pigeon"),
    "a missing fact": ("mkdocs.yml", "        phone: 016 555 0100\n", ""),
    "a page that names no fact": ("site_src/fi/fees.md", "##", "{{ association.colour }}\n\n##"),
    "a private value in a hand-written page": ("site_src/fi/about.md", "##", "Kiitos, Venla Keksitty!\n\n##"),
    "a phone number in the card of its own expert": ("experts/e06.yml", "ajan yli.", "ajan yli. Soita 0405550106."),
    "somebody else's name in a card": ("experts/e06.yml", "ajan yli.", "ajan yli. Kiitos, Venla Keksitty."),
    "a private value in the configuration of another page": ("site_src/fi/about.md", "##", "Soita 0405550101.\n\n##"),
}


@pytest.mark.parametrize(("name", "old", "new"), BREAKS.values(), ids=BREAKS)
def test_any_problem_leaves_the_last_good_site_as_it_was(built: Path, name: str, old: str, new: str) -> None:
    """Exit code 1, the reason with its position, and not one changed byte of the old site."""
    before = contents(built / "site")
    change(built, name, old, new)
    done = build(built)
    assert done.code == 1
    assert "error[" in done.output
    assert "Venla" not in done.output
    assert "0405550101" not in done.output
    assert "Traceback" not in done.output
    assert contents(built / "site") == before
    assert [entry.name for entry in built.iterdir() if entry.name.startswith(".site")] == []


@pytest.mark.parametrize(("name", "old", "new"), BREAKS.values(), ids=BREAKS)
def test_plain_mkdocs_leaves_an_empty_folder(small: Path, name: str, old: str, new: str) -> None:
    """It cannot keep the old site, so it leaves nothing and says why."""
    change(small, name, old, new)
    (small / "site").mkdir()
    (small / "site" / "old.html").write_text("old")
    done = mkdocs(small, "build", "--strict")
    assert done.code == 1
    assert "error[" in done.output
    assert "Venla" not in done.output
    assert contents(small / "site") == {}


def test_plain_mkdocs_and_properdocs_build_the_same_site(built: Path) -> None:
    """``mkdocs build --strict`` gives the same bytes as ``kokemus build``, and so does MkDocs' drop-in fork."""
    ours = contents(built / "site")
    done = mkdocs(built, "build", "--strict", "--site-dir", "theirs")
    assert done.code == 0, done.output
    assert contents(built / "theirs") == ours
    fork = run(
        built,
        "properdocs",
        "build",
        "--strict",
        "-f",
        "mkdocs.yml",
        "--site-dir",
        "fork",
        SOURCE_DATE_EPOCH="1795521600",
    )
    assert fork.code == 0, fork.output
    assert contents(built / "fork") == ours


def test_another_engine_makes_no_page(small: Path) -> None:
    """Another engine ignores the plugin, as Zensical does, but renders pages with Markdown. It is told what to run."""
    configuration = yaml.load((small / "mkdocs.yml").read_text("utf-8"), yaml.CSafeLoader)
    extensions = configuration["markdown_extensions"]
    with pytest.raises(RuntimeError, match="kokemus build"):
        markdown.markdown("A page.", extensions=extensions)
    assert markdown.markdown("A page.", extensions=extensions, extension_configs={audited.NAME: audited.RUNS})


def test_nothing_of_the_theme_s_own_is_shipped(demo_site: Path) -> None:
    """No bundle, no fonts, no search index of its own: only our pages, styles, icon, scripts, data and headers."""
    kinds = {Path(name).suffix for name in contents(demo_site) if name not in ("_headers", "CNAME")}
    assert kinds <= {".html", ".css", ".svg", ".json", ".xml", ".js", ".txt"}
    assert not [name for name in contents(demo_site) if re.search(r"bundle|lunr|worker\.|search/search_index", name)]


@contextlib.contextmanager
def preview(folder: Path, *command: str) -> Iterator[tuple[Callable[[str, str], bool], Path]]:
    """A preview of a site: whether a page shows a text within a short time, and the output at the terminal."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write(f"\ndev_addr: {address}\n")
    told = folder / "told.txt"
    with told.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).parent / command[0]), *command[1:]],
            cwd=folder,
            env=os.environ | {"SOURCE_DATE_EPOCH": "1795521600", "NO_MKDOCS_2_WARNING": "1"},
            stdout=log,
            stderr=log,
        )

    def shows(name: str, text: str) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                page = urllib.request.urlopen(f"http://{address}/{name}/", timeout=5).read().decode()
                if text in page:
                    return True
            time.sleep(0.2)
        return False

    try:
        yield shows, told
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize("command", ["mkdocs", "kokemus"])
def test_the_preview_rebuilds_when_anything_changes(small: Path, command: str) -> None:
    """A changed profile, page or configuration shows up by itself."""
    with preview(small, command, "serve") as (shows, _):
        assert shows("esittelyt", "Revontuli")
        change(small, "experts/e06.yml", "name: Revontuli", "name: Kevätvalo")
        assert shows("esittelyt", "Kevätvalo")
        change(small, "site_src/fi/about.md", "\n## ", "\n## Uusi otsikko\n\n## ")
        assert shows("tietoa-sivustosta", "Uusi otsikko")
        change(small, "mkdocs.yml", "016 555 0100", "016 555 0199")
        assert shows("esittelyt", "016 555 0199")


def test_until_a_mistake_is_fixed_the_preview_shows_the_last_good_pages(small: Path) -> None:
    """A mistake in a profile or the configuration. The terminal shows it, and the address of the preview."""
    with preview(small, "kokemus", "serve") as (shows, told):
        assert shows("esittelyt", "Revontuli")
        assert "Esikatselu on osoitteessa http://127.0.0.1:" in told.read_text("utf-8")
        for file, right, wrong, code in (
            ("experts/e06.yml", "name: Revontuli", "nome: Kevätvalo", "unknown-key"),
            ("mkdocs.yml", "site_name:", "site_name", "yaml-no-colon"),
        ):
            change(small, file, right, wrong)
            told_of = f"error[{code}]"
            deadline = time.monotonic() + 30
            while told_of not in told.read_text("utf-8") and time.monotonic() < deadline:
                time.sleep(0.1)
            assert told_of in told.read_text("utf-8")
            assert shows("esittelyt", "Revontuli")
            change(small, file, wrong, right)
        change(small, "experts/e06.yml", "name: Revontuli", "name: Kevätvalo")
        assert shows("esittelyt", "Kevätvalo")
        said = told.read_text("utf-8")
        assert said.count("viimeisimmät ehjät sivut") >= 2
        assert not re.search("Traceback|stuck|Aborted", said)


def test_a_second_preview_says_that_the_address_is_taken(small: Path) -> None:
    """And how to use another."""
    with preview(small, "kokemus", "serve") as (shows, _):
        assert shows("esittelyt", "Revontuli")
        second = kokemus(small, "serve")
    assert second.code == 1
    assert "dev_addr: 127.0.0.1:8001" in second.output
    assert "Traceback" not in second.output


def test_the_audit_command_fails_at_a_planted_value_and_only_then(tmp_path: Path, demo_site: Path) -> None:
    """On any folder, also after the build."""
    folder = copy_of_demo(tmp_path / "demo")
    clean = kokemus(folder, "audit", str(demo_site), "--on", "2026-11-24")
    assert clean.code == 0, clean.output
    planted = tmp_path / "planted"
    planted.mkdir()
    (planted / "index.html").write_text("<p>venla.keksitty@example.org</p>")
    red = kokemus(folder, "audit", str(planted), "--on", "2026-11-24")
    assert red.code == 1
    assert (
        "index.html:1:1: error[leak]: tässä näkyy salassa pidettävä tieto: experts/e01.yml, kohta private.email"
        in red.output
    )
    assert "keksitty" not in red.output


@pytest.mark.parametrize("target", [".", "experts", "site_src", ".."])
def test_a_folder_that_holds_something_else_is_never_replaced(small: Path, target: str) -> None:
    """Only a missing or empty folder, or an earlier site, is replaced."""
    before = contents(small)
    done = build(small, DEMO_DAY, "--site-dir", target)
    assert done.code == 2
    assert "siihen ei kosketa" in done.output
    assert "Jätä --site-dir pois" in done.output
    assert contents(small) == before


GUIDES = {
    "the address of the form": ("uusi.md", "pyynto"),
    "the name of a generated page": ("request.md", "uusi"),
    "the address of another guide": ("uusi.md", "palkkiot-ja-ehdot"),
    "the folder of the stylesheet": ("uusi.md", "assets"),
}


@pytest.mark.parametrize(("name", "slug"), GUIDES.values(), ids=GUIDES)
def test_a_hand_written_page_never_takes_the_place_of_another(small: Path, name: str, slug: str) -> None:
    """Especially not that of the request form."""
    page = f"---\ntitle: Uusi\nslug: {slug}\ndescription: Uusi sivu\n---\nTeksti\n"
    (small / "site_src" / "fi" / name).write_text(page, "utf-8")
    done = build(small)
    assert done.code == 1
    assert "error[guide-address]" in done.output


def test_markdown_outside_the_guides_is_not_published(small: Path) -> None:
    """Neither notes next to the guides nor languages that the site does not have."""
    (small / "site_src" / "muistio.md").write_text("# sisäinen muistio", "utf-8")
    assert build(small).code == 0
    site = contents(small / "site")
    assert not [name for name, content in site.items() if "sisäinen muistio".encode() in content]
    assert not [name for name in site if name.startswith(("en/", "sv/"))]
    assert all(b"Content-Security-Policy" in content for name, content in site.items() if name.endswith(".html"))


def test_the_association_s_own_file_at_the_root_replaces_ours(small: Path) -> None:
    """An association's own CNAME or robots.txt is intended."""
    (small / "site_src" / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    assert build(small).code == 0
    assert (small / "site" / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert (small / "site" / "CNAME").read_text() == "kokemus.example.org\n"


def test_no_expression_in_a_guide_ends_in_a_traceback(small: Path) -> None:
    """Whatever is between the braces."""
    page = small / "site_src" / "fi" / "about.md"
    text = page.read_text("utf-8")
    for expression in (
        "{{ 1/0 }}",
        '{{ "a" + 1 }}',
        "{{ association.name() }}",
        '{% include "x" %}',
        "{{ link('no') }}",
    ):
        page.write_text(text + expression, "utf-8")
        done = kokemus(small, "check", "--on", "2026-11-24")
        assert done.code == 1
        assert "error[guide-" in done.output
        assert "Traceback" not in done.output


def test_what_a_late_hook_writes_is_audited_too(small: Path) -> None:
    """``kokemus build`` audits the finished folder, after all other plugins."""
    (small / "late.py").write_text(
        "from pathlib import Path\nfrom mkdocs.plugins import event_priority\n\n\n@event_priority(-200)\n"
        "def on_post_build(config):\n    Path(config.site_dir, 'late.html').write_text('Venla Keksitty')\n"
    )
    change(small, "mkdocs.yml", "plugins:\n", "hooks: [late.py]\nplugins:\n")
    done = build(small)
    assert done.code == 1
    assert "late.html:1:1: error[leak]" in done.output


def test_hooks_are_called_when_a_build_begins_and_when_it_ends(small: Path) -> None:
    """As MkDocs calls them, whether or not the build succeeds. What is written last is audited too."""
    (small / "life.py").write_text(
        "from pathlib import Path\n\n\ndef on_startup(command, dirty):\n    Path('life').write_text(command)\n\n\n"
        "def on_config(config):\n    global folder\n    folder = Path(config.site_dir)\n\n\n"
        "def on_shutdown():\n    with open('life', 'a') as file:\n        file.write(' and end')\n"
        "    (folder / 'last.html').write_text('Venla Keksitty')\n"
    )
    change(small, "mkdocs.yml", "plugins:\n", "hooks: [life.py]\nplugins:\n")
    done = build(small)
    assert (small / "life").read_text() == "build and end"
    assert done.code == 1
    assert "last.html:1:1: error[leak]" in done.output
    change(small, "experts/e01.yml", "topic: recovery", "topic: toipumnen")
    (small / "life").unlink()
    assert build(small).code == 1
    assert (small / "life").read_text() == "build and end"


def test_other_plugins_find_the_pages_by_their_source_files(small: Path) -> None:
    """In any order of plugins: a redirect from an old address can name a page by its file."""
    (small / "old.py").write_text(
        "from pathlib import Path\nfrom mkdocs.plugins import event_priority\n\n\n@event_priority(50)\n"
        "def on_files(files, config):\n    global page\n    page = files.get_file_from_path('fi/join.md')\n\n\n"
        "def on_post_build(config):\n    assert Path(page.abs_src_path).is_file()\n"
        "    Path(config.site_dir, 'old.txt').write_text(page.url)\n"
    )
    change(small, "mkdocs.yml", "plugins:\n", "hooks: [old.py]\nplugins:\n")
    done = build(small)
    assert done.code == 0, done.output
    assert (small / "site" / "old.txt").read_text() == "tule-kokemusasiantuntijaksi/"


def test_a_build_that_changes_nothing_says_so_and_touches_nothing(built: Path) -> None:
    """On the same day, from the same sources. The next day's site differs, because it contains its date."""
    before = (built / "site").stat().st_ino
    again = build(built)
    assert again.code == 0
    assert "mikään ei muuttunut" in again.output
    assert (built / "site").stat().st_ino == before
    later = build(built, DEMO_DAY + timedelta(days=1))
    assert later.code == 0
    assert "mikään ei muuttunut" not in later.output
    assert (built / "site").stat().st_ino != before
