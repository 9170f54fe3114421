"""A repository of a report, and a host that is not there: its files, variables and what a network would be asked for."""

import os
import pathlib
import subprocess

import blocks

# What each stands in for: a network, or a compiler that would take a quarter of an hour.
STAND_INS = {
    "cargo": """#!/usr/bin/env bash
printf '%s\\n' "cargo $*" >> "$STAND_IN_LOG"
while [ $# -gt 0 ]; do
  case $1 in --root) mkdir -p "$2/bin"; cp "$STAND_IN_BINARY" "$2/bin/rapporteur"; shift ;; esac
  shift
done
""",
    "curl": """#!/usr/bin/env bash
printf '%s\\n' "curl $*" >> "$STAND_IN_LOG"
while [ $# -gt 0 ]; do
  case $1 in --output) cp "$STAND_IN_ARCHIVE" "$2"; shift ;; esac
  shift
done
""",
    "gh": """#!/usr/bin/env bash
printf '%s\\n' "gh $*" >> "$STAND_IN_LOG"
""",
}
WHO = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
       "GIT_AUTHOR_DATE": "2026-01-02T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-02T12:00:00Z", "GIT_CONFIG_GLOBAL": "/dev/null"}


class Stage:
    """A folder with a checkout in it, and a job that runs there."""

    def __init__(self, folder, binary, place="."):
        self.folder, self.binary = pathlib.Path(folder).resolve(), pathlib.Path(binary).resolve()
        self.workspace = self.folder / "workspace"
        self.report = self.workspace / place
        self.outputs = {}
        for name in ("temp", "home", "stand-ins", "action"):
            (self.folder / name).mkdir(parents=True)
        for name, text in STAND_INS.items():
            path = self.folder / "stand-ins" / name
            path.write_text(text)
            path.chmod(0o755)
        self.summary = self.folder / "summary.md"
        self.summary.touch()
        self.log = self.folder / "log"
        self.log.touch()
        self.path = [str(self.folder / "stand-ins")]

    def git(self, *arguments):
        done = subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=self.workspace, env={**os.environ, **WHO},
                              check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def project(self):
        """A report with a release, and a commit since with a doubtful link. Gives the released commit."""
        subprocess.run([self.binary, "new", self.report], check=True, capture_output=True)
        self.git("init", "-q")
        self.commit("A report", tag="v1.0")
        base = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "-b", "change")
        draft = self.report / "drafts/02-findings.md"
        draft.write_text(draft.read_text() + "\nWhat is new, and [a link](#nowhere).\n")
        self.commit("A change")
        return base

    def commit(self, message, tag=None):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        if tag:
            self.git("tag", tag)

    def run(self, block, context=(), env=(), cwd=None, shell=("bash", "--noprofile", "--norc", "-euo", "pipefail")):
        """Runs a block as the host would; the exit code and all that it wrote."""
        files = {name: self.folder / f"file-{name.lower()}" for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV")}
        for file in files.values():
            file.write_text("")
        script = self.folder / "script.sh"
        script.write_text(block.run + "\n")
        own = {name: blocks.expand(text, dict(context)) for name, text in block.env.items()}
        environment = {
            "PATH": ":".join([*reversed(self.path), os.environ["PATH"]]), "HOME": str(self.folder / "home"), "LANG": "C.UTF-8",
            "GITHUB_WORKSPACE": str(self.workspace), "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_ACTION_PATH": str(blocks.ROOT),
            "RUNNER_TEMP": str(self.folder / "temp"), "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "ImageOS": "ubuntu24", "GITHUB_ACTIONS": "true",
            "STAND_IN_LOG": str(self.log), "STAND_IN_BINARY": str(self.binary),
            **{name: str(file) for name, file in files.items()}, **own, **dict(env),
        }
        done = subprocess.run([*shell, script], cwd=cwd or self.workspace, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        lines = files["GITHUB_OUTPUT"].read_text().splitlines()
        self.outputs.update({f"steps.{block.id}.outputs.{name}": text for name, _, text in (line.partition("=") for line in lines)})
        self.path.extend(files["GITHUB_PATH"].read_text().splitlines())
        return done.returncode, done.stdout
