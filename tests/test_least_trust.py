"""Anything that builds may be compromised: it reaches no token and no key, and can publish only a site.

The attacker is what the workflows install: a ``kokemus`` that does all it can in its job and puts anything it likes
among the artefacts. Each attack is also shown to succeed against the workflow without the measure that stops it.
"""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import DEMO_DAY
from tests.rigs.board import board
from tests.rigs.forge import TOKEN, Done, Forge, git
from tests.test_workflows import FORGEJO, GITHUB, GITLAB, SCAFFOLD

CI = SCAFFOLD / ".ci"
KEY = "key-that-may-publish"
THREE = pytest.mark.parametrize("file", [GITHUB, FORGEJO, GITLAB], ids=["GitHub", "Forgejo", "GitLab"])

# A hook, a replaced script of the workflow, or a git that comes first in the path: it records what it can read.
SPY = """#!/bin/sh
for id in $$ $PPID; do tr '\\0' '\\n' < /proc/$id/environ >> {loot}; done
echo ran >> {loot}
"""
ATTACKER = """#!{python}
import os, pathlib, shutil, sys
loot, artifacts, spy = pathlib.Path("{loot}"), pathlib.Path("{artifacts}"), {spy!r}

def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)

id = os.getpid()
while id > 1:  # its own variables, and those of whoever called it, up to the runner
    if b"pytest" in (pathlib.Path("/proc") / str(id) / "cmdline").read_bytes():
        break
    with loot.open("ab") as known:
        known.write((pathlib.Path("/proc") / str(id) / "environ").read_bytes())
    id = int((pathlib.Path("/proc") / str(id) / "stat").read_text().rpartition(")")[2].split()[1])

here = pathlib.Path.cwd()
for name in ("pre-commit", "pre-push", "post-checkout", "reference-transaction"):
    put(here / ".git/hooks" / name, spy)
for name in ("publish-branch", "record-edition", "only-files", "git-alone", "edition-file"):
    put(here / ".ci" / name, spy)
    for job in ("github-pages", "edition"):
        put(artifacts / job / ".ci" / name, spy)
if "build" in sys.argv:
    (here / "site").mkdir(exist_ok=True)
    (here / "site/index.html").write_text("A site")
    {planted}
if "--write" in sys.argv:
    (here / "experts").mkdir(exist_ok=True)
    (here / "experts/edition.yml").write_text("edition: 2027-01-01\\n")
    {made}
if output := os.environ.get("GITHUB_OUTPUT"):
    pathlib.Path(output).write_text("file=.git/config\\nsite-repository=/elsewhere\\n")
sys.exit(1 if sys.argv[1:] == ["edition"] else 0)
"""
HOOK = 'put(here / "site/.git/hooks/pre-commit", spy)'
LINK = '(here / "site/link").symlink_to("/etc/passwd")'
ANOTHER = 'put(here / "mkdocs.yml", "      experts: .git\\n"); put(here / "experts/e01.yml", "Not as it was")'


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """A private repository with the workflows of all three forges, which install the attacker's package."""
    work, content = tmp_path / "ours", tmp_path / "private" / "content.git"
    (work / "experts").mkdir(parents=True)
    (work / "mkdocs.yml").write_text("plugins:\n  - kokemus:\n      experts: experts\n")
    for name in ("e01.yml", "edition.yml"):
        (work / "experts" / name).write_text("As it was\n")
    for name in (".ci", ".forgejo"):
        subprocess.run(["cp", "-R", str(SCAFFOLD / name), str(work)], check=True)
    content.parent.mkdir()
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(content))
    git(content, "config", "uploadpack.allowReachableSHA1InWant", "true")
    git(tmp_path, "init", "--quiet", "--bare", "public.git")
    git(work, "init", "--quiet", "--initial-branch=main")
    commit(work, content)
    (tmp_path / "loot").touch()
    key = {"": {"SITE_KEY": KEY}, "site": {"SITE_KEY": KEY}, "edition": {"EDITION_KEY": KEY}}
    with board(TOKEN) as served:
        yield Forge(tmp_path, content, tmp_path / "environment", tmp_path / "host", served, key, hides=False)


def commit(work: Path, content: Path) -> None:
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "-m", "Ours")
    git(work, "push", "--quiet", "--force", str(content), "main")


