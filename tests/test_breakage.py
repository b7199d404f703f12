"""If something is wrong with one person's file, the site of all others is published, with their withdrawals.

For every profile of the demo and every way in which a file can break, the site must be the one that is published
without that file, and nothing left of the file may stop it. Outside ``make fuzz`` some of the profiles are enough. All
broken texts of one profile are tested side by side, since each is left out separately and each secret is searched for
separately. A text that could be masked by the others is tested alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from kokemus import audit
from kokemus.audit.needles import Secret
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import errors
from kokemus.experts import consent, profile, salvage
from kokemus.publication import omission, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import Publication
from kokemus.reports import withdrawal
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY, ROOT, build, change, copy_of_demo, kokemus
from tests.rigs.breakages import BREAKAGES, COPIES
from tests.rigs.sweeps import sample

PROFILES = sorted((ROOT / "experts").glob("e[0-9]*.yml"))
CODES = [file.stem for file in PROFILES]
ALONE = "x{number:03}.yml"


@pytest.fixture
def demo(demo: Path) -> Path:
    """The demo in one language: comparing two sites in three would cost three times as much and test the same."""
    change(demo, "mkdocs.yml", "[fi, sv, en]", "[fi]")
    return demo


def written(file: Path, content: str | bytes) -> None:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def broken(text: str) -> Mapping[str, str | bytes]:
    """Every broken text that can be made from a good one, by kind."""
    made = {name: breaks(text) for name, breaks in BREAKAGES.items()}
    return {name: new for name, new in made.items() if not is_sound(new)}


@cache
def known() -> Vocabulary:
    return gather(ROOT / "mkdocs.yml").vocabulary


def is_sound(content: str | bytes) -> bool:
    """Whether nothing is wrong with a profile. One more space before a list's only item changes nothing."""
    document, problems = parser.read("experts/x.yml", content if isinstance(content, bytes) else content.encode())
    found = profile.read(document, known())[1] if document else ()
    return document is not None and not errors([*problems, *found])


def withdraw(file: Path) -> None:
    text = file.read_text("utf-8")
    document, _ = parser.read("experts/x.yml", text.encode())
    assert document
    written(file, withdrawal.marked(text, document, DEMO_DAY))


@cache
def cards() -> Mapping[str, str]:
    """The name on each card that shows on the day, by expert."""
    found = ((one.code, consent.in_force([one], DEMO_DAY).cards) for one in gather(ROOT / "mkdocs.yml").profiles)
    return {code: shown[0].name for code, shown in found if shown}


def leavers(code: str) -> tuple[str, str]:
    """One expert with a card and one with signed topics. Neither has the broken file."""
    signed = (file.stem for file in PROFILES if "\n  solo:" in file.read_text("utf-8") and file.stem != code)
    return next(other for other in cards() if other != code), next(signed)


def published(folder: Path) -> tuple[Inputs, Publication]:
    """What the publishing run makes of a folder."""
    kept = omission.leaving_out(gather(folder / "mkdocs.yml"), DEMO_DAY)
    return kept, publish.publish(kept, DEMO_DAY)


def files(made: Publication) -> Iterator[tuple[str, bytes]]:
    yield from ((page.url, page.content.encode()) for page in made.pages())
    yield from ((name, text.encode()) for name, text in made.data.items())


def same(made: Publication, wanted: Publication) -> bool:
    """Whether two sites are the same. Topics that left the vocabulary may differ, because no page shows them."""
    return made.site == wanted.site or tuple(files(made)) == tuple(files(wanted))


def wrong(wanted: Publication, site: Iterable[tuple[str, bytes]], folder: Path, paths: Iterable[str]) -> set[str]:
    """Why the publishing run does not make the wanted site if these files are broken.

    A file that is only left out because it describes the same person as another is named by its path.
    """
    kept, made = published(folder)
    reasons = {path: {found.code for found in kept.left_out if found.path == path} for path in paths}
    return {
        *(f"stopped by {found.code} in {found.path}" for found in errors(made.problems)),
        *(f"{found.code} in {found.path} too" for found in kept.left_out if found.path not in reasons),
        *(path for path, codes in reasons.items() if codes <= {"same-person"}),
        *(() if same(made, wanted) else {"another site"}),
        *(f"{leak.secret.route} of {leak.secret.path} in {leak.file}" for leak in audit.leaks(site, made.day.secrets)),
    }


@pytest.mark.slow
@pytest.mark.parametrize("code", sample(CODES, 5))
def test_whatever_breaks_in_a_file_the_site_is_the_one_without_it(code: str, demo: Path) -> None:
    """Two others leave on that day; the card of one and the signed topics of the other are gone."""
    experts = demo / "experts"
    text = (experts / f"{code}.yml").read_text("utf-8")
    (experts / f"{code}.yml").unlink()
    before = published(demo)[1].site
    for other in leavers(code):
        withdraw(experts / f"{other}.yml")
    wanted = published(demo)[1]
    assert wanted.site
    assert before
    assert before.catalogue.cards != wanted.site.catalogue.cards
    site = tuple(files(wanted))
    broken_files = {}
    whole = {name: content for name, content in broken(text).items() if name not in ONE_TOPIC}
    for number, (name, content) in enumerate(whole.items()):
        broken_files[f"experts/{ALONE.format(number=number)}"] = name
        written(demo / "experts" / ALONE.format(number=number), content)
    found = wrong(wanted, site, demo, broken_files)
    hidden = found & broken_files.keys()
    for path in broken_files:
        (demo / path).unlink()
    assert {broken_files.get(word, word) for word in found - hidden} == set()
    for path in hidden:
        written(experts / f"{code}.yml", broken(text)[broken_files[path]])
        assert wrong(wanted, site, demo, [f"experts/{code}.yml"]) == set(), broken_files[path]


