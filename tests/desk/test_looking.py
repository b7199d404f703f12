"""Preview before saving: the site's pages as they would be, and the problems that there would be."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kokemus.desk import looking
from tests.conftest import change, contents, smaller
from tests.desk.test_guard import Desk
from tests.fuzz.surroundings import FEES

JOIN = "site_src/fi/join.md"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def look(desk: Desk, browser: FlaskClient, name: str, text: str) -> str:
    return desk.post(browser, f"/files/{name}", text=text, act="look").text


def pages(answer: str) -> list[str]:
    """The keys of the listed pages in the form."""
    return [unescape(value) for value in re.findall(r'name="page" value="([^"]*)"', answer)]


def shown(desk: Desk, browser: FlaskClient, name: str, text: str, page: str) -> str:
    """A page as a visitor would see it. It loads nothing, and its links lead nowhere."""
    answer = desk.post(browser, f"/files/{name}", text=text, page=page)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    assert not re.search(r'<script|src="(?!data:)|href="[^#]|action="[^#]|http-equiv', answer.text)
    return answer.text


def read(desk: Desk, name: str) -> str:
    return (desk.folder / name).read_text("utf-8")


def main(page: str) -> str:
    """The main part of a page, without its links."""
    return looking._LEADS.sub(r'\1="#"', page.partition("<main")[2].partition("</main>")[0])


def test_a_preview_of_a_page_equals_the_site_s_page(desk: Desk, browser: FlaskClient, demo_site: Path) -> None:
    """Character by character, except for what was typed."""
    before, text = contents(desk.folder), read(desk, JOIN) + "\n\nJokin *uusi* kappale.\n"
    answer = look(desk, browser, JOIN, text)
    assert "Jokin *uusi* kappale." in answer
    (page,) = pages(answer)
    seen = main(shown(desk, browser, JOIN, text, page))
    new = "<p>Jokin <em>uusi</em> kappale.</p>"
    assert new in seen
    slug = page.removeprefix("fi/")
    built = main((demo_site / slug / "index.html").read_text("utf-8"))
    assert seen.replace(new, "").split() == built.split()
    assert contents(desk.folder) == before


def test_a_term_is_shown_on_every_page_that_names_it(desk: Desk, browser: FlaskClient) -> None:
    """Including its own page."""
    (desk.folder / "terms").mkdir()
    (desk.folder / "terms" / "topics.yml").write_text("{}\n", "utf-8")
    text = "psychosis: {fi: harhojen kanssa elämä}\n"
    answer = look(desk, browser, "terms/topics.yml", text)
    assert len(pages(answer)) > 1
    assert "harhojen kanssa elämä" in shown(desk, browser, "terms/topics.yml", text, pages(answer)[0])


def test_a_changed_fee_is_shown_on_the_page_of_fees(desk: Desk, browser: FlaskClient) -> None:
    """In the table on the page that shows it."""
    smaller(desk.folder)
    (desk.folder / "fees.yml").write_text(FEES, "utf-8")
    change(desk.folder, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      fees: {file: fees.yml}\n")
    text = FEES.replace("amounts:", "amounts:\n  - {what: {fi: Puhe koululla}, amount: 123 €}", 1)
    answer = look(desk, browser, "fees.yml", text)
    assert "123 €" in shown(desk, browser, "fees.yml", text, pages(answer)[0])


def test_an_accent_and_a_logo_are_shown_on_the_front_page(desk: Desk, browser: FlaskClient) -> None:
    """Both are embedded in the page."""
    smaller(desk.folder)
    (desk.folder / "site_src" / "own.png").write_bytes(PNG)
    said = '      appearance: {accent: "#1a5a4a", logo: own.png}\n'
    text = read(desk, "mkdocs.yml").replace("  - kokemus:\n", f"  - kokemus:\n{said}")
    (page,) = pages(look(desk, browser, "mkdocs.yml", text))
    front = shown(desk, browser, "mkdocs.yml", text, page)
    assert "--brand: #1a5a4a" in front
    assert 'src="data:image/png;base64,' in front


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (JOIN, "title:", "titel:", "join.md:"),
        (JOIN, "\n## ", "\n{{ association.nothing }}\n## ", "join.md:"),
        (JOIN, "\n## ", "\nHilma Tekaista kertoo.\n## ", "join.md:"),
        ("mkdocs.yml", "  - kokemus:\n", '  - kokemus:\n      appearance: {accent: "#ffff00"}\n', "mkdocs.yml:"),
        ("mkdocs.yml", "[lappi]", "[atlantis]", "tämä ei ole kunta"),
    ],
)
def test_problems_of_a_typed_text_are_reported(
    desk: Desk, browser: FlaskClient, name: str, old: str, new: str, told: str
) -> None:
    """Instead of a page. Nothing is saved, and what was typed is still there."""
    before = contents(desk.folder)
    assert old in read(desk, name)
    text = read(desk, name).replace(old, new, 1)
    answer = look(desk, browser, name, text)
    assert (
        told in answer.partition("<form")[2].partition("<form")[2].partition("<textarea")[0]
        or told in answer.partition("<textarea")[0]
    )
    assert pages(answer) == []
    assert "ennen kuin virheet" in answer
    assert contents(desk.folder) == before


def test_an_unchanged_text_changes_no_page_and_a_repaired_one_is_shown(desk: Desk, browser: FlaskClient) -> None:
    """Even if nothing can be published from the folder as it is."""
    smaller(desk.folder)
    assert "Yksikään sivu ei muuttuisi" in look(desk, browser, JOIN, read(desk, JOIN))
    good = read(desk, JOIN)
    change(desk.folder, JOIN, "title:", "titel:")
    assert pages(look(desk, browser, JOIN, good))[0].startswith("fi/")
    assert look(desk, browser, "mkdocs.yml", read(desk, "mkdocs.yml")).count('name="page"') == 0


def test_a_change_of_every_page_says_so_with_the_number(desk: Desk, browser: FlaskClient) -> None:
    """A crisis number is at the foot of each, although few pages are only about it."""
    smaller(desk.folder)
    change(desk.folder, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      crisis: {file: crisis.yml}\n")
    own = (Path(looking.__file__).parents[1] / "public" / "facts" / "crisis.yml").read_text("utf-8")
    (desk.folder / "crisis.yml").write_text(own, "utf-8")
    answer = look(desk, browser, "crisis.yml", own.replace("09 2525 0111", "09 2525 0199"))
    (count,) = re.findall(r"Kaikki (\d+) sivua muuttuisivat", answer)
    assert int(count) > 50
    assert "Lisäksi muuttuisi" not in answer
    assert "Tämä on jo tallennettu" in look(desk, browser, "crisis.yml", own)
    assert "Mitään ei ole vielä" not in look(desk, browser, "crisis.yml", own)


def test_a_preview_says_why_it_cannot_compare(desk: Desk, browser: FlaskClient) -> None:
    """While what is saved is broken, nobody knows which pages would change."""
    smaller(desk.folder)
    good = read(desk, "mkdocs.yml")
    change(desk.folder, "mkdocs.yml", "[kemi-tornio]", "[atlantis]")
    assert "ei voi sanoa, mitkä kaikki sivut" in look(desk, browser, "mkdocs.yml", good)


def test_a_problem_leads_to_its_line_in_the_box(desk: Desk, browser: FlaskClient) -> None:
    """And never to a fresh copy of the file, which would lose what was typed."""
    answer = look(desk, browser, JOIN, read(desk, JOIN).replace("title:", "titel:", 1))
    (line,) = set(re.findall(r'href="#line-(\d+)"', answer))
    assert f'<li id="line-{line}">{line}</li>' in answer
    assert f'href="/{desk.keys.home}/files/{JOIN}"' not in answer


def test_text_that_other_languages_lack_is_named(desk: Desk, browser: FlaskClient) -> None:
    """A paragraph or a list item that was added in one language; the pages are listed by title, in the site's order."""
    page = desk.get(browser, f"/files/{JOIN}").text
    assert "Sama sivu muilla kielillä" in page
    assert "Lisää sama sinnekin" not in page
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    text = read(desk, JOIN) + "\n- vain suomeksi\n"
    desk.post(browser, f"/files/{JOIN}", text=text, digest=digest, act="save")
    page = desk.get(browser, f"/files/{JOIN}").text
    assert page.count("Lisää sama sinnekin") == 2
    assert "Lisää sama sinnekin" not in desk.get(browser, "/files/site_src/sv/join.md").text
    listed = desk.get(browser, "/files").text
    assert listed.index("<h3>Suomi") < listed.index("<h3>Ruotsi") < listed.index("<h3>Englanti")
    assert "join.md</a>" not in listed
    assert "{{ fees_table() }}" in page
