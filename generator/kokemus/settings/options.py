"""Kokemus's own part of ``mkdocs.yml``, and those options that are needed before anything else is read."""

from kokemus.documents import mkdocs_yml
from kokemus.documents.document import Document
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Node
from kokemus.vocabulary.own_terms import DATED


def of(whole: Document) -> Node:
    """The part of the configuration that belongs to Kokemus; empty if the plugin is not listed."""
    root = Node(whole, [], (), whole.data)
    listed = root.at("plugins")
    if isinstance(listed.data, dict) and "kokemus" in listed.data:
        listed.report("plugin-dash", "kokemus")
        return Node(whole, root.problems, (*listed.route, "kokemus"), listed.data["kokemus"] or {})
    for item in root.items("plugins"):
        if item.data == "kokemus":
            return Node(whole, root.problems, item.route, {})
        if isinstance(item.data, dict) and "kokemus" in item.data:
            part = item.at("kokemus")
            return Node(whole, root.problems, part.route, part.data or {})
    root.report("no-plugin")
    return Node(whole, root.problems, (), {})


def folder(whole: Document, key: str, default: str) -> str:
    """The folder that an option names. Works before anything else is read."""
    data = of(whole).data
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) and value.strip() and value.isprintable() else default


def own_facts(whole: Document) -> tuple[str, ...]:
    """The association's own files of facts that the configuration names. Works before anything else is read."""
    data = of(whole).data
    parts = [data.get(kind) for kind in DATED] if isinstance(data, dict) else []
    named = [part.get("file") for part in parts if isinstance(part, dict)]
    return tuple(file for file in named if isinstance(file, str) and file.isprintable())


def pages(whole: Document) -> str:
    """The folder of hand-written pages, from MkDocs' own option."""
    data = whole.data if isinstance(whole.data, dict) else {}
    docs = data.get("docs_dir")
    return docs if isinstance(docs, str) and docs.isprintable() else "docs"


def coordinator_language(whole: Document, vocabulary: Vocabulary) -> str:
    """The coordinator's language, even if the rest of the configuration is wrong; Finnish by default."""
    said = folder(whole, "coordinator_language", mkdocs_yml.language(whole.text) or "fi")
    return vocabulary.languages.find(said) or "fi"
