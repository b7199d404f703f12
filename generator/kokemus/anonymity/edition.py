"""The edition: the result of the last look and the signed topics, frozen in a lock file beside the profiles.

The lock file is ``edition.yml``. A build never looks at the crowd. It reads the stored result, so no join, leave or
edit between looks can change it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kokemus.anonymity.parameters import NAMES, Parameters
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, errors
from kokemus.vocabulary.node import Node

NAME = "edition.yml"
KEYS = ("edition", "look", "looked", "counted", "seed", "parameters", "listed", "signed", "checksum")
_FIRST = ("crowd", "gathered")
_SEED = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The published state of the crowd.

    ``look`` is the number of the last look, 0 before the first. ``looked`` is its day, ``counted`` the size of the
    crowd then, and ``seed`` its 64 hex digits, as secret as the profiles. ``listed`` are the items that the look found,
    or nothing if the list was emptied since. ``signed`` are the signed topics of all experts whose consent was in force
    on ``day``. Both are sorted. ``parameters`` are those of the last look; before the first look, those chosen when the
    first edition was made.
    """

    day: date
    look: int = 0
    looked: date | None = None
    counted: int = 0
    seed: str | None = None
    parameters: Parameters
    listed: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    @property
    def digest(self) -> str | None:
        """A public fingerprint of the last look, None before the first. It also changes when the list is emptied."""
        if self.seed is None:
            return None
        return sha256(f"{self.seed}|{self.look}|{','.join(self.listed)}".encode()).hexdigest()


def seeds(content: bytes) -> tuple[str, ...]:
    """All strings in a lock file that may be its seed, even if the file is broken.

    The checksum has the same form, so it is among them.
    """
    return tuple(found.decode() for found in re.findall(rb"[0-9a-f]{64}", content))


def is_of_version_1(text: str) -> bool:
    """Whether a lock file lists combinations, as version 1 of Kokemus did."""
    return re.search(r"^(?:crowd|gathered):", text, re.MULTILINE) is not None


def number_of_look(text: str) -> int | None:
    """The number of the last look in a lock file's text, even if the file is broken; None if there is none."""
    found = re.search(r"^look: *(\d{1,6}) *$", text, re.MULTILINE)
    return int(found[1]) if found else None


def read(document: Document, on: date) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition in a lock file, and its problems. The edition is None if there are errors.

    It is an error if the content is not what ``kokemus edition`` wrote, or if the edition is dated after ``on``.
    """
    root = Node(document, [], (), document.data)
    edition = _edition(root, on)
    return None if errors(root.problems) else edition, tuple(root.problems)


def _edition(root: Node, on: date) -> Edition | None:
    if any(root.has(key) for key in _FIRST):
        root.report("edition-version-1")
        return None
    if not root.mapping(KEYS, required=KEYS):
        return None
    day = root.day("edition")
    if day and day > on:
        root.report("edition-in-future", "edition", edition=day, on=on)
    look, counted = _whole(root, "look"), _whole(root, "counted")
    looked = root.day("looked") if root.at("looked").data is not None else None
    seed = root.at("seed").data
    if not (seed is None or (isinstance(seed, str) and _SEED.fullmatch(seed))):
        root.report("edition-form", "seed", name="seed")
    parameters = _parameters(root.at("parameters"))
    listed, signed = _ids(root, "listed"), _ids(root, "signed")
    if errors(root.problems) or not day or parameters is None:
        return None
    if len({look > 0, looked is not None, seed is not None}) > 1:
        root.report("edition-form", "look", name="look")
    edition = Edition(
        day=day,
        look=look,
        looked=looked,
        counted=counted,
        seed=str(seed) if seed else None,
        parameters=parameters,
        listed=listed,
        signed=signed,
    )
    if root.at("checksum").data != _checksum(edition):
        root.report("edition-changed", "checksum", file=root.document.path)
    return edition


def _whole(node: Node, name: str) -> int:
    value = node.at(name).data
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        node.report("edition-form", name, name=name)
        return 0
    return value


def _parameters(node: Node) -> Parameters | None:
    if not node.mapping(NAMES, required=NAMES):
        return None
    values: dict[str, Data] = {}
    for name in NAMES:
        value = node.at(name).data
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            node.report("edition-form", name, name=name)
        else:
            values[name] = value
    return Parameters(**values) if len(values) == len(NAMES) else None  # type: ignore[arg-type]  # numbers, checked


def _ids(node: Node, key: str) -> tuple[str, ...]:
    """The ids in a list, including those that are no longer in the vocabulary."""
    data = node.at(key).data
    if isinstance(data, list) and all(isinstance(id, str) for id in data):
        return tuple(map(str, data))
    node.report("edition-form", key, name=key)
    return ()


def write(edition: Edition) -> str:
    """The lock file's text with a checksum of its content. The same edition always gives the same bytes."""
    return "".join(f"{line}\n" for line in _lines(edition))


def _lines(edition: Edition) -> Iterator[str]:
    yield "# Written by `kokemus edition --write`. Commit it, and do not edit it."
    yield "# The seed is as secret as the profiles."
    for name, value in _content(edition).items():
        if isinstance(value, dict):
            yield f"{name}: {{{', '.join(f'{key}: {number}' for key, number in value.items())}}}"
        elif isinstance(value, list):
            yield f"{name}:" if value else f"{name}: []"
            yield from (f"  - {id}" for id in value)
        else:
            yield f"{name}: {'null' if value is None else json.dumps(value) if name == 'seed' else value}"
    yield f'checksum: "{_checksum(edition)}"'


def _content(edition: Edition) -> dict[str, object]:
    """The lock file as data, without its checksum; days in ISO format."""
    return {
        "edition": edition.day.isoformat(),
        "look": edition.look,
        "looked": edition.looked.isoformat() if edition.looked else None,
        "counted": edition.counted,
        "seed": edition.seed,
        "parameters": {name: getattr(edition.parameters, name) for name in NAMES},
        "listed": list(edition.listed),
        "signed": list(edition.signed),
    }


def _checksum(edition: Edition) -> str:
    return sha256(json.dumps(_content(edition), sort_keys=True, separators=(",", ":")).encode()).hexdigest()
