"""The workflows that publish an association's site: they lint clean, and their own steps run on real repositories."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import check_jsonschema
import pytest
from click.testing import CliRunner

from kokemus.dates import HELSINKI
from tests.conftest import DEMO_DAY, ROOT, change, copy_of_demo, once, smaller
from tests.rigs import warm
from tests.rigs.board import board
from tests.rigs.forge import TOKEN, Done, Forge, git, workflow

BIN = Path(sys.executable).parent
SCAFFOLD = ROOT / "generator" / "kokemus" / "coordinator" / "scaffold"
GITHUB = SCAFFOLD / ".github" / "workflows" / "site.yml"
GITLAB = SCAFFOLD / ".gitlab-ci.yml"
FORGEJO = SCAFFOLD / ".forgejo" / "workflows" / "site.yml"
OWN = ROOT / ".github" / "workflows" / "test.yml"
PRIVATE = ("Mallila", "saimi", "555 0106", "Venla", "Keksitty", "Haavekivi")


def said(*words: object) -> tuple[int, str]:
    """The exit code and output of a linter."""
    done = subprocess.run([str(BIN / str(words[0])), *map(str, words[1:])], capture_output=True, text=True, cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


def scripts(file: Path) -> Iterator[str]:
    """Every shell script of a workflow."""
    for job in workflow(file).get("jobs", workflow(file)).values():
        if isinstance(job, dict):
            yield from (step["run"] for step in job.get("steps", ()) if "run" in step)
            yield from job.get("script", ())


# What the files alone show


@pytest.mark.slow
def test_the_workflows_of_github_lint_clean(tmp_path: Path) -> None:
    """zizmor for security, actionlint for errors; both report a planted mistake."""
    assert said("zizmor", "--offline", "--no-progress", GITHUB, OWN)[0] == 0
    assert said("node", "tests/counterparts/actionlint.mjs", GITHUB, OWN) == (0, "")
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    text = GITHUB.read_text("utf-8")
    bad.write_text(re.sub(r"checkout@\w{40}", "checkout@v7", text).replace("github.token", "github.tokin"), "utf-8")
    assert "unpinned-uses" in said("zizmor", "--offline", "--no-progress", bad)[1]
    assert "tokin" in said("node", "tests/counterparts/actionlint.mjs", bad)[1]


@pytest.mark.slow
def test_every_workflow_has_the_form_that_its_forge_reads() -> None:
    """By the forges' own schemas."""
    for schema, files in (("github-workflows", (GITHUB, OWN, FORGEJO)), ("gitlab-ci", (GITLAB,))):
        done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", *map(str, files)])
        assert done.exit_code == 0, done.output


def test_every_script_is_sound_shell(tmp_path: Path) -> None:
    """By shellcheck. The control: it finds an unquoted variable."""
    for file in (GITHUB, GITLAB, FORGEJO, OWN):
        for number, script in enumerate(scripts(file)):
            (tmp_path / f"{len(list(tmp_path.iterdir()))}-{number}.sh").write_text(script, "utf-8")
    found = sorted(tmp_path.iterdir())
    assert len(found) > 20
    assert said("shellcheck", "--shell", "bash", *found) == (0, "")
    assert said("shellcheck", "--shell", "sh", *(SCAFFOLD / ".ci").iterdir()) == (0, "")
    (tmp_path / "bad.sh").write_text("rm -r $1")
    assert "SC2086" in said("shellcheck", "--shell", "bash", tmp_path / "bad.sh")[1]


def test_every_action_is_pinned_by_its_whole_hash_and_nobody_else_s_is_used() -> None:
    """Only GitHub's own actions. The other forges' workflows use none."""
    for file in (GITHUB, OWN):
        used = re.findall(r"uses: (\S+)(.*)", file.read_text("utf-8"))
        assert used
        for name, version in used:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name), name
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", version), name
    assert "uses:" not in FORGEJO.read_text("utf-8")


