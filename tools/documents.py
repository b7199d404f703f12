"""Generate the pictures and lists in the documents, and parse documents for their tests.

``python -m tools.documents`` regenerates everything.
"""

import ast
import html
import os
import re
import tempfile
import textwrap
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from kokemus import dates
from kokemus.desk.app import application
from kokemus.desk.guard import Keys
from kokemus.documents.problems import TEXTS
from tests.conftest import DEMO_DAY, ROOT, build, copy_of_demo, launch
from tests.quality import host

PICTURE = ROOT / "docs" / "psychosis.png"
PICTURED = "en/topics/psychosis/"
DESK = ROOT / "docs" / "desk.png"
DESK_PAGE = "person/e05"
CODES = ROOT / "docs" / "problems.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
LAYERS = ROOT / "docs" / "layers.svg"
PACKAGE = ROOT / "generator" / "kokemus"
DOCUMENTS = (
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG")),
    *sorted((ROOT / "docs").glob("*.md")),
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command in a document, and its output as the document shows it; a line ``…`` stands for any lines."""

    command: str
    printed: str

    def is_what(self, output: str) -> bool:
        """Whether the output matches what the document shows."""
        parts = ("\n" + self.printed).split("\n…")
        return re.fullmatch(r"(?:\n.*)*".join(map(re.escape, parts)), "\n" + output.rstrip("\n")) is not None


def blocks(text: str, language: str) -> Iterator[str]:
    """The contents of a document's fenced blocks in a language."""
    return (body for kind, body in _FENCE.findall(text) if kind == language)


def sessions(text: str) -> Iterator[tuple[Typed, ...]]:
    """The console blocks of a document, each as its commands with their output."""
    for body in blocks(text, "console"):
        _, *parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
        yield tuple(
            Typed(command, printed.rstrip("\n")) for command, _, printed in (part.partition("\n") for part in parts)
        )


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text)


def links(text: str) -> Iterator[str]:
    """The targets of a document's links and pictures, except those on other sites."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(text: str) -> frozenset[str]:
    """The anchors of a document's headings, as GitHub and similar hosts make them."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def quoted(text: str) -> frozenset[str]:
    """The texts between backticks in a document's prose."""
    return frozenset(" ".join(found.split()) for found in re.findall(r"`([^`]+)`", prose(text)))


def words(site: Path) -> str:
    """The words of the page that the README's picture shows."""
    return words_of((site / PICTURED / "index.html").read_text("utf-8"))


def words_of(page: str) -> str:
    """The words of a page's main part."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split()) if main else ""


def pictured(content: bytes) -> str:
    """The words of the page when a picture was taken, as stored in the picture."""
    with Image.open(BytesIO(content)) as image:
        return str(image.info.get("page", ""))


def picture(site: Path) -> bytes:
    """A screenshot of the pictured page of a site."""
    with host.hosted(site) as address:
        return _shot(address, PICTURED)


def desk_picture(folder: Path) -> bytes:
    """A screenshot of the desk's pictured page, over a folder."""
    keys = Keys()
    app = application(folder, keys, "")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    app.config["HOST"] = f"127.0.0.1:{server.port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.port}/{keys.home}/"
    try:
        return _shot(home, DESK_PAGE, f"enter/{keys.entrance}")
    finally:
        server.shutdown()


def desk_words(folder: Path) -> str:
    """The words of the desk's pictured page."""
    keys = Keys()
    app = application(folder, keys, "localhost")
    client = app.test_client()
    client.get(f"/{keys.home}/enter/{keys.entrance}")
    return words_of(client.get(f"/{keys.home}/{DESK_PAGE}").text)


def _shot(address: str, name: str, first: str = "") -> bytes:
    """A PNG of the upper part of a page, with the page's words stored in it.

    A test compares the words to see whether the picture is up to date. Pixels differ between machines, by their fonts.
    """
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 900, "height": 1080})
        if first:
            page.goto(address + first)
            page.wait_for_url(address)
        page.goto(address + name)
        shot, told = page.screenshot(), PngImagePlugin.PngInfo()
        told.add_itxt("page", words_of(page.content()))
        browser.close()
    made = BytesIO()
    with Image.open(BytesIO(shot)) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(made, "PNG", optimize=True, pnginfo=told)
    return made.getvalue()


