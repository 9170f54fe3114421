//! Drafts of every kind of block, and edits of them, by chance.

use rapporteur::document::Document;
use rapporteur::markdown;
use rapporteur::source::Sources;

use crate::dice::Dice;

/// Files, each of blocks as typed.
pub type Draft = Vec<Vec<String>>;

const WORDS: &[&str] = &[
    "the",
    "committee",
    "of",
    "report",
    "and",
    "findings",
    "to",
    "a",
    "recommends",
    "session",
    "in",
    "delegates",
    "agreed",
    "budget",
    "**measures**",
    "*swiftly*",
    "`code`",
    "[a link](https://example.org)",
    "3.5",
    "non-governmental",
    "it’s",
    "$x^2$",
    "~~gone~~",
    "**bold *and* more**",
    "==seen==",
    "H~2~O",
    "[other](https://example.net \"t\")",
    "@fig-map",
    "[@key, p. 3]",
    "[text]{.term}",
];
const ARABIC: &[&str] =
    &["اللجنة", "التقرير", "من", "الاجتماع", "**التوصيات**", "في", "المندوبون", "وافقوا", "على", "مُحَمَّد", "الميزانية"];
const CHINESE: &[&str] = &["委员会", "报告", "的", "结论", "**建议**", "会议", "代表们", "同意", "预算", "第三届"];

fn words(dice: &mut Dice, count: usize) -> String {
    let (of, between) = match dice.throw(8) {
        0 => (ARABIC, " "),
        1 => (CHINESE, ""),
        _ => (WORDS, " "),
    };
    let mut text = String::new();
    for at in 0..count.max(1) {
        if at > 0 {
            text.push_str(if dice.throw(15) == 0 {
                "\n"
            } else if dice.throw(9) == 0 {
                ". "
            } else {
                between
            });
        }
        text.push_str(dice.pick(of));
    }
    text.push('.');
    text
}

/// One line of words.
fn line(dice: &mut Dice, count: usize) -> String {
    words(dice, count).replace('\n', " ")
}

