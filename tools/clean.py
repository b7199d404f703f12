"""Write ``lint/clean.txt``: hashes of those texts of the project's own pages and cards that the lint finds clean."""

from pathlib import Path
from unittest.mock import patch

from kokemus import lint
from kokemus.lint import known
from kokemus.publication.inputs import gather
from kokemus.website import guide

ROOT = Path(__file__).parent.parent
FILE = ROOT / "generator" / "kokemus" / "lint" / "clean.txt"
BESIDE = frozenset({"age", "place"})
"""With these kinds beside a text, the lint also reports details that identify somebody only in combination."""


def clean() -> str:
    """The file's content when it is up to date."""
    met: dict[str, bool] = {}
    look = lint.findings

    def noted(text: str, language: str, beside: frozenset[str] = frozenset()) -> tuple[lint.Finding, ...]:
        met[known.fingerprint(text, language)] = not look(text, language, BESIDE)
        return look(text, language, beside)

    with patch.object(known, "_clean", frozenset), patch.object(lint, "findings", noted):
        guide._guide.cache_clear()
        gather(ROOT / "mkdocs.yml")
        guide._guide.cache_clear()
    return "".join(f"{one}\n" for one in sorted(met) if met[one])


if __name__ == "__main__":
    FILE.write_text(clean(), "utf-8")
