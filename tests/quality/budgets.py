"""The budgets, their limits, and whether the readings are within them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value, where it was measured, and details."""

    where: str
    value: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit for every reading: a maximum, or a minimum if ``least``."""

    name: str
    limit: float
    unit: str = ""
    least: bool = False

    def keeps(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit

    def row(self, readings: Iterable[Reading]) -> "Row":
        found = list(readings)
        if not found:
            return Row(self, Reading("nowhere", float("nan"), "not measured"), 0, (Reading("nowhere", 0),))
        worst = (min if self.least else max)(found, key=lambda reading: reading.value)
        return Row(self, worst, len(found), tuple(one for one in found if not self.keeps(one.value)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: the worst of ``count`` readings, and those over the budget. Without readings it is red."""

    budget: Budget
    worst: Reading
    count: int
    over: tuple[Reading, ...]

    @property
    def green(self) -> bool:
        return not self.over


BUDGETS: Mapping[str, Budget] = {
    "first view": Budget("first view of a reading page", 15_000, "bytes"),
    "requests": Budget("requests of a first view", 4),
    "script before use": Budget("script of a reading page until the search is used: the site's age", 1_600, "bytes"),
    "search": Budget("search, used for a word of the page's language", 40_000, "bytes"),
    "request": Budget("request page, used", 40_000, "bytes"),
    "third parties": Budget("third parties, cookies, storage", 0),
    "complaints": Budget("complaints of the browser, its Content-Security-Policy's too", 0),
    "policy": Budget("pages whose Content-Security-Policy allows more than is used", 0),
    "without script": Budget("what cannot be read, left or asked without JavaScript", 0),
    "axe": Budget("axe-core, all rules", 0),
    "performance": Budget("Lighthouse, mobile, slow 4G: performance", 97, least=True),
    "accessibility": Budget("Lighthouse: accessibility", 100, least=True),
    "best-practices": Budget("Lighthouse: best practices", 100, least=True),
    "seo": Budget("Lighthouse: SEO", 100, least=True),
    "html": Budget("errors of the Nu Html Checker", 0),
    "links": Budget("broken links, missing alternates, duplicate titles", 0),
    "keyboard": Budget("keyboard: out of reach, invisible or trapped", 0),
    "targets": Budget("targets under 24 pixels", 0),
    "sideways": Budget("pixels of sideways scrolling at 320 (400 % zoom), 360, 1280", 0),
    "search ready": Budget("results after the first focus, CPU slowed 4 times", 100, "ms"),
}


def table(rows: Iterable[tuple[str, Row]]) -> str:
    """A Markdown table: site, budget, limit, worst reading, where, number of readings, verdict."""
    lines = ["| site | budget | limit | worst | where | measured | |", "|---|---|---|---|---|---|---|"]
    for site, row in rows:
        limit = f"{'≥' if row.budget.least else '≤'} {row.budget.limit:,.0f} {row.budget.unit}".strip()
        value = f"{row.worst.value:,.1f}".removesuffix(".0")
        verdict = "green" if row.green else "RED"
        lines.append(
            f"| {site} | {row.budget.name} | {limit} | {value} | {row.worst.where} | {row.count} | {verdict} |"
        )
    return "\n".join(lines)
