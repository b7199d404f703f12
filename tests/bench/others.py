"""Other generators, given the finished pages of one of our sites: how each is told to put them into a layout."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import yaml

from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.website import pages
from kokemus.website.outline import Page
from tests.bench import population

MATERIAL = """\
site_name: Bench
theme: {name: material, font: false}
"""
LEAN = """\
plugins: []
nav: [index.md]
not_in_nav: "*"
"""
HUGO = """\
baseURL: https://example.org/
disableKinds: [taxonomy, term, RSS, sitemap, "404"]
markup: {goldmark: {renderer: {unsafe: true}}}
"""
ASTRO_PAGES = """\
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const loader = glob({ pattern: "**/*.md", base: "src/content", generateId: ({ data }) => data.slug });
export const collections = { pages: defineCollection({ loader }) };
"""
ASTRO_PAGE = """\
---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const entries = await getCollection("pages");
  return entries.map((entry) => ({ params: { slug: entry.id === "/" ? undefined : entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
---
"""


@dataclass(frozen=True, slots=True)
class Shell:
    """The layout of our own documents, in two parts around a page's content; the pages, and what they are made from."""

    folder: Path
    before: str
    after: str
    pages: tuple[Page, ...]

    def layout(self, content: str, title: str) -> str:
        return re.sub(r"<title>.*?</title>", f"<title>{title}</title>", self.before) + content + self.after


def shell(folder: Path) -> Shell:
    """Our own pages of a site, and the document that surrounds them."""
    made = publish.publish(gather(folder / "mkdocs.yml"), population.DAY)
    assert made.site
    every = tuple(made.pages())
    home = next(page for page in every if not page.markdown)
    before, after = pages.document(made.site, home, "\0").split("\0")
    return Shell(folder, before, after, every)


def markdown(shell: Shell, folder: Path, front: Callable[[Page], Mapping[str, str]]) -> None:
    """Each page as Markdown, its HTML in one block, under the front matter that a generator wants."""
    for page in shell.pages:
        file = folder / page.url / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        matter = yaml.safe_dump(dict(front(page)), allow_unicode=True)
        content = page.content if page.markdown else re.sub(r"\n\s*\n", "\n", f"<div>\n{page.content}\n</div>\n")
        file.write_text(f"---\n{matter}---\n\n{content}", "utf-8")


def material(shell: Shell, folder: Path, configuration: str = MATERIAL) -> list[str]:
    """As it comes: every page in the navigation of every page, and its own search."""
    markdown(shell, folder / "docs", lambda page: {"title": page.title})
    (folder / "mkdocs.yml").write_text(configuration, "utf-8")
    return ["mkdocs", "build", "--quiet"]


def lean_material(shell: Shell, folder: Path) -> list[str]:
    """With the start page alone in the navigation, and without the search."""
    return material(shell, folder, MATERIAL + LEAN)


def zensical(shell: Shell, folder: Path) -> list[str]:
    material(shell, folder)
    return ["zensical", "build", "--clean"]


def lean_zensical(shell: Shell, folder: Path) -> list[str]:
    lean_material(shell, folder)
    return ["zensical", "build", "--clean"]


def hugo(shell: Shell, folder: Path) -> list[str]:
    markdown(shell, folder / "content", lambda page: {"title": page.title, "url": f"/{page.url}"})
    for index in (folder / "content").rglob("index.md"):
        index.rename(index.with_name("_index.md"))
    (folder / "layouts" / "_default").mkdir(parents=True)
    for name in ("_default/single", "_default/list", "index"):
        (folder / "layouts" / f"{name}.html").write_text(shell.layout("{{ .Content }}", "{{ .Title }}"), "utf-8")
    (folder / "hugo.yaml").write_text(HUGO, "utf-8")
    return ["hugo", "build", "--quiet"]


def eleventy(shell: Shell, folder: Path) -> list[str]:
    def front(page: Page) -> Mapping[str, str]:
        return {"title": page.title, "layout": "page.njk", "permalink": f"/{page.url}index.html"}

    markdown(shell, folder / "src", front)
    (folder / "src" / "_includes").mkdir()
    (folder / "src" / "_includes" / "page.njk").write_text(shell.layout("{{ content | safe }}", "{{ title }}"), "utf-8")
    (folder / "eleventy.config.mjs").write_text(
        'export default () => ({ dir: { input: "src" }, markdownTemplateEngine: false });\n', "utf-8"
    )
    return ["eleventy", "--quiet"]


def astro(shell: Shell, folder: Path) -> list[str]:
    markdown(shell, folder / "src" / "content", lambda page: {"title": page.title, "slug": page.url.strip("/") or "/"})
    layout = re.sub(r"<script\b", "<script is:inline", shell.layout("<Content />", "{entry.data.title}"))
    (folder / "src" / "content.config.mjs").write_text(ASTRO_PAGES, "utf-8")
    (folder / "src" / "pages").mkdir()
    (folder / "src" / "pages" / "[...slug].astro").write_text(ASTRO_PAGE + layout, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    return ["astro", "build", "--silent"]


def jinja(shell: Shell, folder: Path) -> list[str]:
    """As little as a generator in Python can do: each page read from YAML, put into the layout, and written."""
    for number, page in enumerate(shell.pages):
        told = {"title": page.title, "url": page.url, "content": page.content}
        (folder / f"{number}.yml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    (folder / "page.html").write_text(shell.layout("{{ content }}", "{{ title }}"), "utf-8")
    return [sys.executable, "-m", "tests.bench.others", str(folder)]


def render_with_jinja_alone(folder: Path) -> None:
    layout = jinja2.Environment(autoescape=False).from_string((folder / "page.html").read_text("utf-8"))
    for file in folder.glob("*.yml"):
        page = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        target = folder / "site" / page["url"] / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(layout.render(page), "utf-8")


def our_pages(shell: Shell, folder: Path) -> list[str]:
    """Our own build without the audit and MkDocs: profiles are read, templates filled and files written."""
    return [sys.executable, "-m", "tests.bench.others", str(shell.folder), str(folder)]


def fill_our_templates(sources: Path, folder: Path) -> None:
    made = publish.publish(gather(sources / "mkdocs.yml"), population.DAY)
    assert made.site
    for page in made.pages():
        target = folder / "site" / page.url / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(pages.document(made.site, page, page.content), "utf-8")


OTHERS: Mapping[str, tuple[Callable[[Shell, Path], list[str]], str]] = {
    "Our pages alone": (our_pages, "site"),
    "Jinja2 alone": (jinja, "site"),
    "Hugo": (hugo, "public"),
    "Eleventy": (eleventy, "_site"),
    "Material": (material, "site"),
    "Material, lean": (lean_material, "site"),
    "Zensical": (zensical, "site"),
    "Zensical, lean": (lean_zensical, "site"),
    "Astro": (astro, "dist"),
}
FROM_NPM = {"Eleventy": "@11ty/eleventy@3.1.8", "Astro": "astro@7.3.5"}

if __name__ == "__main__":
    if sys.argv[2:]:
        fill_our_templates(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        render_with_jinja_alone(Path(sys.argv[1]))
