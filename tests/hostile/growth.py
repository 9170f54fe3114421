#!/usr/bin/env python3
"""growth.py BINARY [--full | --format=FORMAT]... [NAME]: builds drafts that are made to cost much, each a pattern that can be repeated.

Each has to end as expected within LONGEST seconds, with files or with diagnostics, never by a crash. With `--full`
each is enlarged until it takes long enough to be measured, then doubled, and processor time (not the clock's, and without
that of an empty report) must grow less than 2.5 times; what grows more is measured again, and the best of three runs
counts. `--format=html` takes one format, NAME the patterns with that in their name. Prints one line a pattern; exit 1 if
one failed."""

import pathlib
import resource
import subprocess
import sys
import tempfile

# Seconds after which a build is taken to hang.
LONGEST = 120
# Times that a doubling may cost.
STEEPEST = 2.5
# Seconds of processor time from which on a ratio says something, and the largest draft that is tried.
MEASURABLE, LARGEST = 0.8, 1_900_000


def numbered(text, count, start=0):
    """The text as often, with `%d` numbered."""
    return "".join(text.replace("%d", str(n)) for n in range(start, start + count))


def cells(n):
    return "| a | b |\n|---|---|\n" + numbered("| x%d | 1 |\n", n)


def footnote_cycle(n):
    text = "[^0]\n\n"
    return text + "".join(f"[^{k}]: see [^{(k + 1) % n}]\n\n" for k in range(n))


def note_in_notes(n):
    return "".join(f"a[^{k}] " for k in range(n)) + "\n\n" + "".join(f"[^{k}]: b[^long]\n\n" for k in range(n)) + \
        "[^long]: " + "word " * n + "\n"


