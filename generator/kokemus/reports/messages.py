"""Sentences that the coordinator reads at the terminal, on the desk and in the report, in their language."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kokemus import resources
from kokemus.anonymity import Edition
from kokemus.dates import months_later
from kokemus.documents.problems import Problem
from kokemus.experts import consent
from kokemus.experts.keys import MONTHS
from kokemus.experts.profile import Profile
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import figures
from kokemus.reports.explanation import Reason, Situation, own_card, standing
from kokemus.reports.people import Person
from kokemus.text import in_language, shown
from kokemus.vocabulary import Vocabulary, load

MOST_NAMED = 5
SOON = timedelta(days=60)
_TEXTS: Mapping[str, Mapping[str, str]] = resources.texts("coordinator/texts/explain")


def say(key: str, language: str, **values: object) -> str:
    """A text of ``coordinator/texts/explain.yml``; in English if it does not exist in the coordinator's language."""
    return in_language(_TEXTS[key], language, "en").format_map(values)


def count(key: str, number: int, language: str) -> str:
    """«1 error» or «2 errors»."""
    return say(f"count.{key}.{'one' if number == 1 else 'other'}", language, count=number)


def counted(language: str, **numbers: int) -> str:
    """Several counts as one sentence: «24 profiles, 1 error.»"""
    return ", ".join(count(key, number, language) for key, number in numbers.items()) + "."


def unrecorded(new: list[str], changed: list[str], language: str) -> Iterator[str]:
    """What would not be published yet, since no commit has it, and the commands that record it."""
    if new or changed:
        names, more = [*new, *changed][:MOST_NAMED], len(new) + len(changed) > MOST_NAMED
        adding = [f"git add {shlex.join(new)}"] if new else []
        commands = [*adding, f"git commit -{'a' * bool(changed)}m Update"]
        files = ", ".join([*map(shown, names), *(["…"] * more)])
        yield say("check.unrecorded", language, files=files, commands=shown(" && ".join(commands)))


def coming(lapse: date | None, start: date | None, language: str) -> Iterator[str]:
    """The next days on which the site changes by itself: a consent ends, another one starts."""
    yield say("check.lapse", language, day=lapse) if lapse else say("check.no-lapse", language)
    if start:
        yield say("check.start", language, day=start)


def waiting(crowd: Crowd, on: date, language: str, vocabulary: Vocabulary | None = None) -> Iterator[str]:
    """The signed topics that no edition has yet, and from which day an edition can be made.

    Without the vocabulary, for output that others may read, only their number.
    """
    if new := sorted(crowd.clock.new_signed):
        topics = ", ".join(name(topic, language, vocabulary) for topic in new) if vocabulary else len(new)
        yield say("check.signed", language, topics=topics, day=max(on, crowd.clock.edition_from or on))


def unspoken(inputs: Inputs, on: date) -> Iterator[str]:
    """House topics and own topics that nobody in consent speaks about. Others may not read this."""
    offered = {offer.topic for one in inputs.profiles if consent.holds(one, on) for offer in one.offers}
    house = inputs.settings.house_topics if inputs.settings else frozenset[str]()
    own = inputs.vocabulary.topics.keys() - load()[0].topics.keys() - house
    for key, topics in (("check.house", house - offered), ("check.own", own - offered)) if offered else ():
        if topics:
            names = ", ".join(sorted(name(topic, inputs.language, inputs.vocabulary) for topic in topics))
            yield say(key, inputs.language, topics=names, path=inputs.configuration)


def lapsed(profiles: Iterable[Profile], on: date, language: str) -> Iterator[str]:
    """Experts whose consent has run out, and how to renew it."""
    for profile in consent.lapsed(profiles, on):
        yield say("lapsed", language, code=profile.code, day=consent.ended(profile, on))
        if consent.is_short(profile.consent.given, profile.consent.review):
            usual = months_later(profile.consent.given, MONTHS)
            yield say("lapsed.short", language, path=profile.path, day=profile.consent.review, usual=usual)