def in_english(demo: Path) -> Path:
    """The demo with English as the coordinator's language, as the README shows it."""
    configuration = demo / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("coordinator_language: fi", "coordinator_language: en"), "utf-8")
    return demo


def codes() -> str:
    """The list of problem codes, as a document."""
    return (
        "# Problem codes · Virhekoodit\n\n"
        "Every error and warning of `kokemus check`, with what to do about it, in English and in Finnish. Made of\n"
        "`coordinator/texts/problems.yml` by `make docs`. *error* stops publication, *warning* does not. `{…}` is\n"
        "filled with what was found, never with a private value.\n\n"
        "| code | | in English | suomeksi |\n|---|---|---|---|\n"
        + "".join(
            f"| `{code}` | {texts['severity']} | {_said(texts)} | {_said(texts['fi'])} |\n"
            for code, texts in sorted(TEXTS.items())
        )
    )


def layers() -> tuple[tuple[str, ...], ...]:
    """The packages and modules of each layer, from the top down, as in the contract of ``lint-imports``."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]["layers"]
    return tuple(tuple(part.strip() for part in layer.split("|")) for layer in told)


def _modules(part: str) -> list[Path]:
    """The files of a package, or the single file of a module."""
    own = [file for file in sorted((PACKAGE / part).glob("*.py")) if file.stem != "__init__"]
    return own or [PACKAGE / f"{part}.py"]


def _first_line(file: Path) -> str:
    module = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return module.partition("\n")[0].replace("|", "\\|").replace("``", "`")


def architecture(text: str) -> str:
    """The document with its list of modules regenerated from the first line of each package and module."""
    before = text.partition("| module | holds |")[0]
    rows = ["| module | holds |", "|---|---|"]
    for part in (part for layer in layers() for part in layer):
        if (PACKAGE / part).is_dir():
            rows.append(f"| **{part}** | **{_first_line(PACKAGE / part / '__init__.py')}** |")
        for file in _modules(part):
            name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
            rows.append(f"| `{name}` | {_first_line(file)} |")
    return before + "\n".join(rows) + "\n"


def drawing() -> str:
    """The layers as an SVG. Each imports only what is below it; packages side by side do not import each other."""
    width, line, gap, pad = 960, 18, 10, 12
    boxes, top = [], 0
    for layer in layers():
        share = (width - gap * (len(layer) - 1)) // len(layer)
        letters = (share - 2 * pad) // 8
        told = {
            part: textwrap.wrap(", ".join(file.stem for file in _modules(part)), letters)
            if (PACKAGE / part).is_dir()
            else []
            for part in layer
        }
        height = 2 * pad + line * (1 + max(map(len, told.values()))) - 4
        for at, (part, names) in enumerate(told.items()):
            left = at * (share + gap)
            boxes.append(f'<rect x="{left}" y="{top}" width="{share}" height="{height}" rx="8"/>')
            boxes.append(f'<text class="part" x="{left + pad}" y="{top + pad + 12}">{part}</text>')
            boxes += [
                f'<text x="{left + pad}" y="{top + pad + 12 + line * below}">{names}</text>'
                for below, names in enumerate(names, 1)
            ]
        top += height + gap
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top - gap}" role="img">\n'
        "<title>The layers of Kokemus: each imports only what is below it</title>\n"
        "<style>rect{fill:#eef3ef;stroke:#3f6b57}text{font:13px monospace;fill:#23302a}.part{font-weight:700}</style>\n"
        + "\n".join(boxes)
        + "\n</svg>\n"
    )


def _said(texts: Mapping[str, str]) -> str:
    said = f"**{texts['message']}.** {texts['help']}".replace("{{", "{").replace("}}", "}")
    return " ".join(said.replace("|", "\\|").split())


def main() -> None:
    """Write all generated files."""
    CODES.write_text(codes(), "utf-8")
    ARCHITECTURE.write_text(architecture(ARCHITECTURE.read_text("utf-8")), "utf-8")
    LAYERS.write_text(drawing(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        demo = in_english(copy_of_demo(Path(folder) / "demo"))
        done = build(demo, DEMO_DAY)
        if done.code:
            raise SystemExit(done.output)
        PICTURE.write_bytes(picture(demo / "site"))
        os.environ["SOURCE_DATE_EPOCH"] = dates.epoch(DEMO_DAY)
        DESK.write_bytes(desk_picture(demo))
    for file in (CODES, ARCHITECTURE, LAYERS, PICTURE, DESK):
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
