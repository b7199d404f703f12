"""Run a command of the project and kill it at an exact moment: just before its n-th change on the disk.

Run ``python tests/rigs/killing.py MOMENT BYTES WAY COMMAND …``. A kill between two changes leaves the same folder as
one just before the second, so these moments cover every kill, except in the middle of writing a file. For those, with
``BYTES`` above 0, the command is killed once it has written that many bytes of the file. If no file is opened at the
moment, it exits with ``NO_FILE``. ``WAY`` is how files are written: ``now``, or as they were ``before``, for the
positive controls. At moment 0 the command is not killed; it writes the state of the folder at each moment to the file
that the environment variable ``MOMENTS`` names. The command ``desk SAVE`` is a save at the desk, see ``saving``.
"""

import os
import resource
import secrets
import signal
import sys
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from kokemus import disk, engine
from kokemus.cli.main import main
from kokemus.reports import scaffolding
from kokemus.vocabulary import Vocabulary

CHANGES = {f"os.{name}" for name in ("mkdir", "rmdir", "remove", "rename", "chmod", "link", "symlink", "truncate")}
NO_FILE = 99
MOMENTS = "KOKEMUS_MOMENTS"
HIDDEN = {".kokemus", ".site.new", ".ours.new"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def kill_at(moment: int, bytes_written: int) -> None:
    """Kill this process at the moment, by a signal that cannot be caught."""
    left = moment

    def watch(event: str, values: tuple[Any, ...]) -> None:
        nonlocal left
        opened = is_opened(event, values)
        if not left or not (opened or event in CHANGES or event == "subprocess.Popen"):
            return
        left -= 1
        if left:
            return
        if not bytes_written:
            os.kill(os.getpid(), signal.SIGKILL)
        if not opened:
            os._exit(NO_FILE)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_written, bytes_written))

    sys.addaudithook(watch)


def is_opened(event: str, values: tuple[Any, ...]) -> bool:
    """Whether an audit event opens a file for writing."""
    return event == "open" and isinstance(values[0], str) and bool(values[2] & WRITES)


def note_moments(told: str) -> None:
    """Write a line for each moment: whether it opens a file, and a hash of the folder."""
    here, busy = Path.cwd(), False

    def watch(event: str, values: tuple[Any, ...]) -> None:
        nonlocal busy
        opened = is_opened(event, values)
        if not busy and (opened or event in CHANGES or event == "subprocess.Popen"):
            busy = True
            with Path(told).open("a", encoding="utf-8") as notes:
                print(int(opened), like(here), file=notes)
            busy = False

    sys.addaudithook(watch)


def like(folder: Path) -> str:
    """A hash of everything in a folder, including ``.git``: equal if two kills left the same.

    The folders of ``HIDDEN`` are always removed whole, so of what they hold only modes count, not names and content.
    """
    found = set()
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = next((number for number, part in enumerate(parts) if part in HIDDEN), len(parts))
        content = path.read_bytes() if hidden >= len(parts) - 1 and path.is_file() and not path.is_symlink() else b""
        found.add(repr((parts[: hidden + 1], path.lstat().st_mode, content)))
    return sha256("".join(sorted(found)).encode()).hexdigest()


def write_before(folder: Path, name: str | PurePath, text: str | bytes, mode: int | None = None) -> None:
    """The former way to write a file: by way of a copy with a random name beside it."""
    path = folder / name
    number, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8", newline="\n") as fresh:
        fresh.write(text if isinstance(text, str) else text.decode())
    Path(made).chmod(mode or 0o644)
    Path(made).replace(path)


def begin_before(
    folder: Path, answers: scaffolding.Answers, language: str, host: str, on: date, vocabulary: Vocabulary
) -> None:
    """The former way to create a repository: file by file, in its final place."""
    for name, content in scaffolding._contents(answers, language, host, on):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def three_pages(path: Path, folder: Path, in_place: Path, leave_out: bool = False) -> tuple[()]:
    """A stand-in for the build, since only the swap that follows is under test."""
    for name in ("index.html", "catalogue-2.json", "page.html"):
        (folder / name).write_text(f"{name} {os.environ['KOKEMUS_PAGES']}")
    return ()


def known_seed(nbytes: int | None = None) -> str:
    """A fixed seed, so that an edition made twice has the same bytes."""
    return "5e" * (nbytes or 32)


if __name__ == "__main__":
    moment, amount, way, *words = sys.argv[1:]
    if way == "before":
        disk.write = write_before
        scaffolding.begin = begin_before
    secrets.token_hex = known_seed
    engine.build = three_pages
    sys.argv = ["kokemus", *words]
    if int(moment):
        kill_at(int(moment), int(amount))
    elif MOMENTS in os.environ:
        note_moments(os.environ[MOMENTS])
    if words[0] == "desk":
        sys.path.insert(0, str(Path(__file__).parents[2]))
        from tests.rigs.saving import save

        sys.exit(save(words[1]))
    main()
