"""The same texts on a plain mkdocs-material site with its defaults, measured in the same way."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.quality import access, sites, speed, weight
from tests.quality.host import hosted


def material(site: Path, folder: Path) -> Path:
    """A site built by plain MkDocs with Material's defaults, with the main part of every Finnish page."""
    docs = folder / "docs"
    for page in sites.pages(site):
        if page.language == "fi" and page.kind != "not-found":
            text = (site / page.url / "index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
            file = docs / page.url / "index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f"<div{text.replace(chr(10), ' ').replace('<header', '<div').replace('</header', '</div')}</div>\n"
            )
    (folder / "mkdocs.yml").write_text(
        "site_name: Kokemus\nsite_url: http://127.0.0.1/\ntheme: {name: material, language: fi}\nplugins: [search]\n"
    )
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return folder / "site"


def beside(browser: Browser, site: Path, address: str, folder: Path) -> str:
    """A table comparing home, a topic and a guide with Material's defaults: bytes, requests, third parties, axe and
    Lighthouse."""
    lines = [
        "| page | theme | bytes | requests | to others | axe | Lighthouse |",
        "|---|---|---|---|---|---|---|",
    ]
    chosen = {page.kind: page.url for page in reversed(sites.samples(site, ("fi",)))}
    with hosted(material(site, folder)) as plain:
        for kind in ("home", "topic", "guide"):
            for theme, root in (("Kokemus", address), ("Material's defaults", plain)):
                url = chosen[kind]
                seen = weight.visit(browser, root, url)
                page = browser.new_page(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
                page.goto(root + url)
                violations = len(access.violations(page))
                page.close()
                scores = speed.lighthouse(root + url, url, times=1)
                judged = " ".join(f"{reading.value:.0f}" for reading in scores.values())
                lines.append(
                    f"| {url or 'home'} | {theme} | {seen.bytes:,} | {seen.requests} | {len(seen.foreign)}"
                    f" | {violations} | {judged} |"
                )
    return "\n".join(lines)
