"""The thin adapter to MkDocs, and the only module that imports it: each hook is one call into a plain function."""

import logging
from collections.abc import Iterator, Set
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import clean_directory

from kokemus import calendar, configuration, desk, omission, pages, preview, publish, swap
from kokemus.inputs import gather
from kokemus.needles import Secret
from kokemus.problems import Problem, errors, render
from kokemus.site import Page

log = logging.getLogger("mkdocs.plugins.kokemus")
_UNREADABLE = (ConfigurationError, ValueError)
_NO_SUCH_PLACE = (EACCES, EADDRINUSE, EADDRNOTAVAIL)
THEME = str(files("kokemus") / "theme")


class _Options(Config):  # type: ignore[no-untyped-call]
    """No options of MkDocs' kind: ``settings`` reads and checks ours, with their places in the file."""


class KokemusPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Generates the catalogue into the site that MkDocs builds."""

    site_dir = ""
    preview = False
    writes = False
    audits = True
    leaves_out = False
    looked_for: tuple[Secret, ...] = ()
    clean: Set[tuple[str, bytes]] = frozenset()

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:
        """Our options are checked by ``settings``, so MkDocs has nothing to say about them."""
        return super().load_config({}, config_file_path)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """A preview keeps its last good pages while a profile is being mended."""
        self.preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline; any error ends the build before anything is written."""
        self.site_dir = config.site_dir
        self.folder = Path(config.config_file_path).parent
        on = calendar.today()
        self.inputs = gather(Path(config.config_file_path), config.site_url)
        if on is None:
            raise PluginError(desk.say("no-day", self.inputs.language))
        if self.leaves_out:
            self.inputs = omission.leaving_out(self.inputs, on)
        for line in self._said(self.inputs.left_out):
            log.info(line)
        self.publication = publish.publish(self.inputs, on, _icon)
        stopped = errors(self.publication.problems)
        for line in self._said(self.publication.problems):
            log.error(line) if stopped else log.info(line)
        if stopped or not self.publication.site:
            raise PluginError(desk.say("build.stopped", self.inputs.language))
        self.site = self.publication.site
        config.theme.dirs[:] = [THEME]
        config.theme["language"] = self.site.settings.languages[0]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Our pages and data instead of all Markdown sources and of everything that is Material's own.

        A Markdown file that is no guide of a language of the site is not published at all.
        A generated page is a finished file to MkDocs: no pass through Markdown, which would cost a third of a
        millisecond each, and no place in the navigation, which would grow with their number squared.
        """
        self.writes = True
        ours = {config.docs_dir, THEME}
        kept = [file for file in files if file.src_dir in ours and not file.is_documentation_page()]
        self.guides: dict[str, Page] = {}
        for page in self.publication.pages():
            if page.markdown:
                file = _generated(config, f"{page.url}index.md", page.content)
                self.guides[file.src_uri] = page
            else:
                file = _generated(config, f"{page.url}index.html", pages.document(self.site, page, page.content))
            kept.append(file)
        kept += [_generated(config, name, text) for name, text in self.publication.data.items()]
        return Files(kept)

    def on_page_markdown(self, markdown: str, page: MkDocsPage, **_: Any) -> str:
        """A guide has the title of its front matter."""
        if guide := self.guides.get(page.file.src_uri):
            page.title = guide.title
        return markdown

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Of MkDocs' page only what it made of the Markdown stays: the document around it is ours."""
        guide = self.guides.get(page.file.src_uri)
        return pages.document(self.site, guide, page.content or "") if guide else output

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """The page for unknown addresses and the sitemap are ours too."""
        if template_name == "404.html":
            return pages.not_found(self.site)
        if template_name == "sitemap.xml":
            return pages.sitemap(self.site)
        return output_content

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """The leak audit, at the lowest priority so that it sees what every other plugin wrote."""
        site = Path(config.site_dir)
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        if self.audits and not self.is_clean(site):
            raise PluginError(desk.say("build.leak", self.inputs.language))

    def is_clean(self, site: Path) -> bool:
        """Whether no private value stands in a site; each that does is logged.

        A file that was found clean of the same values a moment ago, in a preview, is not looked through again.
        """
        if self.publication.secrets != self.looked_for:
            self.looked_for, self.clean = self.publication.secrets, frozenset()
        met: set[tuple[str, bytes]] = set()

        def unknown() -> Iterator[tuple[str, bytes]]:
            for name, content in swap.files(site):
                met.add(known := (name, sha256(content).digest()))
                if known not in self.clean:
                    yield name, content

        found = publish.leaks(unknown(), self.publication)
        for line in self._said(found):
            log.error(line)
        if not found:
            self.clean = met
        return not found

    def _said(self, problems: tuple[Problem, ...]) -> list[str]:
        return render(problems, self.inputs.marks, language=self.inputs.language).splitlines()

    def on_build_error(self, error: Exception) -> None:
        """MkDocs leaves what it wrote so far, so the folder is emptied; ``kokemus build`` keeps the last good site."""
        if self.site_dir and (self.writes or not self.preview):
            clean_directory(self.site_dir)

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:
        """Any change rebuilds the preview; while a mistake is mended, it shows the last good pages."""
        chosen = self.site.settings
        ours = (self.inputs.experts, "terms", *filter(None, (chosen.crisis, chosen.fees)))
        server.builder = lambda: self._rebuild(builder, Path(config.config_file_path))
        preview.watch(server, (self.folder / name for name in ours), len(self.inputs.documents))
        log.info(desk.say("serve.at", self.inputs.language, address=server.url))
        return server

    def _rebuild(self, builder: Any, path: Path) -> None:
        self.writes = False
        try:
            builder()
        except Abort:
            pass
        except _UNREADABLE as error:
            _refused(path, error)
        else:
            return
        if not self.writes:
            log.info(desk.say("serve.kept", self.inputs.language))