def note_tree(n):
    depth = 12
    text = "x[^0]\n\n"
    for k in range(depth):
        text += f"[^{k}]: " + f"y[^{k + 1}] " * max(2, n // 4000) + "\n\n"
    return text + f"[^{depth}]: " + "end " * (n // 10) + "\n"


# Name, how many at first, the draft of so many, or that and files beside it by their path.
PATTERNS = [
    ("dead links on one line", 500, lambda n: numbered("[a](#x%d) ", n)),
    ("dead links on many lines", 500, lambda n: numbered("[a](#x%d)\n", n)),
    ("control characters on one line", 2000, lambda n: "\x01a " * n),
    ("undefined notes on one line", 500, lambda n: numbered("a[^n%d] ", n)),
    ("unknown tags on one line", 500, lambda n: "a <blink>b</blink> " * n),
    ("attributes that are none", 500, lambda n: "[a]{b c d} " * n),
    ("dead references", 500, lambda n: numbered("@fig-x%d ", n)),
    ("opening brackets", 2000, lambda n: "[" * n),
    ("image brackets", 2000, lambda n: "![" * n + "a" + "](b)" * n),
    ("brackets in pairs that never close", 1000, lambda n: "[[ " * n),
    ("link in link", 1000, lambda n: "[a](" * n),
    ("pairs of brackets", 1000, lambda n: "[a] " * n),
    ("spans in spans", 1000, lambda n: "[" * n + "a" + "]{.b}" * n),
    ("emphasis that never ends", 2000, lambda n: "*a **b " * n),
    ("emphasis of all kinds", 1000, lambda n: "*a_ _b* **c__ " * n),
    ("emphasis in emphasis", 1000, lambda n: "*a **a " * n + "a" + " b** b*" * n),
    ("strike and scripts", 1000, lambda n: "~a ~~b ^c ==d " * n),
    ("backticks of all lengths", 200, lambda n: " ".join("`" * k for k in range(1, int((2 * n) ** 0.5) + 1))),
    ("link definitions", 500, lambda n: numbered("[r%d]: https://e.org/%d\n", n) + "\n" + numbered("[r%d] ", n)),
    ("definitions in titles", 300, lambda n: "[r]: " + "x" * n + "\n\n" + "::: {.note title=\"[r]\"}\na\n:::\n\n" * (n // 10)),
    ("what may define something", 500, lambda n: "<div>\n[a]:\n- " + ">" * n + "\n</div>\n"),
    ("environments that never end", 1000, lambda n: "\\begin{" * n),
    ("one definition, many times", 1000, lambda n: "[r]: " + "x" * n + "\n\n" + "[r] " * n),
    ("entities", 2000, lambda n: "&amp;&CounterClockwiseContourIntegral;&#x41;&nope; " * n),
    ("escapes and entities before a reference", 1000, lambda n: "\\*&amp;" * n + " @fig-x"),
    ("rows of a table", 500, cells),
    ("columns of a table", 100, lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n" + ("|" + "b|" * n + "\n") * 2),
    ("ragged tables", 100, lambda n: "|a|\n|-|\n" + "|" + "b|" * n + "\n"),
    ("tables one after the other", 100, lambda n: numbered("|a%d|\n|-|\n|b|\n\n", n)),
    ("HTML tags that never close", 1000, lambda n: "<div>" * n),
    ("HTML blocks that never close", 200, lambda n: "<div>\n\na\n\n" * n),
    ("inline tags that never close", 1000, lambda n: "a<em><strong>" * n),
    ("HTML that closes nothing", 1000, lambda n: "a</em></strong></div>" * n),
    ("HTML table", 200, lambda n: "<table>" + "<tr><td>a</td><td>b</td></tr>" * n + "</table>"),
    ("HTML table in table", 200, lambda n: "<table><tr><td>" * n),
    ("HTML comments", 1000, lambda n: "a <!-- b --> " * n),
    ("HTML comments that never end", 1000, lambda n: "a <!-- b " * n),
    ("declarations and instructions", 1000, lambda n: "a <? b <!X c <![CDATA[ " * n),
    ("cycle of notes", 200, footnote_cycle),
    ("a long note in many notes", 200, note_in_notes),
    ("tree of notes", 4000, note_tree),
    ("inline notes in inline notes", 500, lambda n: "a^[" * n + "b" + "]" * n),
    ("inline notes", 500, lambda n: "a^[b] " * n),
    ("notes that nobody refers to", 500, lambda n: numbered("[^n%d]: a\n\n", n)),
    ("equal headings", 300, lambda n: "# A\n\nb\n\n" * n),
    ("empty headings", 300, lambda n: "#\n" * n),
    ("equal ids", 300, lambda n: "## A {#a}\n\nb\n\n" * n),
    ("images that are not there", 300, lambda n: numbered("![a](b%d.png)\n\n", n)),
    ("images on one line", 300, lambda n: numbered("![a](b%d.png) ", n)),
    ("fences that never close", 500, lambda n: "".join(
        "`" * (3 + k) + "\na\n" for k in reversed(range(int((2 * n) ** 0.5))))),
    ("code blocks", 300, lambda n: "```rust\nfn a() {}\n```\n\n" * n),
    ("a long line of code", 2000, lambda n: "```rust\n" + "a(b[\"c\"], " * n + "\n```\n"),
    ("lists of one item", 500, lambda n: "- a\n\n1. b\n\n" * n),
    ("items of a list", 500, lambda n: "- a\n" * n),
    ("nested lists", 200, lambda n: "".join("  " * k + "- a\n" for k in range(int((n * 2) ** 0.5) + 1))),
    ("nested quotes", 1000, lambda n: ">" * n + "a"),
    ("quotes of all depths", 200, lambda n: "".join(">" * (k % 90) + " a\n" for k in range(n))),
    ("nested boxes", 500, lambda n: "::: note\n" * n),
    ("nested boxes that close", 500, lambda n: "::: note\n" * n + ":::\n" * n),
    ("boxes one after the other", 200, lambda n: "::: note\na\n:::\n\n" * n),
    ("lines of colons", 500, lambda n: ":::\n" * n),
    ("colons of all lengths", 500, lambda n: "".join(":" * (3 + k % 80) + " a\n" for k in range(n))),
    ("revisions by hand", 500, lambda n: "{++a++} {--b--} {~~c~>d~~} {>>e<<} {==f==}{>>g<<} " * n),
    ("revisions that never end", 1000, lambda n: "{++ {-- {~~ {>> {== " * n),
    ("citations", 500, lambda n: numbered("[@k%d, p. 3; -@m%d] ", n)),
    ("citations that never end", 1000, lambda n: "[@a; " * n),
    ("formulas", 300, lambda n: numbered("$x_%d^2$ ", n)),
    ("formulas that never end", 1000, lambda n: "$x " * (n | 1)),
    ("a deep formula", 300, lambda n: "$" + "\\frac{a}{" * n + "b" + "}" * n + "$"),
    ("a macro that grows", 1000, lambda n: "$\\def\\a{\\a " + "x" * n + "}\\a$"),
    ("braces in a formula", 500, lambda n: "$" + "{" * n + "a" + "}" * n + "$"),
    ("autolinks", 500, lambda n: numbered("https://e.org/%d www.e.org a@e.org ", n)),
    ("addresses that are none", 1000, lambda n: "www." * n + " " + "a@" * n + " http://" + "a." * n),
    ("one long word", 20_000, lambda n: "a" * n),
    ("one long line", 4000, lambda n: "word " * n),
    ("trailing backslashes", 2000, lambda n: "a\\\n" * n),
    ("white space", 5000, lambda n: "a" + " " * n + "b\n" + "\t" * n + "c\n"),
    ("combining marks", 5000, lambda n: "a" + "\u0301" * n),
    ("marks of direction", 5000, lambda n: "\u202e\u2067" * n),
    ("description lists", 300, lambda n: "a\n: b\n\n" * n),
    ("front matter", 1000, lambda n: "---\ncontributors:\n" + "  - a\n" * n + "---\n# A\n"),
    ("nested front matter", 500, lambda n: "---\ntitle: " + "[" * n + "\n---\n# A\n"),
    ("aliases in front matter", 10, lambda n: "---\na0: &a0 [x]\n" + "".join(
        f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}]\n" for k in range(1, n + 1)) + "---\n# A\n"),
    ("captions", 200, lambda n: "Table: a\n\n" * n),
    ("rules", 500, lambda n: "---\n\n" * n),
    ("setext underlines", 500, lambda n: "a\n" * n + "===\n"),
    ("alerts", 200, lambda n: "> [!NOTE]\n> a\n\n" * n),
    ("marks of a merge", 500, lambda n: "<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n" * n),
    ("dotless accents in a bibliography", 2000, lambda n: (
        "# A\n\n[@a]\n", {"a.bib": "@book{a, title = {" + "\\'\\i " * n + "}, year = 2020}\n"})),
    ("cells that close early", 2000, lambda n: ('::: {.table src="a.csv"}\n:::\n', {"drafts/a.csv": '"a"b,' * n})),
    ("Liquid and kramdown", 500, lambda n: "{% a %} {{ b }}\n{: .c }\n" * n),
]


class Run:
    """What a build came to."""

    def __init__(self, binary, folder, formats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [binary, "build", str(folder), "--format", formats]
        try:
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LONGEST)
            self.code, self.said = done.returncode, done.stderr.decode(errors="replace")
        except subprocess.TimeoutExpired:
            self.code, self.said = -1, f"hangs: it was stopped after {LONGEST} s"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def fault(self):
        if self.code not in (0, 1) or "panicked" in self.said or "defect of rapporteur" in self.said:
            return f"exit {self.code}: {self.said[-400:]}"
        return None


def texts(made):
    return [made[0], *made[1].values()] if isinstance(made, tuple) else [made]


def build(binary, made, formats="pdf,docx,html"):
    draft, beside = made if isinstance(made, tuple) else (made, {})
    with tempfile.TemporaryDirectory(prefix="rapporteur-growth-") as folder:
        folder = pathlib.Path(folder)
        (folder / "drafts").mkdir()
        # One format alone is measured without the limits that keep a PDF's layout short.
        raised = "" if "pdf" in formats else "[limits]\nparagraph_parts = 1000000\nnotes = 30000\ntable_cells = 1000000\n"
        works = [path for path in beside if path.endswith(".bib")]
        cited = f'[citations]\nbibliography = ["{works[0]}"]\n' if works else ""
        (folder / "rapporteur.toml").write_text(f'[report]\ntitle = "T"\ndate = 2024-12-17\n{raised}{cited}')
        (folder / "drafts/a.md").write_text(draft)
        for path, text in beside.items():
            (folder / path).write_text(text)
        return Run(binary, folder, formats)


def grow(binary, count, make, formats, idle):
    """Enlarges the draft until it takes long enough, then doubles it: the ratio, and the figures."""
    size = lambda count: sum(len(text.encode()) for text in texts(make(count)))
    while True:
        run = build(binary, make(count), formats)
        if run.fault():
            return None, f"{count}: {run.fault()}"
        seconds = max(run.seconds - idle, 0.001)
        if seconds > MEASURABLE or size(2 * count) > LARGEST:
            break
        # As a doubling would go on, but what grows faster than the draft is not to take for ever.
        step = 2 if seconds > MEASURABLE / 4 else 4 if seconds > MEASURABLE / 16 else 8
        while size(step * count) > LARGEST:
            step //= 2
        count *= step
    if seconds <= MEASURABLE:
        return 0, f"{count}: {seconds:.2f} s, {size(count)} bytes"
    once, twice = [seconds], []
    if size(2 * count) > LARGEST:
        count, once = count // 2, []
    for round in range(3):
        if round or not once:
            once.append(max(build(binary, make(count), formats).seconds - idle, 0.001))
        run = build(binary, make(2 * count), formats)
        if run.fault():
            return None, f"{2 * count}: {run.fault()}"
        twice.append(run.seconds - idle)
        # Other work on the machine makes a run slower, never faster.
        ratio = min(twice) / min(once)
        if ratio < STEEPEST * 0.9 or run.seconds > LONGEST / 3:
            break
    return ratio, f"{count}: {min(once):.2f} s {2 * count}: {min(twice):.2f} s"


def main(binary, full, only):
    passed = failed = 0
    idle = {formats: min(build(binary, "# A\n", formats).seconds for _ in range(3)) for formats in full}
    for name, count, make in PATTERNS:
        if only and only not in name:
            continue
        if full:
            found = {formats: grow(binary, count, make, formats, idle[formats]) for formats in full}
            faults = [f"{formats}: {figures} (ratio {ratio})" for formats, (ratio, figures) in found.items()
                      if ratio is None or ratio > STEEPEST]
            shown = "; ".join(f"{formats} ×{ratio or 0:.2f} ({figures})" for formats, (ratio, figures) in found.items())
        else:
            run = build(binary, make(count))
            faults = [run.fault()] if run.fault() else []
            shown = f"{run.seconds:.2f} s"
        passed, failed = passed + (not faults), failed + bool(faults)
        print(f"{'FAIL' if faults else 'ok  '}  {name}: {shown}" + "".join(f"\n      {fault}" for fault in faults), flush=True)
    print(f"growth: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    arguments = sys.argv[2:]
    formats = ["html", "docx", "pdf"] if "--full" in arguments else [a[9:] for a in arguments if a.startswith("--format=")]
    only = next((a for a in arguments if not a.startswith("--")), "")
    sys.exit(main(sys.argv[1], formats, only))
