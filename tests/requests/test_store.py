"""The file of requests: read strictly, written atomically, and never overwritten if it could not be read."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kokemus.documents.problems import render
from kokemus.requests import store, writing
from kokemus.requests.request import REFERENCE, Mark, Request, new_reference
from kokemus.vocabulary import Vocabulary

DAY = date(2026, 11, 24)
CANARY = "Salla Salainen"
FULL = Request(
    reference="ABCD-2345",
    received=DAY,
    topics=("psychosis", "recovery"),
    format="panel",
    audience="upper-secondary",
    language="fi",
    place="kemi",
    answers={"contact_name": CANARY, "aim": 'kaksi\nriviä: "lainaus" # ei kommentti\n- ei luettelo\t\x0b…'},
    marks=(Mark("e05", "asked", DAY), Mark("e05", "accepted", DAY), Mark("e07", "declined", DAY)),
    closed=DAY,
    evaluation={"on": DAY, "useful": 4},
)
SHORT = Request(reference="2345-6789", received=DAY, remote=True)
HAND = f"""\
# omia muistiinpanoja
requests:
  # tämä on tärkeä
  - reference: ABCD-2345  # lomakkeelta
    received: 2026-11-24
    topics: [psychosis]
    answers: {{contact_name: {CANARY}}}
  # toinen
  - {{reference: 2345-6789, received: 2026-11-24}}