def due(crowd: Crowd, language: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What is due and from which day, and what then waits a year. It reveals nothing about what a look would find."""
    clock, edition = crowd.clock, crowd.edition
    if clock.has_look:
        yield say("edition.look" if edition and edition.look else "edition.first-look", language, size=clock.size)
        yield say("edition.waits", language)
    if clock.empties:
        yield say("edition.empties", language, size=clock.size)
    for topic in sorted(clock.new_signed):
        yield say("edition.signed", language, topic=name(topic, language, vocabulary))
    leaving = crowd.in_force.leaving
    if clock.waits and (going := leaving.keys() & (edition.signed if edition else ())):
        topics = ", ".join(name(topic, language, vocabulary) for topic in sorted(going))
        yield say("edition.leaving", language, topics=topics, day=max(leaving[topic] for topic in going))
    if not clock.waits:
        yield say("edition.nothing", language)
    elif not clock.due:
        yield say("edition.not-yet", language, day=clock.edition_from)
    if clock.look_from and not clock.has_look:
        counted = {"c": crowd.parameters.c, "came": clock.came, "left": clock.left}
        yield say("edition.next-look", language, day=clock.look_from, **counted)


def changed(before: Edition | None, after: Edition, language: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What an edition adds to the list and removes from it, compared with the one before."""
    old, new = (set(edition.listed) if edition else set() for edition in (before, after))
    for sign, found in (("+", new - old), ("-", old - new)):
        yield from (f"{sign} {name(item, language, vocabulary)}" for item in sorted(found))
    if after.look > (before.look if before else 0):
        key = "edition.looked.one" if len(after.listed) == 1 else "edition.looked"
        yield say(key, language, look=after.look, size=after.counted, listed=len(after.listed))


def name(item: str, language: str, vocabulary: Vocabulary) -> str:
    """The label of a topic or a group, or its id if the vocabulary no longer has it."""
    group = item.removeprefix("group/")
    if group != item:
        term = vocabulary.groups.get(group)
        return say("group", language, group=term.label(language) if term else group)
    return vocabulary.topics[item].label(language) if item in vocabulary.topics else item


def why(reason: Reason, language: str) -> str:
    """Why a topic is listed or not, as a sentence."""
    key, values = f"reason.{reason.code}", reason.values
    is_enough = f"{key}.enough" in _TEXTS and int(str(values["count"])) >= int(str(values["k"]))
    return say(f"{key}.enough" if is_enough else key, language, **values)


def explain(profile: Profile, situation: Situation, language: str) -> Iterator[str]:
    """For each topic of one expert: whether it is listed, why, and what would change that."""
    on, vocabulary = situation.on, situation.vocabulary
    state = say(f"standing.{standing(profile, on)}", language)
    yield say("head", language, code=profile.code, on=on, standing=state)
    if card := own_card(profile, situation.crowd):
        topics = ", ".join(name(topic, language, vocabulary) for topic in card.topics)
        yield say("explain.card", language, topics=topics or say("report.nothing", language))
    yield ""
    for topic in dict.fromkeys(offer.topic for offer in profile.offers):
        reason = situation.reason(topic)
        shown = say("listed" if reason.listed else "ask", language)
        own = say("explain.own", language) if topic in profile.solo else ""
        if own and reason.code == "signed" and (day := situation.crowd.in_force.leaving.get(topic)):
            own = say("explain.leaves", language, day=day)
        yield f"{name(topic, language, vocabulary)}: {shown}. {why(reason, language)} {own}".rstrip()


def person(found: Person, language: str) -> str:
    """One expert in a line: code, name, state of consent and its last day."""
    name = found.name or say("people.no-name", language)
    state = say(f"standing.{found.standing}", language)
    line = say("people.line", language, code=found.code, name=name, standing=state)
    line += say("people.until", language, until=found.until, text=found.text or "–") if found.until else ""
    return line + (say("people.of", language, names=", ".join(found.associations)) if found.associations else "")


def leaves(profile: Profile, language: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What disappears when an expert withdraws, when, and what a reader may conclude from it."""
    if profile.card:
        yield say("withdraw.card", language)
    if profile.solo:
        topics = ", ".join(name(topic, language, vocabulary) for topic in profile.solo)
        yield say("withdraw.signed", language, topics=topics, day=consent.gone_from(profile))
    yield say("withdraw.crowd", language)


def report(
    situation: Situation, languages: tuple[str, ...], problems: tuple[Problem, ...], language: str
) -> Iterator[str]:
    """The report: what is due, each topic and why it is listed or not, what ends soon, what is missing, the limits."""
    on, vocabulary, crowd = situation.on, situation.vocabulary, situation.crowd
    day = crowd.edition.day if crowd.edition else say("report.none", language)
    size = len(situation.members)
    if situation.association:
        yield say("report.of", language, name=vocabulary.associations[situation.association].label(language))
    yield say("report.head", language, on=on, size=size, profiles=len(situation.profiles), edition=day)
    yield from to_do(situation, language)
    yield f"\n{say('report.topics', language)}"
    for reason in figures.coverage(situation):
        shown = say("listed" if reason.listed else "ask", language)
        yield f"  {name(reason.topic, language, vocabulary)}: {shown}. {why(reason, language)}"
    yield from _section("report.ends", language, ending(situation.profiles, on))
    yield from _section("report.translations", language, untranslated(situation.profiles, languages, on))
    yield from (f"\n{line}" for line in old_facts(problems, language))
    yield f"\n{say('report.limits', language)}"
    yield from (f"  {line}" for line in limits(language))


def to_do(situation: Situation, language: str) -> Iterator[str]:
    """Whose consent has run out, and, for all associations together, what is due for the edition."""
    yield from lapsed(situation.profiles, situation.on, language)
    if situation.association is None:
        yield from due(situation.crowd, language, situation.vocabulary)


def old_facts(problems: Iterable[Problem], language: str) -> Iterator[str]:
    """Facts that were checked too long ago: the association's by file, those shipped with Kokemus by kind."""
    for problem in problems:
        if problem.code in ("old-fact", "old-shipped-fact"):
            values = dict(problem.values)
            yield say(
                "report.facts",
                language,
                file=f"Kokemus: {values['kind']}" if "kind" in values else problem.path,
                day=values["day"],
            )


def limits(language: str) -> tuple[str, ...]:
    """What anonymity cannot promise, in plain words."""
    return tuple(say(key, language) for key in _TEXTS if key.startswith("limit."))


def _section(key: str, language: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"\n{say(key, language)}"
    found = list(lines)
    yield from (f"  {line}" for line in found or [say("report.nothing", language)])


def ending(profiles: tuple[Profile, ...], on: date) -> Iterator[str]:
    for profile in sorted(soon(profiles, on), key=lambda found: (found.consent.review, found.code)):
        yield f"{profile.code}: {profile.consent.review}"


def soon(profiles: tuple[Profile, ...], on: date) -> Iterator[Profile]:
    """The experts whose consent ends soon."""
    return (one for one in profiles if consent.holds(one, on) and one.consent.review <= on + SOON)


def untranslated(profiles: tuple[Profile, ...], languages: tuple[str, ...], on: date) -> Iterator[str]:
    for profile in profiles:
        if profile.card and consent.holds(profile, on):
            missing = [language for language in languages if language not in dict(profile.card.texts)]
            if missing:
                yield f"{profile.code}: {', '.join(missing)}"
