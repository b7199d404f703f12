"""The lock file is read back as it was written, and anything else is refused."""

import json
from datetime import date
from hashlib import sha256

import pytest
import yaml

from kokemus.anonymity import Edition, Parameters
from kokemus.anonymity import edition as lock
from kokemus.documents import parser

ON = date(2026, 12, 1)
SEED = "5e" * 32
LOOKED = Edition(
    day=ON,
    look=2,
    looked=date(2026, 10, 1),
    counted=14,
    seed=SEED,
    parameters=Parameters(),
    listed=("anxiety", "group/recovery", "no-longer-there"),
    signed=("psychosis",),
)
EMPTY = Edition(day=ON, parameters=Parameters())


def read(text: str, on: date = ON) -> tuple[Edition | None, list[str]]:
    document, problems = parser.read("experts/edition.yml", text.encode())
    assert document, problems
    edition, problems = lock.read(document, on)
    return edition, [found.code for found in problems]


@pytest.mark.parametrize("edition", [LOOKED, EMPTY], ids=["after a look", "before the first"])
def test_what_is_written_is_read_back(edition: Edition) -> None:
    """Ids that the vocabulary does not have are kept."""
    assert read(lock.write(edition)) == (edition, [])


def test_the_checksum_is_what_the_document_says() -> None:
    """SHA-256 of the sorted compact JSON of the other keys, with ISO days, so any YAML reader can check it."""
    data = yaml.safe_load(lock.write(LOOKED))
    checksum = data.pop("checksum")
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    assert checksum == sha256(text.encode()).hexdigest()


def test_the_digest_is_of_seed_number_and_list() -> None:
    """It is computed from the seed, the number and the list. Before the first look there is none."""
    listed = "anxiety,group/recovery,no-longer-there"
    assert LOOKED.digest == sha256(f"{SEED}|2|{listed}".encode()).hexdigest()
    assert EMPTY.digest is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("  - anxiety\n", ""), ("counted: 14", "counted: 15"), ("look: 2", "look: 3"), ("  - psychosis", "  - ocd")],
)
def test_an_edited_file_is_detected(old: str, new: str) -> None:
    """Any edit by hand breaks the checksum."""
    text = lock.write(LOOKED)
    assert old in text
    assert read(text.replace(old, new)) == (None, ["edition-changed"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("looked: 2026-10-01", "looked: null", "edition-form"),
        (f'seed: "{SEED}"', "seed: null", "edition-form"),
        (f'seed: "{SEED}"', 'seed: "short"', "edition-form"),
        ("counted: 14", "counted: yes", "edition-form"),
        ("counted: 14", "counted: -1", "edition-form"),
        ("  - psychosis", "  - {topic: psychosis}", "edition-form"),
        ("k: 3", "k: three", "edition-form"),
        ("c: 3, ", "", "missing-key"),
        ("counted: 14\n", "", "missing-key"),
    ],
)
def test_a_file_with_invalid_values_is_refused(old: str, new: str, code: str) -> None:
    """The form is checked before the checksum."""
    text = lock.write(LOOKED)
    assert old in text
    edition, codes = read(text.replace(old, new))
    assert edition is None
    assert code in codes


def test_an_edition_from_the_future_is_refused() -> None:
    """With a wrong clock nothing is published."""
    assert read(lock.write(LOOKED), date(2026, 11, 30)) == (None, ["edition-in-future"])


def test_an_edition_of_version_1_is_recognised() -> None:
    """It is refused, not silently converted."""
    assert read("edition: 2026-10-01\nparameters: {k: 3}\ncrowd: []\n") == (None, ["edition-version-1"])
    assert lock.is_of_version_1("edition: 2026-10-01\ncrowd:\n  - [anxiety]\n")
    assert not lock.is_of_version_1(lock.write(LOOKED))


def test_the_number_of_a_look_is_read_from_any_text() -> None:
    """It is read even if the rest of the file is broken."""
    assert lock.number_of_look(lock.write(LOOKED)) == 2
    assert lock.number_of_look("look: 7\n<<<<<<< HEAD\n") == 7
    assert lock.number_of_look("crowd: []") is None
