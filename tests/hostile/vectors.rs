//! Script injection: every vector of `vectors.txt` in every place of `places.txt` and in every field of the
//! configuration; what comes out is looked at by a parser here, and by Chromium in `tests/hostile/browser.py`.

use std::path::Path;

use rapporteur::pipeline::Built;
use rapporteur::project::Format;

use super::page::Page;
use super::{build_files, file, scale};

/// Characters that a configuration refuses.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The lines of a file of this folder, escapes resolved.
fn lines(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name);
    let text = std::fs::read_to_string(path).expect("a file of this repository");
    text.lines().filter(|line| !line.starts_with("%%")).map(unescaped).collect()
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let (code, length) = match escape.as_bytes().first() {
            Some(b'x') => (&escape[1..3], 3),
            Some(b'u') => {
                let end = escape.find('}').expect("an escape ends with `}`");
                (&escape[2..end], end + 1)
            }
            Some(b'n') => ("a", 1),
            Some(b'r') => ("d", 1),
            Some(b't') => ("9", 1),
            Some(b'\\') => ("5c", 1),
            other => panic!("no escape: {other:?} in {line}"),
        };
        text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        rest = &escape[length..];
    }
    text + rest
}

/// A draft for each vector in each place, so that none can hide another; usually in every third place, turn by turn.
fn drafts() -> Vec<(String, String)> {
    let (vectors, places) = (lines("vectors.txt"), lines("places.txt"));
    assert!(vectors.len() >= 150 && places.len() >= 40, "{} in {}", vectors.len(), places.len());
    let every = if scale() > 1 { 1 } else { 3 };
    let mut drafts = Vec::new();
    for (at, vector) in vectors.iter().enumerate() {
        for (place, template) in places.iter().enumerate().skip(at % every).step_by(every) {
            let text = template.replace("%s", vector).replace("%d", &format!("{at}-{place}"));
            drafts.push((format!("drafts/{at:03}-{place:02}.md"), text + "\n"));
        }
    }
    drafts
}

fn configuration() -> String {
    let vectors: Vec<String> = lines("vectors.txt").iter().map(|vector| vector.replace(is_control, " ")).collect();
    let all = toml::Value::String(vectors.join(" ")).to_string();
    let each =
        |make: &dyn Fn(&String) -> toml::Value| toml::Value::Array(vectors.iter().map(make).collect()).to_string();
    let texts = each(&|vector| toml::Value::String(vector.clone()));
    let authors = each(&|vector| {
        let entry = |key: &str| (key.to_owned(), toml::Value::String(vector.clone()));
        toml::Value::Table([entry("name"), entry("url")].into_iter().collect())
    });
    let fields = [
        "title",
        "subtitle",
        "short_title",
        "draft_label",
        "version",
        "publisher",
        "event",
        "series",
        "reference",
        "licence",
        "description",
        "disclaimer",
    ];
    let fields: String = fields.iter().map(|field| format!("{field} = {all}\n")).collect();
    format!(
        "[report]\n{fields}authors = {authors}\ncontributors = {texts}\nsubjects = {texts}\n[output]\nname = \"x\"\n"
    )
}

fn built(formats: &[Format], drafts: &[(String, String)], configuration: &str) -> Built {
    let drafts = drafts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    build_files(drafts.chain([("rapporteur.toml", configuration)]), formats)
}

const PLAIN: &str = "[report]\ntitle = \"T\"\n";

#[test]
fn no_vector_in_a_draft_runs() {
    let built = built(&[Format::Html], &drafts(), PLAIN);
    let page = Page::parse(file(&built, Format::Html));
    assert_eq!(page.faults(), Vec::<String>::new());
}

#[test]
fn no_vector_in_the_configuration_runs() {
    let drafts = [("drafts/a.md".to_owned(), "# A\n".to_owned())];
    let built = built(&[Format::Html], &drafts, &configuration());
    let page = Page::parse(file(&built, Format::Html));
    assert_eq!(page.faults(), Vec::<String>::new());
}

/// The check itself finds what it is to find.
#[test]
fn a_page_that_runs_something_is_at_fault() {
    let built = built(&[Format::Html], &[("drafts/a.md".to_owned(), "# A\n\nmark\n".to_owned())], PLAIN);
    let page = String::from_utf8(file(&built, Format::Html).to_vec()).expect("a page is UTF-8");
    for vector in [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href=' java&#10;script:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe srcdoc=x></iframe>",
        "<base href=//e.org>",
        "<p style='background:url(x)'>x</p>",
        "<a href=\"data:text/html,x\">x</a>",
        "<img src=//e.org/x>",
        "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=//e.org>",
        "<form action=x></form>",
        "<template><b>x</b></template>",
    ] {
        let faults = Page::parse(page.replace("mark", vector).as_bytes()).faults();
        assert!(!faults.is_empty(), "{vector}");
    }
}