def test_nothing_that_builds_may_write_or_knows_a_secret() -> None:
    """Jobs that run our code or other people's can only read the repository."""
    writes = {"pages": {"pages", "id-token", "contents"}, "branch": {"contents"}}
    writes |= {"record": {"contents"}, "tell": {"issues"}}
    for file in (GITHUB, FORGEJO):
        plan = workflow(file)
        assert plan["permissions"] == {}
        for name, job in plan["jobs"].items():
            may_write = {key for key, value in job["permissions"].items() if value == "write"}
            assert may_write == writes.get(name, set()), name
            steps = {step.get("name", step.get("uses")): step for step in job["steps"]}
            if name in ("check", "build", "due", "edition"):
                assert "secrets." not in str(job)
                assert [title for title, step in steps.items() if "token" in str(step)] in ([], ["Check out"])
            else:
                assert "Install" not in steps
                assert ".venv" not in str(job)
                secret = {title for title, step in steps.items() if "secrets." in str(step)}
                assert secret == ({"Publish"} if name == "branch" else set())
    jobs = {name: str(job) for name, job in workflow(GITLAB).items() if isinstance(job, dict)}
    assert [name for name, job in jobs.items() if "EDITION_KEY" in job] == ["record"]
    assert workflow(GITLAB)["record"]["environment"] == {"name": "edition"}


def test_on_forgejo_whatever_is_installed_runs_without_the_token_that_every_step_is_given() -> None:
    """It replaces the shell that has the token, so that it cannot be read there either."""
    run = [step["run"] for job in workflow(FORGEJO)["jobs"].values() for step in job["steps"]]
    ours = [script for script in run if re.search(r"\.ci/(build|announce|make)|venv/bin/kokemus", script)]
    assert len(ours) == 6
    assert all(re.fullmatch(r"exec sh \.ci/alone .+", script) for script in ours)


def test_all_three_take_the_same_steps() -> None:
    """Check, build, audit, in this order, by the same commands. All is installed by hash, and nothing is compiled."""
    steps = (SCAFFOLD / ".ci" / "build").read_text("utf-8")
    places = [steps.index(f".venv/bin/kokemus {step}") for step in ("check", "build --leave-out", "audit --leave-out")]
    assert places == sorted(places)
    for file in (GITHUB, GITLAB, FORGEJO):
        text = file.read_text("utf-8")
        install = ".venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:"
        assert text.count(install) == text.count("pip install")
        for script in ("build", "announce-edition", "make-edition"):
            assert f"exec sh .ci/alone sh .ci/{script}" in text or f"exec sh .ci/alone sh -c 'sh .ci/{script}" in text


def test_check_and_edition_see_the_whole_history_and_one_run_publishes_at_a_time() -> None:
    """Wherever check or edition runs. Runs of the same branch wait for each other."""
    plan = workflow(GITHUB)
    for name in ("check", "build", "due", "edition", "pages", "branch"):
        assert plan["jobs"][name]["steps"][0]["with"]["fetch-depth"] == 0, name
    assert workflow(GITLAB)["variables"]["GIT_DEPTH"] == "0"
    assert not [script for file in (GITHUB, GITLAB, FORGEJO) for script in scripts(file) if "--depth" in script]
    assert plan["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert {workflow(GITLAB)[name]["resource_group"] for name in ("build", "pages")} == {"site"}
    assert {workflow(GITLAB)[name]["resource_group"] for name in ("edition", "record")} == {"edition"}


def test_every_nightly_run_starts_early_on_the_new_day_in_finland() -> None:
    """In winter and summer, and on the nights when the clocks change. GitHub counts in UTC."""
    for file in (GITHUB, FORGEJO):
        night, morning = (entry["cron"].split() for entry in workflow(file)[True]["schedule"])
        for cron, latest in ((night, 2), (morning, 7)):
            assert cron[2:] == ["*", "*", "*"]
            for number in range(366 * 3):
                day = date(2026, 1, 1) + timedelta(number)
                moment = datetime(day.year, day.month, day.day, int(cron[1]), int(cron[0]), tzinfo=UTC)
                there = moment.astimezone(HELSINKI)
                assert there.hour < latest
                assert there.date() == (day + timedelta(1) if cron is night else day)


# Run for real


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this project, and the environment that the workflow's own first step makes from it."""
    return once(tmp_path_factory, "installed", install) / ".venv"


def install(folder: Path) -> None:
    folder.mkdir()
    said("hatchling", "build", "--target", "wheel", "--directory", folder / "wheels")
    (wheel,) = (folder / "wheels").iterdir()
    (line,) = re.findall(r"--hash=\S+", said("python", "-m", "pip", "hash", wheel)[1])
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    (folder / "requirements.lock").write_text(f"{lock}\nkokemus=={wheel.name.split('-')[1]} {line}\n", "utf-8")
    (script,) = {script for script in scripts(GITHUB) if "python3 -m venv" in script}
    done = subprocess.run(
        ["bash", "-e", "-c", script.replace("python3 -m venv", f"{sys.executable} -m venv")],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def environment(installed: Path) -> Iterator[Path]:
    """The same environment, kept warm."""
    with warm.installed(installed) as folder:
        yield folder


@pytest.fixture
def forge(tmp_path: Path, installed: Path, environment: Path) -> Iterator[Forge]:
    """The demo in a private repository of its own, with the workflows of the installed wheel."""
    work = smaller(copy_of_demo(tmp_path / "ours"))
    (package,) = installed.glob("lib/python*/site-packages/kokemus")
    shutil.copytree(package / "coordinator" / "scaffold", work, dirs_exist_ok=True)
    (work / ".gitignore").write_text(".venv\nsite/\n.site.*\n")
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "-m", "The demo")
    (tmp_path / "private").mkdir()
    content = tmp_path / "private" / "content.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(content))
    git(content, "config", "uploadpack.allowReachableSHA1InWant", "true")
    git(work, "push", "--quiet", str(content), "main")
    with board(TOKEN) as served:
        yield Forge(tmp_path, content, environment, tmp_path / "host", served)


def push(forge: Forge) -> None:
    """Commits and pushes every change in the working copy."""
    work = forge.folder / "ours"
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "-m", "A change")
    git(work, "push", "--quiet", str(forge.content), "main")


