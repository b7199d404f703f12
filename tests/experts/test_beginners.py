"""What is said about the mistakes of somebody who writes their first profile."""

import pytest

from kokemus.documents import parser
from kokemus.documents.problems import Problem
from kokemus.experts import profile
from kokemus.vocabulary import Vocabulary

WHOLE = """consent:
  given: 2026-03-02
languages: [fi]
remote: false
places: [kemi]
formats: [class-talk]
offers:
  - topic: Yksinäisyys
card:
  consent: 2026-03-02
  name: Aino
  text: {fi: Puhun arjesta.}
private: {name: Kukaan Keksitty}
"""


def told(old: str, new: str, vocabulary: Vocabulary) -> list[Problem]:
    assert WHOLE.count(old) == 1
    document, _ = parser.read("experts/x7k2m.yml", WHOLE.replace(old, new).encode())
    assert document
    return list(profile.read(document, vocabulary)[1])


@pytest.mark.parametrize("key", ["photo", "Kuva", "bild"])
@pytest.mark.parametrize("below", ["languages:", "  name: Aino"])
def test_a_profile_has_no_picture(key: str, below: str, lapland: Vocabulary) -> None:
    """What is told is not a list of keys, but what to do with the line and the picture."""
    indent = below[: len(below) - len(below.lstrip())]
    (found,) = told(below, f"{indent}{key}: kuvat/x.png\n{below}", lapland)
    assert (found.code, found.route[-1]) == ("card-picture", key)


def test_a_topic_signed_alone_is_written_below_the_consent(lapland: Vocabulary) -> None:
    """With the topic of that very offer, and in the same words if it is written there in place of a list."""
    (found,) = told("Yksinäisyys", "Yksinäisyys\n    solo: true", lapland)
    assert (found.code, "solo: [loneliness]" in found.help) == ("solo-in-offer", True)
    (found,) = told("languages", "  solo: true\nlanguages", lapland)
    assert (found.code, "solo: [loneliness]" in found.help) == ("not-a-list", True)


@pytest.mark.parametrize("word", ["etävierailu", "Teams", "på distans", "remote"])
def test_coming_remotely_is_no_format(word: str, lapland: Vocabulary) -> None:
    """The line that says otherwise is named, if there is one."""
    (found,) = told("[class-talk]", f"[class-talk, {word}]", lapland)
    assert (found.code, "line 4 now says" in found.help) == ("no-format", True)
    (found,) = told("false\nplaces: [kemi]\nformats: [class-talk]", f"true\nformats: [class-talk, {word}]", lapland)
    assert (found.code, "line" in found.help.split("the line")[0]) == ("no-format", False)
