"""How well the search answers queries written by people who had seen neither its index nor its words.

``python -m tests.bench.blind SET`` asks the shipped search each query of a set once, and prints a table. A set has one
line per query: the language, the text, and the ids of which one should be among the first three results, or ``none`` if
no topic covers the query. Then the right answer says so, and shows no topic or group.
"""

import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from kokemus.resources import LANGUAGES
from kokemus.website import need
from tests.bench.search import FILES, SHIPPED, browser_path, entries, serving

HONEST = ("formats/", "audiences/", "places/", "languages/", "guides/")
"""The kinds of results that may be shown beside the answer that no topic covers the query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A query, the expected and actual results, and whether the search said that no topic covers it."""

    language: str
    text: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    is_open: bool

    @property
    def is_right(self) -> bool:
        if not self.expected:
            return self.is_open and all(id.startswith(HONEST) for id in self.found)
        return any(id in self.expected or id.partition("/")[2] in self.expected for id in self.found[:3])


def queries(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(row[0], row[1], tuple(id for id in row[2].split() if id not in ("none", "-"))) for row in rows]


def answers(path: Path) -> list[Answer]:
    """The answers of the shipped files in Chromium."""
    asked, known = queries(path), entries()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "index.html").write_text("<!doctype html>", "utf-8")
        (Path(folder) / "need.js").write_text(need.script(), "utf-8")
        for language in LANGUAGES:
            for name, written in FILES.items():
                (Path(folder) / f"{name}-{language}.js").write_text(written(known[language], language), "utf-8")
        with serving(Path(folder)) as address:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(address)
            got = page.evaluate(
                f"""async ([address, languages, asked]) => {{
                     const answers = {{}};
                     for (const language of languages) answers[language] = await ({SHIPPED})(address, language);
                     return asked.map(([language, text]) => {{
                       const {{ results, isOpen }} = answers[language](text);
                       return [results.map(([, , url]) => url), isOpen];
                     }});
                   }}""",
                [address, LANGUAGES, [row[:2] for row in asked]],
            )
            browser.close()
    ids = {entry.url: entry.id for found in known.values() for entry in found}
    return [
        Answer(*row, tuple(ids[url] for url in urls), is_open) for row, (urls, is_open) in zip(asked, got, strict=True)
    ]


def table(answered: Iterable[Answer]) -> str:
    """A Markdown table by language: queries and right answers, for queries with a topic and without."""
    all_answers = list(answered)
    lines = ["| queries | covered | among the first three | not covered | said so |", "|---|---|---|---|---|"]
    for part in ("all", *LANGUAGES):
        some = [answer for answer in all_answers if part in ("all", answer.language)]
        cells = []
        for is_covered in (True, False):
            asked = [answer for answer in some if bool(answer.expected) == is_covered]
            right = sum(answer.is_right for answer in asked)
            cells += [str(len(asked)), f"{right} ({100 * right / len(asked):.1f} %)" if asked else "–"]
        lines.append(f"| {part} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    answered = answers(Path(sys.argv[1]))
    print(table(answered))
    for one in answered:
        if not one.is_right:
            wanted = " ".join(one.expected) or "none"
            print(f"{one.language}\t{one.text}\t{wanted}\t{' '.join(one.found[:3])}")


if __name__ == "__main__":
    main()
