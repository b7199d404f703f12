"""What git still holds of people but the folder no longer says."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kokemus.publication.inputs import gather
from kokemus.publication.omission import leaving_out
from tests.conftest import DEMO_DAY, change, contents, git, kokemus, smaller
from tests.rigs.repositories import commit

GIVEN, WITHDRAWN = "given: 2026-04-13", "given: 2026-04-13\n  withdrawn: 2026-05-02"
OURS = {
    *("admitted-moved", "withdrawal-mistaken", "commit-names", "withdrawal-lost", "withdrawals-unread"),
    "deleted-not-erased",
}


@pytest.fixture
def kept(demo: Path) -> Path:
    """The demo in a repository."""
    git(demo, "init", "--quiet")
    commit(demo, "Begin")
    return demo


NEW = {"solo-added", "review-moved", "code-changed", "code-names", "code"}


def told(folder: Path, codes: set[str] = OURS) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in gather(folder / "mkdocs.yml").problems if one.code in codes]


def withdraw_and_put_back(folder: Path, at: str | None = None) -> None:
    """Mark a withdrawal, commit it at this time, and take it out again."""
    change(folder, "experts/e05.yml", GIVEN, WITHDRAWN)
    with pytest.MonkeyPatch.context() as patched:
        if at:
            patched.setenv("GIT_COMMITTER_DATE", at)
        commit(folder, "Change")
    assert told(folder) == []
    change(folder, "experts/e05.yml", WITHDRAWN, GIVEN)


def test_a_withdrawal_that_was_undone_is_an_error(kept: Path) -> None:
    """Before and after the commit, until it is written again or the expert has signed again."""
    withdraw_and_put_back(kept)
    assert told(kept) == [("withdrawal-lost", "experts/e05.yml")]
    commit(kept, "Put back")
    assert told(kept) == [("withdrawal-lost", "experts/e05.yml")]
    assert kokemus(kept, "renew", "e05", "--on", "2026-11-24").code == 0
    assert told(kept) == []
    change(kept, "experts/e05.yml", "given: 2026-11-24", WITHDRAWN)
    assert told(kept) == []


def test_an_undone_withdrawal_is_found_in_a_renamed_file(kept: Path) -> None:
    """The code is new, but the person is the same."""
    change(kept, "experts/e05.yml", GIVEN, WITHDRAWN)
    commit(kept, "Change")
    git(kept, "mv", "experts/e05.yml", "experts/x7k2m.yml")
    commit(kept, "Rename")
    assert told(kept) == []
    change(kept, "experts/x7k2m.yml", WITHDRAWN, GIVEN)
    assert told(kept) == [("withdrawal-lost", "experts/x7k2m.yml")]


def test_an_undone_withdrawal_is_found_in_a_broken_version(kept: Path) -> None:
    """Somebody may have removed it because something looked wrong."""
    change(kept, "experts/e05.yml", GIVEN, f"{WITHDRAWN}\n  withdrawn: 2026-05-02")
    commit(kept, "Change")
    git(kept, "checkout", "HEAD~1", "--", "experts/e05.yml")
    assert told(kept) == [("withdrawal-lost", "experts/e05.yml")]


def test_a_withdrawal_undone_before_its_day_does_not_count(kept: Path) -> None:
    """It never took effect."""
    later = WITHDRAWN.replace("2026-05-02", "2040-05-02")
    change(kept, "experts/e05.yml", GIVEN, later)
    commit(kept, "Change")
    change(kept, "experts/e05.yml", later, GIVEN)
    commit(kept, "Change")
    assert told(kept) == []


MISTAKEN = GIVEN + "\n  mistaken: {{withdrawn: {}, asked: {}}}"


def test_a_withdrawal_marked_for_the_wrong_person_is_excused_by_its_day_alone(kept: Path) -> None:
    """A record that names another day, or lacks the expert's answer, leaves it an error."""
    withdraw_and_put_back(kept, at="2026-05-02T12:00:00+0300")
    now = GIVEN
    for record in (
        MISTAKEN.format("2026-05-03", "2026-05-04"),
        MISTAKEN.format("2026-05-02", "2026-05-01"),
        GIVEN + "\n  mistaken: {withdrawn: 2026-05-02}",
    ):
        change(kept, "experts/e05.yml", now, record)
        assert ("withdrawal-lost", "experts/e05.yml") in told(kept), record
        now = record
    change(kept, "experts/e05.yml", now, MISTAKEN.format("2026-05-02", "2026-05-04"))
    assert told(kept) == [("withdrawal-mistaken", "experts/e05.yml")]


