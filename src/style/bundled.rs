use std::sync::LazyLock;

use super::{Layer, LayerPart, Stylesheet};
use crate::source::Sources;

/// Names of the styles that come with the program.
pub const BUNDLED: &[&str] = &["report", "plain"];

const REPORT: &str = include_str!("../../styles/report/style.toml");
const PLAIN: &str = include_str!("../../styles/plain/style.toml");

/// The text of a style that comes with the program.
pub fn bundled_source(name: &str) -> Option<&'static str> {
    match name {
        "report" => Some(REPORT),
        "plain" => Some(PLAIN),
        _ => None,
    }
}

/// A style that comes with the program, by name.
pub fn bundled(name: &str) -> Option<&'static Stylesheet> {
    static STYLES: [LazyLock<Stylesheet>; 2] =
        [LazyLock::new(|| load("report", &[REPORT])), LazyLock::new(|| load("plain", &[REPORT, PLAIN]))];
    let at = BUNDLED.iter().position(|known| *known == name)?;
    Some(&STYLES[at])
}

/// Loads a style of the program and those that it builds on, the deepest first.
fn load(name: &str, texts: &[&str]) -> Stylesheet {
    let mut sources = Sources::default();
    let files: Vec<_> = texts.iter().map(|text| sources.add(format!("styles/{name}/style.toml"), *text)).collect();
    let layer = |&file| Layer { file, source: &sources[file], part: LayerPart::Whole };
    let layers: Vec<_> = files.iter().map(layer).collect();
    Stylesheet::load_layers(name, &layers).expect("a test loads every bundled style")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{HeadingLevel, Pt};
    use crate::style::{ColorName, Weight, heading_role};

    #[test]
    fn every_bundled_style_loads() {
        for name in BUNDLED {
            assert_eq!(bundled(name).map(|style| style.name.as_str()), Some(*name));
        }
        assert!(bundled("unheard-of").is_none());
    }

    #[test]
    fn roles_take_what_they_do_not_say_from_body_or_from_the_role_they_name() {
        let style = bundled("report").expect("bundled");
        assert_eq!(style.role("term").size, style.role("body").size);
        assert_eq!(style.role("term").weight, Weight::Bold);
        assert_eq!(style.role("table").before, Pt(0.0), "spacing is not the body's");
        assert_eq!(style.role("annex").size, style.role(heading_role(HeadingLevel::new(1))).size);
        let caution = &style.role("box-caution").borders;
        assert_eq!(caution.start, caution.top, "`border_all` covers the side of the role it builds on");
        assert_eq!(style.role("box-tip").extra_color("label_color"), Some(ColorName("green".to_owned())));
    }

    #[test]
    fn whether_chapters_start_pages_can_be_overridden() {
        let style = bundled("report").expect("bundled");
        assert!(style.role("heading-1").page_break_before);
        let flowing = style.clone().with_chapters_start_pages(Some(false));
        assert!(!flowing.role("heading-1").page_break_before);
        assert!(flowing.role("annex").page_break_before, "annexes keep their own pages");
        assert_eq!(&style.clone().with_chapters_start_pages(None), style);
    }
}
