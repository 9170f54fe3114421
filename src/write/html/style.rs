//! Tokens as custom properties. `page.css` lays out with them and has no size or colour of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::writer;
use crate::document::{BoxKind, Direction, Pt};
use crate::resolve::{LanguageInfo, Metadata};
use crate::style::{self, Border, Color, ColorName, Family, FontSet, Page, RoleStyle, Stylesheet, WatermarkLook};

/// Every token: `--color-ink`, `--heading-1-font`, `--box-note-border-start` …
/// Dark colours hold on a screen that asks for them; paper is always light.
pub(super) fn custom_properties(style: &Stylesheet, fonts: &FontSet, language: &LanguageInfo) -> String {
    let mut css = String::from(":root{");
    write_colors(&mut css, &style.palette.light);
    for (name, family) in [("text", Family::Text), ("heading", Family::Heading), ("mono", Family::Mono)] {
        declare(&mut css, &format!("font-{name}"), &font_stack(style, fonts, family));
    }
    declare(&mut css, "color-sheet", &format!("#{}", style.color(&ColorName("paper".to_owned())).hex()));
    let hyphens = if language.hyphenates() && style.hyphenates("body") { "auto" } else { "manual" };
    declare(&mut css, "hyphens", hyphens);
    declare(&mut css, "gutter", &length(style.page.gutter));
    declare(&mut css, "measure", &length(style.page.measure()));
    for (name, role) in &style.roles {
        write_role(&mut css, name, role);
    }
    css.push_str("}\n@media screen and (prefers-color-scheme:dark){:root{");
    write_colors(&mut css, &style.palette.dark);
    css.push_str("}}\n");
    css
}

fn write_colors(css: &mut String, colors: &BTreeMap<ColorName, Color>) {
    for (name, color) in colors {
        declare(css, &format!("color-{}", kebab(&name.0)), &format!("#{}", color.hex()));
    }
}

/// The bundled family, those found for other scripts, that for code with its signs, then whatever the reader has.
fn font_stack(style: &Stylesheet, fonts: &FontSet, family: Family) -> String {
    let generic = match family {
        Family::Text | Family::Heading => "system-ui,sans-serif",
        Family::Mono => "ui-monospace,monospace",
    };
    let own = [writer::family(style, family), &style.fonts.text];
    let alternatives = fonts.fallback().iter().filter_map(|face| face.alternative.as_deref());
    let rest = std::iter::once(style.fonts.mono.as_str()).chain(alternatives);
    let mut stack: Vec<&str> = Vec::new();
    for family in own.into_iter().chain(fonts.fallback_families()).chain(rest) {
        if !stack.contains(&family) {
            stack.push(family);
        }
    }
    let named: String = stack.iter().map(|family| format!("\"{}\",", family.replace(['"', '\\'], ""))).collect();
    named + generic
}

fn write_role(css: &mut String, name: &str, role: &RoleStyle) {
    let slant = if role.italic { "italic" } else { "normal" };
    let family = match role.family {
        Family::Text => "text",
        Family::Heading => "heading",
        Family::Mono => "mono",
    };
    let line = number(role.line.0 / role.size.0);
    let size = length(role.size);
    let font = format!("{slant} {} {size}/{line} var(--font-{family})", role.weight.number());
    let mut set = |key: &str, value: &str| declare(css, &format!("{name}-{key}"), value);
    set("font", &font);
    set("size", &size);
    set("weight", &role.weight.number().to_string());
    set("color", &variable(&role.color));
    set("fill", &role.fill.as_ref().map_or("transparent".to_owned(), variable));
    let lengths = [
        ("before", role.before),
        ("after", role.after),
        ("indent", role.indent),
        ("indent-end", role.indent_end),
        ("hang", role.hang),
        ("padding", role.padding),
    ];
    for (key, value) in lengths {
        set(key, &length(value));
    }
    // Space before what starts a sheet would show at its top.
    set("page-break", if role.page_break_before { "page" } else { "auto" });
    set("before-on-paper", &length(if role.page_break_before { Pt(0.0) } else { role.before }));
    let borders = &role.borders;
    for (side, border) in [
        ("top", &borders.top),
        ("bottom", &borders.bottom),
        ("start", &borders.start),
        ("end", &borders.end),
        ("inside", &borders.inside),
    ] {
        set(&format!("border-{side}"), &border.as_ref().map_or("0 none".to_owned(), border_line));
        set(&format!("border-{side}-space"), &length(border.as_ref().map_or(Pt(0.0), |border| border.space)));
    }
    for (key, value) in &role.extra {
        write_extra(css, &format!("{name}-{}", kebab(key)), value);
    }
}

