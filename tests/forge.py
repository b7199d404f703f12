"""A small forge on this machine: it runs the steps of a workflow as they stand in its file, on real repositories.

Every ``run:`` is executed by a real shell in a fresh clone; the four actions that the workflows use are done here as
they document themselves: check out, upload an artefact, fetch it, and deploy it to a static host, which is a folder.
Only ``gh`` and ``curl``, which speak to the forge's own servers, are stand-ins that write down what they were asked.
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

from kokemus import calendar

STAND_IN = """#!/bin/sh
echo "$(basename "$0") $*" >> "$FORGE_LOG"
for argument; do case "$argument" in @*) cat "${argument#@}" >> "$FORGE_LOG";; esac; done
while [ $# -gt 0 ]; do [ "$1" != --body-file ] || cat "$2" >> "$FORGE_LOG"; shift; done
"""


def workflow(path: Path) -> dict[Any, Any]:
    """A workflow file's data."""
    data: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data


def git(folder: Path, *words: str) -> str:
    """What a git command says; identities and dates of its own, none of this machine's configuration."""
    who = {f"GIT_{role}_{part}": "test@invalid" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = os.environ | who | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


@dataclass
class Done:
    """A finished run: each job's result, its outputs, and all that was printed."""

    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""
    summary: str = ""

    @property
    def ok(self) -> bool:
        return "failure" not in self.results.values()


@dataclass
class Forge:
    """A private repository, a static host, and the workflow that leads from one to the other."""

    folder: Path
    content: Path
    environment: Path
    host: Path
    secrets: Mapping[str, str] = field(default_factory=dict)

    def run(self, file: Path, on: date, event: str = "schedule", broken: Mapping[str, str] | None = None) -> Done:
        """Run a workflow on a day. ``broken`` puts other commands in the place of steps, by their names."""
        plan, done = workflow(file), Done()
        artifact = self.folder / "artifact.tar"
        artifact.unlink(missing_ok=True)
        for name, job in plan["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            steps: dict[str, dict[str, str]] = {}
            known = self._known(event, done, needs, steps)
            failed = any(done.results.get(need) == "failure" for need in needs)
            blocked = any(done.results.get(need) != "success" for need in needs)
            if not _holds(str(job.get("if", "success()")), known, failed or blocked):
                done.results[name] = "skipped"
                continue
            work = self.folder / "work"
            shutil.rmtree(work, ignore_errors=True)
            (work / "temp").mkdir(parents=True)
            failed = self._job(job, plan, work, artifact, known, on, done, broken or {}, event)
            done.results[name] = "failure" if failed else "success"
            done.outputs[name] = {key: _filled(str(value), known) for key, value in job.get("outputs", {}).items()}
        return done

    def _known(
        self, event: str, done: Done, needs: list[str], steps: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Any]:
        github = {"event_name": event, "token": "token", "repository": "association/site", "ref": "refs/heads/main"}
        github |= {"server_url": "https://forge.invalid", "run_id": "1"}
        return {
            "github": github,
            "secrets": self.secrets,
            "steps": steps,
            "job": {"status": "success"},
            "needs": {need: {"outputs": done.outputs.get(need, {}), "result": done.results[need]} for need in needs},
        }

    def _job(
        self,
        job: Mapping[str, Any],
        plan: Mapping[str, Any],
        work: Path,
        artifact: Path,
        known: dict[str, Any],
        on: date,
        done: Done,
        broken: Mapping[str, str],
        event: str,
    ) -> bool:
        """Run a job's steps; whether one failed."""
        failed, clone = False, work / "clone"
        clone.mkdir()
        for step in job["steps"]:
            if not _holds(str(step.get("if", "success()")), known, failed):
                continue
            if "uses" in step:
                self._action(step, clone, artifact)
                continue
            output = work / "temp" / "output"
            output.write_text("")
            own = {
                key: _filled(str(value), known) for key, value in {**plan.get("env", {}), **step.get("env", {})}.items()
            }
            code = self._shell(broken.get(step.get("name", ""), step["run"]), clone, work, own, on, done, event)
            known["steps"][step.get("id", "")] = {"outputs": _outputs(output.read_text("utf-8"))}
            if code:
                failed, known["job"]["status"] = True, "failure"
        summary = work / "temp" / "summary"
        done.summary += summary.read_text("utf-8") if summary.exists() else ""
        return failed

    def _shell(
        self, script: str, clone: Path, work: Path, own: Mapping[str, str], on: date, done: Done, event: str
    ) -> int:
        registry = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        environment = registry | {
            "PATH": f"{self._stand_ins()}:/usr/bin:/bin",
            "HOME": str(work / "temp"),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "SOURCE_DATE_EPOCH": calendar.epoch(on),
            "NO_MKDOCS_2_WARNING": "1",
            "RUNNER_TEMP": str(work / "temp"),
            "GITHUB_OUTPUT": str(work / "temp" / "output"),
            "GITHUB_STEP_SUMMARY": str(work / "temp" / "summary"),
            "GITHUB_EVENT_NAME": event,
            "GITHUB_SERVER_URL": str(self.content.parent),
            "GITHUB_REPOSITORY": self.content.name,
            "GITHUB_SHA": "main",
            "GITHUB_API_URL": "https://forge.invalid/api",
            "FORGE_LOG": str(self.folder / "asked"),
        }
        if "python3 -m venv" in script:  # was done once for all runs, by the very same words
            (clone / ".venv").symlink_to(self.environment)
            return 0
        run = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=clone,
            env=environment | dict(own),
            capture_output=True,
            text=True,
            timeout=600,
        )
        done.log += run.stdout + run.stderr
        return run.returncode

    def _stand_ins(self) -> Path:
        folder = self.folder / "bin"
        folder.mkdir(exist_ok=True)
        for name in ("gh", "curl"):
            (folder / name).write_text(STAND_IN)
            (folder / name).chmod(0o755)
        return folder

    def _action(self, step: Mapping[str, Any], clone: Path, artifact: Path) -> None:
        name = step["uses"].split("@")[0]
        if name == "actions/checkout":
            git(clone.parent, "clone", "--quiet", "--depth", "1", f"file://{self.content}", str(clone))
        elif name == "actions/upload-pages-artifact":
            folder = str(clone / step["with"]["path"])
            subprocess.run(["tar", "-cf", str(artifact), "-C", folder, "--exclude=.[^/]*", "."], check=True)
        elif name == "actions/download-artifact":
            shutil.copy(artifact, clone)
        elif name == "actions/deploy-pages":
            fresh = self.host.with_name("deploying")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            subprocess.run(["tar", "-xf", str(artifact), "-C", str(fresh)], check=True)
            shutil.rmtree(self.host, ignore_errors=True)
            fresh.rename(self.host)
        else:
            raise AssertionError(f"{name} is no action that the workflows are known to use")

    def asked(self) -> str:
        """What was asked of the forge's servers so far; forgotten afterwards."""
        log = self.folder / "asked"
        text = log.read_text("utf-8") if log.exists() else ""
        log.unlink(missing_ok=True)
        return text


def _outputs(text: str) -> dict[str, str]:
    """The outputs that a step wrote, ``name=value`` or several lines between delimiters."""
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
    """Whether a condition holds: comparisons with a text, joined by ``&&``; after a failure only with ``always()``."""
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
