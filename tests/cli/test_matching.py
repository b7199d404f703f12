"""The command that finds who suits a request, and keeps the request if asked to."""

from pathlib import Path

from kokemus.publication.inputs import Inputs
from tests.conftest import DEMO_DAY, contents, kokemus
from tests.requests.test_forty import FORTY, answers, table
from tests.requests.test_matching import REQUEST

ON = ("--on", DEMO_DAY.isoformat())


def test_a_table_and_a_message_give_the_same_output(demo: Path, tmp_path: Path, inputs: Inputs) -> None:
    """Nothing is kept without ``--keep``; then each request once."""
    before = contents(demo)
    (tmp_path / "request.txt").write_text(REQUEST, "utf-8")
    one = kokemus(demo, "match", str(tmp_path / "request.txt"), *ON)
    assert one.code == 0
    assert "e05  Hilma Tekaista: psykoosi, toipuminen. Sopii:" in one.output
    (tmp_path / "some.csv").write_text(table([answers(row, inputs.vocabulary) for row in FORTY[:3]]), "cp1252")
    some = kokemus(demo, "match", str(tmp_path / "some.csv"), *ON)
    assert some.code == 1
    assert "Joku löytyisi, jos yksi näistä joustaisi: aihe, kieli." in some.output
    assert some.output.count("Voit vastata kyllä tai ei") == 2
    assert contents(demo) == before
    assert (
        "Tallennettuja pyyntöjä: 3. Jo luettelossa: 0."
        in kokemus(demo, "match", str(tmp_path / "some.csv"), "--keep", *ON).output
    )
    kept = (demo / "desk" / "requests.yml").read_bytes()
    assert kept.count(b"reference:") == 3
    again = kokemus(demo, "match", str(tmp_path / "some.csv"), "--keep", *ON)
    assert "Tallennettuja pyyntöjä: 0. Jo luettelossa: 3." in again.output
    assert (demo / "desk" / "requests.yml").read_bytes() == kept


def test_a_file_without_requests_changes_nothing(demo: Path, tmp_path: Path) -> None:
    """A broken file of requests is not overwritten either."""
    (tmp_path / "other.csv").write_text("Nimi;Arvio\nSalla Salainen;hyvä\n", "utf-8")
    before = contents(demo)
    done = kokemus(demo, "match", str(tmp_path / "other.csv"), "--keep", *ON)
    assert done.code == 1
    assert "tiedostossa ei ole lomakkeen kysymyksiä" in done.output
    assert "alla" not in done.output
    assert contents(demo) == before
    (demo / "desk").mkdir()
    (demo / "desk" / "requests.yml").write_text("requests:\n  - {reference: Salla}\n", "utf-8")
    (tmp_path / "request.txt").write_text(REQUEST, "utf-8")
    done = kokemus(demo, "match", str(tmp_path / "request.txt"), "--keep", *ON)
    assert done.code == 1
    assert "desk/requests.yml:2:6: error[reference]" in done.output
    assert "ei tallennettu mitään" in done.output
    assert (demo / "desk" / "requests.yml").read_text("utf-8") == "requests:\n  - {reference: Salla}\n"


def test_it_does_not_run_in_ci_logs(demo: Path) -> None:
    """As in the log of a publishing run."""
    assert kokemus(demo, "match", *ON, CI="true").code == 2
