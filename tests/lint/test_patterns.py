"""The time of each pattern of the lint is proportional to the length of the text, whatever the text."""

import re
import time
from collections.abc import Iterator

import pytest

from kokemus import lint
from kokemus.lint import names, organisations, phrases
from tests.rigs.growth import LINEAR, growth

LETTERS = 64 * 1024
ATOMS = (
    *(
        "a",
        "A",
        "1",
        "0",
        " ",
        "\n",
        ".",
        "-",
        "@",
        "(",
        ":",
        "_",
        "/",
        "ä",
        "O",
        "+",
        "a.",
        "a-",
        "a ",
        "A ",
        "aA",
        "a1",
        "1 ",
    ),
    *(
        "1.",
        "0 ",
        "0-",
        "1,",
        "a@",
        "a@a",
        "a@a.",
        "a (at) ",
        "a ät ",
        "a piste ",
        "www.",
        "https://",
        "ig ",
        "ig a",
        "instagram ",
    ),
    *(
        "nimellä ",
        "nimimerkki ",
        "asun ",
        "osoite a ",
        "katu ",
        "katu 1",
        "PL ",
        "puh ",
        "nolla ",
        "yksi",
        "yksi ",
        "kymmentä",
        "toista",
    ),
    *(
        "kolmas ",
        "toukokuu ",
        "toukokuun ",
        "third of ",
        "12.",
        "12.3.",
        "2019",
        "2019-",
        "1987 ",
        "80-luvun ",
        "tuhatyhdeksänsataa",
    ),
    *(
        "olen ",
        "olen 1",
        "täytin ",
        "täytin yksi",
        "jag är ",
        "i am ",
        "twenty-",
        "twenty ",
        "in my ",
        "päivä ",
        "vuonna ",
        "vuonna yksi",
    ),
    *(
        "jag heter ",
        "nimeni on ",
        "äitini ",
        "my sister ",
        "kylän ainoa ",
        "romaanin ",
        "romaanin A",
        "A a ",
        "A A ",
        "OYS:",
        "OYS-",
    ),
    *(
        "järven ",
        "järven",
        "lais",
        "laisi",
        "ssa",
        "ry ",
        "a ry ",
        "osasto ",
        "osasto 1",
        "-luvun",
        "talet",
        "\n\n",
        "\n ",
        "A. ",
        "A.",
    ),
    *(
        "010190-",
        "AB12",
        "AB12 1234 ",
        "ABC-",
        "jäsennumero ",
        "12:",
        "&",
        "#1234",
        "a#",
        "12345 A",
        "1 a 1 ",
        "klo ",
        "gmail ",
        "a gmail ",
    ),
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that is matched against texts, by a name."""
    for by_kind in lint.every_pattern():
        for kind, ones in by_kind.items():
            yield from ((f"{kind}-{one.pattern[:40]}", one) for one in ones)
    for module in (lint, names, organisations, phrases):
        yield from (
            (f"{module.__name__}.{name}", one) for name, one in vars(module).items() if isinstance(one, re.Pattern)
        )


PATTERNS = dict(patterns())


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def worst(pattern: re.Pattern[str], letters: int = LETTERS) -> tuple[float, str]:
    """The longest time that the pattern takes with one atom repeated to this length, and that atom.

    Only the atoms that are worst in a short text are tried in the full length.
    """
    short = sorted(ATOMS, key=lambda atom: -seconds(pattern, (atom * letters)[: letters // 32]))
    return max((seconds(pattern, (atom * letters)[:letters]), atom) for atom in short[:3])


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_each_pattern_is_linear_in_its_own_worst_text(pattern: re.Pattern[str]) -> None:
    """64 KiB of the atom that is hardest for this pattern: within a second, or in proportion on a slow machine."""
    taken, atom = worst(pattern)
    assert taken < 1 or growth(lambda letters: seconds(pattern, (atom * letters)[:letters]), LETTERS // 8) < LINEAR, (
        atom
    )


@pytest.mark.slow
def test_the_measure_notices_a_pattern_that_is_quadratic() -> None:
    """The control: an unbounded repeat."""
    quadratic = re.compile(r"[\w.+-]+@")
    assert growth(lambda letters: seconds(quadratic, "a" * letters), LETTERS // 64) > LINEAR


@pytest.mark.slow
@pytest.mark.parametrize(
    "atom", ["A ", "a@a ", "Mikko ", "\n", "OYS:ssa ", "12.3.2019 ", "laisi", "Oulun koulu ", "Elvis "]
)
def test_the_whole_lint_is_linear(atom: str) -> None:
    """Not only its patterns, but also what it does with words and findings: 16 KiB, beside an eighth of it."""
    assert growth(lambda letters: lint.findings((atom * letters)[:letters], "fi"), LETTERS // 32) < LINEAR
