"""What one person signed to have shown of them: a card, without a code, a file or a date."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A person's own words under an alias or their name, exactly as signed; texts by language."""

    name: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    def text(self, language: str) -> tuple[str, str]:
        """The language and the text to show a reader of ``language``: theirs, or else the first that was signed."""
        return next((pair for pair in self.texts if pair[0] == language), self.texts[0])
