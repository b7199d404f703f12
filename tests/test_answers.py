"""Yes, likely, ask us: the same in Python and in the browser, on the same generated cases."""

import random
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import kokemus
from kokemus.answers import answer
from kokemus.catalogue import as_answers, as_json, catalogue
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary

PUBLISHED = [
    Statement("depression", language="sv", where="kemi"),
    Statement("depression", audience="upper-secondary"),
    Statement("depression", format="panel"),
    Statement("recovery", where="remote"),
]


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        (Statement("depression"), "yes"),
        (Statement("depression", language="sv", where="kemi"), "yes"),
        (Statement("depression", language="sv", where="lappi"), "yes"),
        (Statement("depression", where="kemi-tornio"), "yes"),
        (Statement("depression", language="sv", audience="upper-secondary"), "likely"),
        (Statement("depression", language="sv", where="kemi", audience="upper-secondary", format="panel"), "likely"),
        (Statement("depression", where="tornio"), "ask"),
        (Statement("depression", language="sv", where="remote"), "ask"),
        (Statement("depression", format="class-talk"), "ask"),
        (Statement("recovery", language="fi", where="remote"), "ask"),
        (Statement("grief"), "ask"),
    ],
)
def test_each_selection_has_one_of_three_answers(selected: Statement, expected: str, lapland: Vocabulary) -> None:
    """A place is answered by what is published for places inside it; nothing is ever answered no."""
    built = catalogue(None, PUBLISHED, (), (), lapland)
    assert answer(selected, built.statements) == expected


@pytest.mark.browser
def test_the_browser_gives_the_same_answers(
    lapland: Vocabulary, serve: Callable[[Path], str], chromium: Browser, tmp_path: Path
) -> None:
    """On random catalogues, for every selection over a small vocabulary, from either published file alone."""
    (tmp_path / "index.html").write_text("<!doctype html><title>answers</title>")
    (tmp_path / "answers.js").write_bytes(
        (Path(kokemus.__file__).parent / "theme" / "assets" / "answers.js").read_bytes()
    )
    values = (
        ("depression", "recovery", "grief"),
        ("", "fi", "sv"),
        ("", "remote", "kemi", "tornio", "kemi-tornio", "lappi", "everywhere"),
        ("", "upper-secondary", "patients"),
        ("", "class-talk", "panel"),
    )
    selections = [Statement(*chosen) for chosen in product(*values)]
    simple = [
        found
        for found in selections
        if len(found.dimensions) <= 1 or (found.language and found.where and len(found.dimensions) == 2)
    ]
    page = chromium.new_page()
    page.goto(serve(tmp_path))
    answers = set()
    for seed in range(20):
        built = catalogue(None, random.Random(seed).sample(simple, 6), (), (), lapland)
        data = as_json(built, "x", ("fi",), "https://example.org/") if seed % 2 else as_answers(built)
        ours = [answer(selected, built.statements) for selected in selections]
        theirs = page.evaluate(
            """async ([catalogue, selections]) => {
                 const { answer, published } = await import('/answers.js');
                 const found = published(catalogue);
                 return selections.map((selected) => answer(selected, found));
               }""",
            [data, [{"topic": found.topic, **found.dimensions} for found in selections]],
        )
        assert theirs == ours
        answers |= set(ours)
    assert answers == {"yes", "likely", "ask"}
    page.close()
