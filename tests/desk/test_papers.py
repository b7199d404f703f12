"""The papers page: every paper can be read and printed. Only an expert's own papers name them."""

import re

import pytest
from flask.testing import FlaskClient

from kokemus.publication.inputs import gather
from kokemus.reports import officer, particulars, scaffolding
from tests.conftest import change, contents
from tests.desk.test_guard import Desk

OF_ASSOCIATION = (*(f"/papers/{name}" for name in officer.PAPERS), "/report", "/edition/ask")


def named(desk: Desk, page: str) -> set[str]:
    """The codes of the experts of whom a page contains a private value."""
    found = gather(desk.folder / "mkdocs.yml").profiles
    return {profile.code for profile in found if any(value in page for _, value in profile.private)}


def links(page: str) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]*)"', page)


def test_the_papers_page_links_to_every_paper(desk: Desk, browser: FlaskClient) -> None:
    """The association's, and each expert's by name. No address contains more than a code."""
    page = desk.get(browser, "/papers").text
    paths = {link.removeprefix(f"/{desk.keys.home}") for link in links(page)}
    assert {*OF_ASSOCIATION, "/person/e05/sheet", "/person/e05/everything"} <= paths
    assert "Hilma Tekaista" in page
    assert named(desk, " ".join(paths)) == set()
    for path in paths & {*OF_ASSOCIATION}:
        assert desk.get(browser, path).status_code == 200, path


@pytest.mark.parametrize("path", OF_ASSOCIATION)
def test_the_association_s_papers_name_no_expert(desk: Desk, browser: FlaskClient, path: str) -> None:
    """The control: an expert's own paper names that expert and nobody else."""
    assert named(desk, desk.get(browser, path).text) == set()
    assert named(desk, desk.get(browser, "/person/e05/everything").text) == {"e05"}


def test_reading_a_paper_stores_nothing(desk: Desk, browser: FlaskClient) -> None:
    """Nor may the browser store it, or anything in it load or send something."""
    before = contents(desk.folder)
    for path in ("/papers", *OF_ASSOCIATION, "/person/e05/everything"):
        answer = desk.get(browser, path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r'<script(?! src="/[\w-]+/desk\.js" defer></script>)', answer.text)
    assert contents(desk.folder) == before


def test_missing_facts_are_reported_and_filled_in_at_the_desk(desk: Desk, browser: FlaskClient) -> None:
    """In a form, whose first saving makes the file. Comments stay, and an emptied fact is missing again."""
    assert "papers.yml, kohta readers" in desk.get(browser, "/papers/leak").text
    assert f"yhdistys tietää: {len(particulars.KEYS)}" in desk.get(browser, "/papers").text
    page = desk.get(browser, "/words").text
    assert page.count("Vielä täyttämättä") == len(particulars.KEYS)
    assert desk.post(browser, "/words", digest="", readers="hallituksen puheenjohtaja").status_code == 303
    written = scaffolding.papers("fi").replace('readers: "…"', 'readers: "hallituksen puheenjohtaja"')
    assert (desk.folder / "papers.yml").read_text("utf-8") == written
    assert f"yhdistys tietää: {len(particulars.KEYS) - 1}" in desk.get(browser, "/papers").text
    assert "hallituksen puheenjohtaja" in desk.get(browser, "/papers/leak").text
    assert "Mitään ei tallennettu" in desk.post(browser, "/words", digest="", readers="").text
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, "/words").text)[0]
    desk.post(browser, "/words", digest=digest, readers="")
    assert (desk.folder / "papers.yml").read_text("utf-8") == scaffolding.papers("fi")
    change(desk.folder, "papers.yml", "readers:", "reders:")
    for path in ("/papers", "/papers/leak"):
        assert "papers.yml:2" in desk.get(browser, path).text


@pytest.mark.parametrize("name", ["nothing", "..%2Fmkdocs", "Leak"])
def test_other_names_are_not_papers(desk: Desk, browser: FlaskClient, name: str) -> None:
    """Whatever the address says."""
    assert desk.get(browser, f"/papers/{name}").status_code == 404


def test_every_paper_opens_in_a_tab_of_its_own(desk: Desk, browser: FlaskClient) -> None:
    """It has no menu, so otherwise there would be no way back."""
    page = desk.get(browser, "/papers").text
    links = re.findall(r'<a href="[^"]*/(?:papers/|report|edition/ask|person/)[^"]*"([^>]*)>', page)
    assert len(links) > 10
    assert {*links} == {' target="_blank" rel="noopener"'}
