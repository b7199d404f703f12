"""What search engines learn: which topics can be requested, and nothing of the others."""

import json
import re
from pathlib import Path

import pytest

from kokemus.website.structured import service

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.mark.build
@pytest.mark.parametrize(("language", "folder"), [("fi", "aiheet"), ("sv", "sv/teman"), ("en", "en/topics")])
def test_structured_data_name_the_listed_topics_and_no_others(language: str, folder: str, demo_site: Path) -> None:
    """Read back from every page of the language, they are those in catalogue.json, each with only the association."""
    found = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    listed = {topic[language].casefold() for topic in found["topics"].values() if topic["listed"]}
    said = {
        page: json.loads(told)
        for page in demo_site.rglob("*.html")
        for told in SCRIPT.findall(page.read_text("utf-8"))
        if page.is_relative_to(demo_site / folder)
    }
    assert {one["name"].casefold() for one in said.values()} == listed
    assert {frozenset(one) for one in said.values()} == {frozenset(service("", "", ""))}
    assert all(one["provider"]["name"] == found["association"]["name"] for one in said.values())


def test_the_data_hold_no_detail_that_a_topic_could_be_combined_with() -> None:
    """Only a name, an address and a provider."""
    assert [*service("Toivo", "Yhdistys ry", "https://example.org/")] == [
        "@context",
        "@type",
        "name",
        "url",
        "provider",
    ]
