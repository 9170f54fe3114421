use super::{Borders, Color, ColorName, RoleStyle, Stylesheet};

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(color: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
}

/// Two colours that meet on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    /// Which role brings them together.
    pub role: String,
    /// Text, or a line that carries meaning.
    pub front: ColorName,
    /// What it stands on.
    pub ground: ColorName,
    /// Text or line.
    pub kind: PairKind,
}

/// What stands in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PairKind {
    /// Text: 4.5 at least (WCAG 2.2, 1.4.3).
    Text,
    /// A line that tells something apart: 3 at least (WCAG 2.2, 1.4.11).
    Line,
}

impl PairKind {
    /// Least ratio allowed.
    pub fn minimum(self) -> f64 {
        match self {
            Self::Text => 4.5,
            Self::Line => 3.0,
        }
    }
}

/// Every pair of colours that a reader has to tell apart.
pub(super) fn pairs(style: &Stylesheet) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (name, role) in &style.roles {
        for ground in grounds(style, name, role) {
            let colors = ["label_color", "number_color"].into_iter().filter_map(|key| role.extra_color(key));
            for front in std::iter::once(role.color.clone()).chain(colors) {
                pairs.push(Pair { role: name.clone(), front, ground: ground.clone(), kind: PairKind::Text });
            }
        }
        if name.starts_with("box-") || name == "draft-label" || name == "heading-1" {
            for front in colors(&role.borders) {
                pairs.push(Pair { role: name.clone(), front, ground: paper(), kind: PairKind::Line });
            }
        }
    }
    let code = style.role("code").fill.clone().unwrap_or_else(paper);
    for front in style.palette.light.keys().filter(|name| name.0.starts_with("code_")) {
        pairs.push(Pair { role: "code".into(), front: front.clone(), ground: code.clone(), kind: PairKind::Text });
    }
    pairs
}

/// What the text of a role may stand on.
fn grounds(style: &Stylesheet, name: &str, role: &RoleStyle) -> Vec<ColorName> {
    let fill = |role: &RoleStyle| role.fill.clone().unwrap_or_else(paper);
    match name {
        "title" | "subtitle" | "cover-kicker" | "cover-reference" => vec![fill(style.role("cover-panel"))],
        // A watermark is no text to read: it is made pale enough for the text before it.
        "cover-panel" | "watermark" => Vec::new(),
        "box-label" | "box-title" | "link" | "footnote-number" | "code-inline" | "list" | "term" => {
            let within = |name: &str| name.starts_with("box-") || name.starts_with("table");
            let mut all: Vec<_> = style.roles.iter().filter(|(name, _)| within(name)).map(|(_, r)| fill(r)).collect();
            all.push(paper());
            all.sort();
            all.dedup();
            all
        }
        _ => vec![fill(role)],
    }
}

fn colors(borders: &Borders) -> Vec<ColorName> {
    let sides = [&borders.top, &borders.bottom, &borders.start, &borders.end];
    sides.into_iter().flatten().map(|border| border.color.clone()).collect()
}

fn paper() -> ColorName {
    ColorName("paper".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        let grey = |value| Color { red: value, green: value, blue: value };
        assert!((contrast(grey(0), grey(255)) - 21.0).abs() < 1e-9);
        assert!((contrast(grey(255), grey(255)) - 1.0).abs() < 1e-9);
        assert!((contrast(grey(0x76), grey(255)) - 4.54).abs() < 0.01, "the known limit of AA on white");
    }

    #[test]
    fn what_matters_is_compared() {
        let style = crate::style::bundled("report").expect("bundled");
        let has = |front: &str, ground: &str| pairs(style).iter().any(|p| p.front.0 == front && p.ground.0 == ground);
        for (front, ground) in [
            ("ink", "paper"),
            ("on_deep_muted", "deep"),
            ("code_comment", "tint_grey"),
            ("red", "tint_red"),
            ("link", "tint_amber"),
            ("heading", "tint"),
            ("ink", "mark"),
            ("draft", "paper"),
            ("rule", "paper"),
        ] {
            assert!(has(front, ground), "{front} on {ground}");
        }
    }
}
