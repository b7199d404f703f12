"""Coverage-guided fuzzing: atheris keeps files that reach new branches of the loader, and mutates them further.

Half of the mutations are its own, of bytes; half are ours, which know the structure of a profile.
"""

import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["kokemus"]):
    from kokemus import vocabulary
    from tests.fuzz.mutations import CHANGES, Specimen, good
    from tests.fuzz.watch import examine

ROOT = Path(__file__).parent.parent
TERMS = vocabulary.load()[0].serving(["lappi"])
TEXT, CANARIES = good(Random(0))


def one(content: bytes) -> None:
    """Test one file. All files of the corpus have the same canaries."""
    seen = examine(Specimen(content, CANARIES), TERMS)
    if seen.wrong:
        raise AssertionError([found.what for found in seen.wrong])


def change(content: bytes, most: int, seed: int) -> bytes:
    random = Random(seed)
    if random.random() < 0.5:
        return bytes(atheris.Mutate(content, most))
    text = random.choice(CHANGES)(content.decode("utf-8", "replace"), random, CANARIES)
    return text.encode("utf-8", "surrogatepass")[:most]


def main(runs: int, seed: int, corpus: Path) -> None:
    corpus.mkdir(parents=True)
    (corpus / "good.yml").write_text(TEXT, "utf-8")
    for case in (*(ROOT / "cases" / "valid").glob("*.yml"), *(ROOT / "cases" / "invalid").glob("*.yml")):
        (corpus / case.name).write_bytes(case.read_bytes())
    options = [f"-runs={runs}", f"-seed={seed}", "-max_len=4096", "-timeout=5", "-rss_limit_mb=2000"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
