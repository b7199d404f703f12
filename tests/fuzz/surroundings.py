"""Mutations of everything beside the profiles: configuration, own terms, own facts, pages, and file names.

Each case changes one thing in a valid folder and runs ``kokemus check`` on all of it. The private words of its one
profile are canaries, and so are some words of the changed page.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.fuzz.mutations import CHANGES, Change, good

ROOT = Path(__file__).parent.parent.parent
PAGE = """---
title: Tietoa sivustosta
slug: tietoa
description: Kuka vastaa sivustosta.
keywords: yhdistys, yhteys
---
{{ association.name }} vastaa sivustosta. [Pyydä vierailu]({{ link("request") }}).

## Yhteys

- {{ association.email }}, [kriisiapu](crisis.md), <a href="https://example.org">muualla</a>
"""
CRISIS = """---
title: Kriisiapu
slug: kriisiapu
description: Apua heti.
---
{{ crisis_lines() }}

{{ fees_table() }}
"""
THANKS = "---\ntitle: Kiitos\nslug: kiitos\ndescription: Pyyntö tuli perille.\n---\nVastaamme {{ answer_within }}.\n"
LINES = """checked_on: 2026-11-29
lines:
  - id: emergency
    number: "112"
    name: {fi: Hätänumero}
    hours: {fi: ympäri vuorokauden}
  - id: own
    number: 016 555 0123
    name: {fi: Oma kriisikeskus}
    for: {fi: Kun on vaikeaa.}
    hours: {fi: arkisin klo 9–15}
    languages: [fi, sv]
    source: {name: {fi: Kriisikeskus}, address: kriisi.example.org}
chats:
  - id: chat
    address: chat.example.org
    name: {fi: Oma chat}
    hours: {fi: iltaisin}
"""
FEES = """checked_on: 2026-11-29
source: {fi: yhdistyksen hallitus}
year: 2026
amounts:
  - {what: {fi: Puheenvuoro}, amount: 200 €}
duties:
  - text: {fi: Pyytäkää verokortti.}
    source: {name: {fi: Verohallinto}, address: vero.fi}
