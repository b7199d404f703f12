"""Commands whose usage, help and refusals are in the coordinator's language."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import EPIPE
from functools import cache
from pathlib import Path
from typing import IO, Any

import click

from kokemus import resources, vocabulary
from kokemus.documents import mkdocs_yml
from kokemus.settings import options
from kokemus.text import in_language, nearest, shown

CONFIGURATION = Path("mkdocs.yml")
HELP: Mapping[str, Mapping[str, Any]] = resources.texts("coordinator/texts/commands")


def language() -> str:
    """The coordinator's language: from the configuration here or above; without one, from the computer's locale."""
    here = Path.cwd()
    return _language(next((file for one in (here, *here.parents) if (file := one / CONFIGURATION).is_file()), here))


@cache
def _language(file: Path) -> str:
    if file.is_file():
        whole, _ = mkdocs_yml.read(file)
        return options.coordinator_language(whole or mkdocs_yml.remains(file), vocabulary.load()[0])
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "fi" if locale.startswith("fi") else "en"


def _text(texts: Mapping[str, str] | str | None, language: str) -> str | None:
    """The text in this language, or in English if it lacks it. A plain text is returned unchanged."""
    return texts if texts is None or isinstance(texts, str) else in_language(texts, language, "en")


def word(key: str, **values: object) -> str:
    """A phrase of the help in the coordinator's language."""
    return str(_text(HELP["words"][key], language())).format_map(values)


class _Misuse(click.UsageError):
    """A usage error: something typed that is not a command. Shown in the coordinator's language."""

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx:
            click.echo(self.ctx.get_usage(), file=file, err=True)
            click.echo(f"{word('more', command=self.ctx.command_path)}\n", file=file, err=True)
        click.echo(word("error", what=self.message), file=file, err=True)


class _Unwritten(click.ClickException):
    """A disk that is full, read-only or unreadable: an error that is not about what was typed."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(word("error", what=self.message), file=file, err=True)


@contextmanager
def _in_words() -> Iterator[None]:
    """Turns errors of click and of the disk into our own words, except when the reader of the output has gone."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.NoSuchOption as error:
        raise _Misuse(word("no-option", name=error.option_name), error.ctx) from None
    except click.MissingParameter as error:
        name = error.param.human_readable_name if error.param else ""
        raise _Misuse(". ".join(filter(None, (word("missing", name=name), _known(error)))), error.ctx) from None
    except click.BadParameter as error:
        wrong = f"{error.param_hint or _named(error.param)}: {_wrong(error)}"
        more = _known(error) if isinstance(error.param and error.param.type, click.Choice) else None
        raise _Misuse(". ".join(filter(None, (wrong, more))), error.ctx) from None
    except click.UsageError as error:
        raise _Misuse(error.message, error.ctx) from None
    except OSError as error:
        if error.errno == EPIPE:
            raise
        where = shown(str(error.filename or CONFIGURATION.absolute().parent))
        raise _Unwritten(word("disk", path=where, reason=error.strerror)) from None


def _known(error: click.BadParameter) -> str | None:
    """What the help says of an option or argument."""
    name = (error.param.name if error.param else None) or ""
    own = HELP.get(error.ctx.command.name or "", {}) if error.ctx else {}
    return _text(own.get("options", {}).get(name) or HELP["options"].get(name), language())


def _named(parameter: click.Parameter | None) -> str:
    """An option by its first name, an argument as the usage calls it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name if parameter else ""


def _wrong(error: click.BadParameter) -> str:
    """What is wrong with a value. Types that click does not know, such as dates, bring their own message."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return word("no-choice", choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.File) or (isinstance(kind, click.Path) and kind.exists and not kind.dir_okay):
        return word("no-such-file", name=_typed(error))
    if isinstance(kind, click.Path):
        return word("no-folder", name=_typed(error)) if kind.dir_okay else word("no-file")
    return error.message


def _typed(error: click.BadParameter) -> str:
    """What was typed for an argument, which click only says within its own words; safe to show."""
    quoted = re.search("'(.*)'", error.message, re.DOTALL)
    return shown(quoted[1] if quoted else "")


class Localized(click.Command):
    """A command whose help is in ``coordinator/texts/commands.yml``, with an example and its output."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        here = language()
        own = HELP.get(self.name or "", {})
        self.help = _text(own.get("help", self.help), here)
        for option in self.params:
            if isinstance(option, click.Option | click.Argument):
                known = own.get("options", {}).get(option.name) or HELP["options"].get(option.name)
                option.help = _text(known or option.help, here)
        for command in self.commands.values() if isinstance(self, click.Group) else ():
            command.short_help = _text(HELP.get(command.name or "", {}).get("short", command.short_help), here)
        super().format_help(ctx, formatter)
        if example := own.get("example"):
            with formatter.section(_text(HELP["words"]["example"], here) or ""):
                shown = _text(example["shows"], here) or ""
                formatter.write(f"  $ {example['run']}\n")
                formatter.write("".join(f"  {line}\n" for line in shown.splitlines()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            left = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            ctx.fail(word("no-value", name=error.option_name))
        if left and not ctx.resilient_parsing and not isinstance(self, click.Group):
            takes = "".join(one.name or "" for one in self.params if isinstance(one, click.Argument))
            known = next((key for key in (f"too-many-{self.name}", f"too-many-{takes}") if key in HELP["words"]), None)
            ctx.fail(word(known or "too-many", rest=" ".join(left)))
        return left

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.options_metavar = f"[{word('options').upper()}]"
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{word('usage')}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for option in self.get_params(ctx) if (record := option.get_help_record(ctx))]
        if (standing := self.get_help_option(ctx)) and standing not in self.params:
            words = _text(HELP["options"]["help"], language()) or ""
            records = [*[record for record in records if not record[0].startswith("-h, ")], ("-h, --help", words)]
        with formatter.section(_text(HELP["words"]["options"], language()) or ""):
            formatter.write_dl(records)


class LocalizedGroup(Localized, click.Group):
    """The group of all commands, each with a short help in the coordinator's language."""

    command_class = Localized

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _in_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_words():
            return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.subcommand_metavar = f"{word('command')} …"
        super().format_usage(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = ctx.resilient_parsing or not args or args[0].startswith("-") or self.get_command(ctx, args[0])
        if not known:
            near = nearest(args[0], self.commands)
            ctx.fail(f"{word('no-command', name=args[0])}{f': {near}?' if near else ''}")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, command.short_help or "") for name, command in sorted(self.commands.items())]
        with formatter.section(_text(HELP["words"]["commands"], language()) or ""):
            formatter.write_dl(rows)
