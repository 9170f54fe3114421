"""What schemas and linters say of the files for hosts, without a network."""

import os
import pathlib
import re
import subprocess

import blocks

BIN = pathlib.Path(os.environ["RAPPORTEUR_TOOLS"]) / "venv/bin"
SCHEMAS = {
    "vendor.github-actions": [blocks.ACTION],
    "vendor.github-workflows": blocks.WORKFLOWS,
    "vendor.gitlab-ci": [blocks.GITLAB],
}
CONFIGURATIONS = ["rapporteur.toml", "docs/rapporteur.toml", "docs/gallery/rapporteur.toml", "docs/redlines/rapporteur.toml"]
YAML = "{extends: default, rules: {line-length: {max: 150}, document-start: disable, truthy: {check-keys: false}, brackets: {max-spaces-inside: 0}, " \
       "comments: {min-spaces-from-content: 1}}}"
SCRIPTS = ["packaging/archive", "packaging/deb", "packaging/static", "packaging/tree", "packaging/version", "test", ".ci/run", "tests/conformance/setup"]


def said(*command, text=None):
    """What a tool says where it is not content."""
    done = subprocess.run([str(part) for part in command], cwd=blocks.ROOT, input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"})
    return done.stdout.strip() or f"ended with {done.returncode}" if done.returncode else ""


def output(*command):
    """What a command prints."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout.strip()


def schemas(_binary, _folder):
    return "\n".join(filter(None, (said(BIN / "check-jsonschema", "--builtin-schema", schema, *files) for schema, files in SCHEMAS.items())))


def own_schemas(_binary, folder):
    """Our schemas take what the program takes: our configurations, and the manual's series; and not what it refuses."""
    example = re.search(r"```\n(# series\.toml\n.*?)```", (blocks.ROOT / "docs/series.md").read_text(), re.S)
    series = {"taken": example[1], "empty": 'output = "x"\n', "no path": '[[report]]\noutput = "x"\n', "unknown": '[[report]]\npath = "x"\nname = "y"\n'}
    faults = []
    for name, text in series.items():
        file = pathlib.Path(folder) / f"{name}.toml"
        file.write_text(text)
        fault = said(BIN / "check-jsonschema", "--schemafile", "schemas/series.schema.json", file)
        faults.append(fault if name == "taken" else "" if fault else f"a series is taken: {name}")
    faults.append(said(BIN / "check-jsonschema", "--schemafile", "schemas/rapporteur.schema.json", *CONFIGURATIONS))
    return "\n".join(filter(None, faults))


def yamllint(_binary, _folder):
    files = [blocks.ACTION, *blocks.WORKFLOWS, blocks.GITLAB, ".pre-commit-hooks.yaml"]
    return said(BIN / "yamllint", "--strict", "-d", YAML, *files)


def zizmor(_binary, _folder):
    return said(BIN / "zizmor", "--offline", "--no-progress", "--quiet", blocks.ACTION, *blocks.WORKFLOWS)


def shellcheck(_binary, _folder):
    """Every block, and the scripts of packaging and tests."""
    faults = [said(BIN / "shellcheck", "--shell=bash", "--norc", "-", text="set -euo pipefail\n" + block.run) for block in blocks.blocks()]
    faults.append(said(BIN / "shellcheck", "--norc", *SCRIPTS))
    return "\n".join(filter(None, faults))


def container(_binary, _folder):
    """A linter, and what it does not ask: stages and fonts by version, and nobody in particular at the end."""
    text = (blocks.ROOT / "Containerfile").read_text()
    faults = [said(BIN / "hadolint", "Containerfile")]
    images = re.findall(r"^FROM (\S+)", text, re.M)
    faults += [f"{image} has no exact version" for image in images if not re.search(r":[\w.-]*\d+\.\d+[\w.-]*$", image)]
    faults += [f"{font} has no version" for font in re.findall(r"^\s+(fonts-\S+)", text, re.M) if "=" not in font]
    users = re.findall(r"^USER (\S+)", text, re.M)
    if len(images) != 2 or users != ["65532:65532"]:
        faults.append(f"{images} {users}")
    return "\n".join(filter(None, faults))


def pins(_binary, _folder):
    """Actions by full commits, with the version in a comment; ours with inputs that it has; no expression in a script."""
    faults = []
    inputs = blocks.load(blocks.ACTION)["inputs"]
    for file, name, given, comment in blocks.uses():
        if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", name) or not re.fullmatch(r"v\d+\.\d+\.\d+", comment):
            faults.append(f"{file}: {name} # {comment}")
        if name.startswith("OWNER/rapporteur@") and set(given) - set(inputs):
            faults.append(f"{file}: {set(given) - set(inputs)}")
        if name.startswith("actions/checkout@") and given.get("persist-credentials") is not False:
            faults.append(f"{file}: the checkout keeps its credentials")
    faults += [f"{block.key}: an expression in the script" for block in blocks.blocks() if "${{" in block.run]
    for file in blocks.WORKFLOWS:
        workflow = blocks.load(file)
        if workflow["permissions"] != {} or "concurrency" not in workflow:
            faults.append(f"{file}: permissions or concurrency")
        faults += [f"{file}: {name}" for name, job in workflow["jobs"].items() if not {"timeout-minutes", "permissions"} <= set(job)]
    return "\n".join(faults)


CHECKS = [
    ("files are as their hosts' schemas have them", schemas),
    ("our own schemas take what the program takes", own_schemas),
    ("yamllint", yamllint),
    ("zizmor", zizmor),
    ("shellcheck: every block and script", shellcheck),
    ("the Containerfile: hadolint, versions, user", container),
    ("actions are pinned, permissions least, and no expression stands in a script", pins),
]
