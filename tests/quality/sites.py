"""The measured sites, the demo's and a national one, and the sample of pages of each."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kokemus import dates, vocabulary
from kokemus.resources import LANGUAGES
from kokemus.vocabulary import EVERYWHERE
from tests.bench import population
from tests.conftest import DEMO_DAY, Run, build, copy_of_demo, kokemus

PLACES, EXPERTS, SEED = 200, 1500, 4
_MAIN = re.compile(r'<html lang="(\w+)">.*<main class="page page--([\w-]+)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a built site: kind (the class of its main part), language, address, and size in bytes."""

    kind: str
    language: str
    url: str
    size: int


def demo(folder: Path, site_url: str, form_url: str) -> Path:
    """Build the demo's site for a local address and form service."""
    return _built(copy_of_demo(folder), site_url, form_url)


def national(folder: Path, site_url: str, form_url: str) -> Path:
    """Build the site of an invented association with experts in at least 200 places and all topics offered."""
    copy_of_demo(folder)
    shutil.rmtree(folder / "experts")
    terms, _ = vocabulary.load()
    regions: list[str] = []
    for region in sorted(terms.children(EVERYWHERE)):
        if len(terms.serving(regions).served if regions else ()) < PLACES:
            regions.append(region)
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("serves: [lappi]", f"serves: [{', '.join(regions)}]"), "utf-8")
    population.write(folder / "experts", EXPERTS, terms.serving(regions), SEED)
    _done(kokemus(folder, "edition", "--write", SOURCE_DATE_EPOCH=dates.epoch(DEMO_DAY)))
    return _built(folder, site_url, form_url)


def _built(folder: Path, site_url: str, form_url: str) -> Path:
    configuration = folder / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    for old, new in (("https://kokemus.example.org/", site_url), ("https://forms.example.org/kokemus", form_url)):
        if old not in text:
            raise ValueError(f"{old} is no longer in the demo's configuration")
        text = text.replace(old, new)
    configuration.write_text(text, "utf-8")
    _done(build(folder))
    return folder / "site"


def _done(run: Run) -> None:
    if run.code:
        raise RuntimeError(run.output)


def pages(site: Path) -> list[Shown]:
    """Every page of a built site, sorted by address."""
    found: list[Shown] = []
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        seen = _MAIN.search(text)
        if seen is None:
            raise ValueError(f"{file} has no main part that says its kind")
        url = file.relative_to(site).as_posix().removesuffix("index.html")
        found.append(Shown(seen[2], seen[1], url, len(text.encode())))
    return found


def samples(site: Path, languages: Iterable[str] = LANGUAGES) -> list[Shown]:
    """The largest and the smallest page of each kind and language, and every hand-written page."""
    kinds: dict[tuple[str, str], list[Shown]] = {}
    for page in pages(site):
        if page.language in languages:
            kinds.setdefault((page.language, page.kind), []).append(page)
    return [
        page
        for (_, kind), found in kinds.items()
        for page in (found if kind == "guide" else dict.fromkeys((max(found, key=_size), min(found, key=_size))))
    ]


def _size(page: Shown) -> tuple[int, str]:
    return page.size, page.url
