"""What is left out where something is broken, so that nobody's withdrawal waits for another person's file.

A broken profile goes with its card and its solo statements; its private values stay secrets, and the crowd layer, which
is frozen, stays as it is. A broken lock file takes all statements with it and leaves the cards: an older crowd layer is
not at hand, and solo statements alone would tell which they are. Broken fees or crisis lines of the association's own
give way to the project's. What concerns everybody stops the publication still:
the configuration and hand-written pages, without which there is no site, and a clock by which no consent can be judged.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kokemus import crowd, publish
from kokemus.inputs import Inputs
from kokemus.problems import Problem, errors


def leaving_out(inputs: Inputs, on: date) -> Inputs:
    """The inputs without what is broken of single people; ``left_out`` says what and why."""
    inputs = _without_profiles(inputs, inputs.problems)
    inputs = _without_profiles(inputs, publish.wrong_on_the_day(inputs, on, publish.secrets_of(inputs, on)))
    inputs = _with_shipped_facts(inputs)
    wrong = [found for found in inputs.problems if found.path == inputs.lock]
    wrong += crowd.current(inputs, on)[1]
    if not errors(wrong) or any(found.code == "edition-in-future" for found in wrong):
        return inputs
    return replace(
        inputs,
        edition=None,
        problems=tuple(found for found in inputs.problems if found not in wrong),
        left_out=(*inputs.left_out, *errors(wrong)),
    )


def _with_shipped_facts(inputs: Inputs) -> Inputs:
    """Where the association's own fees or crisis lines are broken, the project's stand in for them."""
    chosen = inputs.settings
    own = {chosen.fees, chosen.crisis} - {None} if chosen else set()
    wrong = tuple(found for found in errors(inputs.problems) if found.path in own)
    kept = tuple(found for found in inputs.problems if found not in wrong)
    return replace(inputs, problems=kept, left_out=(*inputs.left_out, *wrong))


def _without_profiles(inputs: Inputs, problems: Iterable[Problem]) -> Inputs:
    """The inputs without the profiles in whose files an error stands."""
    found = inputs.of_profiles(problems)
    paths = {wrong.path for wrong in found}
    return replace(
        inputs,
        profiles=tuple(profile for profile in inputs.profiles if profile.path not in paths),
        problems=tuple(wrong for wrong in inputs.problems if wrong not in found),
        left_out=(*inputs.left_out, *found),
    )
