"""Broken spreadsheets, run through everything that an import does before it writes.

Bytes, cells, and the XML inside workbooks are mutated. Kokemus starts a process for each workbook; here a fork reads
hundreds of files in its own process, to save starts of Python. If a file crashes the fork, the next fork skips it.
"""

import contextlib
import csv
import faulthandler
import io
import json
import os
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import openpyxl

from kokemus.cli import imports
from kokemus.documents import parser
from kokemus.experts import profile
from kokemus.importing import columns, opening, planning
from kokemus.publication.inputs import Inputs, gather
from tests.fuzz.campaign import Tally, demo
from tests.fuzz.mutations import SCALARS, SNIPPETS
from tests.fuzz.watch import SECONDS, Wrong

FILES = Path(__file__).parent.parent / "importing" / "files"
ON = date(2026, 11, 24)
WAIT = 20
ROWS = (
    ("Nimi", "Sähköposti", "Puhelin", "Paikkakunnat", "Etänä", "Kielet", "Aiheet", "Suostumus", "Huomioita"),
    ("N", "n@example.org", "401234567", "Kemi, Tornio", "kyllä", "suomi", "masennus / toipuminen", "2.3.2026", "«ei»"),
    ("M", "", "040 555 0199", "Lappi", "x", "suomi; ruotsi", "psykoosi\nyksinäisyys", "2026-04-13", ""),
    ("O", "o@example.org", "", "Kemi", "", "suomi", "päihteet", "13.4.2026", "avioero"),
)
CELLS = (*SCALARS, *SNIPPETS, "=1+1", "@x", "1e400", "#REF!", "31.12.9999", "45000", "a" * 40_000, "\r\n", ";" * 300)
NUMBERS = (b"0", b"-1", b"1048576", b"99999999999", b"4294967295", b"1e999", b"")
Kind = Callable[[Random], tuple[str, bytes]]


def _cells(random: Random) -> list[list[str]]:
    """The rows with some cells, rows or columns changed."""
    rows = [[*row] for row in ROWS]
    for _ in range(random.randint(0, 4)):
        row = random.choice(rows)
        row[random.randrange(len(row))] = random.choice(CELLS)
    if random.random() < 0.3:
        rows.insert(random.randrange(len(rows)), random.choice(rows)[: random.randrange(9)] or [""])
    if random.random() < 0.3:
        random.shuffle(rows)
    return rows


def _bytes(content: bytes, random: Random) -> bytes:
    """Bytes changed, cut off, doubled or inserted."""
    spoiled = bytearray(content)
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(spoiled))
        match random.randrange(4):
            case 0:
                spoiled[at] = random.randrange(256)
            case 1:
                spoiled[at:at] = random.choice(NUMBERS) + bytes(random.randrange(3))
            case 2:
                del spoiled[at : at + random.randint(1, 30)]
            case _:
                spoiled[at:at] = spoiled[at : at + random.randint(1, 200)]
        if not spoiled:
            return b"\0"
    return bytes(spoiled if random.random() < 0.8 else spoiled[: random.randrange(len(spoiled))])


def _text(random: Random) -> tuple[str, bytes]:
    made = io.StringIO()
    csv.writer(made, delimiter=random.choice(";;,\t|"), quoting=random.choice((0, 1))).writerows(_cells(random))
    text = made.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-7")), "replace")
    return "a.csv", _bytes(text, random) if random.random() < 0.5 else text


def _workbook(random: Random) -> tuple[str, bytes]:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in _cells(random):
        with contextlib.suppress(
            ValueError, openpyxl.utils.exceptions.IllegalCharacterError
        ):  # values that openpyxl refuses to write
            book.active.append([random.choice((cell, cell, cell, 1.5, -1, ON, True, None)) for cell in row])
    book.save(made)
    return "a.xlsx", made.getvalue()


def _packed(random: Random) -> tuple[str, bytes]:
    """A workbook with one part mutated and packed again, so that the reader gets as far as its XML."""
    name, content = _workbook(random) if random.random() < 0.3 else _whole(random, ".xlsx", ".ods")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    for _ in range(random.randint(1, 2)):
        part = random.choice([one for one in parts if parts[one]])
        parts[part] = _bytes(parts[part], random) or b" "
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for one, inside in parts.items():
            packed.writestr(one, inside)
    return name, made.getvalue()


