"""Make the pages as Markdown from the data with Jinja2; then MkDocs builds a site from them with Material's theme."""

import json
import subprocess
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

environment = Environment(loader=FileSystemLoader("templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
made = json.loads(Path("data.json").read_text("utf-8"))
once: dict[tuple[str, str], Markup] = {}


def _once(name: str, told: dict[str, Any]) -> Markup:
    """A part that is the same on every page of a language, rendered once."""
    key = name, told["language"]
    if key not in once:
        once[key] = Markup(environment.get_template(name).render(told))
    return once[key]


environment.globals["once"] = _once
for language, d in made["languages"].items():
    by = {name: {one["id"]: one for one in d[name]} for name in ("topics", "formats", "audiences", "groups", "guides")}
    told = {"site": made["site"], "d": d, "t": d["t"], "by": by, "language": language}
    for page in (*d["pages"].values(), *d["asked"]):
        kind = "guide" if page["id"] in by["guides"] else page["kind"]
        file = Path("docs", page["path"], "index.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        text = environment.get_template(f"kinds/{kind}.md").render(told, told=told, it=page)
        front = json.dumps({"title": page["title"], "description": page["description"]}, ensure_ascii=False)
        file.write_text(f"---\n{front}\n---\n\n{text}", "utf-8")
subprocess.run(["mkdocs", "build", "--quiet"], check=True)