/// A block, with a word of its own.
pub fn block(dice: &mut Dice, own: usize) -> String {
    let many = 4 + dice.throw(24);
    match dice.throw(28) {
        20 => format!(
            "- own{own} {}\n  - {}\n    1. {}\n    2. {}\n  - {}\n- {}\n\n  {}\n\n  - {}",
            line(dice, 5),
            line(dice, 4),
            line(dice, 6),
            line(dice, 3),
            line(dice, 5),
            line(dice, 4),
            line(dice, 6),
            line(dice, 4)
        ),
        21 => spans(dice, own),
        22 => format!("> - own{own} {}\n> - {}\n>\n> > {}", line(dice, 5), line(dice, 6), line(dice, many)),
        23 => format!("> [!NOTE]\n> own{own} {}\n>\n> 1. {}\n> 2. {}", line(dice, many), line(dice, 4), line(dice, 5)),
        24 => format!(
            "::: {{#div-{own}}}\nown{own} {}\n\n- {}\n- {}\n:::",
            words(dice, many),
            line(dice, 4),
            line(dice, 6)
        ),
        25 => format!(
            "{} own{own} ![an icon](map{}.svg) {}^[{}] {}",
            line(dice, 4),
            dice.throw(3),
            line(dice, 3),
            line(dice, 5),
            line(dice, 4)
        ),
        26 => format!("{}\\\nown{own} {} $a_{} + b$ {}", line(dice, 5), line(dice, 4), dice.throw(4), line(dice, 4)),
        27 => format!("{} own{own} {}\n{{#par-{own} .lead}}", words(dice, many), words(dice, 4)),
        0 => format!("{} Heading own{own} {}", "#".repeat(1 + dice.throw(3)), line(dice, 2)),
        1 => format!(
            "- own{own} {}\n- {}\n  - {}\n  - {}\n- {}",
            line(dice, 5),
            line(dice, 4),
            line(dice, 3),
            line(dice, 6),
            line(dice, 7)
        ),
        2 => {
            format!("1. own{own} {}\n2. {}\n\n   {}\n3. {}", line(dice, 5), line(dice, 4), line(dice, 9), line(dice, 3))
        }
        3 => format!("> own{own} {}\n>\n> {}", line(dice, many), line(dice, 8)),
        4 => format!(
            "::: {{.recommendation title=\"{}\"}}\nown{own} {}\n\n{}\n:::",
            line(dice, 2).replace(['"', '`'], ""),
            words(dice, many),
            words(dice, 7)
        ),
        5 => format!("```rust\nfn own{own}() {{\n    {};\n}}\n// {}\n```", dice.throw(99), dice.throw(9)),
        6 => table(dice, own),
        7 => format!(
            "<table><tr><th>own{own}</th><th colspan=\"2\">{}</th></tr><tr><td rowspan=\"2\">a</td><td>{}</td><td>c</td></tr><tr><td>d</td><td>e{}</td></tr></table>",
            dice.throw(9),
            dice.throw(9),
            dice.throw(9)
        ),
        8 => format!("![Map own{own}](map{}.svg \"{}\"){{#fig-{own}}}", dice.throw(3), line(dice, 3).replace('"', "")),
        9 => format!("$$own_{{{own}}} = {}$$", dice.throw(99)),
        10 => "---".to_owned(),
        11 => format!("Term own{own}\n: {}\n\nOther\n: {}", line(dice, 6), line(dice, 4)),
        12 => format!("<details><summary>own{own} {}</summary>\n\n{}\n\n</details>", dice.throw(9), words(dice, 9)),
        13 => format!("{} own{own}[^n{own}] {}\n\n[^n{own}]: {}", words(dice, 5), words(dice, 5), words(dice, many)),
        14 => format!("- [ ] own{own} {}\n- [x] {}", line(dice, 5), line(dice, 4)),
        _ => format!("{} own{own} {}", words(dice, many), words(dice, many / 2)),
    }
}

fn table(dice: &mut Dice, own: usize) -> String {
    let columns = 2 + dice.throw(3);
    let mut row = |first: String| {
        let cells = (1..columns).map(|_| format!(" {} |", dice.throw(300))).collect::<String>();
        format!("| {first} |{cells}\n")
    };
    let head = row(format!("own{own}"));
    let rule = format!("|{}\n", "---|".repeat(columns));
    let body: String = (0..4).map(|at| row(format!("row {at} of it"))).collect();
    format!("{head}{rule}{body}").trim_end().to_owned()
}

/// A table in which cells reach over others.
fn spans(dice: &mut Dice, own: usize) -> String {
    let mut text = format!("<table><tr><th>own{own}</th><th>b</th><th>c</th></tr>");
    for at in 0..2 + dice.throw(4) {
        let cell = dice.throw(40);
        text.push_str(&match dice.throw(3) {
            0 => format!("<tr><td colspan=\"2\">region {at}</td><td>{cell}</td></tr>"),
            1 => format!(
                "<tr><td rowspan=\"2\">group {at}</td><td>x{cell}</td><td>y</td></tr><tr><td>z</td><td>{cell}</td></tr>"
            ),
            _ => format!("<tr><td>row {at}</td><td>{cell}</td><td>w</td></tr>"),
        });
        text.push('\n');
    }
    text + "</table>"
}

/// A draft of so many files.
pub fn draft(dice: &mut Dice, files: usize, blocks: usize) -> Draft {
    let mut own = 0;
    let mut file = |dice: &mut Dice| {
        let count = 1 + dice.throw(blocks);
        (0..count)
            .map(|_| {
                own += 1;
                block(dice, own)
            })
            .collect()
    };
    (0..files).map(|_| file(dice)).collect()
}

