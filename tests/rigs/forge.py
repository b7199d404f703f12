"""A local Git host that runs the steps of a workflow from its file, on real repositories.

A real shell executes each ``run:`` and ``script:`` in a fresh clone of the run's commit, with the depth that the
workflow asks for. The actions that the workflows use are implemented here as they are documented: check out, upload an
artefact, download it, and deploy it to a static host, which is a folder. Only the clock and ``gh``, which talks to
GitHub's servers, are stand-ins; ``gh`` and the workflow of Forgejo talk to ``tests.rigs.board``.

Each job gets exactly the secrets that the real host would give it. On GitHub and GitLab these are the secrets of its
environment. On Forgejo and GitLab every job also gets the token, on GitHub only a job that asks for it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kokemus import dates
from tests.conftest import SETTINGS
from tests.rigs.board import GH, Board

TOKEN = "may-write"  # noqa: S105 (not a real token)
DATE = """#!/bin/sh
exec /bin/date -d "@$SOURCE_DATE_EPOCH" "$@"
"""


def workflow(path: Path) -> dict[Any, Any]:
    """A workflow file's data."""
    data: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data


def git(folder: Path, *words: str) -> str:
    """The output of a git command, run with a fixed identity and without this machine's configuration."""
    who = {f"GIT_{role}_{part}": "test@invalid" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(
        ["git", *(word for setting in SETTINGS for word in ("-c", setting)), *words],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@dataclass
class Done:
    """A finished run: each job's result and outputs, and everything printed."""

    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""
    summary: str = ""

    @property
    def ok(self) -> bool:
        return "failure" not in self.results.values()


@dataclass(frozen=True)
class Run:
    """The parameters of a run."""

    on: date
    event: str
    sha: str
    ref: str
    done: Done
    broken: Mapping[str, str]
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Forge:
    """A private repository, a static host, and the workflow that publishes one on the other."""

    folder: Path
    content: Path
    environment: Path
    host: Path
    board: Board
    secrets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The secrets of each environment. On Forgejo, which has no environments, the key is ``""``."""
    hides: bool = True
    """Whether GitHub's artefact lacks hidden files, as the real one does unless a build has replaced ``tar``."""

    def run(
        self,
        file: Path,
        on: date,
        event: str = "schedule",
        broken: Mapping[str, str] | None = None,
        commit: str = "main",
        branch: str = "main",
        again: Done | None = None,
        inputs: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a workflow on a day, for a commit. ``broken`` replaces the commands of steps, by name.

        ``again`` reruns only what failed in an earlier run, with the outputs and artefacts of the rest. ``inputs`` are
        those of a manually started run.
        """
        plan, done = workflow(file), Done()
        ref = "refs/pull/1/merge" if event == "pull_request" else f"refs/heads/{branch}"
        run = Run(on, event, git(self.content, "rev-parse", commit), ref, done, broken or {}, inputs or {})
        if not again:
            self.board.artifacts.clear()
            shutil.rmtree(self.folder / "artifacts", ignore_errors=True)
        for name, job in plan["jobs"].items():
            if again and again.results[name] == "success":
                done.results[name], done.outputs[name] = "success", again.outputs[name]
                continue
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            steps: dict[str, dict[str, str]] = {}
            known = self._known(run, needs, steps, plan, job)
            blocked = any(done.results.get(need) != "success" for need in needs)
            if not _holds(str(job.get("if", "success()")), known, blocked):
                done.results[name] = "skipped"
                continue
            failed = self._job(job, plan, known, run)
            done.results[name] = "failure" if failed else "success"
            done.outputs[name] = {key: _filled(str(value), known) for key, value in job.get("outputs", {}).items()}
        return done

    def pipeline(
        self,
        file: Path,
        on: date,
        source: str = "schedule",
        broken: Mapping[str, str] | None = None,
        commit: str = "main",
        pressed: tuple[str, ...] = (),
        variables: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a GitLab pipeline on a day, for a commit. A job that is allowed to fail may end with ``warning``.

        ``broken`` replaces the scripts of jobs. ``pressed`` are the manual jobs that somebody starts, ``variables`` the
        values that they type for them.
        """
        plan, done = workflow(file), Done()
        run = Run(on, source, git(self.content, "rev-parse", commit), "", done, broken or {})
        options = {"CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": run.sha}
        options |= {"CI_REPOSITORY_URL": str(self.content), "CI_JOB_TOKEN": TOKEN}
        options |= {**plan.get("variables", {}), **(variables or {})}
        if source != "merge_request_event":
            options["CI_COMMIT_BRANCH"] = "main"
        assert _rules(plan["workflow"]["rules"], options)
        jobs = {name: job for name, job in plan.items() if isinstance(job, dict) and "script" in job}
        shutil.rmtree(self.folder / "artifacts", ignore_errors=True)
        for name in sorted(jobs, key=lambda name: plan["stages"].index(jobs[name]["stage"])):
            job = jobs[name]
            waits = any(rule.get("when") == "manual" for rule in job["rules"]) and name not in pressed
            failed = any(done.results[need] in ("failure", "skipped") for need in job.get("needs", ()))
            if failed or waits or not _rules(job["rules"], options):
                done.results[name] = "skipped"
                continue
            clone = self._clean()
            if job.get("variables", {}).get("GIT_STRATEGY") != "none":
                self._check_out(clone, run.sha, int(options["GIT_DEPTH"]))
            for need in job.get("needs", ()):
                shutil.copytree(self.folder / "artifacts" / need, clone, dirs_exist_ok=True, symlinks=True)
            before = job.get("before_script", plan["default"]["before_script"])
            own = {**options, **self.secrets.get(job.get("environment", {}).get("name", "none"), {})}
            if before:
                self._shell("\n".join(before), clone, own, run)
            script = run.broken.get(name, "\n".join(job["script"]))
            code = self._shell(f"set -o pipefail\n{script}", clone, own, run)
            allowed = code and code == job.get("allow_failure", {}).get("exit_codes")
            done.results[name] = "warning" if allowed else "failure" if code else "success"
            kept = self.folder / "artifacts" / name
            kept.mkdir(parents=True, exist_ok=True)
            for path in job.get("artifacts", {}).get("paths", ()) if not code else ():
                subprocess.run(["cp", "-R", path, str(kept)], cwd=clone, check=True)
            if name == "pages" and not code:
                self._deploy(kept / "public")
        return done

    def _known(
        self,
        run: Run,
        needs: list[str],
        steps: Mapping[str, Mapping[str, str]],
        plan: Mapping[str, Any],
        job: Mapping[str, Any],
    ) -> dict[str, Any]:
        github: dict[str, Any] = {"event_name": run.event, "token": TOKEN, "repository": "association/site"}
        github |= {"ref": run.ref, "server_url": "https://forge.invalid", "run_id": "1"}
        github |= {"event": {"inputs": run.inputs}}
        results, outputs = run.done.results, run.done.outputs
        return {
            "github": github,
            "runner": {"temp": str(self.folder / "work" / "temp")},
            "secrets": self.secrets.get(job.get("environment", {}).get("name", ""), {}),
            "env": plan.get("env", {}),
            "steps": steps,
            "job": {"status": "success"},
            "needs": {need: {"outputs": outputs.get(need, {}), "result": results[need]} for need in needs},
        }

    def _clean(self) -> Path:
        """An empty folder for a clone, on a machine without anything from earlier runs."""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        (work / "temp").mkdir(parents=True)
        (work / "clone").mkdir()
        return work / "clone"

    def _job(self, job: Mapping[str, Any], plan: Mapping[str, Any], known: dict[str, Any], run: Run) -> bool:
        """Run a job's steps, and return whether one failed."""
        failed, clone = False, self._clean()
        temp = clone.parent / "temp"
        for step in job["steps"]:
            if not _holds(str(step.get("if", "success()")), known, failed):
                continue
            if "uses" in step:
                self._action(step, clone, known, run)
                continue
            output = temp / "output"
            output.write_text("")
            own = {**plan.get("env", {}), **step.get("env", {})}
            own = {key: _filled(str(value), known) for key, value in own.items()}
            if job["runs-on"] == "docker":  # Forgejo's runner gives these to every step
                own |= {"GITHUB_TOKEN": TOKEN, "ACTIONS_RUNTIME_TOKEN": "runtime", "GITHUB_RUN_ID": "1"}
                own |= {"ACTIONS_RUNTIME_URL": f"{self.board.address}/api/actions_pipeline/"}
            code = self._shell(run.broken.get(step.get("name", ""), step["run"]), clone, own, run)
            known["steps"][step.get("id", "")] = {"outputs": _outputs(output.read_text("utf-8"))}
            if code:
                failed, known["job"]["status"] = True, "failure"
        summary = temp / "summary"
        run.done.summary += summary.read_text("utf-8") if summary.exists() else ""
        return failed

    def _shell(self, script: str, clone: Path, own: Mapping[str, str], run: Run) -> int:
        temp = clone.parent / "temp"
        registry = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        environment = registry | {
            "PATH": f"{self._stand_ins()}:/usr/bin:/bin",
            "HOME": str(temp),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "SOURCE_DATE_EPOCH": dates.epoch(run.on),
            "NO_MKDOCS_2_WARNING": "1",
            "RUNNER_TEMP": str(temp),
            "GITHUB_OUTPUT": str(temp / "output"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary"),
            "GITHUB_EVENT_NAME": run.event,
            "GITHUB_SERVER_URL": str(self.content.parent),
            "GITHUB_REPOSITORY": self.content.name,
            "GITHUB_SHA": run.sha,
            "GITHUB_API_URL": f"{self.board.address}/api/v1",
            "FORGE_BOARD": self.board.address,
        }
        if "python3 -m venv" in script:  # done once for all runs, by the same command
            (clone / ".venv").symlink_to(self.environment)
            return 0
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=clone,
            env=environment | dict(own),
            capture_output=True,
            text=True,
            timeout=600,
        )
        run.done.log += done.stdout + done.stderr
        return done.returncode

    def _stand_ins(self) -> Path:
        folder = self.folder / "bin"
        folder.mkdir(exist_ok=True)
        for name, script in (("gh", GH), ("date", DATE)):
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
        return folder

    def _check_out(self, clone: Path, sha: str, depth: int) -> None:
        """Check out the commit with this depth; 0 is the whole history."""
        git(clone, "init", "--quiet", "--initial-branch=main")
        git(clone, "remote", "add", "origin", f"file://{self.content}")
        git(clone, "fetch", "--quiet", *([f"--depth={depth}"] if depth else []), "origin", sha)
        git(clone, "checkout", "--quiet", "-B", "main", "FETCH_HEAD")

    def _deploy(self, folder: Path) -> None:
        fresh = self.host.with_name("deploying")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(folder, fresh)
        shutil.rmtree(self.host, ignore_errors=True)
        fresh.rename(self.host)

    def _action(self, step: Mapping[str, Any], clone: Path, known: Mapping[str, Any], run: Run) -> None:
        name, artifacts = step["uses"].split("@")[0], self.folder / "artifacts"
        given = {key: _filled(str(value), known) for key, value in step.get("with", {}).items()}
        if name == "actions/checkout":
            self._check_out(clone, run.sha, int(given.get("fetch-depth", "1")))
        elif name == "actions/upload-pages-artifact":
            (artifacts / "github-pages").mkdir(parents=True, exist_ok=True)
            tar = str(artifacts / "github-pages" / "artifact.tar")
            hidden = ["--exclude=.[^/]*"] if self.hides else []
            subprocess.run(["tar", "-cf", tar, "-C", str(clone / given["path"]), *hidden, "."], check=True)
        elif name == "actions/upload-artifact":
            shutil.copytree(clone / given["path"], artifacts / given["name"], dirs_exist_ok=True)
        elif name == "actions/download-artifact":
            shutil.copytree(artifacts / given["name"], clone / given.get("path", "."), dirs_exist_ok=True)
        elif name == "actions/deploy-pages":
            folder = clone / "deployed"
            folder.mkdir()
            tar = str(artifacts / "github-pages" / "artifact.tar")
            subprocess.run(["tar", "-xf", tar, "-C", str(folder)], check=True)
            self._deploy(folder)
        else:
            raise AssertionError(f"{name} is no action that the workflows are known to use")

    def asked(self) -> str:
        """The calls to the host's servers since the last time; clears the log."""
        text = "\n".join(self.board.log)
        self.board.log.clear()
        return text


def _rules(rules: list[dict[str, str]], variables: Mapping[str, str]) -> bool:
    """Whether GitLab's rules let a job run."""

    def value(word: str) -> str:
        return variables.get(word[1:], "") if word.startswith("$") else word.strip('"')

    for rule in rules:
        match = re.fullmatch(r'(\$\w+) (==|!=) (\$\w+|"\w+")', rule["if"])
        assert match, rule
        if (value(match[1]) == value(match[3])) is (match[2] == "=="):
            return True
    return False


def _outputs(text: str) -> dict[str, str]:
    """The outputs that a step wrote, as ``name=value`` or as several lines between delimiters."""
    outputs: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, _, end = line.partition("<<")
        if end and "=" not in name:
            outputs[name] = "\n".join(iter(lambda: next(lines), end))
        else:
            name, _, value = line.partition("=")
            outputs[name] = value
    return outputs


def _lookup(words: str, known: Mapping[str, Any]) -> Any:
    value: Any = known
    for part in words.split("."):
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    return value


def _filled(text: str, known: Mapping[str, Any]) -> str:
    """A value with its ``${{ expressions }}`` filled in."""

    def fill(match: re.Match[str]) -> str:
        expression = match[1].strip()
        if expression == "join(needs.*.result, ' ')":
            return " ".join(need["result"] for need in known["needs"].values())
        assert re.fullmatch(r"[\w.-]+", expression), expression
        return str(_lookup(expression, known))

    return re.sub(r"\$\{\{(.*?)\}\}", fill, text)


def _holds(condition: str, known: Mapping[str, Any], failed: bool) -> bool:
    """Whether a condition is true: comparisons with a text, joined by ``||`` and ``&&``.

    After a failure it is true only with ``always()``.
    """
    if "||" in condition:
        return any(_holds(part, known, failed) for part in condition.split("||"))
    parts = [part.strip() for part in condition.split("&&")]
    if failed and "always()" not in parts:
        return False
    for part in parts:
        if part in ("always()", "success()"):
            continue
        match = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part)
        assert match, part
        if (str(_lookup(match[1], known)) == match[3]) is (match[2] == "!="):
            return False
    return True
