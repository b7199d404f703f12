"""What somebody writes into the built site is not lost at the next build, and they learn where it belongs."""

import shutil
from pathlib import Path

from tests.conftest import kokemus

PAGE = "site/palkkiot-ja-ehdot/index.html"


def edited(folder: Path, text: str) -> str:
    page = folder / PAGE
    page.write_text(page.read_text("utf-8").replace("</main>", f"<p>{text}</p></main>"), "utf-8")
    return page.read_text("utf-8")


def test_a_page_that_was_changed_by_hand_is_kept_aside(small: Path) -> None:
    """Each time anew, with the file in which its text is written; a build without a change says nothing."""
    assert kokemus(small, "build", "--on", "2026-11-24").code == 0
    made = (small / PAGE).read_text("utf-8")
    for number, place in enumerate(("desk/from-site", "desk/from-site-1")):
        text = edited(small, f"Maksuton {number}")
        (small / "site" / "kuva.svg").write_text("<svg/>", "utf-8")
        done = kokemus(small, "build", "--on", "2026-11-24")
        assert done.code == 0
        assert f"{PAGE} oli muutettu käsin" in done.output
        assert "site_src/fi/fees.md" in done.output
        assert "site/kuva.svg oli muutettu tai lisätty käsin" in done.output
        assert (small / place / PAGE.removeprefix("site/")).read_text("utf-8") == text
        assert (small / place / "kuva.svg").read_text("utf-8") == "<svg/>"
        assert (small / PAGE).read_text("utf-8") == made
    assert (small / "desk" / ".gitignore").read_text("utf-8") == "*\n"
    done = kokemus(small, "build", "--on", "2026-11-25")
    assert "käsin" not in done.output


def test_a_site_that_was_copied_is_nobodys_work(small: Path) -> None:
    """Its files have new times, of which none tells anything."""
    assert kokemus(small, "build", "--on", "2026-11-24").code == 0
    shutil.move(small / "site", small / "old")
    shutil.copytree(small / "old", small / "site", copy_function=shutil.copyfile)
    done = kokemus(small, "build", "--on", "2026-11-25")
    assert done.code == 0
    assert "käsin" not in done.output
