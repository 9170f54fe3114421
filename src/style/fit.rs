//! Whether text, indents, head and foot have room on the page (Word's own dialog refuses the same).
//!
//! In: a style as read. Out: a fault at the token that takes too much. Never looks at a colour.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::reader::Reader;
use super::{Page, RoleStyle, Stylesheet};
use crate::document::Pt;

/// Word's largest page, 22 inches square.
const LARGEST_PAGE: Pt = Pt(1584.0);
/// The least that margins leave for text: two inches.
const LEAST_TEXT: Pt = Pt(144.0);
/// The least that a role's indents leave of it: one inch.
const LEAST_LINE: Pt = Pt(72.0);

/// Tells what does not fit.
pub(super) fn check_fit(reader: &mut Reader, style: &Stylesheet, root: &DeTable<'_>) {
    let page = root.get("page").and_then(|value| value.get_ref().as_table());
    for (keys, message) in page_faults(&style.page) {
        let place = page.map(|table| latest(reader, table, keys)).unwrap_or_default();
        reader.fault(place, message);
    }
    if !reader.is_clean() {
        return;
    }
    let text_height = text_height(&style.page);
    let roles = root.get("role").and_then(|value| value.get_ref().as_table());
    for (name, role) in &style.roles {
        // What a role has from another is told there.
        let Some(own) = roles.and_then(|roles| roles.get(name.as_str())?.get_ref().as_table()) else { continue };
        let is_own = |keys: &[&str]| keys.iter().any(|key| own.contains_key(*key));
        if role.line > text_height && is_own(&["line"]) {
            let message =
                format!("a line of {} pt is higher than the page's text, {:.0} pt", role.line.0, text_height.0);
            reader.fault(latest(reader, own, &["line"]), message);
        }
        let sides = ["indent", "indent_end", "hang", "padding"];
        if around(role) > style.page.measure() - LEAST_LINE && is_own(&sides) {
            let message = format!("indents and padding of {} pt leave less than an inch for the text", around(role).0);
            reader.fault(latest(reader, own, &sides), message);
        }
    }
}

/// What is wrong with a page, and the keys that it comes from.
fn page_faults(page: &Page) -> Vec<(&'static [&'static str], &'static str)> {
    let across: &[&str] = &["width_mm", "margin_start_mm", "margin_end_mm"];
    let down: &[&str] = &["height_mm", "margin_top_mm", "margin_bottom_mm"];
    let checks: [(bool, &[&str], &str); 7] = [
        (page.width > LARGEST_PAGE, &["width_mm"], "the page is larger than the 22 inches that Word can have"),
        (page.height > LARGEST_PAGE, &["height_mm"], "the page is larger than the 22 inches that Word can have"),
        (page.measure() < LEAST_TEXT, across, "the margins leave less than two inches for the text"),
        (text_height(page) < LEAST_TEXT, down, "the margins leave less than two inches for the text"),
        (
            page.gutter > page.margin_start,
            &["gutter", "margin_start_mm"],
            "the gutter is wider than the start margin in which it lies",
        ),
        (
            page.header_distance >= page.margin_top,
            &["header_distance_mm", "margin_top_mm"],
            "the running head stands in the text: it is further from the paper's edge than the top margin is wide",
        ),
        (
            page.footer_distance >= page.margin_bottom,
            &["footer_distance_mm", "margin_bottom_mm"],
            "the running foot stands in the text: it is further from the paper's edge than the bottom margin is wide",
        ),
    ];
    checks.into_iter().filter(|(fails, ..)| *fails).map(|(_, keys, message)| (keys, message)).collect()
}

fn text_height(page: &Page) -> Pt {
    page.height - page.margin_top - page.margin_bottom
}

fn around(role: &RoleStyle) -> Pt {
    role.indent + role.indent_end + role.hang + role.padding * 2.0
}

/// Of the values of these keys, the one that the last layer typed: of several, the first.
fn latest(reader: &Reader, table: &DeTable<'_>, keys: &[&str]) -> Range<usize> {
    let mut best: Option<Range<usize>> = None;
    for range in keys.iter().filter_map(|key| table.get(*key)).map(Spanned::span) {
        if best.as_ref().is_none_or(|best| reader.layer(&range) > reader.layer(best)) {
            best = Some(range);
        }
    }
    best.unwrap_or_default()
}
