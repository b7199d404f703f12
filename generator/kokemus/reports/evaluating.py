"""The message that asks a host for an evaluation after a visit, and a summary of the evaluations that came."""

from collections.abc import Iterator

from kokemus.reports import messages, paper
from kokemus.requests.evaluation import Joined
from kokemus.requests.request import Request
from kokemus.settings import Settings
from kokemus.vocabulary import Vocabulary
from kokemus.website.wording import ui


def message(request: Request, settings: Settings, vocabulary: Vocabulary) -> str:
    """The message to the host, in the language of their request. The link ends with the request's reference."""
    asked = vocabulary.languages.find(request.answers.get("language", ""))
    language = asked if asked in settings.languages else settings.languages[0]
    root = "" if language == settings.languages[0] else f"{language}/"
    address = f"{settings.site_url}{root}{ui('slug.evaluation', language)}/#{request.reference}"
    return paper.say("evaluation.message", language, address=address, reference=request.reference)


def summary(joined: Joined, language: str) -> Iterator[str]:
    """What became of each evaluation, by reference. A reference is random and identifies nobody."""
    if joined.new:
        yield messages.say("evaluations.new", language, what=", ".join(joined.new))
    if joined.known:
        yield messages.say("evaluations.known", language, what=", ".join(joined.known))
    if joined.unknown:
        yield messages.say("evaluations.unknown", language, what=", ".join(joined.unknown))
    if joined.without:
        yield messages.say("evaluations.without", language, count=joined.without)
