//! The report's page as the preview shows it: with its style sheets beside it, so that they can change alone, and with
//! the regions named, so that their blocks can be found.

use crate::preview::{Digest, State, Web, WebRegion};
use crate::write::html::RegionKey;

/// A region's name in the page and in requests.
pub(super) fn region_name(key: RegionKey) -> String {
    match key {
        RegionKey::Contents => "contents".to_owned(),
        RegionKey::Cover => "cover".to_owned(),
        RegionKey::Part(index) => format!("part-{index}"),
        RegionKey::Notes(index) => format!("notes-{index}"),
    }
}

/// The addresses of the page's style sheets; they change with what is in them.
pub(super) fn sheets(web: &Web) -> [String; 2] {
    [
        format!("/web/fonts.css?{}", Digest::of(web.head.fonts.as_str())),
        format!("/web/style.css?{}", Digest::of(web.head.style.as_str())),
    ]
}

/// The page's policy with style sheets from here. Scripts stay those that the page names by their digest (Content
/// Security Policy 3).
pub(super) fn policy(web: &Web) -> String {
    let directives = web
        .head
        .policy
        .split(';')
        .map(str::trim)
        .map(|directive| if directive.starts_with("style-src ") { "style-src 'self'" } else { directive });
    let own = directives.collect::<Vec<_>>().join("; ");
    format!("{own}; frame-ancestors 'self'")
}

/// The page.
pub(super) fn page(state: &State, web: &Web, instance: &str) -> String {
    let mut html = String::from("<!DOCTYPE html>\n");
    let mut root = web.head.root.clone();
    root.push(("data-revision", state.revision.to_string()));
    root.push(("data-instance", instance.to_owned()));
    crate::write::html::push_tag(&mut html, "html", &root);
    html.push_str(
        "\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n",
    );
    html.push_str(&web.head.description);
    for sheet in sheets(web) {
        html.extend(["<link rel=\"stylesheet\" href=\"", &sheet, "\">\n"]);
    }
    html.push_str("</head>\n");
    crate::write::html::push_tag(&mut html, "body", &web.body);
    html.push('\n');
    for region in web.regions.iter() {
        let name = region_name(region.key);
        html.push_str(&region.before);
        html.push_str(&named(&region.open, &format!(" data-region=\"{name}\"")));
        for block in region.blocks.iter() {
            if region.open.is_empty() {
                html.push_str(&named(&block.html, &format!(" data-region=\"{name}\" data-alone=\"true\"")));
            } else {
                html.push_str(&block.html);
            }
        }
        html.push_str(&region.close);
    }
    html.push_str(&web.tail);
    html.push_str("</html>\n");
    html
}

/// Markup whose first tag has more attributes.
fn named(markup: &str, attributes: &str) -> String {
    let end = markup.find(|c: char| c == '>' || c.is_whitespace());
    match end {
        Some(end) if markup.starts_with('<') => format!("{}{attributes}{}", &markup[..end], &markup[end..]),
        Some(_) | None => markup.to_owned(),
    }
}

/// Whether two pages differ in nothing but their blocks and style sheets.
pub(super) fn same_frame(old: &Web, new: &Web) -> bool {
    old.head.root == new.head.root
        && old.head.description == new.head.description
        && old.body == new.body
        && old.tail == new.tail
        && old.regions.len() == new.regions.len()
        && old.regions.iter().zip(new.regions.iter()).all(|(old, new)| same_region(old, new))
}

/// A region without a container has its one element, or has none.
fn same_region(old: &WebRegion, new: &WebRegion) -> bool {
    (old.key, &old.before, &old.open, &old.close) == (new.key, &new.before, &new.open, &new.close)
        && (!new.open.is_empty() || old.blocks.len() == new.blocks.len())
}
