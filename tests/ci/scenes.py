"""Every script of the files for hosts, run as the host would run it."""

import hashlib
import json
import os
import pathlib
import subprocess

import blocks
import lint
from stage import WHO, Stage

# What is not run here, and why.
NOT_RUN = {
    ".github/workflows/ci.yml / run / Install what the checkout and the compiler need": "changes the packages of the machine",
    ".github/workflows/ci.yml / run / Install Rust": "downloads a compiler, and changes the home folder",
    ".github/workflows/ci.yml / run / Run everything": "is what runs this very test",
    ".github/workflows/release.yml / build / Compile the program": "compiles the program; `./test` runs `packaging/static`",
}
# What stands in for a network or a compiler, by the script: see `stage.STAND_INS`.
STOOD_IN = {
    "action.yml / Compile it": "cargo",
    "action.yml / Download it": "curl",
    ".github/workflows/ci.yml / advisories / Look for advisories": "cargo",
    ".github/workflows/release.yml / build / Pack it": "cargo",
    ".github/workflows/release.yml / publish / Publish it": "gh",
    "docs/ci/github-release.yml / publish / Publish it": "gh",
}
# Every key of a block that a scene has run; the last check holds it to the files.
RAN = {}
HOSTILE = ["$(touch pwned)", "`touch pwned`", "; touch pwned #", "\" && touch pwned && \"", "a b\n::error::c", "--help", "*"]


def play(stage, block, **given):
    """Runs a block, remembers that it ran and what it asked a stand-in for."""
    before = len(stage.log.read_text())
    done = stage.run(block, **given)
    asked = {line.split()[0] for line in stage.log.read_text()[before:].splitlines()}
    RAN.setdefault(block.key, set()).update(asked)
    return done


def of(file, job=None):
    return [block for block in blocks.blocks() if block.file == file and job in (None, block.job)]


def defaults(**given):
    """What the action is given, as a host puts it together."""
    inputs = {name: entry["default"] for name, entry in blocks.load(blocks.ACTION)["inputs"].items()}
    assert not set(given) - {name.replace("-", "_") for name in inputs}, given
    inputs.update({name.replace("_", "-"): text for name, text in given.items()})
    return {f"inputs.{name}": text for name, text in inputs.items()}


def act(stage, cached=False, **given):
    """Runs the action's steps as its conditions say, until one fails: names, exit codes, what was written."""
    context = {**defaults(**given), "steps.cache.outputs.cache-hit": "true" if cached else "false"}
    done = []
    for block in of(blocks.ACTION):
        context.update(stage.outputs)
        if blocks.holds(block.condition, context):
            code, said = play(stage, block, context=context)
            done.append((block.name, code, said))
            if code:
                break
    return done


def told(done):
    return "\n".join(f"{name}: {code}\n{said}" for name, code, said in done)


def expect(faults, holds, what):
    if not holds:
        faults.append(what)


def pull_request(binary, folder):
    """The action on a pull request to a report in a folder of the repository."""
    stage = Stage(folder, binary, "reports/one")
    base = stage.project()
    done = act(stage, path="reports/one", base=base)
    faults = []
    names = [name for name, _, _ in done]
    expect(faults, names == ["Identify the program", "Compile it", "Put it on the path", "Check the drafts", "Build the report", "Show what changed"]
           and all(code == 0 for _, code, _ in done), told(done))
    said = "".join(said for _, _, said in done)
    expect(faults, "\n::warning file=reports/one/drafts/02-findings.md,line=" in said, told(done))
    files = sorted(path.name for path in (stage.workspace / "rapporteur-output").iterdir() if path.name[0] != ".")
    endings = [".docx", ".html", ".json", ".md", ".pdf", ".redline.docx", ".redline.html", ".redline.json", ".redline.pdf"]
    expect(faults, len(files) == len(endings) and all(any(file.endswith(ending) for file in files) for ending in endings), str(files))
    summary = stage.summary.read_text()
    expect(faults, "### rapporteur check as a draft: 1 warning\n" in summary and "What is new" in summary, summary)
    expect(faults, f"--path {blocks.ROOT} --root {stage.folder}/temp/rapporteur" in stage.log.read_text(), stage.log.read_text())
    key = stage.outputs["steps.program.outputs.key"]
    expect(faults, key.startswith("rapporteur-Linux-X64-ubuntu24-") and len(key) == len("rapporteur-Linux-X64-ubuntu24-") + 32, key)
    again = act(stage, cached=True, path="reports/one", install_only="true")
    expect(faults, [name for name, _, _ in again] == ["Identify the program", "Try what the cache held", "Put it on the path"], told(again))
    expect(faults, stage.outputs["steps.program.outputs.key"] == key, "the key changes from run to run")
    # What the cache held does not run here: it is compiled anew.
    held = stage.folder / "temp/rapporteur/bin/rapporteur"
    held.write_text("#!/nowhere\n")
    mended = act(stage, cached=True, path="reports/one", install_only="true")
    expect(faults, [name for name, _, _ in mended] == ["Identify the program", "Try what the cache held", "Compile it", "Put it on the path"]
           and mended[-1][1] == 0, told(mended))
    return "\n".join(faults)