def test_a_record_excuses_no_withdrawal_that_was_marked_after_the_expert_was_asked(kept: Path) -> None:
    """Their answer cannot be about what came later, even if both are of one day."""
    withdraw_and_put_back(kept, at="2026-05-05T12:00:00+0300")
    for asked, code in (("2026-05-04", "withdrawal-lost"), ("2026-05-05", "withdrawal-mistaken")):
        record = MISTAKEN.format("2026-05-02", asked)
        change(kept, "experts/e05.yml", GIVEN, record)
        assert told(kept) == [(code, "experts/e05.yml")]
        change(kept, "experts/e05.yml", record, GIVEN)


@pytest.mark.parametrize("together", [False, True])
def test_a_record_excuses_no_withdrawal_that_came_after_it(kept: Path, together: bool) -> None:
    """The expert may withdraw on the very day of the mistake, whether or not the record is taken away then."""
    at = "2026-05-02T12:00:00+0300"
    withdraw_and_put_back(kept, at)
    record = MISTAKEN.format("2026-05-02", "2026-05-02")
    change(kept, "experts/e05.yml", GIVEN, record)
    withdrawn = f"{record}\n  withdrawn: 2026-05-02" if together else WITHDRAWN
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GIT_COMMITTER_DATE", at)
        commit(kept, "Change")
        assert told(kept) == [("withdrawal-mistaken", "experts/e05.yml")]
        change(kept, "experts/e05.yml", record, withdrawn)
        commit(kept, "Change")
        assert told(kept) == []
        change(kept, "experts/e05.yml", withdrawn, record)
    assert told(kept) == [("withdrawal-lost", "experts/e05.yml")]
    (found,) = [one for one in gather(kept / "mkdocs.yml").problems if one.code == "withdrawal-lost"]
    assert "does not excuse it" in found.message


def test_an_answer_that_is_still_to_come_excuses_nothing(kept: Path) -> None:
    """The profile is refused until the day of the answer has come."""
    withdraw_and_put_back(kept, at="2026-05-02T12:00:00+0300")
    change(kept, "experts/e05.yml", GIVEN, MISTAKEN.format("2026-05-02", "2026-11-25"))
    assert "error[asked-ahead]" in kokemus(kept, "check", "--on", "2026-11-24").output
    assert kokemus(kept, "build", "--on", "2026-11-24").code == 1
    assert "asked-ahead" not in kokemus(kept, "check", "--on", "2026-11-25").output


def test_the_record_of_a_mistake_does_not_excuse_a_later_withdrawal(kept: Path) -> None:
    """Nor does it hide that the expert has withdrawn since."""
    withdraw_and_put_back(kept)
    record = MISTAKEN.format("2026-05-02", "2026-05-04")
    change(kept, "experts/e05.yml", GIVEN, f"{record}\n  withdrawn: 2026-06-01")
    commit(kept, "Change")
    change(kept, "experts/e05.yml", f"{record}\n  withdrawn: 2026-06-01", record)
    assert told(kept) == [("withdrawal-lost", "experts/e05.yml")]


def test_a_note_about_a_lost_withdrawal_is_not_to_be_reworded(kept: Path) -> None:
    """The lost withdrawal says what to do; the note is its only other trace."""
    codes = {"withdrawal-lost", "withdrawal-in-notes"}
    change(kept, "experts/e09.yml", "  given: 2025-09-01", "  given: 2026-11-20")
    change(kept, "experts/e09.yml", "  withdrawn: 2026-08-15\n", "")
    assert told(kept, codes) == [("withdrawal-in-notes", "experts/e09.yml")]
    change(kept, "experts/e09.yml", "  given: 2026-11-20", "  given: 2025-09-01")
    assert told(kept, codes) == [("withdrawal-lost", "experts/e09.yml")]


