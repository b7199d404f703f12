"""The published part of a card: what one person signed to have shown, without a code, a file or a date."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A person's own words under an alias or their name, exactly as signed; ``texts`` are (language, text) pairs."""

    name: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    def text(self, language: str) -> tuple[str, str]:
        """The language and the text for readers of ``language``: in that language, else in the first one signed."""
        return next((pair for pair in self.texts if pair[0] == language), self.texts[0])