def faulty(binary, folder):
    """The action where a final is asked for and the drafts have a fault: annotated, and nothing is built."""
    stage = Stage(folder, binary)
    stage.project()
    done = act(stage, status="final")
    faults = []
    expect(faults, done[-1][0] == "Check the drafts" and done[-1][1] == 1, told(done))
    expect(faults, "\n::error file=drafts/02-findings.md,line=" in "\n" + done[-1][2], told(done))
    expect(faults, "| error | <code>drafts/02&#45;findings&#46;md&#58;" in stage.summary.read_text(), stage.summary.read_text())
    expect(faults, not (stage.workspace / "rapporteur-output").exists(), "something was built")
    return "\n".join(faults)


def introduced(binary, folder):
    """The action on a pull request that brings a report where there was none."""
    stage = Stage(folder, binary, "new")
    stage.workspace.mkdir()
    (stage.workspace / "README.md").write_text("# Nothing yet\n")
    stage.git("init", "-q")
    stage.commit("Nothing")
    base = stage.git("rev-parse", "HEAD")
    subprocess.run([binary, "new", stage.report], check=True, capture_output=True)
    stage.commit("A report")
    done = act(stage, path="new", base=base)
    faults = []
    expect(faults, done[-1][1] == 0 and len(done) == 6, told(done))
    expect(faults, "The report is new" in stage.summary.read_text(), stage.summary.read_text())
    return "\n".join(faults)


