"""The interface's own words, from ``public/texts/ui.yml``, and how a language writes dates and durations."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup, escape

from kokemus import resources
from kokemus.documents.placeholder import OPEN, is_open
from kokemus.settings import Period, Settings
from kokemus.text import in_language

UI: Mapping[str, Mapping[str, str]] = resources.texts("public/texts/ui")


def ui(key: str, language: str, **values: object) -> Markup:
    """A text of the interface with its values filled in and escaped."""
    text = _text(key, language)
    return text.format(**{name: escape(value) for name, value in values.items()}) if values else text


@cache
def _text(key: str, language: str) -> Markup:
    """A text as it is in the file; in Finnish if the language has none."""
    return Markup(in_language(UI[key], language, "fi"))


def period(value: Period, language: str, key: str) -> str:
    """«within 5 working days» or «12 months», from the texts ``key.unit.one`` and ``.other``, with a no-break space."""
    number = "one" if value.number == 1 else "other"
    words = str(ui(f"{key}.{value.unit.replace(' ', '-')}.{number}", language, n=value.number))
    return words.replace(f"{value.number} ", f"{value.number}\N{NO-BREAK SPACE}")


def day(value: date, language: str) -> str:
    """A date as the language writes it in Finland, with a no-break space between day and month."""
    return format_date(value, format="long", locale=f"{language}_FI").replace(" ", "\N{NO-BREAK SPACE}", 1)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def unbroken(name: str) -> str:
    """An association's name in which the last short word («ry», «rf») never stands alone on a line."""
    return re.sub(r" (\w{1,3})$", "\N{NO-BREAK SPACE}\\1", name)


def unbroken_number(number: str) -> str:
    """A telephone number that never breaks over lines."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def link(text: str, address: str) -> str:
    """A link in Markdown, unless what it shows is still to be filled in."""
    return text if is_open(text) else f"[{text}]({address})"


def listing(words: Iterable[str], language: str) -> str:
    """Words as a list in a sentence: «a, b ja c»."""
    return format_list([*words], style="standard", locale=f"{language}_FI")


def facts(settings: Settings, language: str) -> dict[str, str]:
    """The facts that texts of the form and of the guides can name."""
    association, processor, host = settings.association, settings.form.processor, settings.host
    jointly = ui("together.controller", language, association=association.name).unescape()
    return {
        "association": association.name,
        "controller": jointly if settings.together else association.name,
        "email": association.email,
        "phone": association.phone,
        "answer_within": period(settings.answer_within, language, "within"),
        "processor_name": processor.name,
        "processor_country": processor.country[language],
        "processor_retention": processor.retention[language],
        "host_name": host.name if host else OPEN,
        "host_country": host.country[language] if host else OPEN,
        "host_logs": host.logs[language] if host else OPEN,
    }


@cache
def autonym(language: str) -> str:
    """What a language calls itself; empty if CLDR does not know it."""
    try:
        return Locale.parse(language).get_language_name() or ""
    except (UnknownLocaleError, ValueError):
        return ""
