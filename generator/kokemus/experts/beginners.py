"""Mistakes of people who write their first profile, told so that what they meant can be written at once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, problem
from kokemus.vocabulary import Vocabulary, meant
from kokemus.vocabulary.examples import EXAMPLES
from kokemus.vocabulary.terms import REMOTE


def told(document: Document, problems: Iterable[Problem], vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems; those about a picture, a visit from afar and a topic signed alone say what to do about them."""
    for found in problems:
        key = found.route[-1] if found.route else ""
        if found.code == "unknown-key" and meant.is_picture(str(key)):
            yield problem("card-picture", found.path, found.route)
        elif found.code == "unknown-key" and key == "solo" and found.route[0] == "offers":
            topic = document.at((*found.route[:-1], "topic"))
            yield problem("solo-in-offer", found.path, found.route, example=_alone(topic, vocabulary))
        elif found.code == "not-a-list" and found.route == ("consent", "solo"):
            typed = document.at(found.route)
            topics = (text for route, text in document.leaves("offers") if route[-1] == "topic")
            example = _alone(typed if isinstance(typed, str) else next(topics, None), vocabulary)
            yield replace(found, values=(("example", example),))
        elif found.code == "unknown-format" and meant.place(str(document.at(found.route))) == REMOTE:
            line = document.marks.get(("remote",))
            is_denied = line and document.at(("remote",)) is False
            yield problem("no-format", found.path, found.route, **({"near": line.line} if line and is_denied else {}))
        else:
            yield found


def _alone(topic: object, vocabulary: Vocabulary) -> str:
    """How a topic of the profile is written as one that may be listed alone."""
    id = vocabulary.topics.find(topic) if isinstance(topic, str) else None
    return f"solo: [{id}]" if id else EXAMPLES["solo"]
