"""Salvage: whatever is wrong with a profile's file, the audit knows its private values."""

import pytest

from kokemus import audit, resources
from kokemus.documents.document import Document
from kokemus.experts import salvage
from tests.rigs.growth import LINEAR, growth

NAME = "Venla Keksitty"
THANKS = f"Kiitos, {NAME}!"
BROKEN = "remote: true: [\n"
SHAPES = {
    "a line": "private:\n  name: Venla Keksitty\n  bad: [\n",
    "folded lines": f"{BROKEN}private:\n  name: >-\n    Venla Keksitty\n",
    "kept lines": f"{BROKEN}private:\n  name: |\n    Venla\n    Keksitty\n",
    "the next line": f"{BROKEN}private:\n  name:\n    Venla Keksitty\n",
    "a list": f"{BROKEN}private:\n  name:\n    - Venla Keksitty\n",
    "quotes over two lines": f'{BROKEN}private:\n  name: "Venla\n    Keksitty"\n',
    "an anchor": "private:\n  name: &n Venla Keksitty\n",
    "a tag": "private:\n  name: !!str Venla Keksitty\n",
    "a comment": "private:\n  name: Venla Keksitty   # nimi\n",
    "a quoted key": f'{BROKEN}private:\n  "full name": Venla Keksitty\n',
    "a key of two words": f"{BROKEN}private:\n  koko nimi: Venla Keksitty\n",
    "an explicit key": f"{BROKEN}private:\n  ? name\n  : Venla Keksitty\n",
    "a key that is public elsewhere": f"{BROKEN}private:\n  text: Venla Keksitty\n",
    "a merge key": "private:\n  <<: {name: Venla Keksitty}\n",
    "a list in a line": f"{BROKEN}private: [Venla Keksitty]\n",
    "a mapping in a line": f"{BROKEN}private: {{name: Venla Keksitty, pin: 1}}\n",
    "no mapping": "private: Venla Keksitty\n",
    "no space after the colon": "private:\n  name:Venla Keksitty\n",
    "no colon": "private:\n  name Venla Keksitty\n",
    "no colon after private": f"{BROKEN}private\n  Venla Keksitty\n",
    "private misspelt": "Privat:\n  name: Venla Keksitty\n",
    "an equals sign": "private:\n  name = Venla Keksitty\n",
    "escapes": f'{BROKEN}private:\n  name: "Venla\\x20Keks\\u0069tty"\n',
    "a tab": "private:\n\tname: Venla Keksitty\n",
    "a merge that was never finished": "<<<<<<< ours\nprivate:\n  name: Venla Keksitty\n=======\n>>>>>>> theirs\n",
    "everything indented": "  consent:\n    given: x\n  private:\n    name: Venla Keksitty\n",
    "a key that nobody knows": "consent: {given: 2026-03-02}\nnimi: Venla Keksitty\n",
    "a pair among others": "offers:\n  - {topic: [, who: Venla Keksitty}\n",
    "an unknown key of an offer": "offers:\n  - topic: [\n    who: Venla Keksitty\n",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


PUBLIC_TEXTS = resources.public()


def leaking(content: bytes, *pages: str) -> list[str]:
    """The hand-written pages that the audit stops because of a file."""
    secrets = audit.secrets([salvage.document("experts/x.yml", content)])
    kept = audit.unexplained(secrets, PUBLIC_TEXTS, pages)
    return [page for page in pages if audit.leaks([("p.html", page.encode())], kept)]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_name_is_known_in_every_shape_of_a_broken_file(shape: str) -> None:
    """The name is found on a page as people write it. Another name is not."""
    assert leaking(shape.encode(), THANKS, "Kiitos, Sanna Tekaistu!") == [THANKS]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_is_known_in_every_encoding(encoding: str) -> None:
    """With or without a byte order mark."""
    assert leaking(f"private:\n  name: {NAME}\n  notes: ääkköset\n".encode(encoding), THANKS)


PUBLIC = {
    "a misspelt key with a term": ("offers:\n  - topc: masennus\n", "Puhumme siitä, mitä masennus on."),
    "a misspelt key with a word": ("huom: pimeimmän\n", "Kirjoittaminen kantoi pimeimmän ajan yli."),
    "a misspelt key with a day": ("admited: 2026-10-01\n", '"edition": "2026-10-01"'),
    "pairs as an address has them": (
        "consent:\n  solo:\n    - {topic: hope, format: panel}\n",
        "?topic=hope&format=panel",
    ),
    "an impossible day": ("consent: {given: 2026-02-30}\n", "2026-02-30"),
    "a misspelt term": ("places: [kemi, tornoi]\n", "tornoi"),
}


@pytest.mark.parametrize(("content", "page"), PUBLIC.values(), ids=PUBLIC)
def test_a_typing_error_makes_no_secret_of_a_word(content: str, page: str) -> None:
    """Otherwise one broken file would take down what others agreed to show, or the whole site."""
    assert not leaking(content.encode(), page)


PASTED = {
    "a photo": "A" * 2_000_000,
    "words": "ab " * 500_000,
    "brackets": "{" * 500_000,
    "keys": "a: " * 500_000,
    "open brackets": ": {a\n" * 300_000,
    "a table": "".join(f"  k: {number}\n" for number in range(100_000)),
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_nothing_pasted_takes_long(pasted: str) -> None:
    """The time grows no faster than the text, such as a photo in base64 or a whole novel."""

    def read(size: int) -> Document:
        return salvage.document("experts/x.yml", f"photo: |\n  {pasted[:size]}\n".encode())

    assert growth(read, salvage.MOST // 32) < LINEAR


def test_of_what_is_pasted_no_more_is_read_than_a_profile_can_hold() -> None:
    """Whatever follows takes no time at all."""
    content = PASTED["words"].encode()
    assert len(content) > salvage.MOST
    assert salvage.document("x.yml", content) == salvage.document("x.yml", content[: salvage.MOST])
