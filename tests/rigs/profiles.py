"""Small profiles as text, for tests that need experts who are not in the demo."""

from datetime import date

from kokemus.documents import parser
from kokemus.experts import profile
from kokemus.experts.profile import Profile
from kokemus.vocabulary import Vocabulary

GIVEN = date(2026, 3, 2)


def text(
    *,
    consent: str = "given: 2026-03-02",
    languages: str = "[fi]",
    places: str = "[kemi]",
    remote: bool = True,
    offers: str = "[{topic: depression, formats: [class-talk]}]",
    more: str = "",
) -> str:
    """A profile's YAML; each part is YAML in flow style."""
    return (
        f"consent: {{{consent}}}\nlanguages: {languages}\nplaces: {places}\n"
        f"remote: {str(remote).lower()}\noffers: {offers}\n{more}"
    )


def read(content: str, vocabulary: Vocabulary, code: str = "x1") -> Profile:
    """The profile in a valid text."""
    document, problems = parser.read(f"experts/{code}.yml", content.encode())
    assert document, problems
    found, problems = profile.read(document, vocabulary)
    assert found, problems
    return found
