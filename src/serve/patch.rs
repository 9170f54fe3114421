//! What has changed from one state to another, as JSON for the page.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::splice::{Splice, splices};
use super::{Options, web};
use crate::diag::Severity;
use crate::preview::{Digest, Excerpt, Finding, PageInfo, Pages, SourcePlace, State, Web};
use crate::project::Format;

/// Of errors and of warnings, so many are shown each.
const MOST: usize = 100;

/// Everything, or what differs from what was sent before.
pub(super) fn patch(old: Option<&State>, new: &State, options: &Options) -> Value {
    let mut patch = Map::new();
    let mut set = |key: &str, value: Value| patch.insert(key.to_owned(), value);
    set("serial", json!(new.serial));
    set("instance", json!(options.instance));
    if old.is_none() {
        set("program", json!(env!("CARGO_PKG_VERSION")));
        set("root", json!(options.root.to_string_lossy().replace('\\', "/")));
    }
    set("editor", json!((options.editor)()));
    set("title", json!(new.web.as_ref().map(|web| web.head.title.as_str())));
    set("language", json!(new.web.as_ref().and_then(|web| attribute(&web.head.root, "lang"))));
    set("label", json!(new.status.draft_label));
    set("words", json!(new.status.words));
    set("took", json!(new.web.is_some().then_some(new.status.built_in.as_secs_f64() * 1000.0)));
    set("polling", json!(new.status.polling));
    set("gone", json!(new.status.gone));
    set("pages", json!(new.pages.pages.len()));
    set("settled", json!(new.pages.settled && new.pages.revision == new.revision));
    set("files", json!(if new.web.is_some() { files() } else { Vec::new() }));
    set(
        "fault",
        json!(new.fault.as_ref().map(|fault| json!({
            "message": fault.message, "place": fault.place.as_ref().map(place), "more": fault.more,
        }))),
    );
    if old.is_none_or(|old| old.findings != new.findings) {
        set("problems", problems(&new.findings));
    }
    if let Some(change) = web_change(old, new) {
        set("web", change);
    }
    if old.is_none_or(|old| old.pages != new.pages) {
        set("sheets", sheets(old.map(|old| &*old.pages), &new.pages));
    }
    Value::Object(patch)
}

fn files() -> Vec<Value> {
    Format::ALL.iter().map(|format| json!({ "format": format.extension() })).collect()
}

fn attribute<'a>(attributes: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
}

/// A place as the page has it.
pub(super) fn place(place: &SourcePlace) -> Value {
    json!({ "file": &*place.path, "line": place.line, "column": place.column })
}

fn problems(findings: &[Finding]) -> Value {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let (mut met, mut list) = ([0, 0], Vec::new());
    for finding in findings {
        let met = &mut met[usize::from(finding.severity == Severity::Error)];
        *met += 1;
        if *met <= MOST {
            list.push(problem(finding));
        }
    }
    let more = findings.len() - list.len();
    json!({ "errors": errors, "warnings": warnings, "list": list, "more": more })
}

fn problem(finding: &Finding) -> Value {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let line = finding.place.as_ref().map_or(1, |place| place.line);
    let related = finding.related.iter();
    json!({
        "severity": severity,
        "code": finding.code,
        "message": finding.message,
        "place": finding.place.as_ref().map(place),
        "excerpt": finding.excerpt.as_ref().map(|excerpt| self::excerpt(excerpt, line)),
        "hints": finding.hints,
        "related": related.map(|(at, message)| json!({ "place": place(at), "message": message })).collect::<Vec<_>>(),
    })
}

/// Marks count in UTF-16, as the page's strings do.
fn excerpt(Excerpt { text, marked }: &Excerpt, line: usize) -> Value {
    let units = |until: usize| text.chars().take(until).map(char::len_utf16).sum::<usize>();
    json!({ "line": line, "text": text, "from": units(marked.start), "to": units(marked.end) })
}

/// The blocks that give way to others. `whole` where more than blocks differs: the page is then asked for anew.
fn web_change(old: Option<&State>, new: &State) -> Option<Value> {
    let page = new.web.as_ref()?;
    let before = old.and_then(|old| Some((old.revision, old.web.as_ref()?)));
    let Some((revision, before)) = before else { return Some(json!({ "from": null, "to": new.revision })) };
    if revision == new.revision {
        return None;
    }
    if !web::same_frame(before, page) {
        return Some(json!({ "from": revision, "to": new.revision, "whole": true }));
    }
    let mut change = json!({ "from": revision, "to": new.revision, "splices": block_splices(before, page) });
    if before.head_digest != page.head_digest {
        change["sheets"] = json!(web::sheets(page));
    }
    Some(change)
}

/// Region, position, how many go, and the markup of what comes.
#[derive(Serialize)]
struct BlockSplice<'a>(String, usize, usize, Vec<&'a str>);

fn block_splices<'a>(old: &Web, new: &'a Web) -> Vec<BlockSplice<'a>> {
    let regions = old.regions.iter().zip(new.regions.iter()).filter(|(old, new)| old.digest != new.digest);
    let splices = regions.flat_map(|(old, new)| {
        let row = |blocks: &[crate::preview::WebBlock]| blocks.iter().map(|block| block.digest).collect::<Vec<_>>();
        splices(&row(&old.blocks), &row(&new.blocks)).into_iter().map(|Splice { at, gone, come }| {
            let markup = new.blocks[come].iter().map(|block| &*block.html).collect();
            BlockSplice(web::region_name(new.key), at, gone, markup)
        })
    });
    splices.collect()
}

fn sheets(old: Option<&Pages>, new: &Pages) -> Value {
    let row = |pages: &Pages| pages.pages.iter().map(|page| page.digest).collect::<Vec<Digest>>();
    let splices = splices(&old.map(row).unwrap_or_default(), &row(new));
    let sheet = |page: &PageInfo| json!([page.digest.to_string(), page.width, page.height]);
    let splices = splices
        .into_iter()
        .map(|Splice { at, gone, come }| json!([at, gone, new.pages[come].iter().map(sheet).collect::<Vec<_>>()]));
    json!({ "fresh": old.is_none(), "splices": splices.collect::<Vec<_>>() })
}
