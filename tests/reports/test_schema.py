"""The schemas by which editors complete and check: fresh, catching what they can, and never refusing what is right."""

import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kokemus import settings, vocabulary
from kokemus.documents import parser, placeholder
from kokemus.experts import profile
from kokemus.reports import schema
from kokemus.vocabulary import KINDS, Vocabulary
from tests.conftest import ROOT, Run, run

FORMS: tuple[Literal["NFC", "NFD", "NFKC"], ...] = ("NFC", "NFD", "NFKC")
CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture(scope="module")
def profiles(whole_country: Vocabulary) -> Draft202012Validator:
    made = schema.of_profiles(whole_country)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def checked(kind: str, *paths: Path) -> Run:
    """The real tool on files as an editor would read them."""
    shipped = files("kokemus") / "coordinator" / "schemas" / kind
    return run(ROOT, "check-jsonschema", "--schemafile", str(shipped), *map(str, paths))


@pytest.mark.parametrize("name", list(schema.SCHEMAS))
def test_the_shipped_schema_is_that_of_the_shipped_vocabulary(name: str, whole_country: Vocabulary) -> None:
    """Written anew by ``make schemas`` it has the same bytes."""
    shipped = (files("kokemus") / "coordinator" / "schemas" / name).read_text("utf-8")
    assert shipped == schema.as_text(schema.SCHEMAS[name](whole_country)), "run: make schemas"


def test_the_schema_knows_exactly_the_keys_that_the_readers_know(whole_country: Vocabulary) -> None:
    """Of the configuration's own part; of a profile it is made of them."""
    plugins = schema.of_configuration(whole_country)["properties"]["plugins"]
    assert set(plugins["items"]["then"]["properties"]["kokemus"]["properties"]) == set(settings.KEYS)


@pytest.mark.slow
def test_what_check_accepts_the_schema_accepts() -> None:
    """All demo profiles, all good cases, and the demo's configuration, by the real tool."""
    experts = [file for file in sorted((ROOT / "experts").glob("*.yml")) if file.name != "edition.yml"]
    done = checked(schema.PROFILE, *experts, *sorted((CASES / "valid").glob("*.yml")))
    assert done.code == 0, done.output
    assert checked(schema.CONFIGURATION, ROOT / "mkdocs.yml").code == 0


@pytest.mark.slow
def test_what_a_schema_can_catch_it_catches() -> None:
    """Shapes, words and days: every invalid case is refused, but for those in the folder of the next test."""
    cases = sorted((CASES / "invalid").glob("*.yml"))
    cases = [case for case in cases if "error[" in case.with_suffix(".txt").read_text("utf-8")]
    shown = checked(schema.PROFILE, *cases).output
    assert [case.stem for case in cases if f"/{case.name}" not in shown] == []


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted((CASES / "beyond-schemas").glob("*.yml")), ids=lambda case: case.name)
def test_what_is_beyond_a_schema_it_lets_pass(case: Path) -> None:
    """Bytes, comparisons of days, what stands elsewhere in the file, and what the tool itself cannot read."""
    done = checked(schema.PROFILE, case)
    assert done.code == 0 or "ValueError: Exceeds the limit" in done.output


def test_the_day_of_the_assessment_may_be_left_open(whole_country: Vocabulary) -> None:
    """As ``kokemus init`` leaves it; a word is no day."""
    own = schema.of_configuration(whole_country)
    plugin = own["properties"]["plugins"]["items"]["then"]["properties"]["kokemus"]["properties"]
    day = Draft202012Validator({**plugin["accessibility"], "$defs": own["$defs"]})
    for text in ("2026-11-24", *placeholder.PLACEHOLDERS):
        assert day.is_valid({"assessed_on": text})
    assert not day.is_valid({"assessed_on": "soon"})


@given(data=st.data())
def test_every_way_of_writing_a_term_that_is_read_is_accepted(data: st.DataObject) -> None:
    """In any case, composition and spacing."""
    terms = _vocabulary()
    kind = data.draw(st.sampled_from(KINDS))
    names = [name for term in getattr(terms, kind).values() for name in term.names]
    name = data.draw(st.sampled_from(names))
    form = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.casefold]))
    shape = data.draw(st.sampled_from(FORMS))
    text = data.draw(st.sampled_from(["", " "])) + unicodedata.normalize(shape, form(name)).replace(" ", "  ")
    if getattr(terms, kind).find(text):
        assert _validator(kind).is_valid(text), text


@given(st.dates().map(lambda day: f"{day.year}-{day.month}-{day.day}") | st.from_regex(r"\A\d{4}-\d\d?-\d\d?\Z"))
def test_every_day_that_is_read_is_accepted(text: str) -> None:
    """With and without leading zeros."""
    content = (
        f'consent: {{given: "{text}"}}\nlanguages: [fi]\nremote: true\noffers: [{{topic: hope, formats: [panel]}}]\n'
    )
    document, _ = parser.read("experts/a.yml", content.encode())
    assert document
    found, _ = profile.read(document, _vocabulary())
    if found:
        assert _validator("day").is_valid(text)


def test_a_typing_mistake_is_refused_in_any_case(profiles: Draft202012Validator) -> None:
    """The positive control: the schema does not accept everything."""
    right = yaml.safe_load(
        "{consent: {given: '2026-03-02'}, languages: [fi], offers: [{topic: Masennus, formats: [PANEL]}]}"
    )
    assert profiles.is_valid(right)
    for topic in ("masenus", "Masenus", "MASENUS", "", 7, None):
        assert not profiles.is_valid({**right, "offers": [{"topic": topic, "formats": ["panel"]}]}), topic
    for day in ("2026-02-30", "2026-04-31", "31.2.2026", "1899-12-31", "2201-01-01"):
        assert not profiles.is_valid({**right, "consent": {"given": day}}), day
    assert re.search("additionalProperties", str(profiles.schema))
    assert not profiles.is_valid({**right, "diagnosis": "x"})


_known: dict[str, object] = {}


def _vocabulary() -> Vocabulary:
    if "vocabulary" not in _known:
        _known["vocabulary"] = vocabulary.load()[0]
    found = _known["vocabulary"]
    assert isinstance(found, Vocabulary)
    return found


def _validator(name: str) -> Draft202012Validator:
    if name not in _known:
        _known[name] = Draft202012Validator(schema.of_profiles(_vocabulary())["$defs"][name])
    found = _known[name]
    assert isinstance(found, Draft202012Validator)
    return found
