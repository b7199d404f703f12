"""Mistakes in a file that people edit by hand, each as a function from the valid text to the broken one.

They work on any profile. If one does not apply, it returns the text unchanged.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

Break = Callable[[str], str | bytes]
"""From the valid text of a profile to the broken one."""

_KEYS = ("consent", "given", "languages", "places", "offers", "topic", "formats", "card", "private", "name")
_LISTS = ("languages", "places", "formats", "topics")


def _first(pattern: str, new: str, text: str) -> str:
    """The text with the first match of a pattern replaced, in any line."""
    return re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


def _every(pattern: str, new: str, text: str) -> str:
    return re.sub(pattern, new, text, flags=re.MULTILINE)


def _cut(share: int, text: str) -> str:
    """The first percent of a text, given by ``share``, followed by an open bracket."""
    return f"{text[: len(text) * share // 100]}\nleft: [\n"


def _twice(key: str, text: str) -> str:
    """A key repeated on the line below it, with the same indentation."""
    found = re.search(rf"^( *)(- )?{key}:.*\n", text, re.MULTILINE)
    again = f"{found[1]}{'  ' if found[2] else ''}{key}: x\n" if found else ""
    return text.replace(found[0], found[0] + again, 1) if found else text


def _conflict(text: str) -> str:
    """The marks of an unfinished merge around the middle third of the lines."""
    lines = text.splitlines(keepends=True)
    third = len(lines) // 3
    middle = lines[third : 2 * third]
    both = ["<<<<<<< HEAD\n", *middle, "=======\n", *middle[:-1], ">>>>>>> 1f2e3d4 (A change)\n"]
    return "".join([*lines[:third], *both, *lines[2 * third :]])


def _in_one_line(text: str) -> str:
    return " ".join(line for line in text.split("\n") if not line.startswith("#"))


def _on_lines_of_their_own(text: str) -> str:
    """Every list with one item per line, and an open list at the end."""

    def spread(found: re.Match[str]) -> str:
        items = "\n".join(f"{found[1]}  - {item.strip()}" for item in found[3].split(","))
        return f"{found[1]}{found[2]}:\n{items}"

    return re.sub(r"^( *)(\w+): \[([^\]\n]+)\]", spread, text, flags=re.MULTILINE) + "left: [\n"


def _private_first(text: str) -> str:
    """The private part first, and one space too many before the part that follows it."""
    found = re.search(r"^private:\n(?: .*\n?)+", text, re.MULTILINE)
    rest = text.replace(found[0], "") if found else ""
    return f"{found[0]} {rest[rest.index('consent:') :]}" if found else text


def _in_finnish(text: str) -> str:
    """Keys in Finnish, as somebody may guess them."""
    for key, word in (("languages", "kielet"), ("places", "paikat"), ("formats", "tavat"), ("offers", "aiheet")):
        text = _every(rf"\b{key}:", f"{word}:", text)
    return text


def _of_keys() -> Mapping[str, Break]:
    found: dict[str, Break] = {}
    for key in _KEYS:
        found[f"{key}: misspelt"] = partial(_every, rf"^([ -]*){key}:", rf"\1{key[0]}{key[2:]}x:")
        found[f"{key}: no colon"] = partial(_first, rf"^([ -]*{key}):", r"\1")
        found[f"{key}: twice"] = partial(_twice, key)
        found[f"{key}: one space too many"] = partial(_first, rf"^([ -]*{key}:)", r" \1")
        found[f"{key}: only a bracket"] = partial(_first, rf"^([ -]*{key}:).*", r"\1 [")
        found[f"{key}: nothing after it"] = partial(_first, rf"^([ -]*{key}:)[\s\S]*", r"\1 [")
        found[f"{key}: cut off in it"] = partial(_first, rf"^([ -]*{key[:-1]})[\s\S]*", r"\1\n]")
    return found


def _of_lists() -> Mapping[str, Break]:
    found: dict[str, Break] = {}
    for key in _LISTS:
        listed = rf"^([ -]*{key}: )\[([^\]\n]*)\]"
        found[f"{key}: never closed"] = partial(_first, listed, r"\1[\2")
        found[f"{key}: never opened"] = partial(_first, listed, r"\1\2]")
        found[f"{key}: no brackets"] = partial(_first, listed, r"\1\2, x")
        found[f"{key}: round brackets"] = partial(_first, listed, r"\1(\2)")
        found[f"{key}: semicolons"] = partial(_first, rf"^([ -]*{key}: \[[\w-]+), ", r"\1; ")
        found[f"{key}: a term misspelt"] = partial(_first, listed, r"\1[\2x]")
        over = rf"^( *)((?:- )?{key}: \[\w+), ([^\]\n]*)\]"
        found[f"{key}: over two lines"] = partial(_first, over, r"\1\2,\n\1  \3")
    return found


BREAKAGES: Mapping[str, Break] = {
    **_of_keys(),
    **_of_lists(),
    **{f"cut off at {share} %": partial(_cut, share) for share in range(5, 100, 10)},
    "a topic misspelt": partial(_first, r"topic: ([\w-]+)", r"topic: \1x"),
    "a topic cut short": partial(_first, r"topic: (\w{3})[\w-]+", r"topic: \1"),
    "lists on lines of their own, and one left open": _on_lines_of_their_own,
    "the private part first, and the rest indented": _private_first,
    "keys in Finnish": _in_finnish,
    "a tab as indentation": partial(_first, r"^  ", "\t"),
    "tabs as indentation": partial(_every, r"^(?:  )+", "\t"),
    "a tab in a value": partial(_first, r": ", ":\t"),
    "a no-break space as indentation": partial(_first, r"^  ", "\N{NO-BREAK SPACE} "),
    "no-break spaces as indentation": partial(_every, r"^(?:  )+", "\N{NO-BREAK SPACE}" * 2),
    "no-break spaces after colons": partial(_every, r": ", ":\N{NO-BREAK SPACE}"),
    "no-break spaces everywhere": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "an invisible letter in a topic": partial(_first, r"topic: (\w)", "topic: \\1\N{ZERO WIDTH SPACE}x"),
    "no spaces after colons": partial(_every, r": ", ":"),
    "no spaces after dashes": partial(_every, r"^( *)- ", r"\1-"),
    "no indentation": partial(_every, r"^ +", ""),
    "a bracket before each part": partial(_every, r"^(?=[a-z])", "  x: [\n"),
    "a conflict": _conflict,
    "a conflict's beginning": lambda text: f"<<<<<<< HEAD\n{text}",
    "a conflict's end": lambda text: f"{text}=======\n>>>>>>> theirs\n",
    "a quote never closed": partial(_first, r'^( *text: "[^"\n]*)"', r"\1"),
    "a single quote never closed": partial(_first, r"^( *given: )", r"\1'"),
    "a stray quote": lambda text: f'{text}"\n',
    "a stray bracket": lambda text: f"{text}]\n",
    "a brace never closed": partial(_first, r"^consent:", "consent: {"),
    "an anchor": partial(_first, r"^(languages|places): ", r"\1: &x "),
    "a tag": partial(_first, r"^(languages|places): ", r"\1: !!set "),
    "a second document": partial(_first, r"^(languages|offers):", r"---\n\1:"),
    "pasted twice": lambda text: text + text,
    "in one line": _in_one_line,
    "wide colons": partial(_every, ":", "\N{FULLWIDTH COLON}"),
    "equals signs": partial(_every, ": ", " = "),
    "an impossible day": partial(_first, r"given: \d{4}-\d\d-\d\d", "given: 2026-02-30"),
    "a Finnish day": partial(_first, r"given: (\d{4})-(\d\d)-(\d\d)", r"given: \3.\2.\1"),
    "a day of a far year": partial(_first, r"given: \d{4}", "given: 2062"),
    "no day": partial(_first, r"given: \S+", "given:"),
    "neither true nor false": partial(_first, r"remote: \w+", "remote: ehkä"),
    "a note with an unknown key": lambda text: f"{text}muista: soita ensi viikolla, ei koulun numeroon\n",
    "a note without a key": lambda text: f"{text}Soitetaan ensi viikolla, ei koulun numeroon.\n",
    "a brace around it": lambda text: f"{{\n{text}}}\n",
    "empty": lambda _: "",
    "zeros, as after a power cut": lambda text: b"\0" * len(text),
    "zeros at the end": lambda text: text.encode()[: len(text) // 2] + b"\0" * len(text),
    "a letter in another encoding": lambda text: text.encode() + b"# \xe4\n",
    "another encoding": lambda text: f"{text}# ääkköset\n".encode("cp1252", "replace"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "a control character": lambda text: text.replace("\n", "\n\x07", 3),
    "too large": lambda text: f"{text}# {'x' * 70_000}",
}

COPIES = ("{upper}.yml", "{code} (1).yml", "{code} - kopio.yml", "{code}.yml.bak", "{code}.YAML", "Copy of {code}.yml")
"""Names that a copy of a profile beside it may have."""