def _generated(config: MkDocsConfig, name: str, content: str) -> File:
    """As bytes, which take half as much memory as a text with a dash in it."""
    return File.generated(config, name, content=content.encode(), inclusion=InclusionLevel.NOT_IN_NAV)


def build(path: Path, folder: Path, leave_out: bool = False) -> tuple[Problem, ...] | None:
    """Build the site into a folder: what was left out of it; None where it may not be published.

    The reasons are in MkDocs' log. The audit comes last, after every plugin and hook has written what it writes.
    """
    if not _is_readable(path):
        return None
    try:
        config = load_config(str(path), site_dir=str(folder), strict=True)
        plugin = config.plugins.get("kokemus")
        if not isinstance(plugin, KokemusPlugin):
            log.error("kokemus is not among the plugins of mkdocs.yml")
            return None
        plugin.audits = False
        plugin.leaves_out = leave_out
        mkdocs_build(config)
    except Abort:
        return None
    except _UNREADABLE as error:
        _refused(path, error)
        return None
    return plugin.inputs.left_out if plugin.is_clean(folder) else None


def serve(path: Path) -> bool:
    """The live preview; whether there was one to be seen."""
    if not _is_readable(path):
        return False
    try:
        mkdocs_serve(str(path))
    except _UNREADABLE as error:
        _refused(path, error)
        return False
    except OSError as error:
        if error.errno not in _NO_SUCH_PLACE:
            raise
        log.error(desk.say("serve.taken", gather(path).language))
        return False
    return True


def _is_readable(path: Path) -> bool:
    """Whether MkDocs can be given a configuration; else the reasons are logged."""
    _, problems = configuration.read(path)
    if errors(problems):
        _refused(path, ValueError())
    return not errors(problems)


def _refused(path: Path, error: Exception) -> None:
    """Log why MkDocs could not read its configuration: in our words and with places, where our rules know."""
    inputs = gather(path)
    known = errors(inputs.problems)
    for line in render(known, inputs.marks, language=inputs.language).splitlines() or [str(error)]:
        log.error(line)


@cache
def _icon(name: str) -> str:
    """An icon of Material's as inline SVG, by its path there, such as ``material/leaf``."""
    svg = (files("material") / "templates" / ".icons" / f"{name}.svg").read_text("utf-8")
    return svg.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1)
