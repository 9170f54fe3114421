use super::super::{project, tests::package};
use crate::document::Side;

/// Each case: a body, what it is with all accepted, and with all rejected; paragraphs side by side in lines.
const CASES: &[(&str, &str, &str)] = &[
    // Runs.
    (r#"P[]{t(one )del(two)ins(TWO)t( three)}"#, "one TWO three", "one two three"),
    // Paragraphs: a whole one goes, with its mark; the next keeps its own style.
    (r#"P[]{t(a)} P[del]{del(b)} P[H]{t(c)}"#, "a\nheading 1 c", "a\nb\nheading 1 c"),
    (r#"P[]{t(a)} P[ins]{ins(b)}"#, "a\nb", "a"),
    // Split and merge: the mark that is there has the properties.
    (r#"P[ins]{t(one)} P[]{t(two)}"#, "one\ntwo", "onetwo"),
    (r#"P[del]{t(one)} P[del]{t( two)} P[]{t( three)}"#, "one two three", "one\n two\n three"),
    (r#"P[H,ins]{t(one)} P[was H]{ins(two)}"#, "heading 1 one\ntwo", "heading 1 one"),
    (r#"P[del]{t(one)} P[was H]{del(two)}"#, "one", "one\nheading 1 two"),
    // What came and went again is nowhere.
    (r#"P[]{t(a)ins(DEL(x))t(b)} P[ins,del]{ins(DEL(y))} P[]{t(c)}"#, "ab\nc", "ab\nc"),
    // Moves.
    (r#"P[moveFrom]{FROM(m)} P[]{t(a)} P[moveTo]{TO(m)} P[]{t(z)}"#, "a\nm\nz", "m\na\nz"),
    // Formats of runs and paragraphs.
    (r#"P[]{bold(x)}"#, "x|b", "x"),
    (r#"P[H,was ]{t(x)}"#, "heading 1 x", "x"),
    (r#"P[L]{t(x)} P[was L]{t(y)}"#, "Bullet –0 x\ny", "Bullet –0 x\nBullet –0 y"),
    // Links and fields.
    (r#"P[]{LINK(del(old))LINK(ins(new))}"#, "new<https://example.org/>", "old<https://example.org/>"),
    (r#"P[]{delfield(REF a)insfield(REF b)t(.)}"#, "[field REF].", "[field REF]."),
    (r#"P[]{t(see )insfield(REF b)}"#, "see [field REF]", "see "),
    // Breaks, formulas, notes.
    (r#"P[]{t(a)delbr()t(b)}"#, "ab", "a\u{b6}b"),
    (r#"P[]{delmath(x)insmath(y)}"#, "[formula y]", "[formula x]"),
    (r#"P[]{t(a)delnote(1)t(b)insnote(2)}"#, "ab[note ]\nnote\nin", "a[note ]b\nnote\nout"),
    // Tables: rows, and a table of which none is left.
    (r#"T{R[]{a}R[del]{b}} P[]{t(z)}"#, "table\nrow\ncell\na\nend\nz", "table\nrow\ncell\na\nrow\ncell\nb\nend\nz"),
    (r#"T{R[ins]{a}} P[]{t(z)}"#, "table\nrow\ncell\na\nend\nz", "z"),
    (r#"P[]{t(a)} P[del]{del(b)} T{R[]{c}}"#, "a\ntable\nrow\ncell\nc\nend", "a\nb\ntable\nrow\ncell\nc\nend"),
];

#[test]
fn either_side_is_read() {
    for (body, new, old) in CASES {
        let bytes = package(&xml(body), NOTES);
        for (side, expected) in [(Side::New, new), (Side::Old, old)] {
            let [read] = project(&bytes, [side]).unwrap_or_else(|error| panic!("{body}: {error}"));
            let lines: Vec<String> = read.blocks.iter().map(line).collect();
            assert_eq!(lines.join("\n").trim_end(), expected.trim_end(), "{body} {side:?}");
        }
    }
}

#[test]
fn what_word_refuses_is_refused() {
    let link =
        r#"<w:p><w:del w:id="1"><w:hyperlink r:id="l"><w:r><w:delText>x</w:delText></w:r></w:hyperlink></w:del></w:p>"#;
    let half = r#"<w:p><w:moveToRangeStart w:id="1" w:name="m"/><w:moveToRangeEnd w:id="1"/></w:p>"#;
    for (body, reason) in [(link, "link"), (half, "move")] {
        let error = project(&package(body, ""), [Side::New]).expect_err("refused");
        assert!(error.0.contains(reason), "{error}");
    }
}

const NOTES: &str = r#"<w:footnote w:id="1"><w:p><w:del w:id="8"><w:r><w:delText>out</w:delText></w:r></w:del></w:p></w:footnote>
    <w:footnote w:id="2"><w:p><w:ins w:id="9"><w:r><w:t>in</w:t></w:r></w:ins></w:p></w:footnote>"#;

fn line(block: &crate::inspect::ProjectedBlock) -> String {
    use crate::inspect::{ProjectedKind, ProjectedObject};
    if block.kind != ProjectedKind::Paragraph {
        return format!("{:?}", block.kind).to_lowercase();
    }
    let mut line = block.style.clone();
    if let Some(list) = &block.list {
        line.push_str(&format!("{}{}", list.marker, list.level));
    }
    let space = if line.is_empty() { "" } else { " " };
    line.push_str(space);
    for run in &block.runs {
        let formats: String = run.formats.iter().map(|format| format!("|{format}")).collect();
        let link = run.link.as_ref().map(|link| format!("<{link}>")).unwrap_or_default();
        let text = run.text.replace('\n', "\u{b6}");
        let object = run.object.as_ref().map(|object| match object {
            ProjectedObject::Field(name) => format!("[field {name}]"),
            ProjectedObject::Image => format!("[image {text}]"),
            ProjectedObject::Formula => format!("[formula {text}]"),
            ProjectedObject::Note => format!("[note {text}]"),
        });
        line.push_str(&object.unwrap_or(text));
        line.push_str(&formats);
        line.push_str(&link);
    }
    line
}

/// The XML of a body in the short form of the cases.
fn xml(short: &str) -> String {
    let mut out = String::new();
    let mut rest = short.trim();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("P[") {
            let (properties, after) = after.split_once("]{").expect("properties");
            let (content, after) = after.split_once('}').expect("content");
            out.push_str(&format!("<w:p>{}{}</w:p>", paragraph(properties), runs(content)));
            rest = after.trim_start();
        } else {
            let after = rest.strip_prefix("T{").expect("a table");
            let (rows, after) = after.split_once("}}").expect("rows");
            out.push_str("<w:tbl>");
            for row in rows.split('}') {
                let (mark, text) = row.strip_prefix("R[").and_then(|row| row.split_once("]{")).expect("a row");
                let mark =
                    if mark.is_empty() { String::new() } else { format!(r#"<w:trPr><w:{mark} w:id="5"/></w:trPr>"#) };
                out.push_str(&format!("<w:tr>{mark}<w:tc><w:p>{}</w:p></w:tc></w:tr>", run(text)));
            }
            out.push_str("</w:tbl>");
            rest = after.trim_start();
        }
    }
    out
}

fn paragraph(properties: &str) -> String {
    let of = |style: &str| match style {
        "H" => r#"<w:pStyle w:val="H1"/>"#.to_owned(),
        "L" => r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>"#.to_owned(),
        _ => String::new(),
    };
    let (mut own, mut marks, mut change) = (String::new(), String::new(), String::new());
    for property in properties.split(',') {
        match property.strip_prefix("was ").or((property == "was ").then_some("")) {
            Some(was) => change = format!(r#"<w:pPrChange w:id="6"><w:pPr>{}</w:pPr></w:pPrChange>"#, of(was)),
            None if matches!(property, "H" | "L" | "") => own = of(property),
            None => marks.push_str(&format!(r#"<w:{property} w:id="7"/>"#)),
        }
    }
    let marks = if marks.is_empty() { marks } else { format!("<w:rPr>{marks}</w:rPr>") };
    format!("<w:pPr>{own}{marks}{change}</w:pPr>")
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn runs(content: &str) -> String {
    let mut out = String::new();
    let mut rest = content;
    while let Some((name, after)) = rest.split_once('(') {
        let end = close(after);
        let (inner, after) = (&after[..end], &after[end + 1..]);
        rest = after;
        let deleted = || format!(r#"<w:r><w:delText xml:space="preserve">{inner}</w:delText></w:r>"#);
        let field = |text: &str| {
            format!(
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:{text}> {inner} </w:{text}></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
                run("9")
            )
        };
        let math = format!("<m:oMath><m:r><m:t>{inner}</m:t></m:r></m:oMath>");
        let note = format!(r#"<w:r><w:footnoteReference w:id="{inner}"/></w:r>"#);
        let wrapped = |name: &str, what: &str| format!(r#"<w:{name} w:id="3">{what}</w:{name}>"#);
        let moved = |name: &str| {
            format!(
                r#"<w:{name}RangeStart w:id="9{name}" w:name="m"/>{}<w:{name}RangeEnd w:id="9{name}"/>"#,
                wrapped(name, &run(inner))
            )
        };
        out.push_str(&match name {
            "t" => run(inner),
            "del" => wrapped("del", &deleted()),
            "ins" if inner.contains('(') => wrapped("ins", &runs(inner)),
            "ins" => wrapped("ins", &run(inner)),
            "DEL" => wrapped("del", &deleted()),
            "FROM" => moved("moveFrom"),
            "TO" => moved("moveTo"),
            "bold" => format!(
                r#"<w:r><w:rPr><w:b/><w:rPrChange w:id="4"><w:rPr/></w:rPrChange></w:rPr><w:t>{inner}</w:t></w:r>"#
            ),
            "LINK" => format!(r#"<w:hyperlink r:id="l">{}</w:hyperlink>"#, runs(inner)),
            "delfield" => wrapped("del", &field("delInstrText")),
            "insfield" => wrapped("ins", &field("instrText")),
            "delbr" => wrapped("del", "<w:r><w:br/></w:r>"),
            "delmath" => wrapped("del", &math),
            "insmath" => wrapped("ins", &math),
            "delnote" => wrapped("del", &note),
            "insnote" => wrapped("ins", &note),
            other => panic!("no such run: {other}"),
        });
    }
    out
}

/// Where the parenthesis closes that has opened.
fn close(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    panic!("a parenthesis that does not close: {text}")
}
