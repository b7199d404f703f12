"""Promise 3: no byte of the site depends on anything but what may be published."""

import re
from pathlib import Path

import pytest
import yaml

from kokemus import audit
from kokemus.audit.needles import Secret
from kokemus.lint.wordforms import forms
from kokemus.publication.inputs import Inputs
from kokemus.request_form.questions import FIELDS
from kokemus.requests import store, writing
from kokemus.requests.request import Mark, Request
from tests.conftest import DEMO_DAY, build, contents, git, kokemus

pytestmark = pytest.mark.build


def canaries(folder: Path) -> list[str]:
    """Put a unique word into every private field of every profile. Returns the words."""
    words: list[str] = []
    for number, file in enumerate(sorted((folder / "experts").glob("e*.yml"))):
        if file.name == "edition.yml":
            continue
        text = file.read_text("utf-8")
        head, _, private = text.partition("\nprivate:\n")
        fields = yaml.safe_load(private) or {}
        lines = []
        for name in ("name", "email", "phone", "limits", "notes"):
            word = f"kanarialintu{number:02}{name}zq"
            words.append(word)
            value = f"{word}@example.org" if name == "email" else word
            lines.append(f'  {name}: "{value}{" " + str(fields[name]) if name == "limits" and name in fields else ""}"')
        file.write_text(head + "\nprivate:\n" + "\n".join(lines) + "\n", "utf-8")
    return words


def test_every_private_value_changed_gives_the_same_bytes(demo: Path, demo_site: Path) -> None:
    """With a unique word in every private field, the site of the demo is unchanged."""
    words = canaries(demo)
    assert len(words) == 5 * len(list((demo / "experts").glob("e[0-9]*.yml")))
    done = build(demo)
    assert done.code == 0, done.output
    after = contents(demo / "site")
    assert after == contents(demo_site)
    everything = b"".join(after.values()).lower()
    assert not [word for word in words if word.encode() in everything]


def test_one_planted_canary_stops_the_build(demo: Path) -> None:
    """The positive control: one of the same words is in a page."""
    word = canaries(demo)[7]
    page = demo / "site_src" / "sv" / "about.md"
    page.write_text(page.read_text("utf-8") + f"\n{word}\n", "utf-8")
    done = build(demo)
    assert done.code == 1
    assert "error[leak]" in done.output
    assert word not in done.output
    assert not (demo / "site").exists()


def test_one_canary_in_the_bytes_of_a_new_site_keeps_the_old_one(built: Path) -> None:
    """It is in no source: a hook writes it, after everything that was read has been searched."""
    before = {path: path.read_bytes() for path in (built / "site").rglob("*") if path.is_file()}
    word = canaries(built)[7]
    (built / "late.py").write_text(
        "from pathlib import Path\n"
        f"def on_post_build(config):\n    Path(config.site_dir, 'late.html').write_text({word!r})\n"
    )
    with (built / "mkdocs.yml").open("a") as configuration:
        configuration.write("hooks: [late.py]\n")
    done = build(built)
    assert done.code == 1
    assert "late.html:1:1: error[leak]" in done.output
    assert word not in done.output
    assert {path: path.read_bytes() for path in (built / "site").rglob("*") if path.is_file()} == before


def test_nothing_of_a_request_reaches_site_git_or_messages(small: Path, small_site: Path, inputs: Inputs) -> None:
    """A word in every answer, and a reference. The control: they are in git if the file is added by force."""
    answers = {key: f"kanarialintu{number:02}zq" for number, key in enumerate(FIELDS)}
    made = Request(reference="ZQZQ-7777", received=DEMO_DAY, answers=answers, marks=(Mark("e05", "done", DEMO_DAY),))
    nothing = store.read(small, inputs.vocabulary)
    text = writing.edited(nothing, {}, [made])
    assert text
    git(small, "init", "--quiet")
    assert writing.write(small, nothing, text)
    done = build(small)
    assert done.code == 0, done.output
    after = contents(small / "site")
    assert after == contents(small_site / "site")
    (small / store.NAME).write_text(text.replace("received:", "kanarialintu99zq:"), "utf-8")
    said = [done, *(kokemus(small, *words) for words in (["check"], ["report"]))]
    git(small, "add", "--all")
    git(small, "commit", "--quiet", "-m", "All")
    public = b"".join(after.values()).lower() + "".join(one.output for one in said).encode()
    assert not re.search(rb"(?i)kanarialintu|zqzq", public + git(small, "log", "-p").encode())
    git(small, "add", "--force", store.NAME)
    assert "kanarialintu07zq" in git(small, "diff", "--cached")


def test_no_given_name_is_a_word_of_the_site_that_nothing_explains(inputs: Inputs) -> None:
    """Otherwise nobody with that name could be published: «Anna palautetta» in a page would stop every Anna."""
    pages = [f"{guide.title} {guide.markdown}" for guide in inputs.guides]
    assert unexplained_names(pages, inputs.public) == []
    assert unexplained_names([*pages, "## Anna palautetta"], inputs.public) == ["Anna"]


def unexplained_names(pages: list[str], public: tuple[str, ...]) -> list[str]:
    """The given names among the words of these pages that would be leaks there."""
    called = {form.title() for form, kind in forms().kind.items() if kind == "name" and form in forms().lemmas}
    said = called.intersection(re.findall(r"[^\W_]+", " ".join(pages)))
    secrets = [Secret("experts/q7x.yml", ("private", "name"), name) for name in sorted(said)]
    return [secret.text for secret in audit.unexplained(secrets, public, pages)]


def test_dates_limits_and_texts_of_consent_leave_no_trace(demo: Path, demo_site: Path) -> None:
    """Dates and text versions of consents change no byte if they do not change what is in force."""
    for file in sorted((demo / "experts").glob("e0[1-5].yml")):
        text = file.read_text("utf-8")
        changed = text.replace('"2026-1"', '"2019-7"').replace("consent:\n", "admitted: 2026-09-30\nconsent:\n", 1)
        file.write_text(changed, "utf-8")
    done = build(demo)
    assert done.code == 0, done.output
    assert contents(demo / "site") == contents(demo_site)
