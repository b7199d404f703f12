"""An association's own terms: which keys a term may have, so that no typing error goes unnoticed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from kokemus.documents import spare, tongue
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Mark, Problem, Route, problem
from kokemus.resources import LANGUAGES, PACKAGE
from kokemus.text import nearest

Entries = Mapping[str, Mapping[str, Data]]
DATED = ("crisis", "fees")
"""Files that an association names in its configuration instead of putting them into ``terms``."""
_FIXED = {
    PurePath(entry.name).stem
    for folder in ("public/texts", "public/search", "coordinator/texts")
    for entry in PACKAGE.joinpath(*folder.split("/")).iterdir()
}
_IGNORED = ("_", ".", "#")
UNREAD = frozenset({"terms-among-profiles", "terms-beside", "terms-facts", "terms-file", "terms-fixed"})
"""The codes of problems with files that have no effect."""
_REQUIRED = {"places": ("kind", "parent"), "topics": ("group",)}
_TOP = "everywhere"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def valid_entries(kind: str, document: Document, known: Mapping[str, Entries]) -> tuple[Entries, tuple[Problem, ...]]:
    """The valid entries of a file, and all problems of the others.

    ``known`` has the entries of every kind so far. Own terms may use the keys that those use.
    """
    if not isinstance(document.data, dict):
        example = _example(kind, "", None, known)
        return {}, (problem("own-terms", document.path, (), Mark(1, 1), example=example),)
    if [*document.data] == [kind] and kind not in known[kind]:
        return {}, (problem("terms-wrapped", document.path, (kind,)).at(document.marks),)
    own: dict[str, Mapping[str, Data]] = {}
    problems: list[Problem] = []
    for id, entry in document.data.items():
        found = list(_entry(document.path, kind, id, entry, known))
        problems += found
        if isinstance(entry, dict) and not found:
            own[id] = entry
    for id in list(_detached({**known[kind], **own}, own)) if kind == "places" else ():
        problems.append(problem("place-parent", document.path, (id, "parent")))
        del own[id]
    if kind == "topics" and not problems and len(added := own.keys() - known[kind].keys()) == 1:
        problems.append(problem("own-topic-alone", document.path, (*added,)))
    for id, language in _renamed(known[kind], own, known["languages"]) if kind == "topics" else ():
        problems.append(problem("own-topic-renames", document.path, (id, language), topic=known[kind][id][language]))
    if kind == "topics":
        problems += _taken(document.path, known[kind], own, known["languages"])
    return own, tuple(found.at(document.marks) for found in problems)


def joined(ready: Entries, own: Entries, languages: Collection[str]) -> dict[str, Mapping[str, Data]]:
    """The ready terms with the own ones. A label that is replaced stays a synonym, since profiles may use it."""
    terms = {**ready, **{id: {**ready.get(id, {}), **entry} for id, entry in own.items()}}
    for id, language in _renamed(ready, own, languages):
        words = terms[id].get("synonyms")
        synonyms = dict(words) if isinstance(words, dict) else {}
        others = synonyms.get(language)
        synonyms[language] = [*(others if isinstance(others, list) else ()), ready[id][language]]
        terms[id] = {**terms[id], "synonyms": synonyms}
    return terms


def _renamed(ready: Entries, own: Entries, languages: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ids of ready terms with each language in which an own file gives them another label."""
    for id, entry in own.items():
        was = ready.get(id, {})
        yield from ((id, key) for key in entry if key in languages and key in was and entry[key] != was[key])