def attack(forge: Forge, file: Path, planted: str = "pass", made: str = "pass") -> Done:
    """A nightly run and a manual one, with a site of its own. The installed package also does what is ``planted``."""
    loot = forge.folder / "loot"
    values = {"python": sys.executable, "loot": loot, "artifacts": forge.folder / "artifacts"}
    script = ATTACKER.format(spy=SPY.format(loot=loot), planted=planted, made=made, **values)
    (forge.environment / "bin").mkdir(parents=True, exist_ok=True)
    (forge.environment / "bin" / "kokemus").write_text(script)
    (forge.environment / "bin" / "kokemus").chmod(0o755)
    text = file.read_text("utf-8")
    here = forge.folder / "workflow.yml"
    here.write_text(text.replace('SITE_REPOSITORY: ""', f'SITE_REPOSITORY: "{forge.folder}/public.git"'), "utf-8")
    if file is GITLAB:
        typed = {"EDITION_REPOSITORY": str(forge.content)}
        return forge.pipeline(here, DEMO_DAY, "web", pressed=("edition",), variables=typed)
    return forge.run(here, DEMO_DAY, "workflow_dispatch", inputs={"edition": "make"})


def loot(forge: Forge) -> str:
    """What the attacker could read, and whether any of their code ran where it must not."""
    return (forge.folder / "loot").read_text("utf-8", "replace")


def public(forge: Forge) -> bool:
    return forge.host.exists() or bool(git(forge.folder / "public.git", "branch", "--list"))


def changed(forge: Forge) -> set[str]:
    """The changed files of the private repository. Its only other branch may be the record of the published commit."""
    refs = git(forge.content, "for-each-ref", "--format=%(refname)").split()
    assert {*refs} <= {"refs/heads/main", "refs/heads/published"}
    assert all(git(forge.content, "merge-base", "--is-ancestor", ref, "main") == "" for ref in refs)
    first = git(forge.content, "rev-list", "--max-parents=0", "main")
    return set(git(forge.content, "diff", "--name-only", first, "main").split())


@pytest.mark.build
@THREE
def test_a_compromised_build_reads_no_secret_and_nothing_of_it_is_run_where_one_is(file: Path, forge: Forge) -> None:
    """It reads neither its own variables nor those of the calling shells. Its site and its edition are published."""
    done = attack(forge, file)
    assert public(forge), done.log
    assert changed(forge) == {"experts/edition.yml"}, done.log
    assert "PATH=" in loot(forge)
    assert not [word for word in (TOKEN, KEY, "ran") if word in loot(forge).split("\0")]
    assert TOKEN not in loot(forge)
    assert KEY not in loot(forge)
    assert "\nran\n" not in loot(forge)


@pytest.mark.build
@THREE
@pytest.mark.parametrize("planted", [HOOK, LINK], ids=["hooks", "a link"])
def test_a_site_that_is_more_than_files_is_not_published(file: Path, planted: str, forge: Forge) -> None:
    """Git's own files, in upper or lower case, and links."""
    done = attack(forge, file, planted)
    if file is GITLAB:
        assert "nothing is published" in done.log
    else:
        assert "The site holds what" in done.log
    assert not public(forge)
    assert "\nran\n" not in loot(forge)
    assert KEY not in loot(forge)


@pytest.mark.build
@THREE
def test_only_the_edition_file_is_ever_written(file: Path, forge: Forge) -> None:
    """Whatever name the job gives it, and whatever else the job changes."""
    done = attack(forge, file, made=ANOTHER)
    assert changed(forge) == {"experts/edition.yml"}, done.log
    assert git(forge.content, "ls-tree", "main", "experts/edition.yml").startswith("100644 ")


# What the workflows did before. Each of these lets an attack succeed.


def weakened(forge: Forge, file: Path, old: str, new: str, script: str = "") -> Path:
    """The workflow, or one of its scripts in the repository, without a measure."""
    if script:
        target = forge.folder / "ours" / ".ci" / script
        text = target.read_text("utf-8")
        assert old in text
        target.write_text(text.replace(old, new), "utf-8")
        commit(forge.folder / "ours", forge.content)
        return file
    text = file.read_text("utf-8")
    assert old in text
    weak = forge.folder / "weak.yml"
    weak.write_text(text.replace(old, new), "utf-8")
    return weak


