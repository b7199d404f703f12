"""What search engines read: a topic's statements as a schema.org OfferCatalog, one Offer for each and nothing more.

An Offer says one maximal statement, so that no two values stand together that were not published together. A topic
without a statement has no data at all. Vocabulary: https://schema.org/OfferCatalog, https://schema.org/Service.
"""

from collections.abc import Callable, Iterable, Mapping

from kokemus.statement import Statement
from kokemus.vocabulary import REMOTE

Label = Callable[[str, str], str]
Data = Mapping[str, object]


def offers(topic: str, statements: Iterable[Statement], label: Label, provider: str, url: str, language: str) -> Data:
    """The topic's catalogue; empty where none of the maximal statements is about it.

    ``label`` gives the text of a term by kind and id; ``url`` is the topic's page and ``language`` that of the texts.
    """
    found = [_offer(statement, label, provider) for statement in statements if statement.topic == topic]
    if not found:
        return {}
    return {
        "@context": "https://schema.org",
        "@type": "OfferCatalog",
        "name": label("topics", topic),
        "url": url,
        "inLanguage": language,
        "itemListElement": found,
    }


def _offer(statement: Statement, label: Label, provider: str) -> Data:
    service: dict[str, object] = {
        "@type": "Service",
        "name": label("topics", statement.topic),
        "provider": {"@type": "Organization", "name": provider},
    }
    if statement.format:
        service["serviceType"] = label("formats", statement.format)
    if statement.audience:
        service["audience"] = {"@type": "Audience", "audienceType": label("audiences", statement.audience)}
    if statement.where and statement.where != REMOTE:
        service["areaServed"] = {"@type": "AdministrativeArea", "name": label("places", statement.where)}
    channel: dict[str, object] = {}
    if statement.where == REMOTE:
        channel["name"] = label("places", REMOTE)
    if statement.language:
        channel["availableLanguage"] = statement.language
    if channel:
        service["availableChannel"] = {"@type": "ServiceChannel", **channel}
    return {"@type": "Offer", "itemOffered": service}
