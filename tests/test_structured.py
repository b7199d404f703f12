"""What search engines are told: exactly the statements, one by one, and nothing of what is not published."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kokemus.statement import Statement
from kokemus.structured import offers

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def said(offer: dict[str, Any], labels: dict[str, dict[str, str]]) -> dict[str, str]:
    """The dimensions of one Offer, its labels read back into ids."""
    service, found = offer["itemOffered"], {}
    channel = service.get("availableChannel", {})
    if "serviceType" in service:
        found["format"] = labels["formats"][service["serviceType"]]
    if "audience" in service:
        found["audience"] = labels["audiences"][service["audience"]["audienceType"]]
    if "areaServed" in service:
        found["where"] = labels["places"][service["areaServed"]["name"]]
    if "name" in channel:
        found["where"] = "remote"
    if "availableLanguage" in channel:
        found["language"] = channel["availableLanguage"]
    return found


@pytest.mark.build
@pytest.mark.parametrize(("language", "folder"), [("fi", "aiheet"), ("sv", "sv/teman"), ("en", "en/topics")])
def test_structured_data_say_each_published_statement_and_nothing_else(
    language: str, folder: str, demo_site: Path
) -> None:
    """Read back from every topic's page, the offers are the statements of catalogue.json."""
    data = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    kinds = ("topics", "formats", "audiences", "places")
    labels = {kind: {texts[language]: id for id, texts in data[kind].items()} for kind in kinds}
    told = []
    for page in sorted((demo_site / folder).glob("*/index.html")):
        for script in SCRIPT.findall(page.read_text("utf-8")):
            found = json.loads(script)
            assert found["@type"] == "OfferCatalog"
            for offer in found["itemListElement"]:
                assert offer["itemOffered"]["name"] == found["name"]
                told.append((labels["topics"][found["name"]], said(offer, labels)))
    published = [(topic, (rest or [{}])[0]) for topic, *rest in data["statements"]]

    def in_order(pairs: list[tuple[str, dict[str, str]]]) -> list[str]:
        return sorted(json.dumps(pair, sort_keys=True) for pair in pairs)

    assert in_order(told) == in_order(published)
    assert len(told) > 20


@pytest.mark.build
def test_nowhere_else_is_anything_told(demo_site: Path) -> None:
    """Only pages of topics with a statement carry structured data."""
    data = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    offered = {topic for topic, *_ in data["statements"]}
    carrying = [page for page in demo_site.rglob("*.html") if SCRIPT.search(page.read_text("utf-8"))]
    assert len(carrying) == len(offered) * 3


def test_values_of_two_statements_never_stand_in_one_offer() -> None:
    """A language in one place and an audience are two offers; the topic without a statement has no data."""
    statements = [Statement("hope", audience="public"), Statement("hope", language="sv", where="kemi")]
    told: Any = offers("hope", statements, lambda kind, id: id, "x", "https://example.org/", "fi")
    found = [set(offer["itemOffered"]) - {"@type", "name", "provider"} for offer in told["itemListElement"]]
    assert found == [{"audience"}, {"areaServed", "availableChannel"}]
    assert offers("grief", statements, lambda kind, id: id, "x", "https://example.org/", "fi") == {}


def test_no_text_can_end_the_script() -> None:
    """The template's filter writes every < of a label as an escape."""
    from kokemus.pages import ENVIRONMENT

    written = ENVIRONMENT.from_string("{{ data | tojson }}").render(data={"name": "</script><script>"})
    assert "<" not in written