fn border_line(border: &Border) -> String {
    format!("{} solid {}", length(border.width), variable(&border.color))
}

/// A token that only one role has: a colour, a weight or factor, a length, or several of them.
fn write_extra(css: &mut String, name: &str, value: &toml::Value) {
    let amount = value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
    if let Some(table) = value.as_table() {
        for (key, value) in table {
            write_extra(css, &format!("{name}-{}", kebab(key)), value);
        }
    } else if let Some(color) = value.as_str().filter(|_| name.ends_with("color") || name.ends_with("fill")) {
        declare(css, name, &variable(&ColorName(color.to_owned())));
    } else if let Some(amount) = amount.filter(|_| name.ends_with("weight") || name.ends_with("scale")) {
        declare(css, name, &number(amount));
    } else if let Some(amount) = amount {
        match name.strip_suffix("-mm") {
            Some(name) => declare(css, name, &length(Pt::from_mm(amount))),
            None => declare(css, name, &length(Pt(amount))),
        }
    }
}

/// Every kind of box.
const BOXES: [BoxKind; 8] = [
    BoxKind::Recommendation,
    BoxKind::Statement,
    BoxKind::Numbered,
    BoxKind::Note,
    BoxKind::Tip,
    BoxKind::Important,
    BoxKind::Warning,
    BoxKind::Caution,
];

/// A class for each kind of box: what `.box` lays out with is the kind's own.
pub(super) fn boxes() -> String {
    const KEYS: [&str; 10] = [
        "font",
        "color",
        "fill",
        "padding",
        "before",
        "after",
        "border-top",
        "border-bottom",
        "border-start",
        "border-end",
    ];
    let mut css = String::new();
    for role in BOXES.map(style::box_role) {
        let aliases: String = KEYS.iter().map(|key| format!("--box-{key}:var(--{role}-{key});")).collect();
        writeln!(css, ".{role}{{{aliases}--box-mark:var(--{role}-label-color)}}")
            .expect("writing to a String does not fail");
    }
    css
}

/// A class for each kind of token in code.
pub(super) fn code_colors(style: &Stylesheet) -> String {
    let names = style.palette.light.keys().filter(|name| name.0.starts_with("code_"));
    names.map(|name| format!(".{}{{color:{}}}\n", kebab(&name.0), variable(name))).collect()
}

/// A class for each width of a column.
pub(super) fn column_widths(widths: &BTreeSet<u16>) -> String {
    widths.iter().map(|w| format!(".width-{w}{{width:{}%}}\n", number(f64::from(*w) / 10.0))).collect()
}

/// A draft's label behind the text: it moves with nothing, stands on every sheet, and takes no click.
pub(super) fn watermark(style: &Stylesheet, metadata: &Metadata) -> String {
    let Some(label) = &metadata.watermark else { return String::new() };
    let WatermarkLook { size, width, color, dark } = style.watermark(label);
    // On a narrow screen it is as wide as that leaves room for.
    let room = (width.0 + size.0) / std::f64::consts::SQRT_2;
    format!(
        ".watermark{{position:fixed;inset:0;z-index:-1;display:grid;place-content:center;overflow:hidden;pointer-events:none;\
         user-select:none;white-space:nowrap;color:#{};font:var(--watermark-font);font-size:min({}pt,{}vw);line-height:1}}\
         .watermark span{{transform:rotate(-45deg)}}\
         @media screen and (prefers-color-scheme:dark){{.watermark{{color:#{}}}}}\
         @media (forced-colors:active){{.watermark{{display:none}}}}\n",
        color.hex(),
        number(size.0),
        number(size.0 / room * WATERMARK_SHARE),
        dark.hex(),
    )
}

