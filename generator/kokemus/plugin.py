"""The adapter between MkDocs and the pipeline. Apart from it, only ``engine`` imports MkDocs."""

import logging
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import clean_directory

from kokemus import audited, dates, disk, preview
from kokemus.audit import Wanted
from kokemus.documents.problems import Problem, errors, render
from kokemus.publication import attachments, omission, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.publication.publish import Publication
from kokemus.reports import messages
from kokemus.website import pages
from kokemus.website.headers import AT_ROOT
from kokemus.website.icons import icon
from kokemus.website.outline import Page, Site

log = logging.getLogger("mkdocs.plugins.kokemus")
UNREADABLE = (ConfigurationError, ValueError)
THEME = str(files("kokemus") / "public" / "theme")


class _Options(Config):  # type: ignore[no-untyped-call]
    """MkDocs checks no options: ``settings`` reads and checks ours, with their places in the file."""


class KokemusPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Generates the catalogue into the site that MkDocs builds."""

    site_dir = ""
    preview = False
    writes = False
    audits = True
    leaves_out = False
    in_place: Path | None = None
    looked_for: Wanted | None = None
    clean: Set[tuple[str, bytes]] = frozenset()
    inputs: Inputs
    profiles: int
    publication: Publication
    site: Site
    guides: Mapping[str, Page]

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[list[Any], list[Any]]:
        """Pass no options to MkDocs, since ``settings`` checks them."""
        return super().load_config({}, config_file_path)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a preview, which keeps its last good pages while a profile is being fixed."""
        self.preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline. Any error ends the build before anything is written."""
        self.site_dir = config.site_dir
        on = dates.today()
        self.inputs = gather(Path(config.config_file_path), config.site_url)
        if on is None:
            raise PluginError(messages.say("no-day", self.inputs.language))
        if self.leaves_out:
            self.inputs = omission.leaving_out(self.inputs, on)
        for line in self.say(self.inputs.left_out):
            log.info(line)
        before = publish.shown(self.in_place) if self.in_place else None
        self.publication = publish.publish(self.inputs, on, icon, before or publish.NONE_SHOWN)
        stopped = errors(self.publication.problems)
        for line in self.say(self.publication.problems):
            log.error(line) if stopped else log.info(line)
        if stopped or not self.publication.site:
            raise PluginError(messages.say("build.stopped", self.inputs.language))
        for line in messages.waiting(self.publication.day.crowd, on, self.inputs.language):
            log.info(line)
        self.site, self.profiles = self.publication.site, len(self.inputs.documents)
        self.inputs = replace(self.inputs, documents=(), remains=(), profiles=(), marks={})  # most of the memory
        config.theme.dirs[:] = [THEME]
        config.theme["language"] = self.site.settings.languages[0]
        config.mdx_configs[audited.NAME] = audited.RUNS
        return config

    @event_priority(100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace all Markdown sources and Material's own files by our pages and data.

        This runs before all other plugins, so that they see the final files. A Markdown file that is no guide in a
        language of the site is not published at all. MkDocs treats generated pages as finished files: it does not
        render them as Markdown, and does not add them to the navigation, whose cost grows with the square of the number
        of pages.
        """
        self.writes = True
        ours = {config.docs_dir, THEME}
        kept = [file for file in files if file.src_dir in ours and not file.is_documentation_page()]
        guides: dict[str, Page] = {}
        for page in self.publication.guides:
            file = _guide(config, page)
            guides[file.src_uri] = page
            kept.append(file)
        made = {f"{page.url}index.html": partial(pages.whole, self.site, page) for page in pages.generated(self.site)}
        made |= {name: partial(str, text) for name, text in self.publication.data.items()}
        own = {file.src_uri for file in kept}.intersection(AT_ROOT)
        kept += [_Generated(config, name, make) for name, make in made.items() if name not in own]
        self.guides = guides
        return Files(kept)

    def on_page_markdown(self, markdown: str, page: MkDocsPage, **_: Any) -> str:
        """Give a guide the title in its front matter."""
        if guide := self.guides.get(page.file.src_uri):
            page.title = guide.title
        return markdown

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep only the HTML that MkDocs made from the Markdown; the document around it is ours."""
        guide = self.guides.get(page.file.src_uri)
        return pages.document(self.site, guide, page.content or "") if guide else output

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Replace the page for unknown addresses and the sitemap by ours."""
        if template_name == "404.html":
            return pages.not_found(self.site)
        if template_name == "sitemap.xml":
            return pages.sitemap(self.site)
        return output_content

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Run the leak audit, at the lowest priority so that it sees what every other plugin wrote."""
        site = Path(config.site_dir)
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        if self.audits and not self.is_clean(site):
            raise PluginError(messages.say("build.leak", self.inputs.language))

    def is_clean(self, site: Path) -> bool:
        """Whether no private value is in a site. Each one found is logged.

        In a preview, a file that was already found clean of the same values is not searched again.
        """
        if (secrets := self.publication.day.secrets) != self.looked_for:
            self.looked_for, self.clean = secrets, frozenset()
        met: set[tuple[str, bytes]] = set()

        def unknown() -> Iterator[tuple[str, bytes]]:
            for name, content in disk.files(site):
                met.add(known := (name, sha256(content).digest()))
                if known not in self.clean:
                    yield name, content

        found = publish.leaks(unknown(), self.publication)
        self.refuse(attachments.at_source(self.inputs.folder, self.inputs.docs, found))
        if not found:
            self.clean = met
        return not found

    def say(self, problems: tuple[Problem, ...]) -> list[str]:
        """The problems in the coordinator's language, line by line."""
        return render(problems, self.inputs.marks, language=self.inputs.language).splitlines()

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Log the problems that stop a publication."""
        for line in self.say(problems):
            log.error(line)

    def on_build_error(self, error: Exception) -> None:
        """Empty the folder, since MkDocs leaves what it wrote so far. ``kokemus build`` keeps the last good site."""
        if self.site_dir and (self.writes or not self.preview):
            clean_directory(self.site_dir)

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild the preview after any change. While there is an error, the last good pages are shown."""
        chosen = self.site.settings
        ours = (self.inputs.experts, "terms", *filter(None, (chosen.crisis, chosen.fees)))
        server.builder = lambda: self._rebuild(builder, Path(config.config_file_path))
        standing = (config.docs_dir, config.config_file_path, *config.theme.dirs)
        preview.watch(server, standing, (self.inputs.folder / name for name in ours), self.profiles)
        log.info(messages.say("serve.at", self.inputs.language, address=server.url))
        return server

    def _rebuild(self, builder: Any, path: Path) -> None:
        self.writes = False
        try:
            builder()
        except Abort:
            pass
        except UNREADABLE as error:
            refused(path, error)
        else:
            return
        if not self.writes:
            log.info(messages.say("serve.kept", self.inputs.language))


def _guide(config: MkDocsConfig, page: Page) -> File:
    """The file of a hand-written page: named by its source, with our content and at our address."""
    source = f"{page.language}/{page.id}.md"
    address = f"{page.url}index.html"
    file = File(
        source,
        config.docs_dir,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=address,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.content_bytes = page.content.encode()
    file.abs_src_path = str(Path(config.docs_dir, source))
    return file


class _Generated(File):
    """A generated file. Its content is made when MkDocs or another plugin asks for it, so that few are in memory."""

    def __init__(self, config: MkDocsConfig, name: str, make: Callable[[], str]) -> None:
        super().__init__(name, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.NOT_IN_NAV)
        self.generated_by = "kokemus"
        self.make = make

    @property
    def content_bytes(self) -> bytes:
        return self.make().encode()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make = value.decode

    def copy_file(self, dirty: bool = False) -> None:
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content_bytes)


def refused(path: Path, error: Exception) -> None:
    """Log why MkDocs could not read its configuration, in our words and with places if our own rules find the cause."""
    inputs = gather(path)
    known = errors(inputs.problems)
    for line in render(known, inputs.marks, language=inputs.language).splitlines() or [str(error)]:
        log.error(line)
