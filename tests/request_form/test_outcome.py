"""What a service's answer means: one table, two interpreters, the same cases."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kokemus.request_form.outcome import Kind, Outcome, classify, table
from kokemus.request_form.questions import OUTCOMES
from kokemus.request_form.services import SERVICES
from kokemus.website import shipped

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "outcomes.json").read_text("utf-8"))


def ours(case: Mapping[str, Any]) -> Outcome:
    rules = SERVICES[case["service"]].rules
    return classify(rules, case["status"], case["type"], case["body"], case.get("retry"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['service']}-{case['status']}-{case['outcome']}")
def test_python_reads_the_case(case: dict[str, Any]) -> None:
    """Outcome, refused fields and seconds to wait."""
    assert ours(case) == Outcome(case["outcome"], case.get("fields", {}), case.get("retry_after"))


def test_the_cases_hold_every_outcome_and_every_service() -> None:
    """And every outcome but success has its text."""
    assert {case["outcome"] for case in CASES} == set(get_args(Kind))
    assert {case["service"] for case in CASES} == set(SERVICES) - {"link"}
    assert set(get_args(Kind)) - {"accepted"} <= set(OUTCOMES)


@pytest.fixture
def interpreter(serve: Callable[[Path], str], chromium: Browser, tmp_path: Path) -> Page:
    """A page in which to call the browser's interpreter."""
    (tmp_path / "index.html").write_text("<!doctype html><title>outcome</title>")
    (tmp_path / "outcome.js").write_text(shipped.scripts()["assets/outcome.js"], "utf-8")
    page = chromium.new_page()
    page.goto(serve(tmp_path))
    return page


def theirs(page: Page, cases: list[dict[str, Any]]) -> list[Outcome]:
    rules = {id: table(one.rules) for id, one in SERVICES.items()}
    found = page.evaluate(
        """async ([rules, cases]) => {
             const { classify } = await import('/outcome.js');
             return cases.map((c) => classify(rules[c.service], c.status, c.type, c.body, c.retry ?? null));
           }""",
        [json.loads(json.dumps(rules)), cases],
    )
    return [Outcome(one["kind"], one["fields"], one["retryAfter"]) for one in found]


@pytest.mark.browser
def test_the_browser_reads_every_case_alike(interpreter: Page) -> None:
    """From the table as it is in the page."""
    assert theirs(interpreter, CASES) == [ours(case) for case in CASES]


_NAMES = st.sampled_from(["ok", "success", "error", "errors", "message", "body", "field", "code", "next", "email"])
_WORDS = st.sampled_from([None, True, False, 0, 1, "", "true", "false", "limit reached", "captcha", "x"])
_INNER = _WORDS | st.lists(_WORDS | st.dictionaries(_NAMES, _WORDS, max_size=2), max_size=2)
_ANSWERS = st.dictionaries(_NAMES, _INNER | st.dictionaries(_NAMES, _INNER, max_size=2), max_size=3) | _INNER
_BODIES = _ANSWERS.map(json.dumps)
_CHANGES = st.fixed_dictionaries(
    {"retry": st.integers(0, 60).map(str)},
    optional={
        "status": st.sampled_from([0, 200, 201, 302, 400, 403, 422, 429, 500, 503]),
        "type": st.sampled_from(["application/json", "text/html", "", "TEXT/HTML; x"]),
        "body": _BODIES | _BODIES.map(lambda body: body[: len(body) // 2]),
    },
)


@pytest.mark.browser
def test_the_browser_and_python_agree_on_answers_that_nobody_thought_of(interpreter: Page) -> None:
    """The cases with a random status, type or body, some of them cut off."""
    cases: list[dict[str, Any]] = []

    @settings(max_examples=1000, database=None, derandomize=True)
    @given(st.sampled_from(CASES), _CHANGES)
    def collect(case: dict[str, Any], changes: dict[str, Any]) -> None:
        cases.append(case | changes)

    collect()
    assert theirs(interpreter, cases) == [ours(case) for case in cases]
    assert {ours(case).kind for case in cases} == set(get_args(Kind))


@given(st.text(), st.sampled_from(["application/json", "text/html", ""]))
def test_nothing_that_is_not_an_object_is_ever_accepted(body: str, type: str) -> None:
    """Random text never counts as success, at any service but the one whose sign of success is a page."""
    for id, one in SERVICES.items():
        try:
            is_object = isinstance(json.loads(body), dict)
        except ValueError:
            is_object = False
        assert is_object or "page--thanks" in body or classify(one.rules, 200, type, body).kind != "accepted", id
