"""New files for an association: the repository that `kokemus init` makes and the profile that `kokemus new` writes.

The source files are in ``coordinator/scaffold/``. It has one folder per coordinator language, whose files are
templates; the other files are copied unchanged. Only the publishing workflow of the chosen host is copied.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

import jinja2

from kokemus import disk
from kokemus.documents.placeholder import OPEN
from kokemus.git import history
from kokemus.reports import consent_sheet, schema
from kokemus.reports.particulars import PAPERS
from kokemus.request_form import addresses
from kokemus.request_form.services import SERVICES
from kokemus.settings import association
from kokemus.settings.association import Association
from kokemus.vocabulary import EVERYWHERE, Vocabulary

LANGUAGES = ("fi", "en")
HOSTS: Mapping[str, str] = {"github": ".github", "gitlab": ".gitlab-ci.yml", "forgejo": ".forgejo"}
SCHEMAS = PurePosixPath("schemas")
SHEET = "experts.csv"
_SCAFFOLD = files("kokemus") / "coordinator" / "scaffold"
_CHECKOUT = Path(__file__).parents[3] / "site_src"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(Association):
    """The association's answers to `kokemus init`. «…» and `.invalid` addresses stand for missing answers."""

    site_url: str = "https://kokemus.invalid/"
    form_url: str = "https://lomake.invalid/"
    serves: str = EVERYWHERE

    @property
    def service(self) -> str:
        """The id of the form service that the address belongs to; ``generic`` if Kokemus does not know it."""
        return addresses.known(self.form_url) or "generic"


QUESTIONS = tuple(field.name for field in fields(Answers))


def complete(given: Mapping[str, str | None]) -> Answers:
    """The answers, with placeholders for missing ones. An address without ``https://`` gets it."""
    known = {name: text.strip() for name, text in given.items() if text and text.strip()}
    for name in ("site_url", "form_url"):
        if name in known and ":" not in known[name]:
            known[name] = f"https://{known[name]}"
    return Answers(**(dict.fromkeys(association.FACTS, OPEN) | known))


def is_free(folder: Path) -> bool:
    """Whether a repository may be created here: the folder is missing or empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def begin(folder: Path, answers: Answers, language: str, host: str, on: date, vocabulary: Vocabulary) -> None:
    """Create a whole repository or nothing: it is built in a temporary folder and renamed when it is complete."""
    folder = folder.resolve()
    with disk.aside(folder) as aside:
        for name, content in (*_contents(answers, language, host, on), *_schemas(vocabulary)):
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        history.git(aside, "init", "--quiet", "--initial-branch=main")
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)


def _contents(answers: Answers, language: str, host: str, on: date) -> Iterator[tuple[str, bytes]]:
    """Every file of a new repository, by its path."""
    values = {
        "answers": answers,
        "service": SERVICES[answers.service],
        "on": on,
        "language": language,
        "schemas": SCHEMAS,
    }
    values["text"] = consent_sheet.TEXT
    for name, content in _files(_SCAFFOLD / language):
        yield name, _filled(content.decode(), values).encode()
    yield SHEET, example_sheet(language)
    others = {place for known, place in HOSTS.items() if known != host}
    for name, content in _files(_SCAFFOLD):
        if name.split("/")[0] not in {*LANGUAGES, "site_src", *others}:
            yield name, content
    for name, content in _files(_pages()):
        yield f"site_src/{name}", content


def _pages() -> Traversable:
    """The hand-written pages of the demo, as a starting point: from the wheel, or from the checkout."""
    shipped = _SCAFFOLD / "site_src"
    return shipped if shipped.is_dir() else _CHECKOUT


def _files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from ((f"{entry.name}/{name}", content) for name, content in _files(entry))
        else:
            yield entry.name, entry.read_bytes()


def _filled(text: str, values: Mapping[str, object]) -> str:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment.from_string(text).render(values)


def suggested(taken: frozenset[str]) -> str:
    """A random code that is not taken. Consonants alternate with digits, so it spells no word and no initials."""
    while True:
        code = "".join(secrets.choice(letters) for letters in ("bcdfghjkmnpqrstvwxz", "23456789") * 2) + secrets.choice(
            "bcdfghjkmnpqrstvwxz"
        )
        if code not in taken:
            return code


def profile(language: str, on: date, experts: PurePosixPath, associations: Iterable[str] = ()) -> str:
    """A profile to fill in, with a comment on each part and the line by which editors find the schema.

    ``associations`` are the ids of the associations that share the catalogue.
    """
    template = (files("kokemus") / "coordinator" / "templates" / f"profile.{language}.yml").read_text("utf-8")
    known = {"schema": _way_to_schema(experts), "associations": ", ".join(associations)}
    return _filled(template, {"on": on, "text": consent_sheet.TEXT, **known})


def schema_line(experts: PurePosixPath) -> str:
    """The first line of a profile, by which editors find the schema."""
    return f"# yaml-language-server: $schema={_way_to_schema(experts)}"


def _way_to_schema(experts: PurePosixPath) -> str:
    up = "/".join("." if part == "." else ".." for part in experts.parts)
    return f"{up}/{SCHEMAS / schema.PROFILE}"


def example_sheet(language: str) -> bytes:
    """A spreadsheet to fill in. Its one example row is never imported."""
    return (files("kokemus") / "coordinator" / "templates" / f"experts.{language}.csv").read_bytes()


def papers(language: str) -> str:
    """A ``papers.yml`` to fill in."""
    return (_SCAFFOLD / language / PAPERS).read_text("utf-8")


def has_schemas(folder: Path) -> bool:
    """Whether the folder has every schema that editors look for."""
    return all((folder / SCHEMAS / name).is_file() for name in schema.SCHEMAS)


def write_schemas(folder: Path, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Write the schemas for this vocabulary into the folder, and return their paths."""
    (folder / SCHEMAS).mkdir(exist_ok=True)
    made = dict(_schemas(vocabulary))
    for name, content in made.items():
        disk.write(folder, name, content.decode())
    return tuple(made)


def _schemas(vocabulary: Vocabulary) -> Iterator[tuple[str, bytes]]:
    for name, make in schema.SCHEMAS.items():
        yield str(SCHEMAS / name), schema.as_text(make(vocabulary)).encode()