def shown(forge: Forge) -> str:
    return (forge.host / "esittelyt" / "index.html").read_text("utf-8")


@pytest.mark.build
def test_a_night_publishes_the_site_and_a_withdrawal_despite_broken_files(forge: Forge) -> None:
    """On GitHub Pages. If something was left out, the run fails and opens an issue that names nobody."""
    done = forge.run(GITHUB, DEMO_DAY)
    went = dict.fromkeys(("build", "due", "pages", "tell"), "success")
    assert done.results == went | dict.fromkeys(("check", "branch", "edition", "record"), "skipped"), done.log
    assert "Revontuli" in shown(forge)
    assert forge.asked().splitlines()[-1].startswith("gh issue list")
    work = forge.folder / "ours"
    change(work, "experts/e06.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-11-25\n')
    change(work, "experts/e01.yml", "remote: true\n", "remote: true: [\n")
    push(forge)
    done = forge.run(GITHUB, DEMO_DAY + timedelta(1), "push")
    assert done.results["pages"] == "success"
    assert done.results["tell"] == "failure"
    assert "Revontuli" not in shown(forge)
    assert "Kanerva" in shown(forge)
    assert "::error file=experts/e01.yml,line=7," in done.log
    asked = forge.asked()
    assert "gh issue create --title Sivusto kaipaa huomiota" in asked
    assert not [word for word in PRIVATE if word in done.log + asked]


@pytest.mark.build
def test_a_proposal_is_checked_annotated_and_summed_up_without_a_name_and_publishes_nothing(forge: Forge) -> None:
    """A broken profile fails it; nothing is left out there."""
    done = forge.run(GITHUB, DEMO_DAY, "pull_request")
    assert done.results == {"check": "success"} | dict.fromkeys(
        ("build", "due", "pages", "branch", "edition", "record", "tell"), "skipped"
    )
    assert not forge.host.exists()
    change(forge.folder / "ours", "experts/e01.yml", "topic: recovery", "topic: toipumnen")
    push(forge)
    done = forge.run(GITHUB, DEMO_DAY, "pull_request")
    assert done.results["check"] == "failure"
    assert "::error file=experts/e01.yml,line=11," in done.log
    assert re.fullmatch(r"24 profiilia, 1 virhe\w*, \d+ huomautus\w*\.\n", done.summary)
    assert forge.asked() == ""


@pytest.mark.build
def test_a_branch_is_published_without_a_past(forge: Forge) -> None:
    """On a real bare repository: after a withdrawal no reachable object has the card, and soon no object at all."""
    public = forge.folder / "public.git"
    git(forge.folder, "init", "--quiet", "--bare", str(public))
    file = forge.folder / "site.yml"
    text = GITHUB.read_text("utf-8")
    file.write_text(text.replace('SITE_REPOSITORY: ""', f'SITE_REPOSITORY: "{public}"', 1), "utf-8")

    def objects() -> str:
        """The content of everything reachable."""
        listed = git(public, "rev-list", "--objects", "--all").splitlines()
        return "".join(git(public, "cat-file", "-p", line.split()[0]) for line in listed if line.endswith("html"))

    assert forge.run(file, DEMO_DAY).results["branch"] == "success"
    assert "Revontuli" in objects()
    change(forge.folder / "ours", "experts/e06.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-11-25\n')
    push(forge)
    done = forge.run(file, DEMO_DAY + timedelta(1))
    assert (done.results["branch"], done.results["pages"]) == ("success", "skipped"), done.log
    assert "Kanerva" in objects()
    assert "Revontuli" not in objects()
    assert git(public, "rev-list", "--count", "--all") == "1"
    git(public, "gc", "--quiet", "--prune=now")
    every = git(public, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").splitlines()
    blobs = [git(public, "cat-file", "-p", line.split()[0]) for line in every if line.endswith("blob")]
    assert not [blob for blob in blobs if "Revontuli" in blob]
    assert "noindex, noarchive" in "".join(blobs)


NEEDLESS = "mkdir site && echo A site > site/index.html"
QUICK = dict.fromkeys(("Build", "build"), f"{NEEDLESS}; date +%s > built; : > left-out")
THREE = pytest.mark.parametrize("file", [GITHUB, FORGEJO, GITLAB], ids=["GitHub", "Forgejo", "GitLab"])


DUE = date(2027, 12, 1)


def prepared(forge: Forge, file: Path) -> Path:
    """The workflow with an address for the site, if it needs one."""
    if file is not FORGEJO:
        return file
    public = forge.folder / "public.git"
    if not public.exists():
        git(forge.folder, "init", "--quiet", "--bare", str(public))
    text = FORGEJO.read_text("utf-8")
    file = forge.folder / "site.yml"
    file.write_text(text.replace('SITE_REPOSITORY: ""', f'SITE_REPOSITORY: "{public}"'), "utf-8")
    return file


def night(forge: Forge, file: Path, on: date, commit: str = "main", **broken: str) -> Done:
    """A nightly run on any of the forges. ``broken`` is by the name of a step, or of a job on GitLab.

    What tests of other steps need not know about the site is omitted.
    """
    if file is GITLAB:
        return forge.pipeline(file, on, broken=QUICK | broken, commit=commit)
    return forge.run(prepared(forge, file), on, broken=QUICK | broken, commit=commit)


def pressed(forge: Forge, file: Path, on: date, choice: str, commit: str = "main", **broken: str) -> Done:
    """A run started by hand, which makes the edition that is due or postpones its look."""
    if file is GITLAB:
        typed = {"EDITION": choice, "EDITION_REPOSITORY": str(forge.content)}
        return forge.pipeline(
            file, on, "web", broken=QUICK | broken, commit=commit, pressed=("edition",), variables=typed
        )
    inputs = {"edition": choice}
    return forge.run(
        prepared(forge, file), on, "workflow_dispatch", broken=QUICK | broken, commit=commit, inputs=inputs
    )


def published(forge: Forge) -> bool:
    """Whether any site was ever put where visitors see it."""
    public = forge.folder / "public.git"
    return forge.host.exists() or (public.exists() and bool(git(public, "branch", "--list", "pages")))


def tip(forge: Forge) -> str:
    """The newest commit of the only branch, besides the one that records what was published."""
    refs = git(forge.content, "for-each-ref", "--format=%(refname)").split()
    assert {*refs} <= {"refs/heads/main", "refs/heads/published"}
    return git(forge.content, "rev-parse", "main")


@pytest.mark.build
def test_on_gitlab_a_night_publishes_the_site_and_a_withdrawal(forge: Forge) -> None:
    """With the scripts of its own file. If something was left out, the pipeline fails."""
    done = forge.pipeline(GITLAB, DEMO_DAY)
    skipped = dict.fromkeys(("check", "edition", "record"), "skipped")
    assert done.results == dict.fromkeys(("build", "pages", "tell", "announce"), "success") | skipped
    assert "Revontuli" in shown(forge)
    work = forge.folder / "ours"
    change(work, "experts/e06.yml", 'text: "2026-1"\n', 'text: "2026-1"\n  withdrawn: 2026-11-25\n')
    change(work, "experts/e01.yml", "remote: true\n", "remote: true: [\n")
    push(forge)
    assert forge.pipeline(GITLAB, DEMO_DAY, "merge_request_event").results["check"] == "failure"
    assert "Revontuli" in shown(forge)
    done = forge.pipeline(GITLAB, DEMO_DAY + timedelta(1), "push")
    assert (done.results["pages"], done.results["tell"]) == ("success", "failure"), done.log
    assert "Revontuli" not in shown(forge)
    assert "Kanerva" in shown(forge)
    assert not [word for word in PRIVATE if word in done.log]


@pytest.mark.build
@THREE
def test_an_old_state_is_never_published(file: Path, forge: Forge) -> None:
    """An old run that is started again stops before it publishes and changes no issue; the newest commit's does not."""
    old = git(forge.content, "rev-parse", "main")
    (forge.folder / "ours" / "experts" / "e06.yml").unlink()
    push(forge)
    forge.board.make("Sivusto kaipaa huomiota · The site needs attention", "")
    done = night(forge, file, DEMO_DAY, old)
    assert done.ok, done.log
    assert "There is a newer commit" in done.log
    assert not published(forge)
    assert forge.board.open_issues() == forge.board.issues
    assert not forge.board.issues[0]["comments"]
    assert night(forge, file, DEMO_DAY).ok
    assert published(forge)


@pytest.mark.build
@THREE
def test_an_old_state_that_was_pushed_by_force_is_not_published_until_somebody_says_so(
    file: Path, forge: Forge
) -> None:
    """It is then the newest commit, but it lacks later withdrawals."""
    site = {name: f"mkdir site && git rev-parse HEAD > site/index.html; {rest}" for name, rest in QUICK.items()}
    site = {name: words.replace(f"{NEEDLESS}; ", "") for name, words in site.items()}
    old = tip(forge)
    assert night(forge, file, DEMO_DAY, **site).ok
    (forge.folder / "ours" / "experts" / "e06.yml").unlink()
    push(forge)
    new = tip(forge)
    assert night(forge, file, DEMO_DAY, **site).ok
    git(forge.content, "update-ref", "refs/heads/main", old)
    done = night(forge, file, DEMO_DAY, **site)
    assert not done.ok
    assert "This does not come after what was published last" in done.log
    assert front_page(forge) == new
    assert file is GITLAB or "could not be refreshed" in forge.board.issues[0]["body"]
    git(forge.content, "update-ref", "-d", "refs/heads/published")
    assert night(forge, file, DEMO_DAY, **site).ok
    assert front_page(forge) == old


def front_page(forge: Forge) -> str:
    """The text of the site's front page, on any host."""
    if forge.host.exists():
        return (forge.host / "index.html").read_text("utf-8").strip()
    return git(forge.folder / "public.git", "show", "pages:index.html")


@pytest.mark.build
def test_another_branch_publishes_nothing_and_a_failed_publication_is_made_good_only_while_fresh(forge: Forge) -> None:
    """A run of any branch can be started by hand, and a failed run can be repeated days later."""
    other = forge.run(GITHUB, DEMO_DAY, "workflow_dispatch", branch="other")
    assert set(other.results.values()) == {"skipped"}
    failed = forge.run(GITHUB, DEMO_DAY, broken={**QUICK, "Newest": "exit 1"})
    assert failed.results["pages"] == "failure"
    assert "could not be refreshed" in forge.board.issues[0]["body"]
    built = failed.outputs["build"]["built"]
    failed.outputs["build"]["built"] = str(int(built) - 4000)
    assert forge.run(GITHUB, DEMO_DAY, again=failed).results["pages"] == "failure"
    assert not published(forge)
    failed.outputs["build"]["built"] = built
    assert forge.run(GITHUB, DEMO_DAY, again=failed).ok
    assert published(forge)
    assert (len(forge.board.issues), forge.board.open_issues()) == (1, [])


@pytest.mark.build
@THREE
def test_a_lost_edition_is_noticed_in_the_history_and_no_first_one_is_made(file: Path, forge: Forge) -> None:
    """However long ago it was deleted."""
    work = forge.folder / "ours"
    (work / "experts" / "edition.yml").unlink()
    push(forge)
    for number in range(25):
        git(work, "commit", "--quiet", "--allow-empty", "-m", f"A later change {number}")
    git(work, "push", "--quiet", str(forge.content), "main")
    before = tip(forge)
    check = ".venv/bin/kokemus check"
    done = night(forge, file, DUE, Build=f"{check}; exit 1", build=f"{check}; exit 1")
    assert "error[edition-lost]" in done.log
    assert not done.ok
    assert not [issue for issue in forge.board.issues if "An edition is due" in issue["title"]]
    assert not pressed(forge, file, DUE, "make").ok
    assert tip(forge) == before


@pytest.mark.build
@THREE
def test_that_an_edition_is_due_is_announced_once_and_nothing_is_made(file: Path, forge: Forge) -> None:
    """In an issue that is closed when none is due any more; on GitLab by a failed run each Monday until then."""
    before, monday = tip(forge), date(2027, 12, 6)
    for day in (DUE, monday):
        done = night(forge, file, day)
        assert "Tarkistus on ajankohtainen" in done.log
        assert done.ok is (file is not GITLAB or day != monday), done.log
        assert file is not GITLAB or (done.results["announce"] == "failure") is (day == monday)
    assert tip(forge) == before
    assert published(forge)
    titles = [issue["title"] for issue in forge.board.open_issues()]
    assert titles == ([] if file is GITLAB else ["Painoksen aika · An edition is due"])
    assert not any(issue["comments"] for issue in forge.board.issues)
    assert pressed(forge, file, monday, "make").ok
    assert night(forge, file, monday + timedelta(7)).ok
    assert forge.board.open_issues() == []


@pytest.mark.build
@THREE
@pytest.mark.parametrize("choice", ["make", "postpone"])
def test_an_edition_is_made_when_somebody_presses_the_button_and_its_result_is_not_shown_first(
    file: Path, choice: str, forge: Forge
) -> None:
    """It is a commit of that one file, without a person's name. Anything else pushed meanwhile stays."""
    work, before = forge.folder / "ours", tip(forge)
    (work / "notes.txt").write_text("Meanwhile")
    push(forge)
    done = pressed(forge, file, DUE, choice, before)
    assert done.ok, done.log
    assert git(forge.content, "diff", "--name-only", "main^", "main") == "experts/edition.yml"
    assert git(forge.content, "log", "-1", "--format=%an %ae %s") == "kokemus kokemus@invalid Make an edition"
    look = 1 if choice == "postpone" else 2
    assert f"look: {look}" in git(forge.content, "show", "main:experts/edition.yml")
    assert git(forge.content, "show", "main:notes.txt") == "Meanwhile"
    assert not [word for word in ("Tarkistus 2", "look: 2", "seed") if word in done.log]


@pytest.mark.build
@THREE
def test_an_edition_that_was_changed_meanwhile_stays(file: Path, forge: Forge) -> None:
    """Two people press the button: the first result counts, and the second run fails."""
    before = tip(forge)
    assert pressed(forge, file, DUE, "make").ok
    made = tip(forge)
    done = pressed(forge, file, DUE, "make", before)
    assert not done.ok
    assert "The edition has been changed meanwhile" in done.log
    assert tip(forge) == made


@pytest.mark.build
@pytest.mark.parametrize("file", [GITHUB, FORGEJO], ids=["GitHub", "Forgejo"])
def test_the_coordinator_learns_once_of_a_failure_and_of_its_end(file: Path, forge: Forge) -> None:
    """In one issue. A missed search for editions does not mean that the site is old. Other issues are not touched."""
    board = forge.board
    for title in ("Something else", "Another thing"):
        board.make(title, "")
    assert not night(forge, file, DEMO_DAY, Edition="exit 1").ok
    assert published(forge)
    (issue,) = board.issues[2:]
    assert "could not be made, or looked for" in issue["body"]
    assert "could not be refreshed" not in issue["body"]
    assert not night(forge, file, DEMO_DAY, Build="exit 1").ok
    assert board.issues[3:] == []
    assert "could not be refreshed" in issue["comments"][0]
    assert "looked for" not in issue["comments"][0]
    assert night(forge, file, DEMO_DAY).ok
    assert [one["title"] for one in board.open_issues()] == ["Something else", "Another thing"]
    assert "All is well again" in issue["comments"][1]
