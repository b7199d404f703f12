"""Writes ``public/search/need.json``: the weights by which the search knows that somebody may be in need.

A logistic regression learns them from the phrases in ``tools/need.tsv``. The features are those of
``public/templates/need.js``, which Node runs. ``make need`` runs this.
"""

import hashlib
import json
import subprocess
from itertools import accumulate
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parent.parent
PUBLIC = ROOT / "generator" / "kokemus" / "public"
SCRIPT = PUBLIC / "templates" / "need.js"
PHRASES = ROOT / "tools" / "need.tsv"
WEIGHTS = PUBLIC / "search" / "need.json"

STRENGTH = 1
IN_NEED = 2
MISREAD = 3
"""How much a phrase of somebody in need counts, and one that a first attempt gets wrong. Chosen, like the strength, on
five sets written by others, each left out in turn."""


def phrases() -> list[tuple[str, bool]]:
    """What is typed, and whether the person is in need."""
    lines = PHRASES.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [(text, means == "need") for _, means, text in rows]


def features(texts: list[str]) -> tuple[csr_matrix, str]:
    """One row for each text, with 1 at the place of each of its features; and the signs of the weights, least first."""
    script = f"{SCRIPT.read_text('utf-8')}\nconst texts = {json.dumps(texts)};\n"
    script += "console.log(JSON.stringify([texts.map((text) => [...features(text)]), PLACES, SIGNS]));"
    node = [ROOT / ".venv" / "bin" / "node", "--input-type=module", "-"]
    found, width, signs = json.loads(
        subprocess.run(  # noqa: S603 (a list of words, no shell)
            node, input=script, capture_output=True, text=True, check=True
        ).stdout
    )
    ends = [0, *accumulate(len(some) for some in found)]
    places = [place for some in found for place in some]
    return csr_matrix((np.ones(len(places)), places, ends), shape=(len(texts), width)), signs


def learned() -> dict[str, object]:
    """The weights in steps, a sign each; the bias in the same steps; and what they were learned from."""
    texts, answers = zip(*phrases(), strict=True)
    rows, signs = features([*texts])
    model = LogisticRegression(
        C=STRENGTH, class_weight={False: 1, True: IN_NEED}, solver="liblinear", max_iter=1000, random_state=0
    )
    counts = np.where(model.fit(rows, [*answers]).predict(rows) == answers, 1, MISREAD)
    weights = model.fit(rows, [*answers], sample_weight=counts).coef_[0]
    middle = len(signs) // 2
    step = np.quantile(abs(weights[weights != 0]), 0.99) / middle
    steps = np.clip(np.round(weights / step), -middle, middle).astype(int)
    return {
        "learned from": hashlib.sha256(PHRASES.read_bytes()).hexdigest(),
        "bias": round(float(model.intercept_[0] / step)),
        "weights": "".join(signs[middle + weight] for weight in steps),
    }


if __name__ == "__main__":
    WEIGHTS.write_text(json.dumps(learned(), indent=1) + "\n", "utf-8")
