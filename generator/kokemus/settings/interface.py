"""The languages of the pages, which are not those of the visits."""

from kokemus.resources import LANGUAGES
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Node


def read(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The languages that the configuration chooses; those that the pages do not have are reported."""
    found: list[str] = []
    for item in node.items("languages"):
        language = item.term(vocabulary.languages, "language")
        if language in found:
            item.report("named-twice", term=language)
        elif language:
            found.append(language)
    arranged = node.at("arranges").at("languages").data
    words = arranged if isinstance(arranged, list) else []
    spoken = {vocabulary.languages.find(one) for one in words if isinstance(one, str)}
    for language in found:
        if language not in LANGUAGES:
            term = vocabulary.languages[language]
            node.report(
                "interface-language",
                "languages",
                language=term.label("en"),
                language_fi=term.label("fi"),
                known=", ".join(f"{id} ({vocabulary.languages[id].label('en')})" for id in LANGUAGES),
                **({"near": language} if language in spoken else {}),
                known_fi=", ".join(f"{id} ({vocabulary.languages[id].label('fi')})" for id in LANGUAGES),
            )
    return tuple(language for language in found if language in LANGUAGES) or LANGUAGES
