"""What the coordinator reads at the terminal, in the coordinator's language: explain, report, withdraw."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files

import yaml

from kokemus import consent
from kokemus.explanation import Reason, Situation, offered, standing
from kokemus.problems import Problem
from kokemus.profile import Profile
from kokemus.statement import Statement
from kokemus.vocabulary import REMOTE, Vocabulary
from kokemus.wording import ui

SOON = timedelta(days=60)
_TEXTS: Mapping[str, Mapping[str, str]] = yaml.load(
    (files("kokemus") / "terms" / "explain.yml").read_text("utf-8"), yaml.CSafeLoader
)


def say(key: str, language: str, **values: object) -> str:
    """A text of ``terms/explain.yml``; English where the coordinator's language has none."""
    texts = _TEXTS[key]
    return (texts.get(language) or texts["en"]).format_map(values)


def in_words(statement: Statement, language: str, vocabulary: Vocabulary) -> str:
    """A statement by its labels."""
    parts = [vocabulary.topics[statement.topic].label(language)]
    for name, value in statement.dimensions.items():
        parts.append(str(ui("remote", language)) if value == REMOTE else vocabulary.of(name)[value].label(language))
    return " · ".join(parts)


def _why(reason: Reason, language: str, vocabulary: Vocabulary) -> str:
    values = {
        name: in_words(value, language, vocabulary) if isinstance(value, Statement) else value
        for name, value in reason.values.items()
    }
    return say(f"reason.{reason.code}", language, **values)


def explain(profile: Profile, situation: Situation, language: str) -> Iterator[str]:
    """Per offer and statement of one expert: shown or withheld, why, and what would change it."""
    state = say(f"standing.{standing(profile, situation.on)}", language)
    yield say("head", language, code=profile.code, on=situation.on, standing=state)
    for statement in dict.fromkeys(offered(profile, situation.vocabulary)):
        reason = situation.reason(statement)
        if not statement.dimensions:
            yield ""
        words = in_words(statement, language, situation.vocabulary)
        shown = say("shown" if reason.shown else "withheld", language)
        yield f"{words}: {shown}, {_why(reason, language, situation.vocabulary)}"


def report(
    situation: Situation, languages: tuple[str, ...], problems: tuple[Problem, ...], language: str
) -> Iterator[str]:
    """What the catalogue covers and why the rest is withheld, what soon ends or is missing, and what stays possible."""
    on, vocabulary = situation.on, situation.vocabulary
    size = sum(consent.counts(profile, on) for profile in situation.profiles)
    day = situation.edition.day if situation.edition else say("report.none", language)
    yield say("report.head", language, on=on, size=size, profiles=len(situation.profiles), edition=day)
    yield f"\n{say('report.topics', language)}"
    shown = (situation.edition.crowd if situation.edition else frozenset()) | consent.solo(
        situation.profiles, on, vocabulary
    )
    held = {offer.topic for profile in situation.profiles if consent.in_force(profile, on) for offer in profile.offers}
    for topic in vocabulary.topics:
        count = sum(statement.topic == topic for statement in shown)
        label = vocabulary.topics[topic].label(language)
        if count:
            yield f"  {say('report.topic', language, topic=label, shown=count)}"
        elif topic in held:
            why = _why(situation.reason(Statement(topic)), language, vocabulary)
            yield f"  {say('report.withheld-topic', language, topic=label, reason=why)}"
    yield from _section("report.ends", language, _ending(situation.profiles, on))
    yield from _section("report.translations", language, _untranslated(situation.profiles, languages, on))
    for problem in problems:
        if problem.code == "old-fact":
            yield "\n" + say("report.facts", language, file=problem.path, day=dict(problem.values)["day"])
    yield f"\n{say('report.limits', language)}"
    yield from (f"  {say(key, language)}" for key in _TEXTS if key.startswith("limit."))


def _section(key: str, language: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"\n{say(key, language)}"
    found = list(lines)
    yield from (f"  {line}" for line in found or [say("report.nothing", language)])


def _ending(profiles: tuple[Profile, ...], on: date) -> Iterator[str]:
    for profile in sorted(profiles, key=lambda found: (found.consent.review, found.code)):
        if consent.in_force(profile, on) and profile.consent.review <= on + SOON:
            yield f"{profile.code}: {profile.consent.review}"


def _untranslated(profiles: tuple[Profile, ...], languages: tuple[str, ...], on: date) -> Iterator[str]:
    for profile in profiles:
        if profile.card and consent.in_force(profile, on):
            missing = [language for language in languages if language not in dict(profile.card.texts)]
            if missing:
                yield f"{profile.code}: {', '.join(missing)}"
