"""The choices of a question, grouped by legend: from the vocabulary, or as written in the form's file."""

from collections.abc import Iterable, Iterator

from kokemus.request_form.questions import Entry
from kokemus.vocabulary import Term, Vocabulary


def choices(
    entry: Entry, vocabulary: Vocabulary, language: str, languages: Iterable[str]
) -> Iterator[tuple[str, list[Term]]]:
    """A question's choices by legend.

    Topics come group by group after «not yet»; others come in one group with «other» last.
    """
    own = [Term(id=option["value"], labels=option["label"]) for option in entry.get("options", ())]
    match entry.get("options_from"):
        case "topics":
            topics = vocabulary.topics.by_label(language)
            yield "", own
            for group in vocabulary.groups.values():
                yield group.label(language), [topic for topic in topics if topic.facts.get("group") == group.id]
            yield "", [topic for topic in topics if topic.facts.get("group") not in vocabulary.groups]
        case "formats":
            yield "", [*vocabulary.formats.values(), *own]
        case "audiences":
            yield "", [*vocabulary.audiences.values(), *own]
        case "languages":
            yield "", [*vocabulary.languages.values()]
        case "answer-languages":
            yield "", [vocabulary.languages[id] for id in languages]
        case "municipalities":
            places = (place for place in vocabulary.places.by_label(language) if place.id in vocabulary.served)
            smallest = [place for place in places if [*vocabulary.within(place.id)] == [place.id]]
            yield "", [*own[:-1], *smallest, *own[-1:]]
        case _:
            yield "", own
