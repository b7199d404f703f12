"""Runs MkDocs for ``kokemus build`` and ``kokemus serve``, and explains in our own words what it cannot read."""

from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from kokemus.documents import mkdocs_yml
from kokemus.documents.problems import Problem, errors
from kokemus.plugin import UNREADABLE, KokemusPlugin, log, refused
from kokemus.publication import publish
from kokemus.publication.inputs import gather
from kokemus.reports import messages

_NO_SUCH_PLACE = (EACCES, EADDRINUSE, EADDRNOTAVAIL)


def build(path: Path, folder: Path, in_place: Path, leave_out: bool = False) -> tuple[Problem, ...] | None:
    """Build the site into ``folder``, to replace the one at ``in_place``. Returns what was left out.

    None means that the build was refused; the reasons are in MkDocs' log. The audit comes last, after every plugin and
    hook has written its files.
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
        plugin.leaves_out, plugin.in_place = leave_out, in_place
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except Abort:
        return None
    except UNREADABLE as error:
        refused(path, error)
        return None
    wrong = publish.regressed(in_place, plugin.publication.day)
    plugin.refuse(wrong)
    return plugin.inputs.left_out if not wrong and plugin.is_clean(folder) else None


def serve(path: Path) -> bool:
    """Run the live preview. Returns whether it could start."""
    if not _is_readable(path):
        return False
    try:
        mkdocs_serve(str(path))
    except UNREADABLE as error:
        refused(path, error)
        return False
    except OSError as error:
        if error.errno not in _NO_SUCH_PLACE:
            raise
        log.error(messages.say("serve.taken", gather(path).language))
        return False
    return True


def _is_readable(path: Path) -> bool:
    """Whether the configuration can be read by MkDocs. If not, the reasons are logged."""
    _, problems = mkdocs_yml.read(path)
    if errors(problems):
        refused(path, ValueError())
    return not errors(problems)
