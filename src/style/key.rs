//! The tokens that a role may have, which roles read those that few have, and what people type for them from habit.
//!
//! In: a key as typed. Out: whether a role has it, and what to write instead. Never reads a value.

use super::names::ROLES;

/// Keys that any role may have.
pub(super) const KEYS: &[&str] = &[
    "as",
    "size",
    "line",
    "weight",
    "style",
    "family",
    "color",
    "before",
    "after",
    "indent",
    "indent_end",
    "hang",
    "fill",
    "padding",
    "border_all",
    "border_top",
    "border_bottom",
    "border_start",
    "border_end",
    "border_inside",
    "keep_next",
    "page_break_before",
];

/// A key that only some roles have: one of [`super::RoleStyle::extra`].
#[derive(Debug, Clone, Copy)]
pub(super) struct ExtraKey {
    /// As typed.
    pub name: &'static str,
    /// What it holds.
    pub kind: Extra,
    /// Whose it is: roles, or the beginning that their names share (`box-`).
    pub of: &'static [&'static str],
}

/// What a key of [`EXTRA`] holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extra {
    /// A length that there is room for up to so much, in the key's own unit.
    Length(f64),
    /// A share of the size of the text around it, from the first to the second.
    Share(f64, f64),
    /// A colour's name.
    Color,
    /// 400 or 700.
    Weight,
    /// What leads the eye to a page's number.
    Leader,
    /// What stands before the items of lists, by depth.
    Bullets,
    /// The rule above notes.
    Separator,
    /// Yes or no.
    Flag,
}

/// Every key that only some roles have.
pub(super) const EXTRA: &[ExtraKey] = &[
    extra("bullets", Extra::Bullets, &["list"]),
    extra("cell_x", Extra::Length(36.0), &["table"]),
    extra("cell_y", Extra::Length(36.0), &["table"]),
    extra("hyphenate", Extra::Flag, &["body"]),
    extra("label_color", Extra::Color, &["box-", "caption", "cover-meta"]),
    extra("label_weight", Extra::Weight, &["caption", "cover-meta"]),
    extra("label_width", Extra::Length(288.0), &["cover-meta"]),
    extra("leader", Extra::Leader, &["toc-"]),
    extra("number_color", Extra::Color, &["annex", "toc-", "running-foot"]),
    extra("number_weight", Extra::Weight, &["running-foot"]),
    extra("padding_x", Extra::Length(31.0), &["draft-label"]),
    extra("padding_y", Extra::Length(31.0), &["draft-label", "figure"]),
    extra("scale", Extra::Share(0.5, 1.5), &["code-inline"]),
    extra("separator", Extra::Separator, &["footnote"]),
    extra("top_mm", Extra::Length(100.0), &["cover-panel"]),
    extra("value_weight", Extra::Weight, &["cover-meta"]),
];

const fn extra(name: &'static str, kind: Extra, of: &'static [&'static str]) -> ExtraKey {
    ExtraKey { name, kind, of }
}

impl ExtraKey {
    /// Whether a role has it.
    pub fn is_of(&self, role: &str) -> bool {
        self.of.iter().any(|name| role == *name || (name.ends_with('-') && role.starts_with(name)))
    }

    /// The roles that have it.
    pub fn roles(&self) -> Vec<&'static str> {
        ROLES.iter().copied().filter(|role| self.is_of(role)).collect()
    }
}

/// Every key of every role, in the order in which they are listed.
pub(super) fn role_keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().copied().chain(EXTRA.iter().map(|extra| extra.name))
}

/// What stands for a word of style sheets for the web, or of another program.
pub(super) fn habit(typed: &str) -> Option<&'static str> {
    Some(match typed.replace('-', "_").as_str() {
        "font_size" => "size = 11",
        "line_height" | "leading" => "line = 17",
        "font_weight" | "bold" => "weight = 700",
        "italic" | "font_style" | "slant" => "style = \"italic\"",
        "font" | "font_family" | "typeface" => "family = \"heading\"",
        "text_color" | "text_colour" | "foreground" => "color = \"ink\"",
        "background" | "background_color" | "background_colour" | "shading" => "fill = \"tint\"",
        "margin_top" | "space_before" | "above" => "before = 12",
        "margin_bottom" | "space_after" | "below" | "spacing" => "after = 8",
        "hyphens" | "hyphenation" | "auto_hyphenation" => "hyphenate = true",
        "border" => "border_all = { width = 1, color = \"rule\" }",
        "border_left" => "border_start = { width = 1, color = \"rule\" }",
        "border_right" => "border_end = { width = 1, color = \"rule\" }",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_roles_have_some_role_has() {
        for extra in EXTRA {
            assert!(!extra.roles().is_empty(), "{}", extra.name);
            for of in extra.of.iter().filter(|of| !of.ends_with('-')) {
                assert!(ROLES.contains(of), "`{of}` of `{}` is a role", extra.name);
            }
        }
    }
}
