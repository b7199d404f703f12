"""Everything there is about one expert: the profile, papers made from it, and traces in folder, site and history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kokemus import audit, resources
from kokemus.anonymity import Card
from kokemus.erasure import traces
from kokemus.erasure.past import Past, past
from kokemus.erasure.rewriting import FILES
from kokemus.erasure.traces import Searched, Sought
from kokemus.git import history, objects
from kokemus.git.history import NoRepository, Unreadable
from kokemus.publication.inputs import Inputs

PAPERS = ("consent", "everything")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found about an expert.

    ``path`` is the profile's path, even if the file is gone. ``contents`` are its versions, the present one first.
    ``papers`` were made from it. ``site`` is None if no site has been built.
    """

    path: str
    contents: Sequence[bytes]
    papers: tuple[Path, ...]
    sought: Sought
    tree: Searched
    site: Searched | None
    past: Past | NoRepository

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was found that belongs to the expert with this code."""
        left = self.tree.traces or (self.site and self.site.traces)
        remembered = isinstance(self.past, Past) and not self.past.is_clean
        return not (self.contents or self.papers or left or remembered)


def find(inputs: Inputs, code: str) -> Found | Unreadable:
    """Search for an expert everywhere. If the history cannot be read, returns the reason instead."""
    folder, path = inputs.folder, f"{inputs.experts}/{code}.yml"
    file, site = folder / path, folder / "site"
    present = (file.read_bytes(),) if file.is_file() else ()
    remembered = history.whole(folder, lambda: _remembered(inputs, code, path, present))
    if isinstance(remembered, Unreadable):
        return remembered
    contents, sought, held = (
        (present, _sought(inputs, code, path, present), remembered)
        if isinstance(remembered, NoRepository)
        else remembered
    )
    papers = tuple(paper for kind in PAPERS for paper in sorted((folder / "desk").glob(f"{kind}-{code}.*")))
    pages = [page.markdown for page in inputs.guides]
    in_tree = audit.unexplained(sought.whole, resources.public(), pages)
    in_site = audit.unexplained((*sought.whole, *sought.names), inputs.public, pages)
    gone = [".git", "site", *FILES, *(paper.relative_to(folder).as_posix() for paper in papers)]
    if not file.is_symlink():
        gone.append(path)
    return Found(
        path=path,
        contents=contents,
        papers=papers,
        sought=sought,
        tree=traces.search(folder, in_tree, sought.names, gone),
        site=traces.search(site, in_site) if site.is_dir() else None,
        past=held,
    )


def _remembered(inputs: Inputs, code: str, path: str, present: Sequence[bytes]) -> tuple[Sequence[bytes], Sought, Past]:
    """All versions of a profile under all its names, the values to search for in them, and what the history holds."""
    top = objects.top(inputs.folder)
    names = [history.from_top(inputs.folder, path)]
    contents = list(present)
    for name in names:
        contents += [version.content for version in history.remembered(top, name)]
        sought = _sought(inputs, code, path, contents)
        found = past(inputs.folder, path, sought)
        names += [earlier for earlier in found.names if earlier not in names]
    return contents, sought, found


def _sought(inputs: Inputs, code: str, path: str, contents: Iterable[bytes]) -> Sought:
    signed = [one.card for one in inputs.profiles if one.card and one.code != code]
    return traces.sought(
        code,
        traces.documents(path, contents),
        [document for document in (*inputs.documents, *inputs.remains) if document.path != path],
        [Card(card.name, card.topics, card.places, card.texts) for card in signed],
        inputs.public,
        [page.markdown for page in inputs.guides],
    )