/// Of a screen's width, how much a watermark takes at most, in hundredths.
const WATERMARK_SHARE: f64 = 85.0;

/// Sheets for printing, with page numbers at the foot, and at the head a draft's label, which the contents show on a screen.
pub(super) fn paper(style: &Stylesheet, direction: Direction, metadata: &Metadata) -> String {
    let Page { width, height, margin_top, margin_bottom, margin_start, margin_end, gutter, .. } = style.page;
    let before = margin_start - gutter;
    // Margins and margin boxes have no logical names (CSS Paged Media 3, 4.2).
    let (side, left, right) = match direction {
        Direction::LeftToRight => ("right", before, margin_end),
        Direction::RightToLeft => ("left", margin_end, before),
    };
    format!(
        "@page{{size:{}pt {}pt;margin:{}pt {}pt {}pt {}pt;\
         @bottom-{side}{{content:counter(page) \" / \" counter(pages);\
         font:{}pt \"{}\",sans-serif;color:#{}}}{}}}\n",
        number(width.0),
        number(height.0),
        number(margin_top.0),
        number(right.0),
        number(margin_bottom.0),
        number(left.0),
        number(style.role("running-foot").size.0),
        style.fonts.text,
        style.color(&style.role("running-foot").color).hex(),
        metadata.draft_label.as_ref().map(|label| label_on_paper(style, side, label)).unwrap_or_default(),
    )
}

/// A draft's label at the head of a sheet.
fn label_on_paper(style: &Stylesheet, side: &str, label: &str) -> String {
    let role = style.role("draft-label");
    format!(
        "@top-{side}{{content:{};font:{} {}pt \"{}\",sans-serif;color:#{}}}",
        quoted(label),
        role.weight.number(),
        number(role.size.0),
        style.fonts.text,
        style.color(&role.color).hex(),
    )
}

/// A text as a string of CSS (CSS Syntax 3, 4.3.5): all but letters and digits as their numbers, so that nothing in it ends the string, the rule or the style
/// sheet.
fn quoted(text: &str) -> String {
    let escaped = |c: char| if c.is_alphanumeric() { c.to_string() } else { format!("\\{:x} ", u32::from(c)) };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

fn declare(css: &mut String, name: &str, value: &str) {
    write!(css, "--{name}:{value};").expect("writing to a String does not fail");
}

fn variable(name: &ColorName) -> String {
    format!("var(--color-{})", kebab(&name.0))
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// A length that follows the reader's own type size: 12 pt are one `rem` where nothing is set.
fn length(length: Pt) -> String {
    format!("{}rem", number(length.0 / 12.0))
}

/// At most five decimals, none for nothing.
fn number(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::bundled;

    fn report() -> &'static Stylesheet {
        bundled("report").expect("bundled")
    }

    /// A misspelt name would silently lose its size or colour.
    #[test]
    fn every_custom_property_that_is_used_is_declared() {
        let css = [
            custom_properties(report(), &FontSet::bundled(), &LanguageInfo::default()),
            boxes(),
            code_colors(report()),
            include_str!("page.css").to_owned(),
            include_str!("change/change.css").to_owned(),
        ];
        let css = css.concat();
        let name = |text: &str| -> String {
            text.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
        };
        let used: BTreeSet<String> = css.split("var(").skip(1).map(name).collect();
        let missing: Vec<&String> = used.iter().filter(|name| !css.contains(&format!("{name}:"))).collect();
        assert!(used.len() > 100, "{}", used.len());
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn sizes_follow_the_readers_own() {
        let css = custom_properties(report(), &FontSet::bundled(), &LanguageInfo::default());
        // 11 pt of 12 to the rem, 17 pt from line to line.
        assert!(css.contains("--body-font:normal 400 0.91667rem/1.54545 var(--font-text);"), "{css}");
        assert!(css.contains("--heading-1-border-top:0.25rem solid var(--color-accent);"), "{css}");
        assert!(css.contains("--color-code-keyword:#00547a;"), "{css}");
    }

    #[test]
    fn widths_are_classes() {
        assert_eq!(column_widths(&BTreeSet::from([125, 1000])), ".width-125{width:12.5%}\n.width-1000{width:100%}\n");
    }
}
