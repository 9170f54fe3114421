//! The HTML page as a whole: self-contained, allowed by its own policy, every link within it alive, whatever
//! the drafts hold.

use std::collections::BTreeSet;

use base64::Engine as _;
use rapporteur::pipeline::{Request, build};
use rapporteur::project::{Date, Entry, Format, MemoryWorld, load};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

const CONFIGURATION: &str = r#"
[report]
title = "</title><script>alert(1)</script> & \"so on\""
subtitle = "A 'report'"
language = "en"
draft_label = "Draft I"
date = 2024-12-17
authors = ["</script>", { name = "B", url = "https://orcid.org/0000-0002-1825-0097" }]
publisher = "P"
reference = "R/1"
licence = "CC-BY-4.0"
description = "<!-- not a comment"
[numbering]
paragraphs = true
contents_depth = 3
"#;

const DRAFT: &str = r#"# First {#first}

A paragraph with a note,[^n] `<b>code</b>`, *slanted*, **bold**, [a link](https://example.org/?a=1&b="2"), [another](#second),
and the same note.[^n] <b onclick="alert(1)" style="color:red">Text</b> of <img src="https://example.org/x.png" onerror="alert(1)">.

[^n]: The note, with `code`.

    ```js
    alert("</script>")
    ```

![A map](map.svg "The map"){#fig-map}

![Absent](absent.png "An absent picture")

Table: Years {#tbl-years}

| Year | Place  | Number |
|------|:------:|-------:|
| 2017 | Geneva |    1.5 |
| 2024 | [Riyadh](#first) | 20 |

::: {.recommendation #rec-1 title="Participation"}
See @fig-map and @tbl-years.
:::

> [!WARNING]
> Beware of `</style>`.

- [x] done
- [ ] to do

## Second {#second}

<script>alert(1)</script>

```rust
fn main() {}
```

1. one
2. two

### Deep

#### Deeper

##### Deeper still

###### Deepest
"#;

const MAP: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80"><rect width="600" height="80"/></svg>"#;

fn page() -> String {
    let world = MemoryWorld::new([("rapporteur.toml", CONFIGURATION), ("drafts/a.md", DRAFT), ("drafts/map.svg", MAP)]);
    let date = Date::parse("2024-12-17").expect("a date");
    let request = Request { date, formats: Some(vec![Format::Html]), name: "x".to_owned() };
    let built = build(&world, load(&world, &Entry::Configuration), &request, &|_| {});
    let report = built.report.unwrap_or_else(|| panic!("a draft is built: {:?}", built.diagnostics));
    String::from_utf8(report.files[0].bytes.clone()).expect("a page is UTF-8")
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selectors of this file are constants");
    page.select(&selector).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

fn source_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(digest))
}

#[test]
fn the_policy_allows_this_style_and_this_script_and_nothing_else() {
    let page = page();
    let page = Html::parse_document(&page);
    let policy = select(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").expect("a policy");
    let styles = select(&page, "style");
    let scripts = select(&page, "script:not([type])");
    assert_eq!((styles.len(), scripts.len()), (1, 1));
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(policy.contains(&format!("style-src {};", source_hash(&text(&styles[0])))), "{policy}");
    assert!(policy.contains(&format!("script-src {};", source_hash(&text(&scripts[0])))), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let inline =
        |element: &ElementRef<'_>| element.value().attrs().any(|(name, _)| name == "style" || name.starts_with("on"));
    assert!(!select(&page, "*").iter().any(inline), "the policy would block an attribute with style or script");
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = page();
    let page = Html::parse_document(&page);
    for element in select(&page, "[src], [srcset], [poster], [data], link[href]") {
        let src = element.attr("src").or(element.attr("href")).unwrap_or_default();
        let link = element.value().name() == "link" && element.attr("rel") == Some("license");
        assert!(link || src.starts_with("data:"), "{}", element.html());
        assert!(element.attr("srcset").is_none() && element.attr("poster").is_none());
    }
    assert!(select(&page, "iframe, object, embed, form, base, video, audio").is_empty());
    let css = text(&select(&page, "style")[0]);
    assert!(!css.contains("@import"));
    assert!(css.split("url(").skip(1).all(|url| url.starts_with("data:font/ttf;base64,")));
}

#[test]
fn what_a_writer_typed_is_text() {
    let page = page();
    let parsed = Html::parse_document(&page);
    assert_eq!(text(&select(&parsed, "h1")[0]), "</title><script>alert(1)</script> & \"so on\"");
    assert_eq!(text(&select(&parsed, "title")[0]), "</title><script>alert(1)</script> & \"so on\"");
    let data = text(&select(&parsed, "script[type='application/ld+json']")[0]);
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["author"][0]["name"], "</script>");
    assert_eq!(data["author"][1]["@type"], "Person");
    assert_eq!(data["abstract"], "<!-- not a comment");
    let main = text(&select(&parsed, "main")[0]);
    for typed in ["<b>code</b>", "alert(\"</script>\")", "Beware of </style>.", "alert(1)"] {
        assert!(main.contains(typed), "{typed}");
    }
}

#[test]
fn every_id_is_there_once_and_every_link_within_the_page_leads_somewhere() {
    let page = page();
    let page = Html::parse_document(&page);
    let mut ids = BTreeSet::new();
    for element in select(&page, "[id]") {
        let id = element.attr("id").expect("selected by it");
        assert!(ids.insert(id), "{id} twice");
    }
    let links: Vec<&str> = select(&page, "a[href^='#']").iter().filter_map(|link| link.attr("href")).collect();
    assert!(links.len() > 15, "{links:?}");
    for link in links {
        assert!(ids.contains(link.trim_start_matches('#')), "{link}");
    }
    for element in select(&page, "[aria-labelledby]") {
        let name = element.attr("aria-labelledby").expect("selected by it");
        assert!(ids.contains(name), "{name}");
    }
}

#[test]
fn the_report_is_main_and_generated_parts_stand_outside_it() {
    let page = page();
    let page = Html::parse_document(&page);
    assert_eq!(select(&page, "main").len(), 1);
    assert_eq!(select(&page, "main h1.title").len(), 1);
    assert!(select(&page, "main nav").is_empty());
    assert_eq!(select(&page, "nav.contents a").len(), 3);
    assert_eq!(select(&page, "main section.notes li").len(), 1);
    assert_eq!(select(&page, "main section.notes a[role=doc-backlink]").len(), 2);
    assert_eq!(select(&page, "a[role=doc-noteref]").len(), 2);
    let headings: Vec<String> = select(&page, "main .heading :is(h2, h3, h4, h5, h6, [aria-level])")
        .iter()
        .map(|heading| format!("{} {}", heading.value().name(), text(&select_in(heading, ".text")[0])))
        .collect();
    assert_eq!(headings, ["h2 First", "h3 Second", "h4 Deep", "h5 Deeper", "h6 Deeper still", "div Deepest"]);
}

fn select_in<'a>(element: &ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selectors of this file are constants");
    element.select(&selector).collect()
}
