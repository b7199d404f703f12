"""Pages for the coordinator's desk, to look at and to print; one file each, without anything from elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from kokemus import consent as consents
from kokemus import desk, shipped
from kokemus import report as figures
from kokemus import sheet as sheets
from kokemus.association import Association
from kokemus.explanation import Situation
from kokemus.pages import ENVIRONMENT
from kokemus.problems import Problem
from kokemus.sheet import Sheet
from kokemus.statement import DIMENSIONS, Statement
from kokemus.vocabulary import REMOTE, Vocabulary
from kokemus.wording import capital, day, ui

_TEXTS: Mapping[str, Mapping[str, str]] = shipped.terms("desk/papers")


def _text(key: str, language: str, **values: object) -> Markup:
    """A text of ``terms/desk/papers.yml``, escaped values filled in; English where the language has none."""
    texts = _TEXTS[key]
    return Markup(texts.get(language) or texts["en"]).format_map({name: escape(v) for name, v in values.items()})


def _page(template: str, language: str, vocabulary: Vocabulary, **values: Any) -> str:
    return ENVIRONMENT.get_template(f"desk/{template}.html").render(
        language=language,
        vocabulary=vocabulary,
        t=lambda key, **given: _text(key, language, **given),
        day=lambda on: day(on, language),
        label=lambda kind, id: label(kind, id, language, vocabulary),
        **values,
    )


def label(dimension: str, id: str, language: str, vocabulary: Vocabulary) -> str:
    """The label of a dimension's value, remote included."""
    return str(ui("remote", language)) if id == REMOTE else vocabulary.of(dimension)[id].label(language)


def rows(
    statements: Iterable[Statement], language: str, vocabulary: Vocabulary
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Statements as one reads them: for each topic its values by dimension, places with a language by language.

    Each pair is the key of the dimension's name and the values in words; a topic that stands alone has no pairs.
    """
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for topic, known in sheets.by_topic(statements).items():
        lines: dict[str, list[str]] = {}
        for statement in known:
            dimensions = statement.dimensions
            if len(dimensions) == 1:
                ((name, value),) = dimensions.items()
                lines.setdefault(name, []).append(label(name, value, language, vocabulary))
            elif dimensions:
                name = f"language:{statement.language}"
                lines.setdefault(name, []).append(label("where", statement.where, language, vocabulary))
        order = {name: place for place, name in enumerate(DIMENSIONS)}
        for name, places in lines.items():
            if ":" in name and places == lines.get("where"):
                lines[name] = [str(_text("sheet.same", language))]
        ordered = sorted(lines.items(), key=lambda line: (order.get(line[0], len(order)), line[0]))
        found.append((capital(vocabulary.topics[topic].label(language)), [(name, ", ".join(v)) for name, v in ordered]))
    return found


def consent(made: Sheet, association: Association, vocabulary: Vocabulary, language: str) -> str:
    """The consent sheet, on one page of paper."""
    return _page(
        "consent",
        language,
        vocabulary,
        sheet=made,
        association=association,
        rows=lambda statements: rows(statements, language, vocabulary),
        named=lambda kind, ids: ", ".join(label(kind, id, language, vocabulary) for id in ids),
    )


def report(situation: Situation, languages: tuple[str, ...], problems: tuple[Problem, ...], language: str) -> str:
    """The report with pictures: coverage as tables, ending consents as columns, and what would unlock what."""
    vocabulary = situation.vocabulary
    coverage = figures.coverage(situation)
    endings = figures.endings(situation)
    return _page(
        "report",
        language,
        vocabulary,
        situation=situation,
        coverage=coverage,
        tables=[(dimension, coverage.values(dimension)) for dimension in DIMENSIONS if coverage.values(dimension)],
        unlocks=[
            (missing, rows((reason.statement for reason in reasons), language, vocabulary))
            for missing, reasons in coverage.unlocks().items()
        ],
        waiting=[
            (desk.in_words(found.statement, language, vocabulary), desk.why(found, language, vocabulary))
            for found in coverage.waiting()
            if found.code not in ("topic-only", "parent") or not found.statement.dimensions
        ],
        endings=endings,
        most=max((ending.count for ending in endings), default=0) or 1,
        soon=tuple(desk.ending(situation.profiles, situation.on)),
        untranslated=tuple(desk.untranslated(situation.profiles, languages, situation.on)),
        facts=tuple(desk.old_facts(problems, language)),
        limits=desk.limits(language),
        size=consents.size(situation.profiles, situation.on),
    )