def test_an_expert_whose_withdrawal_was_lost_is_left_out(kept: Path) -> None:
    """The site is the one that the withdrawal would give."""
    smaller(kept)
    card = "2026-05-04"
    change(kept, "experts/e06.yml", f"given: {card}", f"given: {card}\n  withdrawn: 2026-11-20")
    commit(kept, "Change")
    assert kokemus(kept, "build", "--on", "2026-11-24").code == 0
    without = {path: text for path, text in contents(kept / "site").items() if path.endswith(".html")}
    git(kept, "checkout", "HEAD~1", "--", "experts/e06.yml")
    assert kokemus(kept, "build", "--on", "2026-11-24").code == 1
    assert kokemus(kept, "build", "--leave-out-broken", "--on", "2026-11-24").code == 3
    assert without == {path: text for path, text in contents(kept / "site").items() if path.endswith(".html")}


def test_a_withdrawal_ends_the_permission_for_a_card_and_for_signed_topics(kept: Path) -> None:
    """A new consent does not bring them back; only the card's own later signature does. The profile itself counts."""
    profile, code = "experts/e09.yml", {"card-before-withdrawal"}
    change(kept, profile, "  withdrawn: 2026-08-15\n", "")
    change(kept, profile, "  given: 2025-09-01", "  given: 2026-11-20")
    assert told(kept, code) == [("card-before-withdrawal", profile)]
    whole = gather(kept / "mkdocs.yml")
    (left,) = [one for one in leaving_out(whole, DEMO_DAY).profiles if one.path == profile]
    assert left.card
    assert (left.card.withheld, left.solo) == (True, ())
    change(kept, profile, "  given: 2026-11-20", "  given: 2026-11-20\n  withdrawn: 2026-11-21")
    assert told(kept, code) == []
    change(kept, profile, "\n  withdrawn: 2026-11-21", "")
    change(kept, profile, "  consent: 2025-09-01", "  consent: 2026-08-15")
    assert told(kept, code) == [("card-before-withdrawal", profile)]
    change(kept, profile, "  consent: 2026-08-15", "  consent: 2026-08-16")
    assert told(kept, code) == []


def test_a_withdrawal_that_was_a_mistake_ends_no_card(kept: Path) -> None:
    """Its record in an earlier version of the profile is enough."""
    profile, code = "experts/e09.yml", {"card-before-withdrawal"}
    record = "  mistaken: {withdrawn: 2026-08-15, asked: 2026-08-16}\n"
    change(kept, profile, "  withdrawn: 2026-08-15\n", record)
    commit(kept, "Change")
    change(kept, profile, "  given: 2025-09-01", "  given: 2026-11-20")
    change(kept, profile, record, "")
    assert told(kept, code) == []


def test_a_copy_that_was_deleted_gives_nobody_another_code(kept: Path) -> None:
    """Its name was never a code."""
    (kept / "experts/e16 - kopio.yml").write_bytes((kept / "experts/e16.yml").read_bytes())
    commit(kept, "Save")
    (kept / "experts/e16 - kopio.yml").unlink()
    assert told(kept, {"code-changed"}) == []


def test_an_incomplete_history_is_reported(kept: Path, tmp_path: Path) -> None:
    """It is never treated as a history without withdrawals."""
    withdraw_and_put_back(kept)
    commit(kept, "Put back")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{kept}", "shallow")
    assert told(tmp_path / "shallow") == [("withdrawals-unread", "experts")]


@pytest.mark.parametrize("committed", [False, True])
def test_a_profile_that_was_only_deleted_is_reported(kept: Path, committed: bool) -> None:
    """Until history no longer has it. A renamed profile does not count as deleted."""
    (kept / "experts" / "e05.yml").rename(kept / "experts" / "x7k2m.yml")
    if committed:
        commit(kept, "Rename")
    assert told(kept) == []
    (kept / "experts" / "x7k2m.yml").unlink()
    if committed:
        commit(kept, "Change")
    assert ("deleted-not-erased", "experts/e05.yml") in told(kept)
    git(kept, "checkout", "--quiet", "--orphan", "anew")
    commit(kept, "Begin")
    assert told(kept) == []