def folded(text: str) -> str:
    """The form of a name in which a term is found by it."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _taken(path: str, ready: Entries, own: Entries, languages: Collection[str]) -> Iterator[Problem]:
    """The labels and synonyms of added topics by which profiles may already mean another, a ready or an own one."""
    names = {
        folded(word): id
        for id, entry in ready.items()
        for word in (id, *(said for _, said in _words(id, entry, languages)))
    }
    topics = {**ready, **own}
    for id in (one for one in own if one not in ready):
        for route, word in _words(id, own[id], languages):
            if (of := names.setdefault(folded(word), id)) != id:
                code = "own-topic-taken" if of in ready else "own-topic-twice"
                yield problem(code, path, route, word=word, topic=topics[of]["fi"], id=of)


def _words(id: str, entry: Mapping[str, Data], languages: Collection[str]) -> Iterator[tuple[Route, str]]:
    """The labels and synonyms of a term, each with its route."""
    yield from (((id, key), str(value)) for key, value in entry.items() if key in languages)
    synonyms = entry.get("synonyms")
    for key, words in synonyms.items() if isinstance(synonyms, dict) else ():
        listed = enumerate(words) if isinstance(words, list) else ()
        yield from (((id, "synonyms", key, at), str(word)) for at, word in listed)


def _entry(path: str, kind: str, id: str, entry: Data, known: Mapping[str, Entries]) -> Iterator[Problem]:
    like = {key: value for one in known[kind].values() for key, value in one.items()}
    languages = tuple(known["languages"])
    keys = tuple(dict.fromkeys((*like, "synonyms", *languages)))
    example = _example(kind, id, entry, known)
    if not isinstance(entry, dict):
        yield problem("own-terms", path, (id,), example=example)
        return
    if not _ID.fullmatch(id):
        yield problem("term-id", path, (id,), example=example)
    if kind == "languages" and id in _keys(known) - known["languages"].keys():
        yield problem("language-id", path, (id,))
    whole = {**known[kind].get(id, {}), **entry}
    if missing := [language for language in LANGUAGES if language not in whole]:
        yield problem("missing-label", path, (id,), term=id, languages=", ".join(missing), example=example)
    for key in _REQUIRED.get(kind, ()):
        if key not in whole and id != _TOP:
            yield problem("missing-key", path, (id,), name=key, example=f"{key}: {_usual(kind, key, known)}")
    for key, value in entry.items():
        route, usual = (id, key), like.get(key)
        if key not in keys:
            yield _unknown_key(path, route, keys)
        elif key == "synonyms" or isinstance(usual, dict):
            yield from _by_language(path, route, value, languages, as_list=key == "synonyms")
        elif not isinstance(value, str) or not value.strip():
            yield problem("yaml-boolean" if isinstance(value, bool) else "not-text", path, route)
        elif (choice := _choice(key, known)) and value not in choice and id != _TOP:
            yield problem("term-value", path, route, known=", ".join(choice))


def _keys(known: Mapping[str, Entries]) -> frozenset[str]:
    """The keys that terms use. An own language with such an id would be mistaken for the key."""
    return frozenset(key for kind in known.values() for entry in kind.values() for key in entry) | {"synonyms"}


def _by_language(
    path: str, route: tuple[str, str], value: Data, languages: tuple[str, ...], as_list: bool
) -> Iterator[Problem]:
    if not isinstance(value, dict):
        first = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        of = (f"[{first}]", "[…]") if as_list else (first, "…")
        example = f"{route[-1]}: {{{', '.join(f'{due}: {of[at > 0]}' for at, due in enumerate(LANGUAGES))}}}"
        yield problem("not-a-mapping", path, route, keys=", ".join(LANGUAGES), example=example)
        return
    yield from tongue.problems(path, route, {key: str(text) for key, text in value.items()} if not as_list else {})
    for language, texts in value.items():
        place = (*route, language)
        if language not in languages:
            yield _unknown_key(path, place, languages)
        elif as_list and not isinstance(texts, list):
            yield problem("not-a-list", path, place, example=f"{language}: [{texts}]")
        elif any(not isinstance(text, str) for text in (texts if isinstance(texts, list) and as_list else [texts])):
            yield problem("not-text", path, place)


def _example(kind: str, id: str, entry: Data, known: Mapping[str, Entries]) -> str:
    """A whole term on one line, including what is written of it already."""
    folded = unicodedata.normalize("NFKD", id.casefold()).encode("ascii", "ignore").decode()
    written = entry.items() if isinstance(entry, dict) else ()
    own = {key: value for key, value in written if isinstance(value, str) and value in (_choice(key, known) or [value])}
    label = entry if isinstance(entry, str) else id
    due = {key: _usual(kind, key, known) for key in _REQUIRED.get(kind, ())}
    due |= {language: label if label and not at else "…" for at, language in enumerate(LANGUAGES)}
    said = ", ".join(f"{key}: {own.get(key, usual)}" for key, usual in due.items())
    return f"{'-'.join(re.findall(r'[a-z0-9]+', folded)) or 'own-term'}: {{{said}}}"


def _usual(kind: str, key: str, known: Mapping[str, Entries]) -> str:
    """The most common value of a key in the project's terms."""
    usual = Counter(str(term[key]) for term in known[kind].values() if key in term).most_common(1)
    return usual[0][0] if usual else "…"


