"""The scripts of workflows, actions and templates, and what a host makes of the expressions around them."""

import dataclasses
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACTION = "action.yml"
WORKFLOWS = [".github/workflows/ci.yml", ".github/workflows/release.yml", "docs/ci/github.yml", "docs/ci/github-release.yml",
             "docs/ci/github-series.yml"]
GITLAB = "docs/ci/gitlab.yml"
# A line of a job on GitLab that is no job.
GITLAB_KEYWORDS = {"workflow", "variables", "default", "stages"}


@dataclasses.dataclass
class Block:
    """A script, and what the host is told beside it."""

    file: str
    job: str
    name: str
    run: str
    env: dict
    condition: str = "true"
    id: str = ""

    @property
    def key(self):
        return " / ".join(part for part in (self.file, self.job, self.name) if part)


def load(file):
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


def steps():
    """Every step of every action and workflow: file, job, environment around it, step."""
    for step in load(ACTION)["runs"]["steps"]:
        yield ACTION, "", {}, step
    for file in WORKFLOWS:
        for name, job in load(file)["jobs"].items():
            for step in job["steps"]:
                yield file, name, job.get("env", {}), step


def blocks():
    """Every script, in the order of the files."""
    found = []
    for file, job, around, step in steps():
        if "run" in step:
            condition = str(step.get("if", "true"))
            found.append(Block(file, job, step["name"], step["run"], {**around, **step.get("env", {})}, condition, step.get("id", "")))
    gitlab = load(GITLAB)
    before = gitlab["default"]["before_script"]
    for name, job in gitlab.items():
        if name not in GITLAB_KEYWORDS:
            found.append(Block(GITLAB, "", name, "\n".join([*before, *job["script"]]), gitlab["variables"]))
    return found


def uses():
    """Every action that is used: file, name with its version, what it is given, the comment behind it."""
    found = []
    for file, _, _, step in steps():
        if "uses" in step:
            line = next(line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if step["uses"] in line)
            found.append((file, step["uses"], step.get("with", {}), line.partition("#")[2].strip()))
    return found


def expand(text, context):
    """A text with its expressions worked out."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(value(found[1], context)), str(text))


def holds(condition, context):
    """Whether a step's condition does."""
    inner = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", condition)
    return value(inner[1] if inner else condition, context) not in (False, "", "false")


def value(expression, context):
    """What an expression comes to: names, texts, comparisons, and, or. What is not there is empty, as the host has it."""
    words = {"&&": " and ", "||": " or ", "true": "True", "false": "False"}

    def word(found):
        text = found[0]
        if text.startswith("'"):
            return repr(text[1:-1])
        if text in words:
            return words[text]
        return repr(context.get(text, ""))

    python = re.sub(r"'[^']*'|&&|\|\||[A-Za-z_][\w.-]*", word, expression.strip())
    assert re.fullmatch(r"(\s|==|!=|and|or|True|False|[()]|'[^']*'|\"[^\"]*\")*", python), expression
    return eval(python, {"__builtins__": {}})  # noqa: S307 (only comparisons of texts, as the line above has made sure)
