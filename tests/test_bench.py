"""Our side of ``make bench`` works, and its comparison of pages finds differences."""

import re
from pathlib import Path
from random import Random

import pytest

from kokemus.experts import duplicates
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.vocabulary import Vocabulary
from kokemus.website.outline import AFTER
from tests.bench import build, data, population, words
from tests.bench.sites import Kind, prepare

HERE = "https://example.org/fi/"
PAGE = """<html><body><nav>Valikko</nav><main id="main"><h1>Masennus</h1>
<p>Pyydä <a href="../pyynto/">vierailu</a>, vaikka heti.</p><script>var x = "piilossa"</script>
<input name="Aiheet" type="checkbox" value="masennus" checked><select name="Kenelle">
<option selected>Koulu</option></select>
</main><footer>Alaosa</footer></body></html>"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented association of twelve experts, with its own topics and an edition."""
    return prepare(Kind("small", experts=12, topics=3), tmp_path_factory.mktemp("bench") / "kokemus")


@pytest.mark.slow
def test_the_invented_association_is_sound(invented: Path) -> None:
    made = publish.publish(gather(invented / "mkdocs.yml"), population.DAY)
    assert {found.code for found in made.problems} <= {"unbacked"}
    assert made.site
    assert made.site.catalogue.topics


@pytest.mark.slow
def test_the_data_asks_for_every_page(invented: Path) -> None:
    made = publish.publish(gather(invented / "mkdocs.yml"), population.DAY)
    assert made.site
    told = data.data(invented)
    assert sorted(words.pages(told)) == sorted(page.url for page in made.site.outline if page.id not in AFTER)
    assert not re.findall(r"\{\w+\}", " ".join(told["languages"]["fi"]["t"][key] for key in ("home.lead", "ask.text")))


@pytest.mark.build
def test_our_build_reports_its_stages(invented: Path) -> None:
    taken = build.ours(invented)
    assert taken.stages.keys() == set(build.STAGES)
    assert min(taken.stages.values()) > 0
    assert 0 < taken.alone < taken.clock
    said = words.said(invented / "site", "https://kokemus.example.org/", list(words.pages(data.data(invented)))[::20])
    assert all(said.values())


def test_no_two_invented_experts_have_the_same_card(lapland: Vocabulary) -> None:
    cards = list(population._Inventor(lapland, Random(7)).cards)
    assert len(cards) > 0.04 * max(kind.experts for kind, _ in build.PEOPLE)
    assert not [*duplicates.copies((str(at), [(("card", "text"), card)]) for at, card in enumerate(cards))]


def test_words_are_those_of_the_main_part() -> None:
    wanted = "Masennus Pyydä <https://example.org/pyynto/> vierailu, vaikka heti. "
    assert words.words(PAGE, HERE) == f"{wanted}[input Aiheet=masennus chosen] [select Kenelle=] [chosen] Koulu"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("vaikka heti", "vaikka huomenna"),
        ("../pyynto/", "../kiitos/"),
        (" checked", ""),
        (" selected", ""),
        ('value="masennus"', 'value="psykoosi"'),
        ("<h1>Masennus</h1>", ""),
    ],
)
def test_a_page_with_other_words_is_reported(tmp_path: Path, old: str, new: str) -> None:
    for name, text in (("ours", PAGE), ("same", re.sub(r"\n", "\n\n  ", PAGE)), ("other", PAGE.replace(old, new))):
        (tmp_path / name / "fi").mkdir(parents=True)
        (tmp_path / name / "fi" / "index.html").write_text(text, "utf-8")
    ours, same, other = (
        words.said(tmp_path / name, "https://example.org/", ["fi/"]) for name in ("ours", "same", "other")
    )
    assert words.differences(ours, same) == {}
    assert list(words.differences(ours, other)) == ["fi/"]


def test_a_missing_page_ends_the_benchmark(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "index.html").write_text(PAGE, "utf-8")
    build.judge([""], HERE, tmp_path / "ours", {"Same": tmp_path / "ours"})
    with pytest.raises(SystemExit, match="Other has not made"):
        build.judge([""], HERE, tmp_path / "ours", {"Other": tmp_path})
