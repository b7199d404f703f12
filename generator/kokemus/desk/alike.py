"""Warns if the name, e-mail or telephone typed for an expert is already in another profile, and says in whose."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from kokemus.desk.shared import ProblemText, inputs, name_of, say
from kokemus.importing import rows


def alike(private: Mapping[str, str], own: str = "") -> Iterator[ProblemText]:
    """The others who seem to be the same person, or who have the same telephone or e-mail, each with a link."""
    found = inputs()
    others = replace(
        found,
        documents=tuple(one for one in found.documents if one.path != own),
        remains=tuple(one for one in found.remains if one.path != own),
    )
    same = {path for _, path in rows.known({0: private}, others)}
    shared = {path for _, path in rows.maybe_known({0: private}, others)} - same
    for key, paths in (("form.known", same), ("form.shared", shared)):
        for path in sorted(paths):
            yield ProblemText("", PurePosixPath(path).stem, "", "", "error", say(key, name=name_of(path)), "")
