"""The day: everything that is true on it, computed once. Later steps see the day, not the profiles that were read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kokemus import audit
from kokemus.audit import Wanted
from kokemus.audit.needles import Secret
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, problem
from kokemus.experts import consent
from kokemus.experts.consent import InForce
from kokemus.publication import backing, crowd, written
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.settings import Settings, dated_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything that is true on a day.

    ``secrets`` is everything that must not occur in the output. ``lacks_lock`` means that a broken lock file was left
    out. ``problems`` are those found while reading, and those of the day.
    """

    crowd: Crowd
    secrets: Wanted
    lacks_lock: bool
    problems: tuple[Problem, ...]


def on_the_day(inputs: Inputs, on: date) -> Day:
    """Everything that is true on the day."""
    now = crowd.on_the_day(inputs, on)
    secrets = _secrets(inputs, now.in_force)
    problems = [
        *inputs.problems,
        *now.problems,
        *consent.from_the_future(inputs.profiles, on),
        *written.private(inputs, now.in_force, secrets),
        *consent.ahead(inputs.profiles, on),
        *old_facts(inputs, on),
    ]
    if chosen := inputs.settings:
        is_whole = not inputs.of_profiles(inputs.problems)
        able = [profile for profile in inputs.profiles if is_whole and consent.holds(profile, on)]
        problems += consent.kept_too_long(inputs.profiles, chosen.profiles_kept, on)
        problems += consent.unclear(inputs.profiles, inputs.vocabulary.associations)
        problems += _closing(inputs, chosen, on)
        configured = {inputs.configuration: inputs.marks[inputs.configuration]}
        problems += backing.unbacked(chosen.arranges, able, inputs.vocabulary, configured)
    lacks_lock = any(found.path == inputs.lock for found in inputs.left_out)
    return Day(crowd=now, secrets=secrets, lacks_lock=lacks_lock, problems=tuple(problems))


def _closing(inputs: Inputs, chosen: Settings, on: date) -> Iterator[Problem]:
    """That the association will close or has closed, for as long as the configuration says so."""
    if chosen.closing:
        path, day = inputs.configuration, chosen.closing.on
        written = inputs.marks.get(path, {})
        place = next((route for route in written if route[:1] + route[2:] == ("plugins", "kokemus", "closed")), ())
        yield problem("closed", path, place, day=day) if day <= on else problem("closing-ahead", path, place, day=day)


def _secrets(inputs: Inputs, day: InForce) -> Wanted:
    """Everything that must not occur in the output: private values, seeds, and the words of cards not shown on the day.

    Anything that public texts explain is left out. A seed is secret because anyone who also knows the codes could work
    out the random choices of the look.
    """
    seeds = (Secret(inputs.lock, ("seed",), seed) for seed in inputs.seeds)
    secrets = (*audit.secrets((*inputs.documents, *inputs.remains), day.cards), *seeds)
    guides = [
        " ".join((page.title, page.slug, page.description, *page.keywords, page.markdown)) for page in inputs.guides
    ]
    said = [words for card in day.cards for _, words in card.texts]
    stale = (inputs.settings.stale_from(day.on),) if inputs.settings else ()
    days = (day.on, *stale, *_of(inputs.edition, "edition"))
    public = (*inputs.public, *(card.name for card in day.cards), *map(str, days))
    return audit.unexplained(secrets, public, (*guides, *said))


def _of(lock: Document | None, key: str) -> Iterator[Data]:
    if lock and isinstance(lock.data, dict) and key in lock.data:
        yield lock.data[key]


def old_facts(inputs: Inputs, on: date) -> Iterator[Problem]:
    """Warnings, never errors, for crisis help and fees that nobody has checked for half a year.

    An association checks its own files. It can replace the project's files with its own.
    """
    chosen = inputs.settings
    for kind, own, days in (
        ("crisis", chosen and chosen.crisis, inputs.crisis.days),
        ("fees", chosen and chosen.fees, inputs.fees.days),
    ):
        late = dated_facts.old(days, on)
        if own:
            yield from (problem("old-fact", own, route, day=day) for day, route in late)
        else:
            yield from (problem("old-shipped-fact", inputs.configuration, kind=kind, day=day) for day, _ in late[:1])