def _choice(key: str, known: Mapping[str, Entries]) -> tuple[str, ...]:
    """The values that a key may have, if only a few have a meaning."""
    if key == "group":
        return tuple(known["groups"])
    if key in ("icon", "kind"):
        return tuple(sorted({str(one[key]) for kind in known.values() for one in kind.values() if key in one} - {_TOP}))
    return ()


def _unknown_key(path: str, route: tuple[str, ...], known: Collection[str]) -> Problem:
    if near := nearest(route[-1], known):
        return problem("unknown-key", path, route, near=near)
    return problem("unknown-key", path, route, known=", ".join(known))


def _detached(places: Entries, own: Entries) -> Iterator[str]:
    """Own places that do not lead up to the top, because a parent is unknown or the parents form a circle."""
    for id, entry in own.items():
        if "parent" not in entry:
            continue
        above, seen = str(entry["parent"]), {id}
        while above in places and above not in seen and above != _TOP:
            seen.add(above)
            above = str(places[above].get("parent", ""))
        if above != _TOP or id == _TOP:
            yield id


def beside(folder: Path, known: Iterable[str], read: Collection[str]) -> Iterator[Problem]:
    """Files beside the configuration that nothing reads: copies, own terms, and own facts that it does not name.

    ``known`` and ``read`` are those of ``unread``.
    """
    yield from spare.problems(folder, ("mkdocs.yml", "papers.yml", *read))
    for name in known:
        if (folder / name).is_file():
            yield problem("terms-beside", name, file=name)
    for kind in DATED:
        if (folder / f"{kind}.yml").is_file() and Path(f"{kind}.yml") not in map(Path, read):
            yield problem("facts-unnamed", f"{kind}.yml", kind=kind)


def unread(folder: Path, name: str, known: Sequence[str], read: Collection[Path]) -> Iterator[Problem]:
    """Files in the folder that have no effect, each with what to do instead.

    ``known`` are the names of the files that the vocabulary reads, ``read`` the paths that the configuration names.
    """
    present = {file.name for file in folder.iterdir()}.intersection(known)
    for entry in sorted(folder.iterdir()):
        path, stem = f"{name}/{entry.name}", PurePath(entry.name.casefold()).stem
        is_read = (entry.name in known and entry.is_file()) or any(file.is_relative_to(entry) for file in read)
        if is_read or entry.name.startswith(_IGNORED) or entry.name.endswith("~"):
            continue
        if of := spare.original(entry.name, present):
            yield problem("file-copy", path, original=of)
        elif stem in DATED:
            yield problem("terms-facts", path, kind=stem)
        elif stem in _FIXED and f"{stem}.yml" not in known:
            yield problem("terms-fixed", path)
        else:
            near = nearest(entry.name, known)
            meant = {"near": near} if near else {}
            yield problem("terms-file", path, known=", ".join(known), **meant)
