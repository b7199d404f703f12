"""``make bench-search``: how well the search finds what people type, compared with Material's own and Pagefind.

The queries marked ``tune`` were written before the search, which was tuned on them. Those marked ``held`` were written
after that, before they were first asked, and are reported separately. A query counts as found if an expected page is
first, or among the first three.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, Response, sync_playwright

from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.resources import LANGUAGES
from kokemus.website import search
from kokemus.website.names import folded, inflection
from kokemus.website.search import Entry

ROOT = Path(__file__).parent.parent.parent
QUERIES = Path(__file__).parent / "queries.tsv"
PAGEFIND = "pagefind@1.6.0"
IDLE = "idle => document.querySelector('.md-search-result__meta').textContent.trim() === idle"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the pages one of which should come first."""

    language: str
    held: bool
    text: str
    expected: tuple[str, ...]


def queries() -> list[Query]:
    rows = [line.split("\t") for line in QUERIES.read_text("utf-8").splitlines()[1:]]
    return [Query(language, kept == "held", text, tuple(wanted.split())) for language, kept, text, wanted in rows]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of found queries, and the number of queries."""

    number: int
    first: float
    three: float
    nothing: float


def score(found: Iterable[tuple[Query, list[str]]]) -> Score:
    """The score of the found addresses. The expected ids of each query must already be addresses."""
    ranks = [(next((at for at, id in enumerate(ids) if id in query.expected), 99), ids) for query, ids in found]
    share = 100 / len(ranks)
    return Score(
        len(ranks),
        share * sum(rank == 0 for rank, _ in ranks),
        share * sum(rank < 3 for rank, _ in ranks),
        share * sum(not ids for _, ids in ranks),
    )


def entries() -> dict[str, tuple[Entry, ...]]:
    """The search entries of the demo, by language."""
    site = publish.publish(gather(ROOT / "mkdocs.yml"), date(2026, 11, 24)).site
    assert site
    return {name: search.entries(name, site.outline, site.vocabulary, site.guides) for name in LANGUAGES}


FILES: Mapping[str, Callable[[tuple[Entry, ...], str], str]] = {
    "search": search.script,
    "also": search.also,
    "names": search.others,
}
"""The files of the search and how each is made, in the order in which they are loaded as long as a word is unknown."""

ANSWERS = """({ prepare, learn, answered }, index, more) => {
  const steps = [0, 1, 2].map((number) => {
    const ready = prepare(index);
    for (const names of more.slice(0, number)) learn(ready, names);
    return ready;
  });
  return (text) => {
    const answers = steps.map((ready) => answered(text, ready));
    return answers.find(({ isKnown }) => isKnown) ?? answers.at(-1);
  };
}"""
"""JavaScript that answers a query as the search's module does, loading only the names that a browser would load."""

SHIPPED = f"""async (address, language) => {{
  const files = {list(FILES)}.map((name) => import(`${{address}}${{name}}-${{language}}.js`));
  const [found, ...more] = await Promise.all(files);
  return ({ANSWERS})(found, found.index, more.map((names) => names.default));
}}"""
"""The same with the shipped files of a language."""


def ours(page: Page, address: str, asked: list[Query]) -> list[tuple[Query, list[str]]]:
    """The ids that the site's own search finds, with the files that it ships."""
    page.goto(address)
    found: list[list[str]] = page.evaluate(
        f"""async ([address, languages, asked]) => {{
             const answers = {{}};
             for (const language of languages) answers[language] = await ({SHIPPED})(address, language);
             return asked.map(([language, text]) => answers[language](text).results.map(([, , url]) => url));
           }}""",
        [address, LANGUAGES, [(query.language, query.text) for query in asked]],
    )
    ids = {entry.url: entry.id for found in entries().values() for entry in found}
    return [(query, [ids[url] for url in urls]) for query, urls in zip(asked, found, strict=True)]