@pytest.mark.slow
@pytest.mark.parametrize("code", sample(CODES, 5))
def test_a_stray_copy_of_a_file_stops_nobody_else(code: str, demo: Path) -> None:
    """A person in two files counts in neither, if the two are recognised as one person."""
    file = demo / "experts" / f"{code}.yml"
    text = file.read_text("utf-8")
    for other in leavers(code):
        withdraw(demo / "experts" / f"{other}.yml")
    with_both = published(demo)[1]
    file.unlink()
    without = published(demo)[1]
    written(file, text)
    of_both: dict[Secret, None] = {}
    of_one: dict[Secret, None] = {}
    for name in COPIES:
        copy = file.with_name(name.format(code=code, upper=code.upper()))
        written(copy, text)
        kept, made = published(demo)
        gone = {found.path for found in kept.left_out}
        assert f"experts/{copy.name}" in gone, name
        assert gone <= {f"experts/{copy.name}", f"experts/{file.name}"}
        is_gone = f"experts/{file.name}" in gone
        assert same(made, without if is_gone else with_both), name
        (of_one if is_gone else of_both).update(dict.fromkeys(made.day.secrets))
        copy.unlink()
    assert audit.leaks(files(with_both), of_both) == ()
    assert audit.leaks(files(without), of_one) == ()


@pytest.mark.slow
def test_every_way_of_breaking_breaks_some_profile_and_hides_no_name() -> None:
    """As long as the letters of a name are in the file, the audit knows the name."""
    applied = set()
    for file in PROFILES:
        text = file.read_text("utf-8")
        name = re.search(r"^private:\n  name: (.+)", text, re.MULTILINE)
        for way, content in broken(text).items():
            applied.add(way)
            content = content if isinstance(content, bytes) else content.encode()
            if name and name[1].encode() in content.replace(b"\0", b"").replace(b"\xc2\xa0", b" "):
                secrets = audit.secrets([salvage.document(f"experts/{file.name}", content)])
                assert audit.leaks([("x.html", f"Kiitos, {name[1]}!".encode())], secrets), (file.name, way)
    assert applied == BREAKAGES.keys()


def test_the_controls_fail(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that a page also contains, taken as private in one piece; and a publishing run that omits nothing."""
    first = demo / "experts" / PROFILES[0].name
    text = first.read_text("utf-8")
    first.unlink()
    wanted = published(demo)[1]
    site = tuple(files(wanted))
    written(first, BREAKAGES["cut off at 45 %"](text))
    path = f"experts/{first.name}"
    assert wrong(wanted, site, demo, [path]) == set()
    words = re.findall(r"[a-zåäö]{4,}(?: [a-zåäö]{4,}){3}", dict(site)[""].decode())[0]
    lump = Document(path=path, data={"private": {"places": words}}, marks={}, raw={})
    monkeypatch.setattr(salvage, "document", lambda path, content: lump)
    monkeypatch.setattr(audit, "unexplained", lambda secrets, public, pages=(): tuple(secrets))
    assert f"('private', 'places') of {path} in " in wrong(wanted, site, demo, [path])
    monkeypatch.undo()
    monkeypatch.setattr(omission, "leaving_out", lambda inputs, on: inputs)
    assert any(word.startswith("stopped by ") for word in wrong(wanted, site, demo, [path]))


ONE_TOPIC = {"a topic misspelt", "a topic cut short", "an invisible letter in a topic"}
"""Breakages that only remove a topic, not the profile: see ``publication/test_omission.py``."""
REAL = {
    "a typo": ("e01", "a topic misspelt"),
    "a file cut in half": ("e06", "cut off at 45 %"),
    "a conflict": ("e15", "a conflict"),
    "no-break spaces": ("e05", "no-break spaces as indentation"),
    "another encoding": ("e02", "UTF-16"),
}


@pytest.mark.build
@pytest.mark.parametrize("name", sample([*REAL], 2))
def test_in_a_real_build_a_withdrawal_takes_effect(name: str, tmp_path: Path) -> None:
    """With only the commands, in all languages and with all places."""
    code, way = REAL[name]
    demo = copy_of_demo(tmp_path / "demo")
    for other in leavers(code):
        assert kokemus(demo, "withdraw", other, "--on", DEMO_DAY.isoformat()).code == 0
    file = demo / "experts" / f"{code}.yml"
    written(file, BREAKAGES[way](file.read_text("utf-8")))
    done = build(demo, DEMO_DAY, "--leave-out-broken")
    assert done.code == 3, done.output
    site = b"".join(page.read_bytes() for page in (demo / "site").rglob("*.html"))
    assert cards()[leavers(code)[0]].encode() not in site
    assert site