"""
TERMS: Mapping[str, str] = {
    "topics": "farming: {group: identity, fi: maaseutu, sv: landsbygd, en: farming, synonyms: {fi: [maatila]}}\n"
    "depression:\n  care: {fi: Sovi ensin., sv: Kom överens först., en: Agree first.}\n",
    "formats": "walk: {fi: kävely, sv: promenad, en: walk, length: {fi: tunti, sv: en timme, en: an hour}}\n",
    "audiences": "farmers: {fi: viljelijät, sv: jordbrukare, en: farmers}\n",
    "groups": "countryside: {fi: maaseutu, sv: landsbygd, en: countryside}\n",
    "languages": "rmf: {fi: kaalo, sv: kaale, en: Finnish Kalo}\n",
    "places": "kylä: {fi: Kylä, sv: Byn, en: Village, parent: lappi}\n",
    "tiles": "lappi: |\n  kemi tornio\n  rovaniemi\n",
}
CONFIGURED = (
    "closed: 2027-01-01", "closed: {on: 2026-01-01, instead: {fi: Muualla.}}", "experts: site_src", "experts: .",
    "experts: terms", "terms: experts", "terms: nowhere", "crisis: {file: experts/x0.yml}", "fees: {file: mkdocs.yml}",
    "fees: {file: ../../x}", "looked_at: [fi/about.md, ../x]", "embed: [https://x.example/y, '*', 7]",
    "appearance: {logo: fi/about.md, accent: '#ffffff'}",
    "languages: [fi, fi, xx]", "house_topics: [masennus, masenus]", "anonymity: {k: 1, floor: 9999999}",
    "refresh_days: 1e9", "answer_within: 99999999999999999999 months", "profiles_kept: -1 months",
    "processors: {mail: {name: x}}", "form: {service: generic, url: 'javascript:alert(1)'}", "serves: [kemi, kemi]",
    "hooks: [x.py]", "INHERIT: mkdocs.yml", "!ENV [A, B]: x", "x: !ENV HOME", "x: !!python/name:os.system",
    "x: !relative $docs_dir", "coordinator_language: \\x1b[31m",
)  # fmt: skip
WRITTEN = (
    "{{ 9 ** 9 ** 9 }}", "{% for a in range(10 ** 9) %}a{% endfor %}", "{{ link('nowhere') }}", "{{ host.name }}",
    "{{ ''.__class__.__mro__ }}", "{{ crisis_lines.__globals__ }}", "{{", "}}", "{#", "{% raw %}", "{{ x }}" * 3000,
    "<meta http-equiv=refresh content='0;url=//x.example'>", "<script src=x.js></script>", "<iframe src=//x>", "<",
    "![x](data:image/png;base64," + "A" * 40_000 + ")", "![x](../../../etc/passwd)", "[x](crisis.md#a)", "[x](y.md)",
    "[" * 5000, "(" * 5000, "*" * 9000, "`" * 9000, "> " * 5000, "a" * 60_000, "." * 60_000, "a@" * 20_000,
    "1.1." * 15_000, "040 " * 15_000, "Matti " * 10_000, "-" * 60_000, "<!--" * 5000, "&#x26;" * 9000, "\\" * 60_000,
    " " * 60_000, "\n" * 30_000, "[a]: b.md\n" * 3000, "![a][a]" * 5000, "https://" * 8000, "=\"'" * 20_000,
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "---\n", "title: a\n", "slug: ../x\n", "accepted: [masennus]\n",
)  # fmt: skip
CALLED = (
    "con.md", "aux.yml", "a\nb.md", "a\x1b[31mb.yml", "::error::x.md", "a%0Ab.yml", ".#about.md", "about.md~",
    "ABOUT.md", "äiti.md", "a\u0308iti.md", "\u202emd.txt", "x" * 200 + ".md", " .md", "-rf.yml", "a.b.yml", "index.md",
    "x.YML", "lista.xlsx", "lista.csv", "x\udcff.md", "x\udcff.yml", "catalogue.json", "CNAME", "_headers",
    "topics.yaml", "x.html", "{{ x }}.md", "x.yml.swp", "edition.yml", "$(id).md", "'\".md", "a\\b.md",
    "crisis.yml", "404.html",
)  # fmt: skip


def folder(at: Path, random: Random) -> tuple[str, ...]:
    """Make a small valid folder, and return the canaries of its profile."""
    for name in ("site_src/fi", "experts", "terms"):
        (at / name).mkdir(parents=True)
    text, canaries = good(random)
    (at / "experts" / "x0.yml").write_text(text, "utf-8")
    for name, content in right().items():
        (at / name).write_text(content, "utf-8")
    return canaries


def right() -> Mapping[str, str]:
    """The valid content of the files beside the profile."""
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    for old, new in (("[fi, sv, en]", "[fi]"), ("[lappi]", "[kemi-tornio]")):
        configuration = configuration.replace(old, new)
    own = "      crisis: {file: crisis.yml}\n      fees: {file: fees.yml}\n"
    return {
        "mkdocs.yml": configuration.replace("      experts: experts\n", f"      experts: experts\n{own}"),
        "crisis.yml": LINES,
        "fees.yml": FEES,
        "site_src/fi/about.md": PAGE,
        "site_src/fi/crisis.md": CRISIS,
        "site_src/fi/thanks.md": THANKS,
        **{f"terms/{kind}.yml": text for kind, text in TERMS.items() if kind not in ("places", "tiles")},
    }


def _put(text: str, random: Random, what: str) -> str:
    """The text with something inserted at the beginning of a line, after its indentation."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines.insert(at, lines[at][: len(lines[at]) - len(lines[at].lstrip())] + what)
    return "\n".join(lines)