@pytest.mark.parametrize(
    "name", ["_e05.yml", "e05.yaml", "e05.yml.txt", "old/e05.yml", "../e05.yml", "../people/e05.yml"]
)
def test_a_profile_that_was_moved_is_not_called_deleted(kept: Path, name: str) -> None:
    """Another problem says that it is not read there. To erase the expert would be the wrong way out."""
    (kept / "experts" / name).parent.mkdir(exist_ok=True)
    (kept / "experts" / "e05.yml").rename(kept / "experts" / name)
    inputs = gather(kept / "mkdocs.yml")
    assert [one.code for one in inputs.problems if one.code != "nowhere"] in (
        ["stray-profile"],
        ["file-ending"],
        ["profile-passed-over"],
    )


def test_a_folder_that_is_gone_is_one_problem(kept: Path) -> None:
    """Not one for each file that was in it."""
    (kept / "experts").rename(kept / "people")
    (kept / "site_src").rename(kept / "pages")
    problems = gather(kept / "mkdocs.yml").problems
    assert {(one.code, one.path) for one in problems} == {("no-folder", "experts"), ("no-folder", "site_src")}
    assert "docs_dir: site_src" in problems[-1].help + problems[0].help


@pytest.mark.parametrize("phone", ['""', '" "', "…"])
def test_placeholders_do_not_identify_two_people_as_one(kept: Path, phone: str) -> None:
    """Placeholders do not identify a person whose file is gone with one who is still here."""
    for name in ("e05", "e06"):
        change(kept, f"experts/{name}.yml", "  phone: ", f"  phone: {phone} # ")
    change(kept, "experts/e05.yml", GIVEN, WITHDRAWN)
    commit(kept, "Withdraw")
    (kept / "experts" / "e05.yml").unlink()
    assert told(kept) == [("deleted-not-erased", "experts/e05.yml")]


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("written", ["", "admitted: 2026-11-24\n"])
def test_an_expert_who_signs_again_is_no_newcomer(kept: Path, written: str, committed: bool) -> None:
    """A later date of admission is a warning until the earlier one is written, as ``kokemus renew`` does."""
    change(kept, "experts/e05.yml", GIVEN, "given: 2026-11-24")
    change(kept, "experts/e05.yml", "languages:", f"{written}languages:")
    if committed:
        commit(kept, "Renew")
    assert told(kept) == [("admitted-moved", "experts/e05.yml")]
    change(kept, "experts/e05.yml", f"{written}languages:", "admitted: 2026-04-13\nlanguages:")
    assert told(kept) == []


def test_a_wrong_day_of_admission_may_be_corrected(kept: Path) -> None:
    """The signature is the same, so this is not a renewal."""
    change(kept, "experts/e05.yml", "languages:", "admitted: 2026-11-24\nlanguages:")
    assert told(kept) == []


def test_an_expert_who_had_withdrawn_may_be_a_newcomer(kept: Path) -> None:
    """Signing again after a withdrawal admits them again."""
    change(kept, "experts/e05.yml", GIVEN, WITHDRAWN)
    commit(kept, "Withdraw")
    change(kept, "experts/e05.yml", WITHDRAWN, "given: 2026-11-24")
    assert told(kept) == []


