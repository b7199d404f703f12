"""How a host is asked after a visit, and what became of the answers that came, in words."""

from collections.abc import Iterator

from kokemus.reports import messages, paper
from kokemus.requests.evaluation import Joined
from kokemus.requests.request import Request
from kokemus.settings import Settings
from kokemus.vocabulary import Vocabulary
from kokemus.website.wording import ui


def message(request: Request, settings: Settings, vocabulary: Vocabulary) -> str:
    """What the host is sent, in the language of their request: its reference stands in the end of the address."""
    asked = vocabulary.languages.find(request.answers.get("language", ""))
    language = asked if asked in settings.languages else settings.languages[0]
    root = "" if language == settings.languages[0] else f"{language}/"
    address = f"{settings.site_url}{root}{ui('slug.evaluation', language)}/#{request.reference}"
    return paper.say("evaluation.message", language, address=address, reference=request.reference)


def told(joined: Joined, language: str) -> Iterator[str]:
    """What became of each evaluation; a reference tells nothing of anybody."""
    if joined.new:
        yield messages.say("evaluations.new", language, what=", ".join(joined.new))
    if joined.known:
        yield messages.say("evaluations.known", language, what=", ".join(joined.known))
    if joined.unknown:
        yield messages.say("evaluations.unknown", language, what=", ".join(joined.unknown))
    if joined.without:
        yield messages.say("evaluations.without", language, count=joined.without)
