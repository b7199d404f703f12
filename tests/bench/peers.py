"""Other ways to the same supports, for comparison: two mining packages, and SQL.

Each is given the members and k, and finds every statement of the published shapes that at least k of them match; the
guard, the blocks and everything after them have no counterpart there. No package is asked for itemsets of any other
shape than it must count: *by topic* mines the languages and places of each topic's own holders, in sets of at most two;
*ready-made* hands over each person's statements as single items, so that only counting is left.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from kokemus.anonymity import Rule
from kokemus.cells import Cells, Member
from kokemus.parameters import Parameters
from kokemus.statement import Statement
from kokemus.vocabulary import REMOTE, Vocabulary

PACKAGES = {"efficient-apriori": "efficient_apriori", "mlxtend": "mlxtend"}

Way = Callable[[Sequence[Member], int, Vocabulary], frozenset[Statement]]
Item = tuple[str, str]


def ours(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    """The project's own search, without the guard."""
    rule = Rule(Cells.of(crowd, vocabulary), Parameters(k=k, d=0, h=1, g=0, c=0), frozenset(vocabulary.topics))
    return frozenset(found for topic in vocabulary.topics for found in rule.passing(topic))


def efficient_apriori_by_topic(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    mine = import_module("efficient_apriori").itemsets_from_transactions

    def frequent(transactions: list[list[Item]], length: int) -> Iterator[tuple[Item, ...]]:
        found, _ = mine(list(map(tuple, transactions)), min_support=_share(k, transactions), max_length=length)
        return (items for sets in found.values() for items in sets)

    return frozenset(_by_topic(crowd, k, vocabulary, frequent))


def efficient_apriori_ready_made(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    mine = import_module("efficient_apriori").itemsets_from_transactions
    shown, alone = vocabulary.served | {REMOTE}, _alone(vocabulary)
    transactions = [tuple(_ready_made(member, shown, alone)) for member in crowd]
    found, _ = mine(transactions, min_support=_share(k, transactions), max_length=1)
    return frozenset(Statement(topic, **dict(items)) for ((topic, *items),) in found.get(1, ()))


def mlxtend_apriori(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    return _mlxtend("apriori", crowd, k, vocabulary)


def mlxtend_fpgrowth(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    return _mlxtend("fpgrowth", crowd, k, vocabulary)


def _mlxtend(algorithm: str, crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    pandas = import_module("pandas")
    encoder: Any = import_module("mlxtend.preprocessing").TransactionEncoder
    mine = getattr(import_module("mlxtend.frequent_patterns"), algorithm)

    def frequent(transactions: list[list[Item]], length: int) -> Iterator[tuple[Item, ...]]:
        encoded = encoder()
        texts = [["=".join(item) for item in items] for items in transactions]
        if not any(texts):
            return
        table = pandas.DataFrame(encoded.fit_transform(texts), columns=encoded.columns_)
        for items in mine(table, _share(k, transactions), use_colnames=True, max_len=length)["itemsets"]:
            yield tuple((name, value) for name, _, value in (item.partition("=") for item in items))

    return frozenset(_by_topic(crowd, k, vocabulary, frequent))


def sql(crowd: Sequence[Member], k: int, vocabulary: Vocabulary) -> frozenset[Statement]:
    """GROUP BY … HAVING COUNT(DISTINCT …) >= k, in memory."""
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE topic(i, t); CREATE TABLE offered(i, t); CREATE TABLE l(i, v); CREATE TABLE w(i, v);"
    )
    base.executescript("CREATE TABLE f(i, t, v); CREATE TABLE a(i, t, v);")
    shown, alone = vocabulary.served | {REMOTE}, _alone(vocabulary)
    for i, member in enumerate(crowd):
        base.executemany("INSERT INTO topic VALUES (?, ?)", [(i, topic) for topic in member.topics])
        base.executemany("INSERT INTO offered VALUES (?, ?)", [(i, topic) for topic in member.topics - alone])
        base.executemany("INSERT INTO l VALUES (?, ?)", [(i, value) for value in member.languages])
        base.executemany("INSERT INTO w VALUES (?, ?)", [(i, value) for value in member.where & shown])
        base.executemany(
            "INSERT INTO f VALUES (?, ?, ?)", [(i, *pair) for pair in member.formats if pair[0] not in alone]
        )
        base.executemany(
            "INSERT INTO a VALUES (?, ?, ?)", [(i, *pair) for pair in member.audiences if pair[0] not in alone]
        )
    queries: Mapping[str, tuple[str, ...]] = {
        "SELECT t FROM topic GROUP BY t": (),
        "SELECT t, v FROM offered JOIN l USING(i) GROUP BY t, v": ("language",),
        "SELECT t, v FROM offered JOIN w USING(i) GROUP BY t, v": ("where",),
        "SELECT t, l.v, w.v FROM offered JOIN l USING(i) JOIN w USING(i) GROUP BY t, l.v, w.v": ("language", "where"),
        "SELECT t, v FROM a GROUP BY t, v": ("audience",),
        "SELECT t, v FROM f GROUP BY t, v": ("format",),
    }
    return frozenset(
        Statement(topic, **dict(zip(names, values, strict=True)))
        for query, names in queries.items()
        for topic, *values in base.execute(f"{query} HAVING COUNT(DISTINCT i) >= {k}")
    )


WAYS: Mapping[str, Way] = {
    "kokemus": ours,
    "efficient-apriori, by topic": efficient_apriori_by_topic,
    "efficient-apriori, ready-made": efficient_apriori_ready_made,
    "mlxtend apriori, by topic": mlxtend_apriori,
    "mlxtend fpgrowth, by topic": mlxtend_fpgrowth,
    "sqlite": sql,
}


def _by_topic(
    crowd: Sequence[Member],
    k: int,
    vocabulary: Vocabulary,
    frequent: Callable[[list[list[Item]], int], Iterator[tuple[Item, ...]]],
) -> Iterator[Statement]:
    """The statements from the frequent itemsets of each topic's holders; sets of two of a kind are thrown away."""
    shown, alone = vocabulary.served | {REMOTE}, _alone(vocabulary)
    for topic in vocabulary.topics:
        holders = [member for member in crowd if topic in member.topics]
        if len(holders) < k:
            continue
        yield Statement(topic)
        if topic in alone:
            continue
        reach = [
            [
                *(("language", value) for value in member.languages),
                *(("where", value) for value in member.where & shown),
            ]
            for member in holders
        ]
        offers = [
            [
                *(("format", value) for offered, value in member.formats if offered == topic),
                *(("audience", value) for offered, value in member.audiences if offered == topic),
            ]
            for member in holders
        ]
        for items in (*frequent(reach, 2), *frequent(offers, 1)):
            if len(dict(items)) == len(items):
                yield replace(Statement(topic), **dict(items))


def _ready_made(member: Member, shown: frozenset[str], alone: frozenset[str]) -> Iterator[tuple[str | Item, ...]]:
    """All statements that a member matches, each as one item: the topic, then the dimensions."""
    where = member.where & shown
    for topic in member.topics:
        yield (topic,)
        if topic in alone:
            continue
        yield from ((topic, ("language", language)) for language in member.languages)
        yield from ((topic, ("where", place)) for place in where)
        yield from (
            (topic, ("language", language), ("where", place)) for language in member.languages for place in where
        )
    yield from ((topic, ("format", value)) for topic, value in member.formats if topic not in alone)
    yield from ((topic, ("audience", value)) for topic, value in member.audiences if topic not in alone)


def _alone(vocabulary: Vocabulary) -> frozenset[str]:
    """The topics that are published in no combination."""
    return frozenset(topic.id for topic in vocabulary.topics.values() if topic.topic_only)


def _share(k: int, transactions: Sequence[object]) -> float:
    """A share that k of the transactions reach and k - 1 do not, whichever way it is rounded."""
    return (k - 0.5) / len(transactions)
