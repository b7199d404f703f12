"""Leaves out what is broken, so that nobody's withdrawal has to wait for another person's file.

A broken profile is left out together with its card and signed topics. An unknown topic is left out alone, and so is a
card whose text contains a detail that nobody has accepted, or which was signed before a withdrawal. Their private
values stay secret, and what the last look found stays listed. A broken edition is left out with that list and the
signed topics; cards stay. Broken fees or crisis help of the association's own are replaced by the project's. Files that
nothing reads are ignored.

Some faults still stop the publication: those of the configuration and the hand-written pages, without which there is no
site, and a clock that is wrong, by which no consent can be judged.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kokemus.documents.problems import Problem, errors
from kokemus.experts import card, profile
from kokemus.publication import day
from kokemus.publication.inputs import Inputs
from kokemus.vocabulary.own_terms import UNREAD


def leaving_out(inputs: Inputs, on: date) -> Inputs:
    """The inputs without what is broken of single people; ``left_out`` says what and why."""
    inputs = _without_cards(_without_unknown_topics(inputs))
    inputs = _without_own_files(_without_profiles(inputs, inputs.problems))
    found = day.on_the_day(inputs, on).problems
    if inputs.of_profiles(found):
        inputs = _without_profiles(inputs, found)
        found = day.on_the_day(inputs, on).problems
    return _without_lock(inputs, found)


def _without_unknown_topics(inputs: Inputs) -> Inputs:
    """The inputs without topics that the vocabulary lacks. They count for nothing, and their profiles stay.

    If whole profiles were left out, the signed topics and cards of exactly those who hold the topic would vanish.
    """
    files = {document.path: document for document in inputs.documents}
    wrong = inputs.of_profiles(inputs.problems)
    unknown = tuple(found for found in wrong if found.code == "unknown-topic" and found.path in files)
    words = {str(files[found.path].at(found.route)).strip() for found in unknown}
    terms = inputs.vocabulary.without_topics(inputs.vocabulary.topics.gone | words)
    profiles, problems = list(inputs.profiles), list(inputs.problems)
    for path in sorted({found.path for found in unknown}):
        before, after = (profile.read(files[path], known) for known in (inputs.vocabulary, terms))
        problems = [found for found in problems if found not in before[1]] + list(after[1])
        profiles += [after[0]] if after[0] else []
    whole = {one.path for one in profiles}
    return replace(
        inputs,
        profiles=tuple(sorted(profiles, key=lambda one: one.path)),
        remains=tuple(document for document in inputs.remains if document.path not in whole),
        problems=tuple(problems),
        left_out=(*inputs.left_out, *unknown),
    )


def _without_lock(inputs: Inputs, problems: Iterable[Problem]) -> Inputs:
    """The inputs without a broken lock file. One with a later date stays: it shows that the clock is wrong."""
    wrong = [found for found in problems if found.path == inputs.lock]
    if not errors(wrong) or any(found.code == "edition-in-future" for found in wrong):
        return inputs
    return replace(
        inputs,
        edition=None,
        problems=tuple(found for found in inputs.problems if found not in wrong),
        left_out=(*inputs.left_out, *errors(wrong)),
    )


def _without_own_files(inputs: Inputs) -> Inputs:
    """The inputs without the association's own broken fees or crisis help, and without files that nothing reads.

    The project's fees and crisis help are used instead.
    """
    chosen = inputs.settings
    own = {chosen.fees, chosen.crisis} - {None} if chosen else set()
    wrong = tuple(found for found in errors(inputs.problems) if found.path in own or found.code in UNREAD)
    kept = tuple(found for found in inputs.problems if found not in wrong)
    return replace(inputs, problems=kept, left_out=(*inputs.left_out, *wrong))


def _without_cards(inputs: Inputs) -> Inputs:
    """The inputs without cards that contain an unaccepted detail or were signed before a withdrawal.

    Signed topics go with the latter. Their experts stay out of the crowd all the same.
    """
    ended = {wrong.path for wrong in inputs.problems if wrong.code == "card-before-withdrawal"}
    found = tuple(
        wrong for wrong in errors(inputs.problems) if card.is_detail(wrong) or wrong.code == "card-before-withdrawal"
    )
    paths = {wrong.path for wrong in found}
    return replace(
        inputs,
        profiles=tuple(
            replace(one, card=replace(one.card, withheld=True), solo=() if one.path in ended else one.solo)
            if one.card and one.path in paths
            else one
            for one in inputs.profiles
        ),
        problems=tuple(wrong for wrong in inputs.problems if wrong not in found),
        left_out=(*inputs.left_out, *found),
    )


def _without_profiles(inputs: Inputs, problems: Iterable[Problem]) -> Inputs:
    """The inputs without the profiles that have an error in their file."""
    found = inputs.of_profiles(problems)
    paths = {wrong.path for wrong in found}
    return replace(
        inputs,
        profiles=tuple(profile for profile in inputs.profiles if profile.path not in paths),
        problems=tuple(wrong for wrong in inputs.problems if wrong not in found),
        left_out=(*inputs.left_out, *found),
    )