/// Changes words of one block.
pub fn edit_words(block: &mut String, dice: &mut Dice) {
    let mut lines: Vec<String> = block.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return block.push_str("added");
    }
    let at = dice.throw(lines.len());
    let mut words: Vec<&str> = lines[at].split(' ').collect();
    let from = dice.throw(words.len());
    let bold = format!("**{}**", words[from]);
    // The word by which a block is known stays.
    let known = words[from].contains("own");
    match dice.throw(5) {
        0 if !known => words[from] = "changed",
        1 => words.insert(from, dice.pick(WORDS)),
        2 if words.len() > 2 && !known => drop(words.remove(from)),
        3 if words[from].chars().all(char::is_alphabetic) && !words[from].is_empty() => words[from] = &bold,
        _ => words.insert(words.len(), "added"),
    }
    lines[at] = words.join(" ");
    *block = lines.join("\n");
}

/// Changes anything.
pub fn edit(draft: &mut Draft, dice: &mut Dice, own: usize) {
    let file = dice.throw(draft.len());
    if draft[file].is_empty() {
        draft[file].push(block(dice, own));
        return;
    }
    let at = dice.throw(draft[file].len());
    match dice.throw(18) {
        0 => drop(draft[file].remove(at)),
        1 => draft[file].insert(at, block(dice, own)),
        2 => {
            let block = draft[file].remove(at);
            let to = dice.throw(draft.len());
            let place = dice.throw(draft[to].len() + 1);
            draft[to].insert(place, block);
        }
        3 => draft[file][at] = draft[file][at].replacen(". ", ".\n\n", 1),
        4 if at + 1 < draft[file].len() => {
            let next = draft[file].remove(at + 1);
            draft[file][at] = format!("{} {next}", draft[file][at]);
        }
        5 => {
            let rest = draft[file].split_off(at);
            draft.insert(file + 1, rest);
        }
        6 => lines(&mut draft[file][at], dice, |lines, at, _| drop(lines.remove(at))),
        7 => lines(&mut draft[file][at], dice, |lines, at, _| lines.insert(at, lines[at].clone())),
        8 => lines(&mut draft[file][at], dice, |lines, at, dice| {
            let to = dice.throw(lines.len());
            lines.swap(at, to);
        }),
        9 => lines(&mut draft[file][at], dice, |lines, at, _| lines[at].insert_str(0, "  ")),
        10 => lines(&mut draft[file][at], dice, |lines, at, _| lines[at].insert(0, '#')),
        11 => {
            // A column more, or one less, of a table.
            let text = &mut draft[file][at];
            if text.starts_with("| own") {
                let more = dice.throw(2) == 0;
                let change = |line: &str| {
                    if more {
                        let cell = if line.starts_with("|--") { "---|" } else { " new |" };
                        format!("{line}{cell}")
                    } else {
                        let cut = line.trim_end_matches('|').rfind('|').unwrap_or(0);
                        line[..=cut].to_owned()
                    }
                };
                *text = text.lines().map(change).collect::<Vec<_>>().join("\n");
            }
        }
        12 => draft[file][at] = draft[file][at].replacen(".recommendation", ".note", 1).replacen("- [ ]", "- [x]", 1),
        13 => {
            let twin = draft[file][at].clone();
            draft[file].insert(at, twin);
        }
        _ => edit_words(&mut draft[file][at], dice),
    }
}

fn lines(block: &mut String, dice: &mut Dice, change: impl Fn(&mut Vec<String>, usize, &mut Dice)) {
    let mut lines: Vec<String> = block.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        let at = dice.throw(lines.len());
        change(&mut lines, at, dice);
        *block = lines.join("\n");
    }
}

/// As text.
pub fn text(draft: &Draft) -> Vec<String> {
    draft.iter().map(|blocks| blocks.join("\n\n") + "\n").collect()
}

/// As a tree.
pub fn parsed(sources: &mut Sources, draft: &Draft) -> Document {
    let files: Vec<_> =
        text(draft).into_iter().enumerate().map(|(at, text)| sources.add(format!("{at}.md"), text)).collect();
    markdown::parse(sources, &files).value
}
