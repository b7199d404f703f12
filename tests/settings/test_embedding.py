"""The web sites that may show the list in a frame, as the configuration names them."""

from pathlib import Path
from typing import Any

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, render
from kokemus.publication.inputs import gather
from kokemus.settings import embedding
from kokemus.vocabulary.node import Node
from tests.conftest import change


def read(value: Any) -> tuple[tuple[str, ...], list[Problem]]:
    options = {"embed": value}
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return embedding.read(node), node.problems


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.yhdistys.fi", "https://www.yhdistys.fi"),
        (" HTTPS://WWW.Yhdistys.fi/ ", "https://www.yhdistys.fi"),
        ("https://yhdistys.fi:443", "https://yhdistys.fi"),
        ("https://yhdistys.fi:8443/", "https://yhdistys.fi:8443"),
        ("https://sámi.fi", "https://xn--smi-ela.fi"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
    ],
)
def test_an_address_as_people_write_it_becomes_an_origin(written: str, origin: str) -> None:
    """As browsers compare origins: no case, no usual port, no path. The same site twice counts once."""
    assert read([written, origin]) == ((origin,), [])


@pytest.mark.parametrize(
    "written",
    [
        "https://www.yhdistys.fi/etusivu",
        "https://www.yhdistys.fi/?p=1",
        "https://www.yhdistys.fi#alku",
        "http://www.yhdistys.fi",
        "www.yhdistys.fi",
        "https://*.yhdistys.fi",
        "https://yhdistys",
        "https://me@yhdistys.fi",
        "https://yhdistys.fi; script-src *",
        "https://yhdistys.fi'",
        "https://yhdistys..fi",
        "https://192.168.1.1",
        "https://yhdistys.fi:port",
        "https:",
        "*",
        "'self'",
        "null",
    ],
)
def test_anything_else_is_an_error(written: str) -> None:
    """Among these are an address that lets in more than one site, and one that would end the policy's rule early."""
    found, problems = read([written])
    assert found == ()
    assert [one.code for one in problems] == ["embed-origin"]


@pytest.mark.parametrize(("value", "code"), [("https://a.fi", "not-a-list"), ([None], "empty-text"), ([7], "not-text")])
def test_a_value_of_another_shape_is_an_error(value: Any, code: str) -> None:
    """Each has its own code."""
    assert [one.code for one in read(value)[1]] == [code]


def test_an_error_has_its_place_and_help(demo: Path) -> None:
    """File, line and column of the one address that is wrong."""
    own = "      embed: [https://www.example.fi, https://example.fi/etusivu]\n"
    change(demo, "mkdocs.yml", "      experts: experts\n", f"      experts: experts\n{own}")
    found = gather(demo / "mkdocs.yml")
    line = (demo / "mkdocs.yml").read_text("utf-8").splitlines().index(own.rstrip("\n")) + 1
    said, help = render(found.problems, found.marks, language="en").splitlines()[:2]
    assert said.startswith(f"mkdocs.yml:{line}:39: error[embed-origin]: ")
    assert help.startswith("  help: write only the beginning")
