"""The address of the site: one that works for every page; otherwise the message gives the right one."""

import pytest

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.request_form import addresses
from kokemus.vocabulary.node import Node


def told(url: str) -> list[Problem]:
    node = Node(Document(path="mkdocs.yml", data={}, marks={}, raw={}), [])
    addresses.of_site(node, url)
    return node.problems


@pytest.mark.parametrize(
    "url",
    [
        "https://kokemus.example.org/",
        "https://Kokemus.Example.org:8443/polku/",
        "https://xn--kokemusni-12aa.fi/",
        "https://kokemus.example.org/my.site/%C3%A4/",
        "http://127.0.0.1:8000/a/",
        "http://[::1]:8000/",
    ],
)
def test_a_front_page_s_address_is_taken_as_it_is(url: str) -> None:
    """With a port, a folder, or letters encoded as browsers send them."""
    assert told(url) == []


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://kokemus.example.org//", "https://kokemus.example.org/"),
        ("https://kokemus.example.org//polku///a/", "https://kokemus.example.org/polku/a/"),
        ("https://kokemus.example.org/index.html/", "https://kokemus.example.org/"),
        ("https://kokemus.example.org/a/Index.HTM/", "https://kokemus.example.org/a/"),
        ("https://kokemusääni.fi/", "https://xn--kokemusni-12aa.fi/"),
        ("https://kokemusääni.fi:8443/", "https://xn--kokemusni-12aa.fi:8443/"),
        ("https://kokemus.example.org/ääni/", "https://kokemus.example.org/%C3%A4%C3%A4ni/"),
    ],
)
def test_a_wrong_site_address_is_refused_with_the_right_one(url: str, front: str) -> None:
    """Links from the page for unknown addresses begin with the path; two slashes there would name another host."""
    (found,) = told(url)
    assert found.code == "site-url-front"
    assert found.help == f"write site_url: {front}"
    assert told(front) == []


def test_an_impossible_host_name_is_not_an_address() -> None:
    """A label may have at most 63 characters."""
    assert [found.code for found in told(f"https://{'ä' * 80}.fi/")] == ["site-url-not-absolute"]
