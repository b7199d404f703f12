"""Checks that some expert in consent can do what the association says it arranges. None of this is ever published."""

from collections.abc import Iterator, Sequence

from kokemus.documents.problems import Marks, Problem, problem
from kokemus.experts.profile import Profile
from kokemus.settings.arrangement import Arrangement
from kokemus.vocabulary import Vocabulary


def unbacked(arranges: Arrangement, able: Sequence[Profile], vocabulary: Vocabulary, marks: Marks) -> Iterator[Problem]:
    """What the configuration promises but none of the experts in ``able`` can do. ``able`` are the experts in consent.

    At most one problem for each list. None if ``able`` is empty: then the catalogue is still being prepared.
    """
    written = [
        (path, route)
        for path, routes in marks.items()
        for route in routes
        if route[:1] == ("plugins",) and route[-2:-1] == ("arranges",)
    ]
    for path, route in written if able else ():
        if route[-1] == "remote":
            if arranges.remote and not any(profile.remote for profile in able):
                yield problem("unbacked-remote", path, route)
            continue
        kind = str(route[-1])
        missing = [getattr(vocabulary, kind)[id] for id in _without_anybody(kind, arranges, able)]
        if missing:
            labels, labels_fi = ("; ".join(one.label(language) for one in missing) for language in ("en", "fi"))
            yield problem("unbacked", path, route, count=len(missing), labels=labels, labels_fi=labels_fi)


def _without_anybody(kind: str, arranges: Arrangement, able: Sequence[Profile]) -> Iterator[str]:
    """The promised values of one key that no expert can do. An expert who names no value of that kind can do any."""
    arranged = _arranged(arranges, kind)
    named = [_named(profile, kind) for profile in able] if arranged else ()
    return (id for id in arranged if all(values and id not in values for values in named))


def _named(profile: Profile, kind: str) -> frozenset[str]:
    of_offers = () if kind == "languages" else (id for offer in profile.offers for id in getattr(offer, kind))
    return frozenset([*getattr(profile, kind), *of_offers])


def _arranged(arranges: Arrangement, kind: str) -> tuple[str, ...]:
    known = {"languages": arranges.languages, "formats": arranges.formats, "audiences": arranges.audiences}
    return known.get(kind, ())