def test_a_name_in_the_message_of_a_commit_is_reported_until_it_is_sent(kept: Path, tmp_path: Path) -> None:
    """The advice removes the name and changes no file. Once a commit is pushed, it is not reported again."""
    change(kept, "experts/e05.yml", "languages: [fi, sv]", "languages: [fi]")
    commit(kept, "Hilma Tekaista speaks Finnish only")
    change(kept, "experts/e05.yml", "remote: true", "remote: false")
    commit(kept, "Change a profile")
    (found,) = [one for one in gather(kept / "mkdocs.yml").problems if one.code == "commit-names"]
    assert found.severity == "warning"
    assert not {"Hilma", "Tekaista"} & {*found.message.split(), *found.help.split()}
    before = contents(kept / "experts")
    told_to = re.findall(r"git (reset --soft \S+), then git (commit -m) ", found.help)[0]
    git(kept, *told_to[0].split())
    git(kept, *told_to[1].split(), "Change profiles")
    assert told(kept) == []
    assert contents(kept / "experts") == before
    commit(kept, "Tekaista again")
    assert told(kept) == [("commit-names", "experts")]
    git(tmp_path, "init", "--quiet", "--bare", "remote")
    git(kept, "remote", "add", "origin", str(tmp_path / "remote"))
    git(kept, "push", "--quiet", "origin", "HEAD")
    assert told(kept) == []


def test_a_topic_signed_alone_that_is_new_needs_a_signature(kept: Path) -> None:
    """Until the change is committed, since the sheet of that day may have it; not with a new day or with one less."""
    change(kept, "experts/e05.yml", "solo: [psychosis]", "solo: [psychosis, loneliness]")
    assert told(kept, NEW) == [("solo-added", "experts/e05.yml")]
    (found,) = [one for one in gather(kept / "mkdocs.yml").problems if one.code == "solo-added"]
    assert (found.route, "loneliness" in found.message) == (("consent", "solo"), False)
    commit(kept, "Change")
    assert told(kept, NEW) == []
    change(kept, "experts/e05.yml", "[psychosis, loneliness]", "[psychosis, loneliness, encounter]")
    assert kokemus(kept, "renew", "e05", "--on", "2026-11-24").code == 0
    assert told(kept, NEW) == []


def test_a_consent_ends_later_only_with_a_new_signature(kept: Path) -> None:
    """Or once committed, since the sheet may say that day. An earlier last day needs none."""
    for review, moved in (("2029-04-13", True), ("2027-04-13", False)):
        change(kept, "experts/e05.yml", GIVEN, f"{GIVEN}\n  review: {review}")
        assert told(kept, NEW) == ([("review-moved", "experts/e05.yml")] if moved else [])
        change(kept, "experts/e05.yml", f"\n  review: {review}", "")
    change(kept, "experts/e05.yml", GIVEN, f"{GIVEN}\n  review: 2029-04-13")
    commit(kept, "Change")
    assert told(kept, NEW) == []
    change(kept, "experts/e05.yml", f"{GIVEN}\n  review: 2029-04-13", "given: 2026-11-24\n  review: 2029-11-24")
    assert told(kept, NEW) == []


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('fi: "Kerron, miten', 'fi: "Asun maalla ja kerron, miten', "card.text.fi"),
        ("  topics: [own-story, creativity]", "  topics: [own-story, recovery]", "card.topics"),
        ("  name: Revontuli", "  name: Kaisla", "card.name"),
        ("  places: [lappi]", "  places: [rovaniemi]", "card.places"),
    ],
)
def test_a_card_that_says_more_than_was_signed_needs_a_new_day(kept: Path, old: str, new: str, part: str) -> None:
    """Before and after commits and in a renamed file, until the new day is written or the change is taken back."""
    file, code = "experts/e06.yml", {"card-changed"}
    change(kept, file, old, new)
    for _ in ("not committed", "committed"):
        assert told(kept, code) == [("card-changed", file)]
        commit(kept, "Change")
    (found,) = [one for one in gather(kept / "mkdocs.yml").problems if one.code == "card-changed"]
    assert part in found.message
    assert not {"Asun", "Kaisla", "rovaniemi"} & {*found.message.split(), *found.help.split()}
    git(kept, "mv", file, "experts/x7k2m.yml")
    commit(kept, "Rename")
    assert told(kept, code) == [("card-changed", "experts/x7k2m.yml")]
    file = "experts/x7k2m.yml"
    change(kept, file, new, old)
    assert told(kept, code) == []
    change(kept, file, old, new)
    change(kept, file, "card:\n  consent: 2026-09-15", "card:\n  consent: 2026-11-24")
    assert told(kept, code) == []


