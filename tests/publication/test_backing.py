"""What the association says it arranges although no expert can do it: one message for each list."""

from pathlib import Path

from kokemus.documents.problems import Problem
from kokemus.publication.inputs import gather
from kokemus.publication.publish import publish
from tests.conftest import DEMO_DAY, change


def unbacked(folder: Path) -> list[Problem]:
    found = publish(gather(folder / "mkdocs.yml"), DEMO_DAY).problems
    return [one for one in found if one.code.startswith("unbacked")]


def without_experts(demo: Path) -> None:
    """Keeps only two experts: one does training and panels only, the other names no audience."""
    for file in (demo / "experts").glob("*.yml"):
        if file.stem not in ("e01", "e05"):
            file.unlink()


def test_a_list_that_no_expert_can_do_is_one_message_with_a_count(demo: Path) -> None:
    """With one message for each item, a new coordinator would see nothing else."""
    assert unbacked(demo) == []
    without_experts(demo)
    told = unbacked(demo)
    assert len(told) == len({one.route for one in told}) > 0
    for one in told:
        values = dict(one.values)
        assert len(values["labels"].split("; ")) == int(values["count"])
    assert max(int(dict(one.values)["count"]) for one in told) > 1


def test_a_broken_profile_is_the_only_problem(demo: Path) -> None:
    """The expert in the broken file may be the one who can."""
    without_experts(demo)
    change(demo, "experts/e01.yml", "remote: true", "remote true")
    assert unbacked(demo) == []
