"""A year of a coordinator: from nothing to fifteen experts, with every usual mistake and every kind of leaving.

The real commands on each day, real git with a real host, real builds; what the coordinator reads (in Finnish), and what
the public sees. After every build the site shows nobody whose consent is not in force that day, and no private word.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kokemus import dates
from kokemus.cli.main import main
from tests.conftest import Run, contents, git, kokemus
from tests.rigs.repositories import everything, follow, told

pytestmark = pytest.mark.build

FACTS = {
    "name": "Lapin Keksityt ry",
    "email": "toimisto@example.org",
    "phone": "016 555 0200",
    "address": "Esimerkkikatu 2, 96100 Rovaniemi",
    "business-id": "1234567-1",
    "privacy-officer": "tietosuoja@example.org",
    "site-url": "https://keksityt.example.org/",
    "form-url": "https://forms.example.org/keksityt",
    "serves": "Lappi",
    "language": "fi",
}


@dataclass(frozen=True)
class Person:
    """An invented expert: what is typed into the profile, and the words that must stay private."""

    code: str
    topics: tuple[str, ...]
    alias: str = ""
    solo: str = ""

    @property
    def name(self) -> str:
        return f"Kanarialintu-{self.code} Keksitty"

    @property
    def phone(self) -> str:
        return f"040 555 9{int(self.code[1:]):03}"


WINTER = [
    Person("k1", ("masennus", "toipuminen")),
    *(Person(f"k{number}", ("masennus", "toipuminen", "ahdistus")) for number in range(2, 7)),
    Person("k7", ("päihteet", "toivo"), solo="toivo"),
    Person("k8", ("masennus", "päihteet", "ahdistus")),
]
SPRING = [Person("k9", ("toipuminen", "päihteet")), Person("k10", ("toipuminen", "luovuus"), alias="Kuukkeli")]
SUMMER = [Person(f"k{number}", ("ahdistus", "toipuminen", "masennus")) for number in range(11, 15)]
AUTUMN = [Person("k15", ("päihteet", "toipuminen"))]


class Desk:
    """The coordinator's folder, day by day."""

    def __init__(self, folder: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.host, self.patch = folder, host, monkeypatch
        self.people: list[Person] = []

    def on(self, day: str) -> None:
        """Starts a new day on this computer's clock, as the commands read it."""
        self.day = date.fromisoformat(day)
        self.patch.setenv("SOURCE_DATE_EPOCH", dates.epoch(self.day))

    def run(self, *words: str) -> Run:
        """Runs a command in the folder."""
        self.patch.chdir(self.folder)
        result = CliRunner().invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        assert not any(one.name in result.output or one.phone in result.output for one in self.people)
        return Run(result.exit_code, result.output)

    def file(self, person: Person) -> Path:
        return self.folder / "experts" / f"{person.code}.yml"

    def edit(self, person: Person, old: str, new: str) -> None:
        """Changes a profile as in an editor."""
        text = self.file(person).read_text("utf-8")
        assert old in text, old
        self.file(person).write_text(text.replace(old, new, 1), "utf-8")

    def add(self, person: Person) -> None:
        """Runs ``kokemus new``, fills in the places marked TÄYTÄ, and signs the consent."""
        assert self.run("new", person.code).code == 0
        self.people.append(person)
        text = self.file(person).read_text("utf-8")
        text = re.sub(r"(?m)^  given: .*$", f"  given: {self.day}", text)
        text = re.sub(r"(?m)^places: .*$", "places: [Kemi, Rovaniemi]", text)
        first, *others = (
            f"  - topic: {topic}\n    formats: [kokemuspuheenvuoro ryhmälle]\n" for topic in person.topics
        )
        text = re.sub(r"(?ms)^  - topic: .*?(?=^# card)", first + "".join(others), text)
        if person.solo:
            text = text.replace(f"  given: {self.day}\n", f"  given: {self.day}\n  solo: [{person.solo}]\n")
        card = f"card:\n  consent: {self.day}\n  name: {person.alias}\n  text:\n    fi: Kerron, mikä kantoi.\n"
        private = f"private:\n  name: {person.name}\n  phone: {person.phone}\n"
        self.file(person).write_text(text + (card if person.alias else "") + private, "utf-8")
        assert "# TÄYTÄ aihe" not in self.file(person).read_text("utf-8")

    def mistake(self, person: Person, old: str, new: str, *answers: str) -> None:
        """Makes a mistake, checks the answer with its position and advice, and fixes it."""
        before = self.file(person).read_text("utf-8")
        self.edit(person, old, new)
        done = self.run("check")
        assert done.code == 1
        for answer in answers:
            assert answer in done.output, done.output
        assert all(line.startswith("  help: ") for line in done.output.splitlines()[1:2])
        self.file(person).write_text(before, "utf-8")
        assert self.run("check").code == 0

    def save(self, message: str) -> None:
        """Commits and pushes."""
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", f"--message={message}")
        git(self.folder, "push", "--quiet", "origin", "HEAD:main")

    def publish(self, shown: set[str]) -> "Site":
        """Builds, and checks that exactly these aliases and no private words are shown."""
        done = kokemus(self.folder, "build", SOURCE_DATE_EPOCH=dates.epoch(self.day))
        assert done.code == 0, done.output
        site = Site(contents(self.folder / "site"))
        assert {one.alias for one in self.people if one.alias and site.has(one.alias)} == shown
        assert not [one.code for one in self.people if site.has(one.name) or site.has(one.phone)]
        return site

    def edition(self) -> str:
        """Checks whether an edition is due, and makes it. Returns the output."""
        announced = self.run("edition")
        assert announced.code == 1
        assert "Tee painos: kokemus edition --write" in announced.output
        self.save("Ennen painosta")
        made = self.run("edition", "--write")
        assert made.code == 0
        assert "Painos on tehty: experts/edition.yml." in made.output
        assert self.run("check").code == 0
        self.save("Painos")
        return made.output


@dataclass(frozen=True)
class Site:
    """What the public sees."""

    files: dict[str, bytes]

    def has(self, words: str) -> bool:
        return any(words.encode() in content for content in self.files.values())

    @property
    def catalogue(self) -> dict[str, Any]:
        """The site's data for other programs."""
        found: dict[str, Any] = json.loads(self.files["catalogue.json"])
        return found

    @property
    def topics(self) -> set[str]:
        """The topics that can be requested."""
        return {id for id, topic in self.catalogue["topics"].items() if topic["listed"]}


@pytest.mark.long
def test_a_year_at_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four quarters, fifteen experts, two editions, two breaks, a withdrawal, an erasure and an annual report."""
    host = tmp_path / "host.git"
    git(tmp_path, "init", "--quiet", "--bare", str(host))
    desk = Desk(tmp_path / "omamme", host, monkeypatch)
    for quarter in (winter, spring, summer, autumn, new_year):
        quarter(desk)


def winter(desk: Desk) -> None:
    """From nothing to an edition of eight: too few for a look, so it lists only what somebody signed."""
    desk.on("2027-01-04")
    flags = [word for flag, value in FACTS.items() for word in (f"--{flag}", value)]
    begun = kokemus(desk.folder.parent, "init", "omamme", *flags, SOURCE_DATE_EPOCH=dates.epoch(desk.day))
    assert begun.code == 0
    assert "Vain yhdistys tietää nämä, ja ne odottavat mkdocs.yml-tiedostossa:\n  form.processor.name" in begun.output
    assert "vielä täyttämättä: form.processor.name" in desk.run("check").output
    configuration = desk.folder / "mkdocs.yml"
    text = configuration.read_text("utf-8").replace('name: "…"', 'name: "Lomake Oy"')
    text = text.replace('country: {fi: "…", sv: "…", en: "…"}', "country: {fi: Suomi, sv: Finland, en: Finland}")
    text = text.replace(
        'retention: {fi: "…", sv: "…", en: "…"}', "retention: {fi: 30 päivää, sv: 30 dagar, en: 30 days}"
    )
    text = text.replace('logs: {fi: "…", sv: "…", en: "…"}', "logs: {fi: 7 päivää, sv: 7 dagar, en: 7 days}")
    text = text.replace('assessed_on: "…"', "assessed_on: 2027-01-04")
    configuration.write_text(text, "utf-8")
    assert "0 profiilia, 0 virhettä, 0 huomautusta." in desk.run("check").output
    git(desk.folder, "remote", "add", "origin", str(desk.host))
    desk.save("Alku")
    assert desk.run("new", "k1").code == 0
    unfinished = desk.run("check")
    assert unfinished.code == 1
    assert "experts/k1.yml:4:3: warning[unsigned]" in unfinished.output
    desk.file(WINTER[0]).unlink()

    for person in WINTER:
        desk.add(person)
    assert "8 profiilia, 0 virhettä, 2 huomautusta." in desk.run("check").output
    assert "warning[no-edition]" in desk.run("check").output
    first, second = WINTER[0], WINTER[1]
    desk.mistake(first, "- topic: masennus", "- topic: masenus", 'sanaa "masenus" ei ole sanastossa', '"masennus"?')
    desk.mistake(first, "given: 2027-01-04", "given: 31.2.2026", "error[no-date]", "vuosi-kuukausi-päivä")
    desk.mistake(
        first, "    formats", "\tformats", "error[tab]: tässä on sarkainmerkki", "sarkainmerkin tilalle välilyöntejä"
    )
    desk.mistake(first, '"2026-2"', "“2026-2: uusi”", "error[curly-quotes]", "suora lainausmerkki")
    desk.mistake(first, "languages: [suomi]", "languages: [”suomi”]", "error[curly-quotes]", "lainausmerkki: ”")

    copy = desk.folder / "experts" / "k2-kopio.yml"
    copy.write_bytes(desk.file(second).read_bytes())
    done = desk.run("check")
    assert done.code == 1
    assert "sama tieto (name" in done.output
    assert "on myös täällä: experts/k2.yml;" in done.output
    copy.unlink()

    assert "Erillisellä luvalla luetteloon: toivo" in desk.edition()
    site = desk.publish(set())
    assert (site.topics, site.catalogue["look"]) == ({"hope"}, 0)
    explained = desk.run("explain", "k1").output
    assert "masennus: kysy meiltä. Joukossa on 8" in explained
    assert desk.run("consent", "k1").output == "Tallennettu: desk/consent-k1.fi.html\n"
    assert desk.run("edition").code == 0


def spring(desk: Desk) -> None:
    """Two more, one with a phone number in the card by mistake; somebody takes a break."""
    desk.on("2027-04-12")
    for person in SPRING:
        desk.add(person)
    carded = SPRING[1]
    slip = "fi: Kerron, mikä kantoi. Soita 040 123 4567."
    desk.mistake(carded, "fi: Kerron, mikä kantoi.", slip, "error[text-phone]", "yhteydenotot kulkevat koordinaattorin")
    assert "040 123 4567" not in desk.run("check").output
    desk.edit(WINTER[2], "languages:", "paused: {from: 2027-04-12, until: 2027-06-30}\nlanguages:")
    done = desk.run("check")
    assert done.code == 0
    assert "Seuraavan kerran jokin alkaa tai tauko päättyy 2027-07-01." in done.output
    desk.save("Kevät")
    assert "Mitään ei ole tehtävänä." in desk.run("edition").output
    assert desk.publish({"Kuukkeli"}).topics == {"hope"}


def summer(desk: Desk) -> None:
    """Four more, a card on a break, and the first look at thirteen."""
    desk.on("2027-07-05")
    for person in SUMMER:
        desk.add(person)
    desk.edit(SPRING[1], "languages:", "paused: {from: 2027-07-01}\nlanguages:")
    assert "Tarkistus 1 on tehty: joukossa 13" in desk.edition()
    site = desk.publish(set())
    assert site.catalogue["look"] == 1
    assert site.topics <= {"hope", "depression", "recovery", "anxiety", "alcohol"}
    desk.save("Kesä")


def autumn(desk: Desk) -> None:
    """The break is over; the last one joins; one withdraws although another file is broken; one asks to be erased."""
    desk.on("2027-10-01")
    desk.edit(SPRING[1], "paused: {from: 2027-07-01}", "paused: {from: 2027-07-01, until: 2027-09-30}")
    for person in AUTUMN:
        desk.add(person)
    desk.save("Syksy")
    before = desk.publish({"Kuukkeli"})

    desk.on("2027-11-15")
    broken = desk.file(WINTER[0]).read_text("utf-8")
    desk.edit(WINTER[0], "places: [", "places: {[")
    done = desk.run("withdraw", "k7")
    assert done.code == 0
    assert "k7: suostumus peruttu 2027-11-15." in done.output
    assert "Sivusto päivittyy vasta, kun muiden tiedostojen virheet on korjattu:\nexperts/k1.yml" in done.output
    desk.file(WINTER[0]).write_text(broken, "utf-8")
    assert "withdrawn: 2027-11-15" in desk.file(WINTER[6]).read_text("utf-8")
    assert desk.publish({"Kuukkeli"}).topics == before.topics - {"hope"}
    desk.save("Peruminen")

    desk.on("2027-12-01")
    gone = SPRING[1]
    assert gone.name in everything(desk.folder)
    done = desk.run("erase", gone.code)
    assert done.code == 0
    assert f"Poistettu experts/{gone.code}.yml." in done.output
    assert "esittelyt/index.html: card.name" in done.output
    follow(desk.folder, told(done.output))
    again = desk.folder.parent / "kloonattu"
    git(desk.folder.parent, "clone", "--quiet", "--no-local", "--branch", "main", str(desk.host), str(again))
    for repository in (desk.folder, again):
        left = everything(repository)
        assert not [word for word in (gone.name, gone.phone, gone.alias, gone.code) if word in left]
        assert WINTER[3].name in left
    desk.publish(set())
    assert "ei ole kansiossa eikä historiassa" in desk.run("erase", gone.code).output
    desk.people.remove(gone)


def new_year(desk: Desk) -> None:
    """A year has not passed since the look, so the crowd's list does not change; and the report for the coordinator."""
    desk.on("2028-01-05")
    said = desk.run("edition")
    assert said.code == 0
    assert "Seuraava tarkistus on aikaisintaan 2028-07-05" in said.output
    assert desk.publish(set()).catalogue["look"] == 1
    done = desk.run("report", "--html", "vuosi.html")
    assert done.code == 0
    page = (desk.folder / "vuosi.html").read_text("utf-8")
    assert "<svg" in page
    assert not any(one.name in page or one.phone in page for one in desk.people)
    subjects = git(desk.folder, "log", "--format=%s").splitlines()
    assert subjects.count("Make an edition") == 2