def test_a_card_in_another_language_needs_a_new_day(kept: Path) -> None:
    """Fewer languages, other line breaks and what was accepted show nothing new."""
    english = '    en: "Words that nobody has shown them."\n  topics: [burnout'
    change(kept, "experts/e15.yml", "  topics: [burnout", english)
    commit(kept, "Translate")
    assert told(kept, {"card-changed"}) == [("card-changed", "experts/e15.yml")]
    change(kept, "experts/e15.yml", english, "  topics: [burnout")
    change(kept, "experts/e15.yml", "Puhun siitä, miten", "Puhun siitä,\n      miten")
    change(kept, "experts/e15.yml", "  name: Kanerva", "  name: Kanerva\n  accepted: [place]")
    assert told(kept, {"card-changed"}) == []


def test_a_card_may_be_corrected_on_the_day_of_its_signature(kept: Path) -> None:
    """No later day could say that its expert has seen it."""
    with pytest.MonkeyPatch.context() as patched:
        for hour, old, new in (("09", "2026-09-15", "2026-11-24"), ("15", "Puhun siitä, miten", "Kerron siitä, miten")):
            change(kept, "experts/e15.yml", old, new)
            patched.setenv("GIT_COMMITTER_DATE", f"2026-11-24T{hour}:00:00+0200")
            commit(kept, "Change")
    assert told(kept, {"card-changed"}) == []
    change(kept, "experts/e15.yml", "Kerron siitä, miten", "Juttelen siitä, miten")
    assert told(kept, {"card-changed"}) == [("card-changed", "experts/e15.yml")]


@pytest.mark.parametrize("new", ["anna", "hilma", "x7k2m", "Anna M"])
def test_a_code_that_was_changed_leads_back_to_the_former_one(kept: Path, new: str) -> None:
    """The coin of the last look goes by it, before and after the commit. A name in the new code is not told besides."""
    git(kept, "mv", "experts/e05.yml", f"experts/{new}.yml")
    for _ in ("not committed", "committed"):
        assert told(kept, NEW) == [("code-changed", f"experts/{new}.yml")]
        assert ("error" in {one.severity for one in gather(kept / "mkdocs.yml").problems}) is (new == "Anna M")
        (found,) = [one for one in gather(kept / "mkdocs.yml").problems if one.code == "code-changed"]
        file = shlex.quote(f"experts/{new}.yml")
        assert f"mv {file} experts/e05.yml" in found.text("help", "fi")
        commit(kept, "Rename")


def test_a_copy_that_was_deleted_is_no_former_code(kept: Path) -> None:
    """Before the deletion is committed and after it; whoever followed the advice would give the copy's code."""
    shutil.copy(kept / "experts/e05.yml", kept / "experts/e05-vanha.yml")
    change(kept, "experts/e05.yml", "  - topic: psychosis", "  - topic: hope\n  - topic: psychosis")
    commit(kept, "Change")
    (kept / "experts/e05-vanha.yml").unlink()
    for _ in ("not committed", "committed"):
        assert told(kept, NEW) == []
        commit(kept, "Delete the copy")


def test_a_code_that_was_changed_before_the_last_look_is_no_concern(kept: Path) -> None:
    """Its coin was drawn with the new code."""
    with pytest.MonkeyPatch.context() as patched:
        git(kept, "mv", "experts/e05.yml", "experts/x7k2m.yml")
        patched.setenv("GIT_COMMITTER_DATE", "2026-10-04T12:00:00+0300")
        commit(kept, "Rename")
    assert told(kept, NEW) == []


def test_a_code_that_held_a_name_is_not_to_be_taken_back(kept: Path) -> None:
    """The advice to rename it must not be followed by the advice to undo that."""
    git(kept, "mv", "experts/e05.yml", "experts/hilma.yml")
    commit(kept, "Rename")
    git(kept, "rm", "--quiet", "--cached", "experts/hilma.yml")
    (kept / "experts/hilma.yml").rename(kept / "experts/e05.yml")
    commit(kept, "Rename")
    assert told(kept, NEW) == []