def text_of(site: Path, url: str) -> str:
    """The text of a page, or of the section that the address names, without what is on every page."""
    address, _, fragment = url.partition("#")
    main = (site / address / "index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    begin, end = (f'id="{fragment}"', "</section>") if fragment else (">", "</main>")
    return main.partition(begin)[2].partition(end)[0].partition(">" if fragment else "\0")[2 if fragment else 0]


def forms(entry: Entry) -> str:
    """All names of an entry in every inflected form that the rules know."""
    said: set[str] = set()
    for language in LANGUAGES:
        rules = {of.replace("-", ""): rule for rule in inflection()[language] for of in rule["of"].split()}
        for word in entry.words(language):
            said.add(word)
            if rule := next((rules[word[at:]] for at in range(len(word) + 1) if word[at:] in rules), None):
                stem = word[: len(word) - rule["cut"]]
                said |= {stem + end.replace("-", "") for end in rule["endings"].split()}
    return " ".join(sorted(said))


def copied(site: Path, folder: Path, wordy: bool) -> dict[tuple[str, str], str]:
    """Write each page that can be found, with only its own text. Returns their ids by language and number."""
    ids: dict[tuple[str, str], str] = {}
    for language, found in entries().items():
        (folder / language).mkdir(parents=True)
        for number, entry in enumerate(found):
            text = text_of(site, entry.url).replace("\n", " ")
            more = f"<p>{forms(entry)}</p>" if wordy else ""
            (folder / language / f"p{number}.html").write_text(f"{text}{more}", "utf-8")
            ids[language, f"p{number}"] = entry.id
    return ids


def weighed(page: Page) -> list[int]:
    """A list that collects the gzipped bytes of each response that the page gets from now on."""
    sizes: list[int] = []

    def note(answer: Response) -> None:
        sizes.append(len(gzip.compress(answer.body())))

    page.on("response", note)
    return sizes


def pagefind(browser: Browser, site: Path, scratch: Path, wordy: bool) -> tuple[list[tuple[Query, list[str]]], int]:
    """What Pagefind finds, and the bytes that the first search in Finnish loads."""
    ids = copied(site, scratch / "pages", wordy)
    for language in LANGUAGES:
        for file in (scratch / "pages" / language).iterdir():
            head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{file.stem}</title>'
            file.write_text(f"{head}<body data-pagefind-body>{file.read_text('utf-8')}", "utf-8")
        run(["npx", "pagefind", "--site", str(scratch / "pages" / language), "--quiet"], scratch)
    found: list[tuple[Query, list[str]]] = []
    size = 0
    with serving(scratch / "pages") as address:
        for language in LANGUAGES:
            page = browser.new_page()
            bodies = weighed(page)
            page.goto(f"{address}{language}/p0.html")
            bodies.clear()
            for query in (query for query in queries() if query.language == language):
                urls: list[str] = page.evaluate(
                    """async ([address, text]) => {
                         const pagefind = await import(address + "pagefind/pagefind.js");
                         const { results } = await pagefind.search(text);
                         return Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).url));
                       }""",
                    [f"{address}{language}/", folded(query.text) if wordy else query.text],
                )
                if language == "fi" and not size:
                    page.wait_for_timeout(200)
                    size = sum(bodies)
                found.append((query, [ids[language, Path(url).stem] for url in urls]))
            page.close()
    return found, size


def material(browser: Browser, site: Path, scratch: Path, wordy: bool) -> tuple[list[tuple[Query, list[str]]], int]:
    """What Material's search finds through its own interface, and the bytes of its worker and Finnish index."""
    ids = copied(site, scratch / "pages", wordy)
    found: list[tuple[Query, list[str]]] = []
    size = 0
    for language in LANGUAGES:
        for file in sorted((scratch / "pages" / language).glob("*.html")):
            file.with_suffix(".md").write_text(f"<div>{file.read_text('utf-8')}</div>\n", "utf-8")
            file.unlink()
        (scratch / "pages" / language / "index.md").write_text("# .\n")
        (scratch / "mkdocs.yml").write_text(
            f"site_name: x\nsite_url: http://127.0.0.1/\ndocs_dir: pages/{language}\nsite_dir: site/{language}\n"
            f"theme: {{name: material, font: false, language: {language}}}\nplugins: [search]\n"
        )
        run([str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet"], scratch)
        with serving(scratch / "site" / language) as address:
            page = browser.new_page()
            page.goto(address)
            page.wait_for_load_state("networkidle")
            field = page.locator("[data-md-component=search-query]")
            field.focus()
            config = "JSON.parse(document.getElementById('__config').textContent)"
            idle = page.evaluate(f"{config}.translations['search.result.placeholder']")
            page.wait_for_function(IDLE, arg=idle)
            for query in (query for query in queries() if query.language == language):
                field.fill(folded(query.text) if wordy else query.text)
                field.dispatch_event("keyup")
                page.wait_for_function(IDLE.replace("===", "!=="), arg=idle)
                urls: list[str] = page.evaluate(
                    """[...document.querySelectorAll('.md-search-result__item > a')].map((link) => link.pathname)"""
                )
                pages = dict.fromkeys(url.strip("/").rpartition("/")[2] for url in urls)
                found.append((query, [ids[language, name] for name in pages if (language, name) in ids]))
                field.fill("")
                field.dispatch_event("keyup")
                page.wait_for_function(IDLE, arg=idle)
            page.close()
        if language == "fi":
            assets = scratch / "site" / "fi"
            parts = [*assets.glob("assets/javascripts/workers/search.*.js"), assets / "search" / "search_index.json"]
            parts += [
                assets / "assets/javascripts/lunr/min" / f"lunr.{name}.min.js" for name in ("stemmer.support", "fi")
            ]
            size = sum(len(gzip.compress(part.read_bytes())) for part in parts)
    return found, size


def slowed(browser: Browser, address: str, slowdown: int) -> Page:
    """The home page in a new tab, with the CPU slowed down from then on."""
    page = browser.new_page()
    page.goto(address)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    return page


def ready(page: Page) -> float:
    """Milliseconds from the first focus to shown results, with a word in the field."""
    first: float = page.evaluate(
        """() => new Promise((done) => {
             const field = document.getElementById("search-field"), list = document.getElementById("search-list");
             const began = performance.now();
             new MutationObserver(() => done(performance.now() - began)).observe(list, { childList: true });
             field.value = "masennuksesta";
             field.focus();
           })"""
    )
    return first


def keystrokes(page: Page) -> list[float]:
    """Milliseconds for each keystroke of the Finnish queries, once the search is ready."""
    strokes: list[float] = page.evaluate(
        """(texts) => {
             const field = document.getElementById("search-field");
             return texts.flatMap((text) => [...text].map((_, at) => {
               field.value = text.slice(0, at + 1);
               const began = performance.now();
               field.dispatchEvent(new Event("input"));
               return performance.now() - began;
             }));
           }""",
        [query.text for query in queries() if query.language == "fi"],
    )
    return strokes


def speed(browser: Browser, address: str, slowdown: int) -> tuple[float, float, float]:
    """Milliseconds from the first focus to shown results, and for a keystroke, median and longest, on the home page."""
    page = slowed(browser, address, slowdown)
    first, strokes = ready(page), keystrokes(page)
    page.close()
    return first, median(strokes), max(strokes)


def run(command: list[str], folder: Path) -> None:
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, env=quiet, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class serving:  # noqa: N801
    """Serve a folder over HTTP locally."""

    def __init__(self, folder: Path) -> None:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def row(name: str, found: list[tuple[Query, list[str]]]) -> None:
    parts: list[tuple[str, Callable[[Query], bool]]] = [
        ("all", lambda query: True),
        ("tuned on", lambda query: not query.held),
        ("held out", lambda query: query.held),
        *((language, lambda query, language=language: query.language == language) for language in LANGUAGES),
    ]
    for part, belongs in parts:
        got = score([(query, ids) for query, ids in found if belongs(query)])
        print(f"| {name} | {part} | {got.number} | {got.first:.1f} | {got.three:.1f} | {got.nothing:.1f} |")


def browser_path() -> str:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return path or sys.exit("The bench needs Chromium: sudo apt-get install chromium, or your system's way")


def main() -> None:
    path = browser_path()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        scratch = Path(name)
        site = scratch / "site"
        run([str(Path(sys.executable).parent / "kokemus"), "build", "--site-dir", str(site)], ROOT)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        print("| search | queries | number | first % | in three % | nothing % |\n|---|---|---|---|---|---|")
        sizes = {}
        with serving(site) as address:
            row("ours", ours(browser.new_page(), address, queries()))
            times = {slowdown: speed(browser, address, slowdown) for slowdown in (1, 4)}
        sizes["ours"] = len(gzip.compress((site / "search-fi.js").read_bytes()))
        engines: list[tuple[str, Any, bool]] = [("Material", material, False), ("Material, all forms", material, True)]
        if shutil.which("npx"):
            run(["npm", "install", "--silent", "--prefix", str(scratch), PAGEFIND], scratch)
            engines += [("Pagefind", pagefind, False), ("Pagefind, all forms", pagefind, True)]
        for number, (engine, search, wordy) in enumerate(engines):
            folder = scratch / f"engine-{number}"
            folder.mkdir()
            if (scratch / "node_modules").is_dir():
                (folder / "node_modules").symlink_to(scratch / "node_modules")
            found, sizes[engine] = search(browser, site, folder, wordy)
            row(engine, found)
        browser.close()
    if not shutil.which("npx"):
        print("\nPagefind was not measured: npm is missing (sudo apt-get install npm, or your system's way)")
    print("\n| search | gzipped bytes of the first search in Finnish |\n|---|---|")
    for engine, size in sizes.items():
        print(f"| {engine} | {size} |")
    for slowdown, (first, usual, longest) in times.items():
        print(f"\nCPU slowed {slowdown} times: {first:.0f} ms from first focus to results, a keystroke {usual:.1f} ms,")
        print(f"the longest {longest:.1f} ms")


if __name__ == "__main__":
    main()
