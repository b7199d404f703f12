"""What the coordinator reads at the terminal, in the coordinator's language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kokemus import consent, shipped
from kokemus import report as figures
from kokemus.edition import Difference
from kokemus.explanation import Reason, Situation, offered, standing
from kokemus.problems import Problem
from kokemus.profile import Profile
from kokemus.report import Coverage
from kokemus.statement import Statement
from kokemus.succession import Waiting
from kokemus.vocabulary import REMOTE, Vocabulary
from kokemus.wording import ui

SOON = timedelta(days=60)
_TEXTS: Mapping[str, Mapping[str, str]] = shipped.terms("explain")


def say(key: str, language: str, **values: object) -> str:
    """A text of ``terms/explain.yml``; English where the coordinator's language has none."""
    texts = _TEXTS[key]
    return (texts.get(language) or texts["en"]).format_map(values)


def count(key: str, number: int, language: str) -> str:
    """«1 error» or «2 errors»."""
    return say(f"count.{key}.{'one' if number == 1 else 'other'}", language, count=number)


def counted(language: str, **numbers: int) -> str:
    """Several counts as a sentence."""
    return ", ".join(count(key, number, language) for key, number in numbers.items()) + "."


def coming(lapse: date | None, start: date | None, language: str) -> Iterator[str]:
    """The next days on which something of the site changes by itself."""
    yield say("check.lapse", language, day=lapse) if lapse else say("check.no-lapse", language)
    if start:
        yield say("check.start", language, day=start)


def next_edition(
    change: Difference, waiting: Iterable[Waiting], size: int, language: str, vocabulary: Vocabulary
) -> Iterator[str]:
    """What enters, leaves and waits, and how many of each."""
    waiting = tuple(waiting)
    for sign, statements in (("+", change.enters), ("-", change.leaves)):
        yield from (f"{sign} {in_words(statement, language, vocabulary)}" for statement in statements)
    for wait in waiting:
        sign, key = ("+", "edition.joined") if wait.enters else ("-", "edition.left")
        few = wait.gathered < wait.needed
        waits = say(key if few else "edition.wider", language, gathered=wait.gathered, needed=wait.needed)
        yield f"? {sign} {in_words(wait.statement, language, vocabulary)}  {waits}"
    sums = {"enters": len(change.enters), "leaves": len(change.leaves), "waits": len(waiting), "in-all": size}
    yield counted(language, **sums)


def in_words(statement: Statement, language: str, vocabulary: Vocabulary) -> str:
    """A statement by its labels."""
    parts = [vocabulary.topics[statement.topic].label(language)]
    for name, value in statement.dimensions.items():
        parts.append(str(ui("remote", language)) if value == REMOTE else vocabulary.of(name)[value].label(language))
    return " · ".join(parts)


def why(reason: Reason, language: str, vocabulary: Vocabulary) -> str:
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
        yield f"{words}: {shown}, {why(reason, language, situation.vocabulary)}"


def report(
    situation: Situation, languages: tuple[str, ...], problems: tuple[Problem, ...], language: str
) -> Iterator[str]:
    """What the catalogue covers and why the rest is withheld, what soon ends or is missing, and what stays possible."""
    on, vocabulary = situation.on, situation.vocabulary
    size = consent.size(situation.profiles, on)
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
            reason = why(situation.reason(Statement(topic)), language, vocabulary)
            yield f"  {say('report.withheld-topic', language, topic=label, reason=reason)}"
    yield from _section("report.ends", language, ending(situation.profiles, on))
    yield from _section("report.translations", language, untranslated(situation.profiles, languages, on))
    yield from _section("report.unlocks", language, unlocks(figures.coverage(situation), language, vocabulary))
    yield from (f"\n{line}" for line in old_facts(problems, language))
    yield f"\n{say('report.limits', language)}"
    yield from (f"  {line}" for line in limits(language))


def unlocks(coverage: Coverage, language: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Which topics one more person, two more and so on would bring to the site."""
    for missing, reasons in coverage.unlocks().items():
        topics = [vocabulary.topics[found.statement.topic] for found in reasons if not found.statement.dimensions]
        if topics:
            words = ", ".join(topic.label(language) for topic in topics)
            yield say(f"report.unlock.{'one' if missing == 1 else 'other'}", language, missing=missing, topics=words)


def old_facts(problems: Iterable[Problem], language: str) -> Iterator[str]:
    """The fact files that were checked too long ago."""
    for problem in problems:
        if problem.code == "old-fact":
            yield say("report.facts", language, file=problem.path, day=dict(problem.values)["day"])


def limits(language: str) -> tuple[str, ...]:
    """What anonymity cannot promise, in plain words."""
    return tuple(say(key, language) for key in _TEXTS if key.startswith("limit."))


def _section(key: str, language: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"\n{say(key, language)}"
    found = list(lines)
    yield from (f"  {line}" for line in found or [say("report.nothing", language)])


def ending(profiles: tuple[Profile, ...], on: date) -> Iterator[str]:
    for profile in sorted(profiles, key=lambda found: (found.consent.review, found.code)):
        if consent.in_force(profile, on) and profile.consent.review <= on + SOON:
            yield f"{profile.code}: {profile.consent.review}"


def untranslated(profiles: tuple[Profile, ...], languages: tuple[str, ...], on: date) -> Iterator[str]:
    for profile in profiles:
        if profile.card and consent.in_force(profile, on):
            missing = [language for language in languages if language not in dict(profile.card.texts)]
            if missing:
                yield f"{profile.code}: {', '.join(missing)}"
