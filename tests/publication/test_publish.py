"""The one function that runs the pipeline: a whole publication, or none and the reasons."""

from dataclasses import replace
from pathlib import Path

import pytest

from kokemus.publication import day, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.website.guide import Guide
from tests.conftest import DEMO_DAY, change


def test_a_publication_is_whole(small: Path) -> None:
    """Every page of the outline with its content, the data, and no private value in either."""
    made = publish.publish(gather(small / "mkdocs.yml"), DEMO_DAY, lambda name: f"<svg id={name!r}>")
    assert made.site
    pages = tuple(made.pages())
    assert [page.url for page in pages] == [page.url for page in made.site.outline]
    assert all(page.content for page in pages)
    assert {"catalogue.json", "catalogue-2.json", "search-fi.js", "built.js", "_headers"} <= made.data.keys()
    files = [*made.data.items(), *((page.url, page.content) for page in pages)]
    assert publish.leaks([(name, text.encode()) for name, text in files], made) == ()
    assert any("<svg id=" in page.content for page in pages)
    (leak,) = publish.leaks([("index.html", b"Soita: 040 555 0101")], made)
    assert (leak.code, leak.path) == ("leak", "index.html")


def test_with_errors_there_is_no_page_but_every_reason(small: Path) -> None:
    """Two broken files give two problems."""
    change(small, "experts/e01.yml", "topic: recovery", "topic: toipumnen")
    change(small, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      answer_soon: 1\n")
    made = publish.publish(gather(small / "mkdocs.yml"), DEMO_DAY)
    assert (made.site, [*made.pages()], dict(made.data)) == (None, [], {})
    assert {"unknown-topic", "unknown-key"} <= {found.code for found in made.problems}


def test_a_guide_with_an_unknown_fact_stops_the_publication(inputs: Inputs) -> None:
    """A problem that only appears while pages are rendered also stops all of them."""
    guide: Guide = inputs.guides[0]
    wrong = replace(guide, markdown="{{ association.nickname }}")
    made = publish.publish(replace(inputs, guides=(wrong, *inputs.guides[1:])), DEMO_DAY)
    assert (made.site, [*made.pages()]) == (None, [])
    assert [found.code for found in made.problems if found.path == guide.path] == ["guide-fact"]


def test_a_page_missing_in_a_language_is_reported_once(demo: Path) -> None:
    """However many other languages have it."""
    (demo / "site_src" / "fi" / "about.md").unlink()
    (demo / "site_src" / "en" / "fees.md").unlink()
    found = [(problem.code, problem.path) for problem in gather(demo / "mkdocs.yml").problems]
    assert sorted(found) == [("guide-language", "site_src/fi/fees.md"), ("guide-language", "site_src/sv/about.md")]


def test_the_day_of_the_edition_is_no_secret_and_needs_no_lock_file(small: Path) -> None:
    """A private note may contain the same date."""
    change(small, "experts/e01.yml", 'limits: "', 'notes: "2026-11-24"\n  limits: "')
    inputs = gather(small / "mkdocs.yml")
    for found in (inputs, replace(inputs, edition=None), replace(inputs, settings=None)):
        secrets = day.on_the_day(found, DEMO_DAY).secrets
        assert "2026-11-24" not in {secret.text for secret in secrets}
        assert "Venla Keksitty" in {secret.text for secret in secrets}


def test_the_seed_is_as_secret_as_the_profiles(inputs: Inputs) -> None:
    """Anyone who knows the seed and the codes could work out the random choices."""
    made = publish.publish(inputs, DEMO_DAY)
    edition = made.day.crowd.edition
    assert edition
    assert edition.seed
    (leak,) = publish.leaks([("data.json", edition.seed.encode())], made)
    assert ("where", "seed") in leak.values


def test_any_folder_can_be_audited_even_if_no_site_can_be_made(demo: Path) -> None:
    """Also for the values of broken profiles, and for files that cannot be read."""
    change(demo, "experts/e01.yml", "topic: recovery", "topic: recovry")
    made = publish.publish(gather(demo / "mkdocs.yml"), DEMO_DAY)
    assert made.site is None
    found = publish.leaks([("a.html", b"Venla Keksitty"), ("b.mp3", b"ID3\x04\x00\xff")], made)
    assert {(one.code, one.path) for one in found} == {("leak", "a.html"), ("unreadable", "b.mp3")}


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://kokemus.example.org/", {"CNAME", "robots.txt"}),
        ("https://kokemus.example.org/lappi/", set()),
        ("https://association.github.io/", {"robots.txt"}),
    ],
)
def test_an_own_domain_is_kept_and_its_pages_are_listed(small: Path, address: str, names: set[str]) -> None:
    """Each night's site replaces the branch that a host serves, and anything set there by hand."""
    change(small, "mkdocs.yml", "site_url: https://kokemus.example.org/\n", f"site_url: {address}\n")
    data = publish.publish(gather(small / "mkdocs.yml"), DEMO_DAY).data
    assert data.keys() & {"CNAME", "robots.txt"} == names
    assert data.get("CNAME", "kokemus.example.org\n") == "kokemus.example.org\n"
    assert f"Sitemap: {address}sitemap.xml\n" in data.get("robots.txt", f"Sitemap: {address}sitemap.xml\n")
