"""The demo's request pages for each service, posting to the emulator on this machine."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import markdown

from kokemus.documents.document import Document
from kokemus.publication import publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.request_form.delivery import Form, settings
from kokemus.resources import PACKAGE
from kokemus.vocabulary.node import Node
from kokemus.website import pages, shipped
from kokemus.website.catalogue import Catalogue
from kokemus.website.outline import Site
from tests.conftest import DEMO_DAY, ROOT
from tests.rigs.emulator import KEY

PROCESSOR = {
    "name": "Lomake Oy",
    "country": {"fi": "Suomi", "sv": "Finland", "en": "Finland"},
    "retention": {"fi": "30 päivää", "sv": "30 dagar", "en": "30 days"},
}
VARIANTS: dict[str, dict[str, Any]] = {
    "generic": {"service": "generic", "url": "/generic/kokemus"},
    "generic with a sign": {"service": "generic", "url": "/generic/kokemus", "success": "ok"},
    "formward": {"service": "formward", "url": "/formward/f/abc"},
    "formspark": {"service": "formspark", "url": "/formspark/abc"},
    "formspree": {"service": "formspree", "url": "/formspree/f/abcdwxyz"},
    "netlify": {"service": "netlify"},
    "web3forms": {"service": "web3forms", "url": "/web3forms/submit", "key": KEY},
    "formspring": {"service": "formspring", "url": "/formspring/f/abc"},
    "basin": {"service": "basin", "url": "/basin/f/abc"},
    "formbackend": {"service": "formbackend", "url": "/formbackend/f/abc"},
}

KINDS = ("request", "evaluation", "thanks")
LINK = {"service": "link", "url": "mailto:kokemus@example.org"}


@cache
def _shown() -> tuple[Inputs, Catalogue]:
    inputs = gather(ROOT / "mkdocs.yml")
    site = publish.publish(inputs, DEMO_DAY).site
    assert site
    return inputs, site.catalogue


def folder_of(variant: str) -> str:
    """A variant's folder on the site. By this name the emulator recognises Netlify, which takes posts on the site."""
    return variant.replace(" ", "-")


def form_of(variant: str, site: str, services: str, **more: Any) -> Form:
    """The checked form of a variant at the emulator's addresses. ``more`` is added to its configuration."""
    data = {**(VARIANTS | {"link": LINK})[variant], "processor": PROCESSOR, **more}
    if data.get("url", "").startswith("/"):
        data["url"] = services + data["url"]
    node = Node(Document(path="mkdocs.yml", data={}, marks={}, raw={}), [], ("form",), data)
    found = settings(node, f"{site}/{folder_of(variant)}/")
    assert found is not None, node.problems
    return found


def write(variant: str, form: Form, folder: Path) -> None:
    """Write the request, evaluation and thank-you pages in every language, with the theme's files."""
    inputs, shown = _shown()
    assert inputs.settings
    assert inputs.crisis
    assert inputs.fees
    chosen = replace(inputs.settings, form=form, site_url=form.site_url)
    site = Site(
        settings=chosen,
        vocabulary=inputs.vocabulary,
        catalogue=shown,
        guides=inputs.guides,
        crisis=inputs.crisis,
        fees=inputs.fees,
    )
    written, problems = pages.guides(site)
    assert problems == ()
    others = [page for page in site.outline if page.kind not in KINDS]  # passed in, so that they are not rendered
    for page in pages.pages(site, [*others, *written]):
        if page.kind in KINDS:
            content = markdown.markdown(page.content) if page.markdown else page.content
            file = folder / folder_of(variant) / page.url / "index.html"
            file.parent.mkdir(parents=True)
            file.write_text(pages.document(site, page, content), "utf-8")
    shutil.copytree(str(PACKAGE / "public" / "theme" / "assets"), folder / folder_of(variant) / "assets")
    for name, text in {**shipped.styles(), **shipped.scripts(), "built.js": pages.built(site, DEMO_DAY)}.items():
        (folder / folder_of(variant) / name).write_text(text, "utf-8")