@pytest.mark.build
def test_without_the_clean_variables_forgejo_s_token_is_read(forge: Forge) -> None:
    """The runner gives it to every step."""
    attack(forge, weakened(forge, FORGEJO, "exec sh .ci/alone ", ""))
    assert TOKEN in loot(forge)


@pytest.mark.build
def test_with_the_artefact_among_the_scripts_the_key_is_read(forge: Forge) -> None:
    """A script of the workflow is replaced by one from the artefact."""
    weak = weakened(forge, GITHUB, "path: ${{ runner.temp }}/built", "path: .")
    attack(forge, weakened(forge, weak, '"$RUNNER_TEMP/built/artifact.tar"', "artifact.tar"))
    assert KEY in loot(forge)


BEFORE = """
git init --quiet --initial-branch="$branch" "$work/published"
cp -R "$work/site/." "$work/published/"
cd "$work/published"
git add --all --force
git -c user.name=kokemus -c user.email=kokemus@invalid commit --quiet -m "The site"
git push --quiet --force "$repository" "$branch"
exit
"""


@pytest.mark.build
def test_with_git_s_own_files_copied_a_hook_of_the_site_s_is_run(forge: Forge) -> None:
    """By the job that has the key."""
    check = 'sh "$(dirname "$0")/only-files" "$work/site"\n'
    weakened(forge, GITHUB, check, BEFORE, "publish-branch")
    weakened(forge, GITHUB, "GIT_CONFIG_VALUE_0=/dev/null", "GIT_CONFIG_VALUE_0=.git/hooks", "git-alone")
    weakened(forge, GITHUB, "unset TOKEN KEY HOST_KEY\n", "", "git-alone")
    attack(forge, GITHUB, HOOK)
    assert "\nran\n" in loot(forge)
    assert KEY in loot(forge)


# The scripts by themselves


def run(script: str, *words: object, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(CI / script), *map(str, words)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def a_tar(file: Path, *members: tarfile.TarInfo) -> None:
    with tarfile.open(file, "w") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(b"x" * member.size) if member.isreg() else None)


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.size = kind, target, 1 if kind == tarfile.REGTYPE else 0
    return found


NO_SITE: dict[str, Callable[[Path], None]] = {
    "git's folder": lambda site: (site / ".git").mkdir(),
    "git's folder, further in, in other letters": lambda site: (site / "a" / ".gIt").mkdir(parents=True),
    "the name that Windows has for it": lambda site: (site / "GIT~1").mkdir(),
    "a file that stands for it": lambda site: (site / ".git").touch(),
    "attributes": lambda site: (site / ".gitattributes").touch(),
    "a link": lambda site: (site / "a.html").symlink_to("/etc/passwd"),
    "a link to a folder": lambda site: (site / "a").symlink_to("/etc"),
    "a pipe": lambda site: os.mkfifo(site / "a.html"),
}
NO_TAR = {
    "a link": member("a.html", tarfile.SYMTYPE, "/etc/passwd"),
    "another name of a file": member("a.html", tarfile.LNKTYPE, "../../key"),
    "a device": member("a.html", tarfile.CHRTYPE),
    "a way out": member("../../a.html"),
    "git's folder": member(".git/hooks/pre-commit"),
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "pages.git")
    return tmp_path / "pages.git"


@pytest.mark.parametrize("plant", NO_SITE.values(), ids=NO_SITE)
def test_a_folder_that_is_no_site_is_refused(plant: Callable[[Path], None], tmp_path: Path, pages: Path) -> None:
    """And one with only pages is published."""
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text("A site")
    assert run("publish-branch", "site", pages, folder=tmp_path).returncode == 0
    assert git(pages, "ls-tree", "-r", "--name-only", "pages").split() == [".nojekyll", "index.html"]
    git(pages, "update-ref", "-d", "refs/heads/pages")
    (tmp_path / "site" / "a").rmdir()
    plant(tmp_path / "site")
    assert run("publish-branch", "site", pages, folder=tmp_path).returncode != 0
    assert run("only-files", "site", folder=tmp_path).returncode != 0
    assert git(pages, "branch", "--list") == ""


