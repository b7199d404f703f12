"""Preview of a typed text: the pages of the site that it would change. Nothing is written."""

import re
from base64 import b64encode
from dataclasses import dataclass
from mimetypes import guess_type
from typing import Any

import flask
import markdown

from kokemus.desk.shared import CONFIGURATION, ProblemText, folder, in_words, inputs, problems, today
from kokemus.desk.turns import meanwhile
from kokemus.documents import source
from kokemus.documents.problems import errors
from kokemus.publication import publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import Publication
from kokemus.website import pages
from kokemus.website.icons import icon
from kokemus.website.outline import Page, Site

_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
_SHOWN = 12
_OF_MKDOCS = ("toc", "tables", "fenced_code")
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*/?(assets/[\w-]+\.css)">')
_NOT_HERE = re.compile(r'<script\b[^>]*>.*?</script>|<meta http-equiv="Content-Security-Policy"[^>]*>', re.DOTALL)
_LEADS = re.compile(r'(<(?:a|link)\b[^>]*?\shref|<form\b[^>]*?\saction)="[^"#][^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The problems that a typed text would have, and the pages that it would change.

    ``is_whole`` is whether a site could be published with it, ``is_compared`` whether one could be without it, so that
    the pages are all that would change. ``everywhere`` is the number of all pages if every page would; otherwise 0.
    """

    problems: list[ProblemText]
    pages: tuple[Page, ...]
    is_whole: bool
    is_compared: bool
    is_saved: bool
    everywhere: int


def at(name: str, text: str) -> Looked:
    """The effect of a text in place of one of the folder's files. The file's own page comes first."""
    now, known, on = inputs(), {*problems()}, today()
    with meanwhile():
        before, (found, after) = publish.publish(now, on, icon), _would_be(name, text)
        changed = tuple(_changed(before, after, name, found) if after.site else ())
        everywhere = _everywhere(before, after)
    new = tuple(one for one in after.problems if one.path == name or (one in errors([one]) and one not in known))
    file = folder() / name
    return Looked(
        problems=in_words(new, found.marks),
        pages=changed,
        is_whole=after.site is not None,
        is_compared=before.site is not None,
        is_saved=file.is_file() and file.read_bytes().decode("utf-8-sig", "replace") == text,
        everywhere=everywhere,
    )


def _everywhere(before: Publication, after: Publication) -> int:
    """The number of pages if what stands around every page's content would differ; otherwise 0."""
    if not before.site or not after.site:
        return 0
    made = [*after.pages()]
    front = [page for page in made if page.id == "home"][:1]
    sheets = ({name: text for name, text in one.data.items() if name.endswith(".css")} for one in (before, after))
    return len(made) if next(sheets) != next(sheets) or _around(before, front) != _around(after, front) else 0


def _would_be(name: str, text: str) -> tuple[Inputs, Publication]:
    """The inputs with a text in place of one file, and what would be published from them today."""
    with source.instead(folder() / name, text.encode()):
        found = gather(folder() / CONFIGURATION)
        return found, publish.publish(found, today(), icon)


def _changed(before: Publication, after: Publication, name: str, found: Inputs) -> list[Page]:
    """The pages that would differ; the front page alone if only the parts around every page's content would differ.

    If nothing can be published now, there is nothing to compare with: then the file's own pages, or the front page.
    """
    guides = {(guide.id, guide.language) for guide in found.guides if guide.path == name}
    was = {(page.language, page.url): (page.content, page.title) for page in before.pages()}
    made = [*after.pages()]
    own = [page for page in made if (page.id, page.language) in guides]
    front = [page for page in made if page.id == "home"][:1]
    if not before.site:
        return own or front
    others = [page for page in made if was.get((page.language, page.url)) != (page.content, page.title)]
    changed = [*(page for page in own if page in others), *(page for page in others if page not in own)]
    if not changed and (before.data != after.data or _around(before, front) != _around(after, front)):
        return front
    return changed


def _around(publication: Publication, around: list[Page]) -> list[str]:
    return [pages.document(publication.site, page, "") for page in around if publication.site]


def key(page: Page) -> str:
    """The name of a page in the form: its language and address."""
    return f"{page.language}/{page.url}"


def listed(looked: Looked | None) -> dict[str, Any]:
    """What the template shows of a preview."""
    return {
        "looked": looked,
        "pages": [(page, key(page)) for page in looked.pages[:_SHOWN]] if looked else [],
        "more": max(0, len(looked.pages) - _SHOWN) if looked else 0,
    }


def shown(name: str, text: str, wanted: str) -> flask.typing.ResponseReturnValue:
    """One of the pages as a visitor would see it, in a single file. Its links and its form lead nowhere."""
    with meanwhile():
        _, publication = _would_be(name, text)
        page = next((one for one in publication.pages() if key(one) == wanted), None)
    if not publication.site or not page:
        flask.abort(404)
    content = markdown.markdown(page.content, extensions=[*_OF_MKDOCS]) if page.markdown else page.content
    flask.g.policy = _POLICY
    return _alone(pages.document(publication.site, page, content), publication, publication.site)


def _alone(html: str, publication: Publication, site: Site) -> str:
    """A page that loads nothing: its styles and logo are embedded, its scripts are removed."""
    html = _NOT_HERE.sub("", html)
    html = _SHEET.sub(lambda found: f"<style>{publication.data[found[1]]}</style>", html)
    if logo := site.settings.appearance.logo:
        content = b64encode((folder() / inputs().docs / logo).read_bytes()).decode()
        html = re.sub(rf'src="[^"]*{re.escape(logo)}"', f'src="data:{guess_type(logo)[0]};base64,{content}"', html)
    return _LEADS.sub(r'\1="#"', html)
