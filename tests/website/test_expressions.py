"""An expression in a hand-written page is one fact or one link, so no page can hang or break a build."""

from dataclasses import replace

import pytest

from kokemus.publication import publish
from kokemus.publication.inputs import Inputs
from kokemus.website import pages
from kokemus.website.outline import Site
from tests.conftest import DEMO_DAY


@pytest.fixture(scope="module")
def site(inputs: Inputs) -> Site:
    """The demo's site without hand-written pages."""
    made = publish.publish(inputs, DEMO_DAY).site
    assert made
    return replace(made, guides=())


def told(site: Site, inputs: Inputs, text: str) -> list[tuple[str, int | None]]:
    """The codes and lines of the problems in a page with this text."""
    guide = replace(inputs.guides[0], markdown=text, front="")
    _, problems = pages.guides(replace(site, guides=(guide,)))
    return [(one.code, one.mark.line if one.mark else None) for one in problems]


@pytest.mark.parametrize(
    "expression",
    [
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' * 10 ** 10 }}",
        "{% for one in range(10 ** 9) %}a{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% set a = [1] %}{{ a }}",
        "{% include 'home.html' %}",
        "{{ association.__class__ }}",
        "{{ association.name.upper() }}",
        "{{ association.name | e }}",
        "{{ [link] }}",
        "{{ link(*'ab') }}",
        "{{ link(id='home') }}",
        "{{ link(answer_within) }}",
        "{{ link((((1)))) }}",
        "{{ " + "(" * 5000,
        "{{ …",
    ],
)
def test_anything_but_one_fact_or_link_is_an_error_with_its_line(site: Site, inputs: Inputs, expression: str) -> None:
    """It is never evaluated, however long that would take."""
    assert told(site, inputs, f"Text\n\n{expression}\n") == [("guide-expression", 3)]


@pytest.mark.parametrize("name", ["link", "association", "host", "nobody", "association.nobody", "link()", 'link("x")'])
def test_an_object_that_is_not_text_is_not_a_fact(site: Site, inputs: Inputs, name: str) -> None:
    """A page never shows a Python representation of an object."""
    assert told(site, inputs, f"{{{{ {name} }}}}") == [("guide-fact", 1)]


def test_facts_links_comments_and_raw_text_are_read(site: Site, inputs: Inputs) -> None:
    """Everything that the documentation describes, and literal braces."""
    text = (
        '{{ association.name }} {{ processors.mail.name }} {{ link("home") }} {# mine #} {% raw %}{{ 1 }}{% endraw %}'
    )
    assert told(site, inputs, text) == []
