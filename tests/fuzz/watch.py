"""What must never happen, whatever a file contains: a traceback, a private word, a control character, a long wait.

Time is CPU time, so that a busy machine gives the same result as an idle one.
"""

import re
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import NoReturn

from click.testing import CliRunner

from kokemus.cli.localized import HELP
from kokemus.cli.main import main
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import Format, errors, render
from kokemus.experts import profile
from kokemus.vocabulary import Vocabulary
from tests.fuzz.mutations import TOPICS, Specimen, specimen

_OF_THE_DISK = HELP["words"]["disk"]["fi"].partition(":")[0]
SECONDS = 1.0
WAIT = 60
FORMS: tuple[Format, ...] = ("text", "github", "json")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
_SAID = re.compile(r"[^\n]+:[1-9]\d*:[1-9]\d*: (error|warning)\[[a-z0-9-]+\]: .+\n  help: .+\n")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that must not happen, and the file with which it did."""

    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """The result for one file: its time, whether it is valid, the words that no message may quote, and failures."""

    seconds: float
    accepted: bool
    words: tuple[str, ...]
    wrong: tuple[Wrong, ...]


def examine(found: Specimen, vocabulary: Vocabulary, limit: float = SECONDS) -> Seen:
    """Read one file as ``check`` does, and print its problems in every format and language."""
    start = time.process_time()
    try:
        document, problems = parser.read("experts/x.yml", found.content)
        profiles, more = profile.read_all([document] if document else [], vocabulary)
        marks = {document.path: document.marks} if document else {}
        said = [render([*problems, *more], marks, form, "fi") for form in FORMS]
        said.append(render([*problems, *more], marks, "text", "en"))
    except Exception as error:
        wrong = Wrong(f"traceback: {type(error).__name__}", found.content)
        return Seen(time.process_time() - start, False, found.canaries, (wrong,))
    took = time.process_time() - start
    words = private(found, document)
    what = [what for text in said for what in told(text, words)]
    what += ["a message without place or help" for text in said[::3] if _SAID.sub("", text)]
    what += ["neither document nor problem"] if document is None and not problems else []
    what += ["too slow"] if took > limit else []
    accepted = bool(profiles) and not errors(problems)
    return Seen(took, accepted, words, tuple(Wrong(one, found.content) for one in dict.fromkeys(what)))


def told(text: str, words: Iterable[str]) -> Iterator[str]:
    """The failures visible in an output: everything that it must not contain."""
    small = text.casefold()
    if any(word.casefold() in small for word in words):
        yield "leak"
    if _CONTROL.search(text):
        yield "control character"
    if _OF_THE_DISK in text:
        yield "an error of the disk, which has none"


def private(found: Specimen, document: Document | None) -> tuple[str, ...]:
    """The canaries of a file, and the words of its private part that resemble vocabulary terms."""
    data = document.data if document and isinstance(document.data, dict) else {}
    part = data.get("private")
    values = [str(part[key]).strip() for key in ("limits", "notes") if key in part] if isinstance(part, dict) else []
    nearly = (value for value in values if value.endswith("y") and value.isalpha() and len(value) > 4)
    return (*found.canaries, *(value for value in nearly if value not in TOPICS))


def command(words: list[str]) -> tuple[float, str, str]:
    """Run a command in the current folder. Returns its time, its output, and an exception that escaped.

    A command that waits for ever, as for a pipe, is ended.
    """
    start = time.process_time()
    signal.signal(signal.SIGALRM, _ended)
    signal.alarm(WAIT)
    result = CliRunner().invoke(main, words)
    signal.alarm(0)
    took = time.process_time() - start
    got_out = result.exception if not isinstance(result.exception, SystemExit) else None
    return took, result.output, f"{type(got_out).__name__}: {got_out}" if got_out else ""


def _ended(*_: object) -> NoReturn:
    raise RuntimeError(f"still waiting after {WAIT} s")


def specimens(seed: int, count: int) -> Iterator[Specimen]:
    """Mutated files, always the same for the same seed."""
    random = Random(seed)
    for _ in range(count):
        yield specimen(random)