@pytest.mark.parametrize("odd", NO_TAR.values(), ids=NO_TAR)
def test_a_tar_that_is_no_site_is_refused(odd: tarfile.TarInfo, tmp_path: Path, pages: Path) -> None:
    """And one with only pages is published."""
    a_tar(tmp_path / "site.tar", member("index.html"), member("a", tarfile.DIRTYPE), member("a/index.html"))
    assert run("publish-branch", "site.tar", pages, folder=tmp_path).returncode == 0
    assert git(pages, "ls-tree", "-r", "--name-only", "pages").split() == [".nojekyll", "a/index.html", "index.html"]
    git(pages, "update-ref", "-d", "refs/heads/pages")
    a_tar(tmp_path / "site.tar", member("index.html"), odd)
    assert run("publish-branch", "site.tar", pages, folder=tmp_path).returncode != 0
    assert git(pages, "branch", "--list") == ""


SPYING_GIT = """#!/bin/sh
{{ echo "$@"; tr '\\0' '\\n' < /proc/self/environ; echo; }} >> {loot}
exec {git} "$@"
"""


def test_git_gets_the_token_only_when_needed_and_never_the_key(forge: Forge, tmp_path: Path) -> None:
    """Recorded by a git that logs how it is called. No hook is run, and no user's configuration is read."""
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text(SPYING_GIT.format(loot=tmp_path / "calls", git=real))
    (tmp_path / "bin" / "git").chmod(0o755)
    work, path = forge.folder / "ours", f"{tmp_path}/bin:{os.environ['PATH']}"
    spy = SPY.format(loot=forge.folder / "loot")
    (work / ".git" / "hooks").mkdir()
    for name in ("pre-commit", "pre-push", "post-checkout", "post-commit"):
        (work / ".git" / "hooks" / name).write_text(spy)
        (work / ".git" / "hooks" / name).chmod(0o755)
    (work / ".gitconfig").write_text("[user\n")  # on which git would fail
    (tmp_path / "made.yml").write_text("edition: 2027-01-01\n")
    for secret in ({"TOKEN": TOKEN}, {"KEY": KEY, "HOST_KEY": "a host"}):
        (tmp_path / "calls").write_text("")
        (tmp_path / "made.yml").write_text(f"edition: {len(secret)}\n")
        git(work, "fetch", "--quiet", str(forge.content), "main")
        git(work, "-c", "core.hooksPath=/dev/null", "checkout", "--quiet", "FETCH_HEAD")
        words = (tmp_path / "made.yml", forge.content, "main")
        done = run("record-edition", *words, folder=work, PATH=path, HOME=str(work), **secret)
        assert done.returncode == 0, done.stderr
        calls = (tmp_path / "calls").read_text("utf-8").split("\n\n")
        knowing = {call.split()[0] for call in calls if any(word in call for word in (TOKEN, "extraHeader"))}
        assert knowing == ({"fetch", "push"} if "TOKEN" in secret else set())
        assert KEY not in "".join(calls)
        assert {call.split()[0] for call in calls if "GIT_SSH_COMMAND" in call} <= {"fetch", "push"}
    assert loot(forge) == ""
    assert changed(forge) == {"experts/edition.yml"}


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("experts: experts", "experts/edition.yml"),
        ('experts: "our/people"  # here', "our/people/edition.yml"),
        ("experts: .git", "experts/edition.yml"),
        ("experts: ../elsewhere", "experts/edition.yml"),
        ("experts: /etc", "experts/edition.yml"),
        ("expert: x", "experts/edition.yml"),
    ],
)
def test_the_edition_file_is_where_the_configuration_says_and_never_outside(
    written: str, file: str, tmp_path: Path
) -> None:
    """Nor in git's own folder."""
    (tmp_path / "mkdocs.yml").write_text(f"plugins:\n  - kokemus:\n      {written}\n")
    assert run("edition-file", folder=tmp_path).stdout == f"{file}\n"


@pytest.mark.parametrize("size", [0, 70_000], ids=["a link", "too large"])
def test_anything_but_an_edition_file_is_not_recorded(size: int, forge: Forge, tmp_path: Path) -> None:
    """A link to something that the job can read, or a file of any size."""
    made = tmp_path / "made.yml"
    made.write_text("x" * size) if size else made.symlink_to("/etc/passwd")
    done = run("record-edition", made, forge.content, "main", folder=forge.folder / "ours")
    assert (done.returncode, done.stdout) == (1, "This is no edition file.\n")
    assert changed(forge) == set()