def _changed(text: str, random: Random, own: tuple[str, ...], words: tuple[str, ...]) -> bytes:
    changes: tuple[Change, ...] = (*CHANGES, *[lambda text, random, _: _put(text, random, random.choice(own))] * 6)
    for _ in range(random.choice((1, 1, 2, 3))):
        text = random.choice(changes)(text, random, words)
    return text.encode("utf-8", "surrogatepass")


PUBLIC = ("masenus", "lapi", "https://[x/", "kemi", "2026-02-30", "fi")


def configuration(at: Path, random: Random, _: tuple[str, ...]) -> bytes:
    """Options of Kokemus and of MkDocs."""
    content = _changed(right()["mkdocs.yml"], random, CONFIGURED, PUBLIC)
    (at / "mkdocs.yml").write_bytes(content)
    return content


def terms(at: Path, random: Random, _: tuple[str, ...]) -> bytes:
    """A file of the association's own terms."""
    kind = random.choice(list(TERMS))
    content = _changed(TERMS[kind], random, (f"{random.choice(list(TERMS))}: [masennus]", "group: identity"), PUBLIC)
    (at / "terms" / f"{kind}.yml").write_bytes(content)
    return content


def facts(at: Path, random: Random, _: tuple[str, ...]) -> bytes:
    """Crisis help or fees."""
    name, text = random.choice((("crisis.yml", LINES), ("fees.yml", FEES)))
    content = _changed(text, random, ("number: 112", "checked_on: 2099-01-01", "address: '//x'"), PUBLIC)
    (at / name).write_bytes(content)
    return content


def page(at: Path, random: Random, canaries: tuple[str, ...]) -> bytes:
    """A hand-written page, which may contain private words too."""
    name, text = random.choice((("about", PAGE), ("about", PAGE), ("crisis", CRISIS), ("thanks", THANKS)))
    content = _changed(text, random, (*WRITTEN, *canaries), canaries)
    (at / "site_src" / "fi" / f"{name}.md").write_bytes(content)
    return content


def name(at: Path, random: Random, _: tuple[str, ...]) -> bytes:
    """An additional file, folder, link or pipe with an unexpected name."""
    home = at / random.choice(("experts", "terms", "site_src", "site_src/fi", "."))
    file = Path(os.fsdecode(os.fsencode(str(home)) + b"/" + random.choice(CALLED).encode("utf-8", "surrogateescape")))
    if file.exists() or file.is_symlink():
        return b""
    kind = random.choice(("profile", "page", "empty", "bytes", "folder", "link", "dangling", "pipe", "huge"))
    if kind == "folder":
        file.mkdir()
    elif kind in ("link", "dangling"):
        file.symlink_to("../experts/x0.yml" if kind == "link" else "nowhere")
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        content = {"profile": good(random)[0].encode(), "page": PAGE.encode(), "bytes": random.randbytes(200)}
        file.write_bytes(content.get(kind, b""))
        if kind == "huge":
            os.truncate(file, 1_000_000_000)
    return f"{kind} {file.relative_to(at)!s}".encode("utf-8", "surrogateescape")


KINDS: Mapping[str, Callable[[Path, Random, tuple[str, ...]], bytes]] = {
    kind.__name__: kind for kind in (configuration, terms, facts, page, name)
}


def restored(at: Path) -> None:
    """Restore the valid folder."""
    for entry in (*at.iterdir(), *(at / "terms").iterdir(), *(at / "experts").iterdir(), *(at / "site_src").rglob("*")):
        known = entry.relative_to(at).as_posix()
        if known in ("terms", "experts", "experts/x0.yml", "site_src", "site_src/fi") and not entry.is_symlink():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif known not in right() or entry.is_symlink():
            entry.unlink()
    for written, content in right().items():
        (at / written).write_text(content, "utf-8")
