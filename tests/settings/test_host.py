"""Who hosts the site: named in the privacy notice, with a warning if the configuration does not say it."""

from typing import Any

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.publication.inputs import Inputs
from kokemus.publication.publish import publish
from kokemus.settings import host
from kokemus.vocabulary.node import Node
from tests.conftest import DEMO_DAY

HOST: dict[str, Any] = {"name": "Palvelin", "country": {"fi": "Suomi"}, "logs": {"fi": "IP-osoite, 30 päivää"}}


def read(options: dict[str, Any]) -> tuple[host.Host | None, list[Problem]]:
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return host.read(node, ("fi",)), node.problems


def test_a_host_is_read_and_its_lack_is_a_warning_alone() -> None:
    """An association that has not named it can still build."""
    found, problems = read({"host": HOST})
    assert found == host.Host(**HOST)
    assert problems == []
    none, problems = read({})
    assert none is None
    assert [(one.code, one.severity) for one in problems] == [("host-missing", "warning")]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("Palvelin", "not-a-mapping"),
        (HOST | {"place": "Suomi"}, "unknown-key"),
        ({key: HOST[key] for key in ("name", "logs")}, "missing-key"),
        (HOST | {"logs": {"sv": "IP-adress"}}, "missing-language"),
    ],
)
def test_half_a_host_is_an_error(options: Any, code: str) -> None:
    """Each mistake has its own code."""
    assert [one.code for one in read({"host": options})[1]] == [code]


def test_the_privacy_notice_names_the_host_its_country_and_its_logs(inputs: Inputs) -> None:
    """In each language of the demo."""
    site = publish(inputs, DEMO_DAY)
    notices = {page.language: page.content for page in site.guides if page.id == "privacy"}
    assert site.site
    hosted = site.site.settings.host
    assert hosted
    for language, text in notices.items():
        assert all(words in text for words in (hosted.name, hosted.country[language], hosted.logs[language]))
    assert len(notices) == 3
