"""What shells, readers of manual pages and packagers say of what the program gives them."""

import glob
import pathlib
import subprocess
import tomllib

import blocks
import lint

VERSION = "rapporteur " + lint.output(blocks.ROOT / "packaging/version")
SHELLS = {"bash": ("bash", "-n"), "zsh": ("zsh", "-n"), "fish": ("fish", "--no-execute")}


def completions(binary, folder):
    """Each shell accepts its script; bash completes by it."""
    faults = []
    for shell, check in SHELLS.items():
        script = pathlib.Path(folder) / shell
        script.write_bytes(subprocess.run([binary, "completions", shell], check=True, capture_output=True).stdout)
        faults.append(lint.said(*check, script))
    ask = f"source {folder}/bash; COMP_WORDS=(rapporteur check --st); COMP_CWORD=2; _rapporteur rapporteur --st check; echo \"${{COMPREPLY[@]}}\""
    found = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, text=True).stdout.strip()
    return "\n".join(filter(None, [*faults, "" if found == "--status" else f"bash offers {found!r}"]))


def pages(binary, folder):
    """A page for the program and one for each command, without a fault that groff or mandoc knows; found by its name."""
    done = subprocess.run([binary, "man", f"{folder}/man1"], check=True, capture_output=True, text=True)
    files = sorted(pathlib.Path(folder, "man1").iterdir())
    told = subprocess.run([binary, "--help"], capture_output=True, text=True).stdout
    commands = [line.split()[0] for line in told.split("Commands:\n")[1].split("\n\n")[0].splitlines()]
    faults = [f"no page of {name}" for name in commands if name != "help" and not pathlib.Path(folder, f"man1/rapporteur-{name}.1").exists()]
    faults += [] if len(done.stdout.splitlines()) == len(files) > 10 else [done.stdout]
    for file in files:
        shown = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", str(file)], capture_output=True, text=True)
        faults.append(shown.stderr)
        foot = shown.stdout.rstrip().splitlines()[-1]
        if foot.split() != [*VERSION.split(), f"{file.stem}(1)"]:
            faults.append(f"{file.name} has another foot: {foot}")
    faults.append(lint.said("mandoc", "-T", "lint", "-W", "error", *files))
    first = subprocess.run([binary, "man"], check=True, capture_output=True, text=True).stdout
    if first.strip() != (pathlib.Path(folder) / "man1/rapporteur.1").read_text().strip() or "EXIT STATUS" not in first:
        faults.append("the page that is printed is another")
    return "\n".join(filter(None, faults))


def archive(binary, folder):
    """What is packed runs where it is unpacked, twice the same bytes; and what the Debian package takes is all there."""
    made = [subprocess.run([blocks.ROOT / "packaging/archive", binary, f"{folder}/{name}"], check=True, capture_output=True, text=True).stdout.strip() for name in "ab"]
    first, second = (pathlib.Path(path).read_bytes() for path in made)
    subprocess.run(["tar", "-xzf", made[0], "-C", folder, "--strip-components=1"], check=True)
    shown = subprocess.run([f"{folder}/bin/rapporteur", "--version"], check=True, capture_output=True, text=True).stdout
    faults = [] if first == second else ["two archives of the same input differ"]
    faults += [] if shown.strip() == VERSION else [shown]
    package = tomllib.loads((blocks.ROOT / "Cargo.toml").read_text())["package"]["metadata"]["deb"]
    taken = set()
    for source, _, _ in package["assets"]:
        found = glob.glob(source.replace("target/package-tree", folder))
        faults += [] if found else [f"the Debian package asks for {source}"]
        taken.update(found)
    tree = {str(path) for part in ("bin", "share") for path in pathlib.Path(folder, part).rglob("*") if path.is_file()}
    faults += [f"the Debian package leaves out {path}" for path in sorted(tree - taken)]
    return "\n".join(faults)


CHECKS = [
    ("completions: bash, zsh and fish accept them", completions),
    ("manual pages: man and mandoc have no fault to find", pages),
    ("the archive runs, and the Debian package takes all of it", archive),
]