def not_new(binary, folder):
    """The action on a report of thousands of files, and on one whose every path has other letters: neither is new."""
    faults = []
    for place, files in [("reports/one", 4_000), ("rapports/été", 0)]:
        stage = Stage(f"{folder}/{files}", binary, place)
        subprocess.run([binary, "new", stage.report], check=True, capture_output=True)
        (stage.report / "what-was-counted").mkdir()
        for at in range(files):
            (stage.report / f"what-was-counted/in-a-year-of-many-{at:04}.csv").write_text("a,b\n")
        stage.git("init", "-q")
        stage.commit("A report")
        base = stage.git("rev-parse", "HEAD")
        draft = stage.report / "drafts/02-findings.md"
        draft.write_text(draft.read_text() + "\nWhat is new.\n")
        stage.commit("A change")
        stage.path.append(str(stage.binary.parent))
        shown = next(block for block in of(blocks.ACTION) if block.name == "Show what changed")
        code, said = play(stage, shown, context=defaults(path=place, base=base, formats="html", output="made"))
        expect(faults, code == 0 and list((stage.workspace / "made").glob("*.redline.html")), f"{place}: {code} {said}\n{stage.summary.read_text()}")
        redline = next(block for block in of(blocks.GITLAB) if block.name == "redline")
        env = {"CI_PROJECT_DIR": str(stage.workspace), "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "REPORT": place}
        code, said = play(stage, redline, env=env)
        expect(faults, code == 0 and list((stage.workspace / "redline").glob("*.redline.html")), f"{place}: {code} {said}")
    return "\n".join(faults)


def series(binary, folder):
    """A series on GitHub: all of it, then what a change touches, then nothing."""
    stage = Stage(folder, binary)
    stage.workspace.mkdir()
    (stage.workspace / "series.toml").write_text('formats = ["html"]\n[[report]]\npath = "reports/*"\n')
    for name in "abc":
        there = stage.workspace / "reports" / name / "drafts"
        there.mkdir(parents=True)
        (there / "1.md").write_text(f"# {name}\n\nText.\n")
    stage.git("init", "-q")
    stage.commit("Reports")
    base = stage.git("rev-parse", "HEAD")
    stage.path.append(str(stage.binary.parent))
    file = "docs/ci/github-series.yml"
    plan, build = of(file)
    job = blocks.load(file)["jobs"]["build"]
    faults = []

    def run(since):
        """Builds what is planned; the names of the pages that were made."""
        code, said = play(stage, plan, context={"github.event.pull_request.base.sha": since})
        matrix = stage.outputs.get("steps.plan.outputs.matrix", "")
        if code or not blocks.holds(job["if"], {"needs.plan.outputs.matrix": matrix}):
            return (code, said)
        for entry in json.loads(matrix)["include"]:
            code, said = play(stage, build, context={f"matrix.{name}": text for name, text in entry.items()})
            expect(faults, code == 0, said)
        made = stage.workspace / "rapporteur-output"
        pages = sorted(str(page.relative_to(made)) for page in made.rglob("*.html"))
        subprocess.run(["rm", "-rf", made], check=True)
        return pages

    pages = run("")
    expect(faults, pages == [f"reports/{name}/{name}.html" for name in "abc"], str(pages))
    pages = run(base)
    expect(faults, pages == (0, ""), str(pages))
    (stage.workspace / "reports/b/drafts/1.md").write_text("# b\n\nOther text.\n")
    stage.commit("A change")
    pages = run(base)
    expect(faults, pages == ["reports/b/b.html"], str(pages))
    # A plan that fails is no plan.
    stage.outputs.clear()
    code, _ = run("nowhere")
    expect(faults, code == 2 and not stage.outputs, f"{code} {stage.outputs}")
    return "\n".join(faults)


def downloaded(binary, folder):
    """The action with a release's archive: used if its sum is right, and refused otherwise."""
    stage = Stage(folder, binary)
    stage.project()
    tree = stage.folder / "tree/rapporteur-0.1.0/bin"
    tree.mkdir(parents=True)
    os.link(stage.binary, tree / "rapporteur") if os.stat(folder).st_dev == os.stat(stage.binary).st_dev else (tree / "rapporteur").symlink_to(stage.binary)
    archive = stage.folder / "archive.tar.gz"
    subprocess.run(["tar", "-C", stage.folder / "tree", "-I", "gzip -1", "-cf", archive, "rapporteur-0.1.0"], check=True)
    sum_ = hashlib.sha256(archive.read_bytes()).hexdigest()
    faults = []
    given = {"binary": "https://example.org/rapporteur.tar.gz", "install_only": "true"}
    with_archive = {"STAND_IN_ARCHIVE": str(archive)}
    for text, ends in [(sum_, ("Put it on the path", 0)), ("0" * 64, ("Download it", 1)), ("", ("Identify the program", 2)), (sum_[:-1] + "g", ("Identify the program", 2))]:
        stage.outputs.clear()
        context = {**defaults(binary_sha256=text, **given), "steps.cache.outputs.cache-hit": "false"}
        done = []
        for block in of(blocks.ACTION):
            context.update(stage.outputs)
            if blocks.holds(block.condition, context) and (not done or done[-1][1] == 0):
                done.append((block.name, *play(stage, block, context=context, env=with_archive)))
        expect(faults, done[-1][:2] == ends, told(done))
        expect(faults, "Compile it" not in told(done), told(done))
    return "\n".join(faults)


def hostile(binary, folder):
    """Whatever the action is given, no shell reads it as a command."""
    stage = Stage(folder, binary)
    stage.project()
    stage.path.append(str(stage.binary.parent))
    faults = []
    for name, step in [("path", "Check the drafts"), ("status", "Check the drafts"), ("languages", "Check the drafts"), ("path", "Build the report"), ("formats", "Build the report"),
                       ("output", "Build the report"), ("base", "Show what changed"), ("path", "Show what changed"), ("binary", "Identify the program"),
                       ("binary-sha256", "Identify the program")]:
        block = next(block for block in of(blocks.ACTION) if block.name == step)
        for text in HOSTILE:
            # One format is enough to see what a shell makes of a name.
            context = {**defaults(formats="html"), "inputs.base": "v1.0", f"inputs.{name}": text}
            code, said = play(stage, block, context=context)
            commands = [line for line in said.splitlines() if line.startswith("::") and not line.startswith(("::warning file=drafts/", "::error title=rapporteur::"))]
            if code not in (0, 1, 2, 3) or commands or any(stage.folder.rglob("pwned")) or "syntax error" in said:
                faults.append(f"{step}, {name}={text!r}: {code} {said}")
    return "\n".join(faults)


def released(binary, folder):
    """The release of a report on a tag, as a final and as a draft; what is published is what was verified."""
    stage = Stage(folder, binary)
    stage.project()
    stage.path.append(str(stage.binary.parent))
    draft = stage.report / "drafts/02-findings.md"
    draft.write_text(draft.read_text().replace("[a link](#nowhere)", "no link"))
    faults = []
    for tag in ("v1.1-draft.2", "v1.1"):
        stage.commit(f"For {tag}", tag=tag) if stage.git("status", "--porcelain") else stage.git("tag", tag)
        env = {"GITHUB_REF_NAME": tag, "GITHUB_REPOSITORY": "o/r"}
        done = [(block.name, *play(stage, block, env=env, context={"github.token": "t"})) for block in of("docs/ci/github-release.yml", "build")]
        if not all(code == 0 for _, code, _ in done):
            return told(done)
        made = stage.folder / "temp/release" / tag[1:]
        manifest = json.loads((made / "manifest.json").read_text())
        expect(faults, manifest["status"] == ("final" if tag == "v1.1" else "draft"), manifest["status"])
        (stage.folder / "publish").mkdir(exist_ok=True)
        there = stage.folder / "publish/release"
        there.unlink(missing_ok=True)
        there.symlink_to(stage.folder / "temp/release")
        code, said = play(stage, of("docs/ci/github-release.yml", "publish")[0], env=env, cwd=stage.folder / "publish")
        asked = stage.log.read_text().splitlines()[-1] if stage.log.read_text() else ""
        expect(faults, code == 0 and f"gh release create {tag} " in asked and "SHA256SUMS" in asked and ".redline.pdf" in asked, f"{said}\n{asked}")
        (stage.folder / "temp/release").rename(stage.folder / f"temp/{tag}")
    return "\n".join(faults)


def gitlab(binary, folder):
    """The jobs on GitLab: a merge request, then a tag."""
    stage = Stage(folder, binary)
    base = stage.project()
    stage.path.append(str(stage.binary.parent))
    jobs = {block.name: block for block in of(blocks.GITLAB)}
    env = {"CI_PROJECT_DIR": str(stage.workspace), "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_TAG": "v1.1"}
    faults = []
    done = [(name, *play(stage, jobs[name], env=env)) for name in ("check", "report", "redline")]
    expect(faults, all(code == 0 for _, code, _ in done), told(done))
    for path in ("findings.md", "report/manifest.json", "redline/changelog.md"):
        expect(faults, (stage.workspace / path).exists(), f"{path} is not there")
    stage.git("checkout", "-q", "--orphan", "empty")
    stage.git("rm", "-rfq", "--cached", ".")
    stage.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    before = stage.git("rev-parse", "HEAD")
    stage.git("add", "drafts", "rapporteur.toml")
    stage.git("commit", "-q", "-m", "A report")
    code, said = play(stage, jobs["redline"], env={**env, "CI_MERGE_REQUEST_DIFF_BASE_SHA": before})
    expect(faults, code == 0 and "The report is new" in said, f"{code} {said}")
    stage.git("checkout", "-qf", "change")
    draft = stage.report / "drafts/02-findings.md"
    draft.write_text(draft.read_text().replace("[a link](#nowhere)", "no link"))
    stage.git("add", "drafts")
    stage.git("commit", "-q", "-m", "Sound")
    stage.git("tag", "v1.1")
    done = [("release", *play(stage, jobs["release"], env=env))]
    expect(faults, done[0][1] == 0 and (stage.workspace / "release/1.1/SHA256SUMS").exists(), told(done))
    return "\n".join(faults)


def own_release(binary, folder):
    """The release of the program itself: a tag of its version and no other, packed and published."""
    stage = Stage(folder, binary)
    stage.workspace.mkdir()
    # What the scripts read, beside a folder to write to.
    for name in ("packaging", "Cargo.toml", "README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE"):
        source, there = blocks.ROOT / name, stage.workspace / name
        subprocess.run(["cp", "-r", source, there], check=True)
    built = stage.workspace / "target/static"
    built.mkdir(parents=True)
    (built / "rapporteur").symlink_to(stage.binary)
    jobs = {block.name: block for block in of(".github/workflows/release.yml")}
    version = lint.output(blocks.ROOT / "packaging/version")
    env = {"GITHUB_REF_NAME": f"v{version}", "GITHUB_REPOSITORY": "o/r"}
    faults = []
    done = [(name, *play(stage, jobs[name], env=env)) for name in ("Hold the tag to the version", "Pack it")]
    expect(faults, all(code == 0 for _, code, _ in done), told(done))
    code, said = play(stage, jobs["Hold the tag to the version"], env={**env, "GITHUB_REF_NAME": "v9.9.9"})
    expect(faults, code == 1 and "v9.9.9" in said, said)
    code, said = play(stage, jobs["Publish it"], env=env, context={"github.token": "t"})
    asked = stage.log.read_text()
    expect(faults, code == 0 and f"rapporteur-{version}-x86_64-linux.tar.gz" in asked.splitlines()[-1] and "cargo deb --no-build" in asked, said + asked)
    advisories = next(block for block in of(".github/workflows/ci.yml", "advisories"))
    code, said = play(stage, advisories)
    expect(faults, code == 0 and "cargo deny check advisories" in stage.log.read_text(), said)
    return "\n".join(faults)


def before_a_commit(binary, folder):
    """pre-commit itself, with the hook from this repository: a sound draft passes, a fault does not."""
    stage = Stage(folder, binary)
    stage.project()
    env = {**os.environ, **WHO, "HOME": f"{folder}/home", "PRE_COMMIT_HOME": f"{folder}/hooks", "PATH": f"{stage.binary.parent}:{os.environ['PATH']}"}
    faults = [lint.said(lint.BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")]
    hooks = pathlib.Path(folder, "source")
    hooks.mkdir()
    (hooks / ".pre-commit-hooks.yaml").write_text((blocks.ROOT / ".pre-commit-hooks.yaml").read_text())
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Hooks"]):
        subprocess.run(["git", *command], cwd=hooks, env=env, check=True, capture_output=True)
    for text, code in [("", 0), ("\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n", 1)]:
        draft = stage.report / "drafts/02-findings.md"
        draft.write_text(draft.read_text() + text)
        done = subprocess.run([lint.BIN / "pre-commit", "try-repo", hooks, "rapporteur-check-system", "--all-files", "--verbose"], cwd=stage.workspace,
                              env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != code or ("as a draft" not in done.stdout):
            faults.append(done.stdout)
    # A report is made of more than drafts: it is checked, too, where a bibliography alone is committed.
    (stage.report / "works.bib").write_text("@book{a, title = {A}}\n")
    stage.git("add", "works.bib")
    done = subprocess.run([lint.BIN / "pre-commit", "try-repo", hooks, "rapporteur-check-system", "--files", "works.bib"], cwd=stage.workspace,
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 1 or "as a draft" not in done.stdout:
        faults.append(done.stdout)
    return "\n".join(filter(None, faults))


def complete(_binary, _folder):
    """Every block was run, or stands in the list of those that are not; stand-ins stood in where the list says, and nowhere else."""
    keys = [block.key for block in blocks.blocks()]
    faults = [f"{key} is there twice" for key in set(keys) if keys.count(key) > 1]
    faults += [f"{key} was not run, and no reason is given" for key in keys if key not in RAN and key not in NOT_RUN]
    faults += [f"{key} is listed and not there" for key in {**NOT_RUN, **STOOD_IN} if key not in keys]
    faults += [f"{key} is listed as not run, and was" for key in NOT_RUN if key in RAN]
    for key, asked in RAN.items():
        listed = {STOOD_IN[key]} if key in STOOD_IN else set()
        faults += [f"{key}: stand-ins {sorted(asked)}, listed {sorted(listed)}"] if asked != listed else []
    return "\n".join(faults)


CHECKS = [
    ("the action on a pull request", pull_request),
    ("the action where a final has faults", faulty),
    ("the action where a report is new", introduced),
    ("a report of many files, or of other letters, is not new", not_new),
    ("a series on GitHub", series),
    ("the action with a release's archive", downloaded),
    ("the action with hostile inputs", hostile),
    ("a report's release on a tag", released),
    ("the jobs on GitLab", gitlab),
    ("the program's own release", own_release),
    ("pre-commit", before_a_commit),
    ("every script was run, or it is said why not", complete),
]
