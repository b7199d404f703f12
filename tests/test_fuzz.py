"""Whatever is in a profile: no traceback, no private word in a message, no long wait, no excessive memory.

A small part of ``make fuzz``, the same on every run. The loader is also broken on purpose in each of these ways, which
the same checks must find.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kokemus.documents import parser, problems, source
from kokemus.documents.problems import Problem
from kokemus.importing.planning import Ready
from kokemus.vocabulary import Terms, Vocabulary
from kokemus.vocabulary.node import Node
from tests.conftest import contents
from tests.fuzz import campaign, spreadsheets, surroundings, watch
from tests.fuzz.mutations import Specimen, good, secret_as_term, specimen
from tests.fuzz.watch import Seen, command, examine, specimens

ROOT = Path(__file__).parent.parent


def seen(vocabulary: Vocabulary, count: int = 100, limit: float = 1.0) -> set[str]:
    """What the checks report about this many files."""
    return {wrong.what for found in specimens(1, count) for wrong in examine(found, vocabulary, limit).wrong}


def test_the_good_profile_that_all_others_come_from_is_good(lapland: Vocabulary) -> None:
    """Otherwise the same error would mask every change."""
    for number in range(20):
        text, canaries = good(Random(number))
        document, problems = parser.read("experts/x.yml", text.encode())
        assert document
        assert problems == ()
        assert len(canaries) == 7
        assert all(word in text for word in canaries[:4])


@pytest.mark.slow
@seed(20261124)
@settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_no_profile_gone_wrong_breaks_the_loader_or_is_quoted(lapland: Vocabulary, random: Random) -> None:
    """With Hypothesis, which reduces a failing example."""
    found = specimen(random)
    assert examine(found, lapland).wrong == ()


@pytest.mark.build
def test_check_answers_whatever_it_is_given(tmp_path: Path) -> None:
    """The real command, on hundreds of files at once and on those without an error."""
    tally = campaign.checked(1, 80, tmp_path / "ours")
    assert [wrong.what for wrong in tally.wrong if "MB" not in wrong.what] == []
    assert tally.files == 80
    assert tally.accepted
    assert tally.slowest_file < 1


@pytest.mark.build
def test_every_command_answers_whatever_is_in_the_folder(tmp_path: Path) -> None:
    """Each once, with three broken profiles, and in half of the cases another broken file."""
    tally = campaign.commanded(1, len(campaign.COMMANDS), tmp_path / "ours")
    assert [wrong.what for wrong in tally.wrong if "MB" not in wrong.what] == []
    assert tally.commands == len(campaign.COMMANDS)


@pytest.mark.slow
def test_check_answers_whatever_is_beside_the_profiles(tmp_path: Path) -> None:
    """Configuration, own terms and facts, pages, and files with odd names; a small part of the campaign."""
    tally = campaign.surrounded(1, len(surroundings.KINDS) * 4, tmp_path / "ours")
    assert [wrong.what for wrong in tally.wrong if "MB" not in wrong.what] == []
    assert 0 < tally.accepted < tally.commands


@pytest.mark.slow
def test_an_import_answers_whatever_sheet_it_is_given(tmp_path: Path) -> None:
    """Of every kind. A row that is ready becomes a profile with that row's name."""
    tally = spreadsheets.imported(1, 40, tmp_path / "ours")
    assert [wrong.what for wrong in tally.wrong if "MB" not in wrong.what] == []
    assert tally.files == 40
    assert 0 < tally.accepted < 40


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "broken", "seen"),
    [
        ("cells.day", lambda cell: 1 // (cell != "2.3.2026"), "ZeroDivisionError"),
        ("editing.quoted", lambda text: '"Aino"', "another name"),
        ("Ready", lambda **told: Ready(**told | {"text": "x: ["}), "no profile"),
        ("opening._main", lambda: os._exit(9), "only a fork"),
    ],
)
def test_what_breaks_an_import_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, broken: Callable[..., object], seen: str
) -> None:
    """A traceback, an invalid profile, somebody under another's name, and a reader that only the run ends."""
    monkeypatch.setattr(f"kokemus.importing.{'planning.' if 'opening' not in part else ''}{part}", broken)
    tally = spreadsheets.imported(1, 30, tmp_path / "ours")
    assert any(seen in wrong.what for wrong in tally.wrong)


def test_the_folder_that_all_others_come_from_is_right_and_is_put_right_again(tmp_path: Path) -> None:
    """Otherwise the same error, or the previous one, would mask every change."""
    random = Random(1)
    canaries = surroundings.folder(tmp_path / "ours", random)
    before = contents(tmp_path / "ours")
    with contextlib.chdir(tmp_path / "ours"):
        assert " 0 virhettä" in command(["check", *campaign.ON])[1]
        for spoil in surroundings.KINDS.values():
            spoil(tmp_path / "ours", random, canaries)
            surroundings.restored(tmp_path / "ours")
            assert contents(tmp_path / "ours") == before
            assert " 0 virhettä" in command(["check", *campaign.ON])[1]