# loppu
...
"""


def write(folder: Path, text: str) -> None:
    (folder / "desk").mkdir(exist_ok=True)
    (folder / store.NAME).write_bytes(text.encode())


def kept(folder: Path, vocabulary: Vocabulary, *requests: Request) -> store.Kept:
    """The kept requests after adding these."""
    before = store.read(folder, vocabulary)
    text = writing.edited(before, {}, requests)
    assert text is not None
    assert writing.write(folder, before, text)
    return store.read(folder, vocabulary)


def test_a_kept_request_is_read_back_unchanged(tmp_path: Path, lapland: Vocabulary) -> None:
    """Whatever the answers contain. Empty values are not written."""
    assert store.read(tmp_path, lapland) == store.Kept(requests=(), problems=(), document=None, content=b"")
    found = kept(tmp_path, lapland, FULL, SHORT)
    assert found.requests == (FULL, SHORT)
    assert found.problems == ()
    assert kept(tmp_path, lapland, replace(SHORT, reference="AAAA-AAAA")).requests[:2] == (FULL, SHORT)
    assert (tmp_path / store.NAME).stat().st_mode & 0o77 == 0
    assert (tmp_path / "desk" / ".gitignore").read_text() == "*\n"


def test_a_change_leaves_other_lines_unchanged(lapland: Vocabulary) -> None:
    """With its comments, whatever its layout."""
    marks: writing.Changes = {("asked",): [Mark("e05", "asked", DAY).data]}
    text = writing.edited(store.of(HAND.encode(), lapland), {"ABCD-2345": marks})
    assert text is not None
    added = "    asked:\n      - expert: e05\n        state: asked\n        on: 2026-11-24\n"
    assert text == HAND.replace("  # toinen\n", f"{added}  # toinen\n")
    assert store.of(text.encode(), lapland).requests[0].standing == {"e05": Mark("e05", "asked", DAY)}
    windows = HAND.replace("\n", "\r\n")
    text = writing.edited(store.of(windows.encode(), lapland), {"ABCD-2345": {("closed",): DAY}})
    assert text == windows.replace("  # toinen\r\n", "    closed: 2026-11-24\r\n  # toinen\r\n")


def test_deleting_a_request_removes_only_its_lines(lapland: Vocabulary) -> None:
    """After the last one, an empty list is left."""
    found = store.of(HAND.encode(), lapland)
    one = writing.edited(found, {"ABCD-2345": None})
    assert one == HAND.replace(HAND[HAND.index("  # tämä") : HAND.index("  # toinen")], "")
    none = writing.edited(store.of(one.encode(), lapland), {"2345-6789": None}) if one else None
    assert none == "# omia muistiinpanoja\nrequests: []\n...\n"
    again = writing.edited(store.of(none.encode(), lapland), {}, [SHORT]) if none else None
    assert again is not None
    assert store.of(again.encode(), lapland).requests == (SHORT,)


def test_long_answers_are_kept(lapland: Vocabulary) -> None:
    """Even longer than a profile may be."""
    text = writing.edited(
        store.of(HAND.encode(), lapland), {}, [replace(FULL, reference="AAAA-AAAA", answers={"aim": "sana " * 30_000})]
    )
    assert text is not None
    text = writing.edited(store.of(text.encode(), lapland), {"AAAA-AAAA": {("closed",): None}})
    assert text is not None
    assert store.of(text.encode(), lapland).by_reference["AAAA-AAAA"].closed is None


def test_a_list_on_one_line_is_read_but_not_edited(lapland: Vocabulary) -> None:
    """An edit changes whole lines, so no request on the same line as another can be changed alone."""
    found = store.of(b"requests: [{reference: 2345-6789, received: 2026-11-24}]\n...\n", lapland)
    assert [request.reference for request in found.requests] == ["2345-6789"]
    assert writing.edited(found, {}, [FULL]) is None


WRONG = {
    "": "1:1: error[empty-file]",
    HAND[:60]: "4:",
    HAND.replace("...\n", ""): "2:1: error[cut-off]",
    HAND.replace("received: 2026-11-24\n", "received: Salla Salainen\n"): "5:5: error[no-date]",
    HAND.replace("ABCD-2345", CANARY): "4:5: error[reference]",
    HAND.replace("ABCD-2345", "2345-6789"): "9:6: error[reference]",
    HAND.replace("received: 2026-11-24\n", f"{CANARY}: 1\n"): "5:5: error[unknown-key]",
    HAND.replace("topics: [psychosis]", f"topics: {CANARY}"): "6:5: error[not-a-list]",
    HAND.replace("{contact_name: Salla Salainen}", CANARY): "7:5: error[not-a-mapping]",
    HAND.replace("{contact_name: Salla Salainen}", "{contact_name: [Salla]}"): "7:15: error[not-one]",
    HAND.replace("topics: [psychosis]", f"asked: [{{expert: {CANARY}, state: asked, on: 2026-11-24}}]"): (
        "6:13: error[request-mark]"
    ),
    HAND.replace("topics: [psychosis]", f"asked: [{{expert: e05, state: {CANARY}, on: 2026-11-24}}]"): (
        "6:13: error[request-mark]"
    ),
    HAND.replace("topics: [psychosis]", f"evaluation: {CANARY}"): "6:5: error[not-a-mapping]",
    HAND.replace("requests:", "pyynnot:"): "2:1: error[",
    HAND.replace("contact_name: Salla", "contact_name: 'Salla"): "error[yaml",
    f"<<<<<<< HEAD\n{HAND}": "1:1: error[merge-conflict]",
    "requests:\n...\n": "1:1: error[not-a-list]",
}


@pytest.mark.parametrize(("text", "told"), WRONG.items())
def test_a_broken_file_is_reported_and_never_overwritten(
    tmp_path: Path, lapland: Vocabulary, text: str, told: str
) -> None:
    """With its position, and without its values."""
    write(tmp_path, text)
    found = store.read(tmp_path, lapland)
    said = render(found.problems, {store.NAME: found.document.marks if found.document else {}})
    assert f"{store.NAME}:" in said
    assert told in said
    assert not any(word in said for word in ("Salla", "Salainen"))
    assert writing.edited(found, {}, [FULL]) is None
    assert writing.edited(found, {"2345-6789": None}) is None


def test_a_file_cut_off_anywhere_is_never_taken_for_complete(lapland: Vocabulary) -> None:
    """At whichever byte copying stopped."""
    whole = writing.edited(store.of(b"requests: []\n...\n", lapland), {}, [FULL, SHORT])
    assert whole is not None
    content = whole.encode()
    least = len(content.rstrip())
    assert all(not store.of(content[:end], lapland).is_sound for end in range(least))
    assert store.of(content[:least], lapland).is_sound


def test_a_removed_term_is_ignored_and_stays_in_the_file(lapland: Vocabulary) -> None:
    """An association may rename its own topics."""
    text = HAND.replace("[psychosis]", "[gone-away, psychosis]").replace("received: 2026-11-24\n", "format: x\n", 0)
    found = store.of(text.encode(), lapland)
    assert [(one.code, one.severity) for one in found.problems] == [("request-term", "warning")]
    assert found.requests[0].topics == ("psychosis",)
    assert "gone-away" in (writing.edited(found, {"ABCD-2345": {("closed",): DAY}}) or "")


def test_a_file_changed_in_the_meantime_is_not_overwritten(tmp_path: Path, lapland: Vocabulary) -> None:
    """Nor is a file that was created or deleted since."""
    before = kept(tmp_path, lapland, FULL)
    text = writing.edited(before, {"ABCD-2345": {("closed",): None}})
    assert text is not None
    now = kept(tmp_path, lapland, SHORT)
    assert not writing.write(tmp_path, before, text)
    assert store.read(tmp_path, lapland) == now
    (tmp_path / store.NAME).unlink()
    assert not writing.write(tmp_path, before, text)


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path, lapland: Vocabulary) -> None:
    """So is a dangling symbolic link."""
    (tmp_path / store.NAME).mkdir(parents=True)
    assert not store.read(tmp_path, lapland).is_sound
    (tmp_path / store.NAME).rmdir()
    (tmp_path / store.NAME).symlink_to(tmp_path / "away.yml")
    assert not store.read(tmp_path, lapland).is_sound


def test_requests_that_are_kept_already_are_skipped(lapland: Vocabulary) -> None:
    """They are recognised by their reference, or without one by their answers; also twice in the same file."""
    found = store.of(HAND.encode(), lapland)
    same = replace(FULL, answers={"aim": "muu"})
    bare = replace(SHORT, reference="", answers={"contact_name": CANARY})
    new = replace(SHORT, reference="", answers={"aim": "uusi"})
    assert [one.answers for one in found.unknown([same, bare, new, new])] == [new.answers]
    assert all(REFERENCE.fullmatch(one.reference) for one in found.unknown([new]))


def test_a_new_reference_is_random_and_unused() -> None:
    """It has the format of the references that the site's form makes."""
    made = {new_reference(()) for _ in range(200)}
    assert len(made) == 200
    assert all(REFERENCE.fullmatch(one) for one in made)
