"""``make bench-lint``: recall and precision of the text lint, kind by kind, on sets of labelled sentences.

The lint was developed on ``leak-sentences.tsv``. ``sentences.tsv`` was written and committed before the rules, and
before the first set was read. ``sentences-2.tsv`` was written to develop what the first rules missed.
``sentences-3.tsv`` and ``sentences-4.tsv`` were written by others who had not seen the rules. ``FIRST`` has the results
on these when the lint first saw them. It has been improved with them since, so only ``FIRST`` shows how well it does on
unknown texts.

A label counts as found if a finding overlaps it, and as *own* if the finding is also of the label's kind. A finding
counts as right if it overlaps a label. A sentence counts as found if one of its labels is found, and as clean if it has
no label.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kokemus import lint
from kokemus.lint import Finding

SETS = {
    "given": "leak-sentences.tsv",
    "own": "sentences.tsv",
    "developed": "sentences-2.tsv",
    "third": "sentences-3.tsv",
    "fourth": "sentences-4.tsv",
}
FIRST = {
    "third": "60 of 60 sentences found (65 of 67 labels), 0 of 40 clean ones reported",
    "fourth": "60 of 60 sentences found (68 of 69 labels), 3 of 40 clean ones reported",
}
KIND = {
    "HETU": {"identity-code"},
    "IBAN": {"bank-account"},
    "YTUNNUS": {"business-id"},
    "EMAIL": {"email"},
    "PHONE": {"phone"},
    "URL": {"link"},
    "HANDLE": {"handle"},
    "ADDRESS": {"address"},
    "DATE": {"date"},
    "AGE": {"age"},
    "NAME": {"name"},
    "PLACE": {"place"},
    "ORG": {"organisation"},
    "OCCUPATION": {"post"},
}
INDIRECT = {"PLACE", "ORG", "AGE", "DATE", "OCCUPATION"}


@dataclass(frozen=True)
class Label:
    """An identifying detail in a sentence: its kind and its span."""

    kind: str
    start: int
    end: int

    def met_by(self, finding: Finding) -> bool:
        return self.start < finding.end and finding.start < self.end


@dataclass(frozen=True)
class Sentence:
    id: str
    language: str
    text: str
    labels: tuple[Label, ...]

    @property
    def combines(self) -> bool:
        """Whether the sentence has details of two kinds that are harmless alone."""
        return len({label.kind for label in self.labels} & INDIRECT) > 1

    @property
    def due(self) -> tuple[Label, ...]:
        """The labels that must be found. An everyday occupation counts only as part of a combination."""
        return tuple(label for label in self.labels if label.kind != "OCCUPATION" or not self.combines)


@dataclass
class Score:
    """Counts over a set, by kind of label and by kind of finding."""

    due: Counter[str]
    found: Counter[str]
    own: Counter[str]
    told: Counter[str]
    right: Counter[str]
    wrong: list[str]
    sentences: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.found.total() / self.due.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.told.total()

    @property
    def sentence_recall(self) -> float:
        """The share of sentences with labels in which at least one label is found."""
        return self.sentences["found"] / self.sentences["identifying"]

    @property
    def quiet(self) -> float:
        """The share of clean sentences in which nothing is found."""
        return 1 - self.sentences["reported"] / self.sentences["clean"]


def sentences(name: str) -> list[Sentence]:
    """The sentences of a set, with the span of each label."""
    found = []
    for line in (Path(__file__).parent / SETS[name]).read_text("utf-8").splitlines()[1:]:
        id, language, labels, text = line.split("\t")
        spans = []
        for label in filter(None, labels.split("|")):
            kind, _, words = label.partition(":")
            start = text.index(words)
            spans.append(Label(kind, start, start + len(words)))
        found.append(Sentence(id, language, text, tuple(spans)))
    return found


def score(name: str) -> Score:
    """The lint's score on a set. A ``combination`` is expected if the labels say so."""
    total = Score(Counter(), Counter(), Counter(), Counter(), Counter(), [])
    for sentence in sentences(name):
        findings = lint.findings(sentence.text, sentence.language)
        single = [finding for finding in findings if finding.kind != "combination"]
        if sentence.labels:
            total.sentences["identifying"] += 1
            total.sentences["found"] += any(label.met_by(finding) for label in sentence.labels for finding in single)
        else:
            total.sentences["clean"] += 1
            total.sentences["reported"] += bool(single)
        for label in sentence.due:
            met = [finding for finding in single if label.met_by(finding)]
            total.due[label.kind] += 1
            total.found[label.kind] += bool(met)
            total.own[label.kind] += any(finding.kind in KIND[label.kind] for finding in met)
            if not met:
                total.wrong.append(f"missed {sentence.id} {label.kind}: {sentence.text}")
        for finding in single:
            right = any(label.met_by(finding) for label in sentence.labels)
            total.told[finding.kind] += 1
            total.right[finding.kind] += right
            if not right:
                words = sentence.text[finding.start : finding.end]
                total.wrong.append(f"false {sentence.id} {finding.kind} {words!r}: {sentence.text}")
        if name == "own":
            combined = len(findings) > len(single)
            total.due["COMBINATION"] += sentence.combines
            total.found["COMBINATION"] += sentence.combines and combined
            total.own["COMBINATION"] += sentence.combines and combined
            total.told["combination"] += combined
            total.right["combination"] += sentence.combines and combined
            if combined != sentence.combines:
                total.wrong.append(f"combination {'false' if combined else 'missed'} {sentence.id}: {sentence.text}")
    return total


def milliseconds() -> float:
    """CPU milliseconds for one sentence, after the tables are loaded."""
    every = [sentence for name in SETS for sentence in sentences(name)]
    lint.findings("Mikko", "fi")
    start = time.process_time()
    for sentence in every * 5:
        lint.findings(sentence.text, sentence.language)
    return (time.process_time() - start) * 1000 / len(every) / 5


def start_up(before: str) -> float:
    """CPU seconds for the lint's import and first sentence, beyond what a fresh Python takes for ``before``."""

    def run(code: str) -> float:
        best = float("inf")
        for _ in range(5):
            before = os.times()
            subprocess.run([sys.executable, "-c", code], check=True)
            after = os.times()
            best = min(best, sum(after[2:4]) - sum(before[2:4]))
        return best

    return run("from kokemus import lint; lint.findings('Mikko', 'fi')") - run(before)


def main() -> None:
    for name, file in SETS.items():
        total = score(name)
        print(f"{name}: {file}, {len(sentences(name))} sentences")
        for kind in sorted(total.due):
            due, found, own = total.due[kind], total.found[kind], total.own[kind]
            if due:
                print(f"  recall    {kind:13} {found:3}/{due:3} = {found / due:.2f}   as its own kind {own / due:.2f}")
        for kind in sorted(total.told):
            right, told = total.right[kind], total.told[kind]
            if told:
                print(f"  precision {kind:13} {right:3}/{told:3} = {right / told:.2f}")
        print(f"  recall {total.recall:.3f}, precision {total.precision:.3f}")
        print(f"  sentences found {total.sentence_recall:.3f}, clean ones left alone {total.quiet:.3f}")
        if name in FIRST:
            print(f"  when first seen: {FIRST[name]}")
        for line in total.wrong:
            print(f"    {line}")
    alone, added = start_up("pass"), start_up("from kokemus.vocabulary import node")
    print(f"{milliseconds():.3f} ms a sentence; {alone:.3f} s to start, {added:.3f} s more than reading profiles takes")


if __name__ == "__main__":
    main()