@pytest.mark.slow
def test_a_wait_a_control_character_and_a_traceback_beside_the_profiles_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive controls: files that are read whatever they are, and names that are printed unescaped."""
    monkeypatch.setattr(watch, "WAIT", 1)
    monkeypatch.setattr(surroundings, "KINDS", {"name": surroundings.name})
    monkeypatch.setattr(surroundings, "CALLED", ("x.md", "\u202ex.yml"))
    monkeypatch.setattr(source, "read", lambda file, path, largest=0: file.read_bytes())
    monkeypatch.setattr(problems, "shown", lambda text: text)
    found = {wrong.what.partition(": ")[2] for wrong in campaign.surrounded(2, 30, tmp_path / "ours").wrong}
    assert {
        "control character",
        "RuntimeError: still waiting after 1 s",
        "an error of the disk, which has none",
    } <= found


@pytest.mark.slow
def test_a_traceback_is_seen(lapland: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: dates as YAML reads them, without catching errors."""
    monkeypatch.setattr(parser, "_typed", lambda kind, text: date.fromisoformat(text) if kind == "timestamp" else text)
    assert "traceback: ValueError" in seen(lapland)


@pytest.mark.slow
def test_a_private_word_in_a_message_is_seen(lapland: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: a loader that quotes every unknown word, whatever the private part says."""
    monkeypatch.setattr(Node, "_is_private", lambda self, word: False)
    monkeypatch.setattr(Terms, "nearest", lambda self, text: ("masennus", next(iter(self.values()))))
    assert seen(lapland) == {"leak"}


@pytest.mark.slow
def test_a_private_word_that_is_nearly_a_term_is_seen(lapland: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: a loader that ignores the private part when it guesses."""

    def changed(number: int) -> Seen:
        random = Random(number)
        text, canaries = good(random)
        return examine(Specimen(secret_as_term(text, random, canaries).encode(), canaries), lapland)

    assert all(changed(number).wrong == () for number in range(60))
    monkeypatch.setattr(Node, "_is_private", lambda self, word: False)
    assert {wrong.what for number in range(60) for wrong in changed(number).wrong} == {"leak"}


def test_a_control_character_and_a_message_without_help_are_seen(
    lapland: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: unescaped words, and missing help."""
    monkeypatch.setattr(Problem, "message", "\x1b[31m", raising=False)
    monkeypatch.setattr(Problem, "text", lambda self, name, language: "\x1b[31m" if name == "message" else "")
    assert seen(lapland, 50) == {"control character", "a message without place or help"}


@pytest.mark.slow
def test_a_long_wait_is_seen(lapland: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: guessing at every word of a file in which everything is wrong."""
    text, canaries = good(Random(0))
    places = ", ".join(f"k{number}emi" for number in range(1000))
    found = Specimen(text.replace("[Kemi, tornio]", f"[{places}]").encode(), canaries)
    assert examine(found, lapland, 0.5).wrong == ()
    monkeypatch.setattr("kokemus.vocabulary.node.GUESSES", 10**9)
    assert [wrong.what for wrong in examine(found, lapland, 0.5).wrong] == ["too slow"]


@pytest.mark.build
def test_a_leak_of_a_command_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control of the campaign: the faulty file is found among the others."""
    monkeypatch.setattr(Node, "_is_private", lambda self, word: False)
    monkeypatch.setattr(Terms, "nearest", lambda self, text: ("masennus", next(iter(self.values()))))
    tally = campaign.checked(1, 12, tmp_path / "ours")
    assert any(wrong.what.startswith("check ") and wrong.what.endswith(": leak") for wrong in tally.wrong)


@pytest.mark.build
def test_memory_is_weighed_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The positive control: a loader that holds on to a block of memory; and the real one, far below the limit."""
    code = """
import json, sys
from pathlib import Path
from kokemus.documents import parser
from tests.fuzz import campaign
real, held = parser.read, []
def read(*arguments):
    held.append(bytearray(10_000_000))
    held[-1][::4096] = b"x" * len(held[-1][::4096])
    return real(*arguments)
if sys.argv[1] == "broken":
    parser.read = read
tally = campaign.checked(1, 30, Path(sys.argv[2]))
print(json.dumps([tally.megabytes, [wrong.what for wrong in tally.wrong]]))
"""
    for kind in ("sound", "broken"):
        done = subprocess.run(
            [sys.executable, "-c", code, kind, str(tmp_path / kind)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        megabytes, wrong = json.loads(done.stdout)
        assert (megabytes > campaign.MEGABYTES) is (kind == "broken")
        assert any("MB of memory" in what for what in wrong) is (kind == "broken")
