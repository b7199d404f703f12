"""A Markdown extension that refuses to make a page unless our plugin runs, since only then the leak audit follows.

``mkdocs.yml`` names it. An engine that ignores unknown plugins, as Zensical does, would otherwise write the
hand-written pages without the audit and call that a site.
"""

from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from kokemus.reports import messages
from kokemus.reports.scaffolding import LANGUAGES

NAME = __name__
RUNS = {"plugin_runs": True}
"""Only the plugin passes this setting."""


class _Audited(Extension):
    def __init__(self, **settings: Any) -> None:
        self.config = {"plugin_runs": [False, "whether the plugin runs, by the plugin"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, as Markdown calls it
        if not self.getConfig("plugin_runs"):
            md.preprocessors.register(_Refusal(md), NAME, 1000)


class _Refusal(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        raise RuntimeError(" ".join(messages.say("build.no-plugin", language) for language in LANGUAGES))


def makeExtension(**settings: Any) -> Extension:  # noqa: N802, as Markdown calls it
    """The function that Markdown calls to create the extension."""
    return _Audited(**settings)
