"""Contents of the handover paper for a new coordinator: what is due when, who is on a break, which services and keys.

Experts appear by code only. Of keys and secrets only the names appear, and where they are set.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from kokemus.dates import months_later
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.git import objects
from kokemus.git.history import UnreadableError
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.requests import demand, store
from kokemus.settings import Settings
from kokemus.settings.dated_facts import FRESH_MONTHS
from kokemus.website.wording import day

Row = tuple[str, Mapping[str, object]]
"""The key of a text in ``coordinator/texts/papers.yml``, and its values."""
_WORKFLOWS = (".github/workflows/*.y*ml", ".forgejo/workflows/*.y*ml", ".gitlab-ci.yml")
_SECRET = re.compile(r"\bsecrets\.(\w+)")
_HOST = re.compile(r"(?:[^@/]+@)?([\w.-]+):(?!//)")


def due(inputs: Inputs, crowd: Crowd) -> list[tuple[date, Row]]:
    """What has to be done, with the day from which it is due, earliest first."""
    on = crowd.in_force.on
    found = [*_of_crowd(crowd), *_of_facts(inputs), *_of_requests(inputs, on)]
    if settings := inputs.settings:
        for profile in inputs.profiles:
            found += [(when, (key, {"code": profile.code})) for when, key in _of_expert(profile, settings, on)]
        if settings.closing:
            found.append((settings.closing.on, ("handover.closing", {})))
    return sorted(found, key=lambda one: (one[0], one[1][0], str(one[1][1])))


def _of_expert(profile: Profile, settings: Settings, on: date) -> Iterator[tuple[date, str]]:
    gone, leaving = consent.ended(profile, on), consent.gone_from(profile)
    if gone:
        if not profile.consent.withdrawn:
            yield gone, "handover.lapsed"
        if leaving and leaving > on and profile.solo:
            yield leaving, "handover.leaving"
        yield settings.profiles_kept.after(gone), "handover.erase"
    else:
        yield profile.consent.review, "handover.ending"
        if profile.pause and profile.pause.until and profile.pause.until >= on:
            yield profile.pause.until, "handover.returns"


def _of_crowd(crowd: Crowd) -> Iterator[tuple[date, Row]]:
    clock = crowd.clock
    if clock.due:
        yield clock.on, ("handover.edition", {})
    if clock.look_from and not clock.has_look:
        yield clock.look_from, ("handover.look", {})


def _of_facts(inputs: Inputs) -> Iterator[tuple[date, Row]]:
    """When facts must be checked again: each of the association's own files, and the first of those shipped."""
    settings, shipped = inputs.settings, list[date]()
    for days, own in ((inputs.crisis.days, "crisis"), (inputs.fees.days, "fees")):
        late = [months_later(min(days), FRESH_MONTHS)] if days else []
        if file := getattr(settings, own, None):
            yield from ((when, ("handover.facts", {"file": file})) for when in late)
        else:
            shipped += late
    if shipped:
        yield min(shipped), ("handover.shipped", {})


def _of_requests(inputs: Inputs, on: date) -> Iterator[tuple[date, Row]]:
    """When the next half-year's numbers for the board are settled, if requests are kept."""
    if store.read(inputs.folder, inputs.vocabulary).requests:
        start = demand.half(on).end + timedelta(days=1)
        end = months_later(start, 6) - timedelta(days=1)
        yield demand.Half(start=start, end=end).settled_on, ("handover.board", {})


def breaks(inputs: Inputs, on: date, language: str) -> list[tuple[str, str]]:
    """Who is on a break, by code, with the first and the last day."""
    return [
        (profile.code, f"{day(pause.start, language)}–{day(pause.until, language) if pause.until else ''}")
        for profile in inputs.profiles
        if (pause := profile.pause) and consent.holds(profile, on) and consent.on_break(profile, on)
    ]


def keys(inputs: Inputs, settings: Settings) -> Iterator[tuple[str, str]]:
    """Each service, git remote and workflow secret by name, with the place where it is set."""
    file, form = inputs.configuration, settings.form
    yield form.processor.name or form.id, f"{file}: form.service, form.url" + (", form.key" if form.key else "")
    yield settings.host.name if settings.host else urlsplit(settings.site_url).hostname or "", f"{file}: host, site_url"
    for kind, keeper in settings.processors.items():
        yield keeper.name, f"{file}: processors.{kind}"
    for name, host in _remotes(inputs):
        yield host, f"git remote {name}"
    for pattern in _WORKFLOWS:
        for path in sorted(inputs.folder.glob(pattern)):
            text = path.read_text("utf-8", "replace")
            place = path.relative_to(inputs.folder).as_posix()
            yield from ((secret, place) for secret in sorted({*_SECRET.findall(text)} - {"GITHUB_TOKEN"}))


def _remotes(inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Each git remote with its host only, because its URL may contain a password."""
    try:
        known = objects.remotes(inputs.folder)
    except UnreadableError:
        return
    for remote in known:
        for url in remote.urls:
            found = _HOST.match(url)
            host = urlsplit(url).hostname if "://" in url else found and found[1]
            yield remote.name, host or "–"
