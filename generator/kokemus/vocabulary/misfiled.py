"""Own terms that were put among the profiles, where nothing reads them."""

from collections.abc import Collection
from pathlib import PurePath
from shlex import quote

from kokemus.documents.document import Document
from kokemus.documents.problems import Mark, Problem, problem
from kokemus.resources import LANGUAGES

CODE = "terms-among-profiles"


def apart(
    documents: tuple[Document, ...], problems: tuple[Problem, ...], known: Collection[str]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The profiles of a folder without files of own terms, and the problems with one for each of these.

    ``known`` are the names that such files have.
    """
    own = {one.path: PurePath(one.path).name for one in documents if _is_terms(one, known)}
    told = (
        problem(
            "terms-among-profiles", path, (), Mark(1, 1), file=quote(path), to=name if name in known else "topics.yml"
        )
        for path, name in own.items()
    )
    return tuple(one for one in documents if one.path not in own), (*problems, *told)


def _is_terms(document: Document, known: Collection[str]) -> bool:
    """Whether terms with labels are all that is in a file, or its name says so and no part of a profile is in it."""
    data = document.data if isinstance(document.data, dict) else {}
    labelled = [one for one in data.values() if isinstance(one, dict) and not one.keys().isdisjoint(LANGUAGES)]
    if not labelled or not data.keys().isdisjoint(("consent", "private", "offers")):
        return False
    return PurePath(document.path).name in known or len(labelled) == len(data)
