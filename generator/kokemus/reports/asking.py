"""Who suits a request, in words, and the message that asks an expert.

The message holds only what the expert needs to decide. Nothing in it is about the person who asks, and of their own
words it quotes only the answers in ``QUOTED``.
"""

from collections.abc import Iterator

from kokemus.publication.inputs import Inputs
from kokemus.reports import messages
from kokemus.request_form.questions import FIELDS
from kokemus.requests import timing
from kokemus.requests.matching import Answer, Match
from kokemus.requests.request import Request
from kokemus.text import in_language

QUOTED = ("time", "alternative_times", "duration", "group_size", "age_group", "mode", "recurring")
"""The form's questions whose answers are quoted to the expert. ``time`` and ``alternative_times`` are free text."""


def lines(request: Request, answer: Answer, inputs: Inputs) -> Iterator[str]:
    """What is requested and who suits, best first; if nobody does, what stands in the way."""
    yield messages.say("match.asked", inputs.language, what=what(request, inputs))
    yield from notes(request, answer, inputs)
    yield from (line(one, inputs) for one in answer.suiting)
    if answer.others:
        yield messages.say("match.others", inputs.language)
        yield from (line(one, inputs) for one in answer.others)


def notes(request: Request, answer: Answer, inputs: Inputs) -> Iterator[str]:
    """Remarks above the list of experts: no topic given, too soon, a repeated request, nobody suits."""
    say, language = messages.say, inputs.language
    if not request.topics:
        yield say("match.no-topic", language)
    if inputs.settings and timing.is_too_soon(request, inputs.settings.answer_within):
        yield say("match.too-soon", language)
    if answer.before:
        yield say("match.before", language, what="; ".join(map(_before, answer.before)))
    if not answer.suiting:
        names = ", ".join(say(f"match.{name}", language) for name in answer.hindrances)
        yield say("match.nobody", language)
        yield say("match.hinders", language, what=names) if names else say("match.hinders-more", language)


def _before(request: Request) -> str:
    return ", ".join((request.reference, *request.standing))


def what(request: Request, inputs: Inputs) -> str:
    """What is requested, in one line."""
    return "; ".join(_facts(request, inputs)) or messages.say("match.nothing-yet", inputs.language)


def _facts(request: Request, inputs: Inputs) -> Iterator[str]:
    """The topics, format, audience, language and place of a request, in the coordinator's language."""
    terms, language = inputs.vocabulary, inputs.language
    kinds = (("format", terms.formats), ("audience", terms.audiences))
    if request.topics:
        yield ", ".join(terms.topics[topic].label(language) for topic in request.topics)
    yield from (known[id].label(language) for key, known in kinds if (id := getattr(request, key)))
    if request.language:
        yield terms.languages[request.language].label(language)
    if request.remote:
        yield messages.say("match.remote", language)
    elif request.place:
        yield terms.places[request.place].label(language)


def line(one: Match, inputs: Inputs) -> str:
    """One expert in a line: what suits, what does not, how often they were asked, and their limits."""
    language = inputs.language
    private = {str(route[-1]): text for route, text in one.profile.private}
    parts = [", ".join(inputs.vocabulary.topics[topic].label(language) for topic in one.topics)]
    for key, wanted in (("match.suits", True), ("match.not", False), ("match.open", None)):
        if names := [messages.say(f"match.{name}", language) for name, suits in one.suits.items() if suits is wanted]:
            parts.append(messages.say(key, language, what=", ".join(names)))
    if one.asked:
        parts.append(messages.say("match.turns", language, count=one.asked))
    if one.on_break:
        parts.append(messages.say("match.break", language))
    parts += [
        messages.say("match.limits", language, text=" ".join(private[key].split()))
        for key in ("limits",)
        if key in private
    ]
    name = private.get("name", messages.say("people.no-name", language))
    return messages.say("match.line", language, code=one.profile.code, name=name, what=". ".join(parts))


def message(request: Request, inputs: Inputs) -> Iterator[str]:
    """The message that asks an expert: what they need to know to say yes or no."""
    language = inputs.language
    yield messages.say("match.hello", language)
    yield f"- {what(request, inputs)}"
    for key in QUOTED:
        if answer := request.answers.get(key):
            yield f"- {in_language(FIELDS[key]['label'], language, 'en')}: {' '.join(answer.split())}"
    yield messages.say("match.bye", language)