def _whole(random: Random, *endings: str) -> tuple[str, bytes]:
    file = random.choice(
        [file for file in sorted(FILES.iterdir()) if file.suffix in endings and "lock" not in file.name]
    )
    return file.name, file.read_bytes()


def _spoiled(random: Random) -> tuple[str, bytes]:
    name, content = _whole(random, ".xls", ".xls", ".xlsx", ".ods")
    return name, _bytes(content, random)


KINDS: tuple[Kind, ...] = (_text, _workbook, _packed, _packed, _spoiled)


def sheet(seed: int) -> tuple[str, bytes]:
    """A file, always the same for the same seed."""
    random = Random(seed)
    return KINDS[seed % len(KINDS)](random)


def here(_: object, *, input: bytes, **__: object) -> "subprocess.CompletedProcess[bytes]":
    """A replacement for ``subprocess.run`` that reads the workbook in this process."""
    asked, answer = mock.Mock(buffer=io.BytesIO(input)), io.StringIO()
    try:
        with mock.patch.object(sys, "stdin", asked), contextlib.redirect_stdout(answer):
            opening._main()
    except BaseException:
        return subprocess.CompletedProcess((), 1, b"")
    return subprocess.CompletedProcess((), 0, answer.getvalue().encode("utf-8"))


def examine(name: str, content: bytes, inputs: Inputs) -> tuple[bool, list[str]]:
    """Whether any row would become a profile, and everything that happened that must not."""
    start = time.process_time()
    try:
        with mock.patch.object(subprocess, "run", here):
            sheets = opening.sheets(name, content)
        found = None if isinstance(sheets, opening.Unopened) else columns.found(sheets)
        if found is None:
            return False, []
        plan = planning.plan(*found, inputs, ON)
        wrong = [what for one in plan.ready for what in _unlike(one, inputs)]
        for line in (*imports._headings(*found, "fi"), *imports._decisions(plan, inputs)):
            line.encode("utf-8")
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return False, [f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"]
    return bool(plan.ready), wrong + (["too slow"] if time.process_time() - start > 10 * SECONDS else [])


def _unlike(one: planning.Ready, inputs: Inputs) -> Iterator[str]:
    """What is wrong with a text that would be written: it is no valid profile, or the name differs from the row's."""
    document, problems = parser.read("experts/x.yml", one.text.encode())
    made = profile.read(document, inputs.vocabulary)[0] if document else None
    if problems or made is None:
        yield "what is ready is no profile"
    elif dict(made.private).get(("private", "name"), "") != one.values["name"].strip():
        yield "what is ready has another name"


def imported(seed: int, count: int, folder: Path) -> Tally:
    """Read many files in forks. A file that crashes one is read as in a real import; a new fork continues after it."""
    inputs, tally, at = gather(demo(folder).absolute() / "mkdocs.yml"), Tally(), 0
    while at < count:
        for line in _fork(seed + at, count - at, inputs):
            tally.accepted += line["accepted"]
            tally.slowest_file = max(tally.slowest_file, line["seconds"])
            tally.wrong += [Wrong(f"import, seed {seed + at}: {what}", sheet(seed + at)[1]) for what in line["wrong"]]
            at += 1
        if at < count:
            answer = opening.sheets(*sheet(seed + at))
            if not isinstance(answer, opening.Unopened):
                tally.wrong.append(Wrong(f"import, seed {seed + at}: it takes only a fork along", sheet(seed + at)[1]))
            tally.commands, at = tally.commands + 1, at + 1
    tally.files = count
    return tally.weighed()


def _fork(seed: int, count: int, inputs: Inputs) -> Iterator[dict[str, Any]]:
    """The result for each file, until all are read or the fork has crashed."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.close(reading)
        faulthandler.disable()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        with os.fdopen(writing, "w") as answers, Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            for number in range(seed, seed + count):
                name, content = sheet(number)
                signal.alarm(WAIT)
                start = time.process_time()
                accepted, wrong = examine(name, content, inputs)
                found = {"accepted": accepted, "wrong": wrong, "seconds": time.process_time() - start}
                print(json.dumps(found), file=answers, flush=True)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        yield from map(json.loads, answers)
    os.waitpid(child, 0)
