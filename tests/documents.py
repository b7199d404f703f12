"""What documents show that can be made: a picture of a page, and the list of problem codes; and how documents are read.

``python -m tests.documents`` makes both anew.
"""

import html
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import sync_playwright

from kokemus.problems import TEXTS
from tests.conftest import DEMO_DAY, ROOT, build, copy_of_demo, launch
from tests.quality import host

PICTURE = ROOT / "docs" / "psychosis.png"
PICTURED = "en/topics/psychosis/"
CODES = ROOT / "docs" / "problems.md"
DOCUMENTS = (
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")),
    *sorted((ROOT / "docs").glob("*.md")),
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command of a document, and what the document says that it prints; a line ``…`` stands for any lines."""

    command: str
    printed: str

    def is_what(self, output: str) -> bool:
        """Whether the document tells the truth about what was printed."""
        parts = ("\n" + self.printed).split("\n…")
        return re.fullmatch(r"(?:\n.*)*".join(map(re.escape, parts)), "\n" + output.rstrip("\n")) is not None


def blocks(text: str, language: str) -> Iterator[str]:
    """The fenced blocks of a document in a language."""
    return (body for kind, body in _FENCE.findall(text) if kind == language)


def sessions(text: str) -> Iterator[tuple[Typed, ...]]:
    """The console blocks of a document, each a series of commands with what they print."""
    for body in blocks(text, "console"):
        _, *parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
        yield tuple(
            Typed(command, printed.rstrip("\n")) for command, _, printed in (part.partition("\n") for part in parts)
        )


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text)


def links(text: str) -> Iterator[str]:
    """The targets of a document's links and pictures that lead to no other site."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(text: str) -> frozenset[str]:
    """The anchors of a document's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def quoted(text: str) -> frozenset[str]:
    """What stands between backticks in a document's prose."""
    return frozenset(" ".join(found.split()) for found in re.findall(r"`([^`]+)`", prose(text)))


def words(site: Path) -> str:
    """What the pictured page of a site says."""
    return words_of((site / PICTURED / "index.html").read_text("utf-8"))


def words_of(page: str) -> str:
    """The words of a page's main part."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split()) if main else ""


def pictured(content: bytes) -> str:
    """What the page said when a picture was taken."""
    with Image.open(BytesIO(content)) as image:
        return str(image.info.get("page", ""))


def picture(site: Path) -> bytes:
    """A PNG of the upper part of the page, with the page's words in it.

    Pixels cannot tell whether it is fresh, since each machine has fonts of its own; words can.
    """
    with host.hosted(site) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 900, "height": 1080})
        page.goto(address + PICTURED)
        shot = page.screenshot()
        browser.close()
    told = PngImagePlugin.PngInfo()
    told.add_itxt("page", words(site))
    made = BytesIO()
    with Image.open(BytesIO(shot)) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(made, "PNG", optimize=True, pnginfo=told)
    return made.getvalue()


def codes() -> str:
    """The list of problem codes, as a document."""
    return (
        "# Problem codes · Virhekoodit\n\n"
        "Every error and warning of `kokemus check`, with what to do about it, in English and in Finnish. Made of\n"
        "`terms/problems.yml` by `make docs`. *error* stops publication, *warning* does not. `{…}` is filled with\n"
        "what was found, never with a private value.\n\n"
        "| code | | in English | suomeksi |\n|---|---|---|---|\n"
        + "".join(
            f"| `{code}` | {texts['severity']} | {_said(texts)} | {_said(texts['fi'])} |\n"
            for code, texts in sorted(TEXTS.items())
        )
    )


def _said(texts: Mapping[str, str]) -> str:
    said = f"**{texts['message']}.** {texts['help']}".replace("{{", "{").replace("}}", "}")
    return " ".join(said.replace("|", "\\|").split())


def main() -> None:
    """Write both."""
    CODES.write_text(codes(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        demo = copy_of_demo(Path(folder) / "demo")
        done = build(demo, DEMO_DAY)
        if done.code:
            raise SystemExit(done.output)
        PICTURE.write_bytes(picture(demo / "site"))
    for file in (CODES, PICTURE):
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
