"""Own topics and ready visits, in forms that change only their own lines of the files."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from kokemus.publication.inputs import gather
from tests.conftest import change, contents
from tests.desk.test_guard import Desk
from tests.desk.test_own_facts import post

STAMMERING = {
    "label.fi": "änkytys",
    "label.sv": "stamning",
    "label.en": "stammering",
    "group": "identity",
    "synonyms.fi": "änkyttäminen, puhevika",
    "act": "save",
}
ADOPTION = {"label.fi": "adoptio", "label.sv": "adoption", "label.en": "adoption", "group": "family", "act": "save"}
WRITTEN = """# Ours, agreed in the spring.
stammering:  # asked for by schools
  group: identity
  fi: änkytys
  sv: stamning
  en: stammering
  yso: http://www.yso.fi/onto/yso/p1
adoption: {group: family, fi: adoptio, sv: adoption, en: adoption}
"""


def topics(folder: Path) -> Any:
    return yaml.safe_load((folder / "terms" / "topics.yml").read_text("utf-8"))


def test_own_topics_are_added(desk: Desk, browser: FlaskClient) -> None:
    """The first makes the file. A single one is warned of, because it would hint that somebody speaks about it."""
    assert "Omia aiheita ei ole" in desk.get(browser, "/topics").text
    assert post(desk, browser, "/topics/new", **STAMMERING).status_code == 303
    assert "vain yksi" in desk.get(browser, "/topics").text
    assert post(desk, browser, "/topics/new", **ADOPTION).status_code == 303
    assert "vain yksi" not in desk.get(browser, "/topics").text
    assert [*topics(desk.folder)] == ["ankytys", "adoptio"]
    found = gather(desk.folder / "mkdocs.yml")
    assert found.vocabulary.topics["ankytys"].synonyms["fi"] == ("änkyttäminen", "puhevika")
    assert not [one for one in found.problems if one.path == "terms/topics.yml"]
    assert "änkytys" in desk.get(browser, "/people/new").text


def test_a_changed_topic_leaves_all_other_lines(desk: Desk, browser: FlaskClient) -> None:
    """Comments, the order, other topics, and keys that the form does not show."""
    (desk.folder / "terms").mkdir()
    file = desk.folder / "terms" / "topics.yml"
    file.write_text(WRITTEN, "utf-8")
    typed = STAMMERING | {"label.en": "stuttering", "synonyms.fi": ""}
    digest = re.findall(r'name="digest" value="(\w+)"', desk.get(browser, "/topics/stammering").text)[0]
    assert desk.post(browser, "/topics/stammering", **typed, digest=digest).status_code == 303
    assert file.read_text("utf-8") == WRITTEN.replace("en: stammering", "en: stuttering")
    assert "Joku on muuttanut" in desk.post(browser, "/topics/stammering", **STAMMERING, digest=digest).text


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"label.sv": ""}, "label.sv", ""),
        ({"group": ""}, "group", ""),
        ({"label.fi": "masennus"}, "label", "masennus"),
        ({"label.en": "low mood"}, "label", "masennus"),
    ],
)
def test_what_a_topic_lacks_is_said(
    desk: Desk, browser: FlaskClient, typed: dict[str, str], field: str, said: str
) -> None:
    """Beside its field, and nothing is saved; a word that another topic has would find two."""
    before = contents(desk.folder)
    page = post(desk, browser, "/topics/new", **STAMMERING | typed).text
    assert "Mitään ei tallennettu" in page
    if said:
        assert f'id="{field}-wrong">' in page
        assert said in page.partition(f'id="{field}-wrong">')[2].partition("</p>")[0]
    assert contents(desk.folder) == before


def test_a_broken_file_is_never_overwritten(desk: Desk, browser: FlaskClient) -> None:
    """Its text is shown instead of a form. What was typed meanwhile stays on the page."""
    (desk.folder / "terms").mkdir()
    file = desk.folder / "terms" / "topics.yml"
    file.write_text("stammering: [", "utf-8")
    for path in ("/topics", "/topics/new"):
        assert desk.get(browser, path).headers["Location"].endswith("/files/terms/topics.yml")
    digest = sha256(file.read_bytes()).hexdigest()
    page = desk.post(browser, "/topics/new", **STAMMERING, digest=digest).text
    assert "ei muutettu" in page
    assert "änkyttäminen" in page
    assert file.read_text("utf-8") == "stammering: ["


def visits(desk: Desk, browser: FlaskClient) -> dict[str, Any]:
    """What the form of visits sends unchanged."""
    page = desk.get(browser, "/visits").text
    typed: dict[str, Any] = dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)<', page))
    typed |= dict(re.findall(r'name="(format-\d)".*?value="([\w-]+)" selected', page, re.DOTALL))
    for name, id in re.findall(r'name="(audiences-\d)" value="([\w-]+)" checked', page):
        typed.setdefault(name, []).append(id)
    return typed | dict(re.findall(r'name="(digest)" value="(\w+)"', page)) | {"act": "save"}


def test_visits_sent_unchanged_change_nothing(desk: Desk, browser: FlaskClient) -> None:
    before = contents(desk.folder)
    assert desk.post(browser, "/visits", **visits(desk, browser)).status_code == 303
    assert contents(desk.folder) == before


def test_a_visit_is_changed_added_and_removed(desk: Desk, browser: FlaskClient) -> None:
    """The others keep their lines, and a quotation stays with its visit."""
    quote = "            quote: {fi: Hyvä tunti., signed: 2026-03-02}\n"
    change(desk.folder, "mkdocs.yml", "en: 45 or 75 min}\n", f"en: 45 or 75 min}}\n{quote}")
    before = (desk.folder / "mkdocs.yml").read_text("utf-8")
    spoken = ("fi", "sv", "en")
    gone = {f"{part}-1.{one}": "" for one in spoken for part in ("title", "length")}
    typed = visits(desk, browser) | gone | {"title-0.fi": "Vieras tunnilla"}
    assert desk.post(browser, "/visits", **typed).status_code == 303
    new = {f"title-4.{one}": f"Ilta {one}" for one in spoken} | {f"length-4.{one}": "1 h" for one in spoken}
    typed = visits(desk, browser) | new | {"format-4": "panel", "audiences-4": ["public"]}
    assert desk.post(browser, "/visits", **typed).status_code == 303
    found = gather(desk.folder / "mkdocs.yml")
    assert found.settings
    assert not [one for one in found.problems if one.path == "mkdocs.yml" and one.severity == "error"]
    ready = found.settings.arranges.ready
    assert len(ready) == 5
    assert [ready[at].title["fi"] for at in (0, 1, 4)] == ["Vieras tunnilla", "Iltapäivä ammattilaisille", "Ilta fi"]
    assert ready[0].quote == {"fi": "Hyvä tunti."}
    text = (desk.folder / "mkdocs.yml").read_text("utf-8")
    kept = before[before.index("          - format: staff-training") :].splitlines()[:4]
    assert all(line in text for line in kept)
    assert text.partition("        ready:")[0] == before.partition("        ready:")[0]


def test_a_visit_that_lacks_something_is_not_saved(desk: Desk, browser: FlaskClient) -> None:
    before = contents(desk.folder)
    page = desk.post(browser, "/visits", **visits(desk, browser) | {"title-0.sv": "", "format-1": ""}).text
    assert 'id="title-0-wrong"' in page
    assert 'id="format-1-wrong"' in page
    assert contents(desk.folder) == before


@pytest.mark.parametrize("path", ["/visits", "/topics/new"])
def test_a_preview_writes_nothing(desk: Desk, browser: FlaskClient, path: str) -> None:
    (desk.folder / "terms").mkdir()
    (desk.folder / "terms" / "topics.yml").write_text(WRITTEN, "utf-8")
    before = contents(desk.folder)
    other = {"label.fi": "kuura", "label.sv": "rimfrost", "label.en": "hoarfrost"}
    typed = visits(desk, browser) | {"title-0.fi": "Uusi"} if path == "/visits" else STAMMERING | other
    page = desk.post(browser, path, **typed | {"act": "look"}).text
    assert "Mitään ei ole vielä tallennettu" in page
    assert contents(desk.folder) == before
