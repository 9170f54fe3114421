//! Commands that put a mark over or under something.

use super::tree::{AccentMark, Reach};

/// The mark of a command.
pub(super) fn mark(name: &str) -> Option<AccentMark> {
    let over = |c| AccentMark::Over(c, Reach::Letter);
    let wide = |c| AccentMark::Over(c, Reach::Whole);
    Some(match name {
        "hat" => over('\u{302}'),
        "widehat" => wide('\u{302}'),
        "bar" => over('\u{304}'),
        "tilde" => over('\u{303}'),
        "widetilde" => wide('\u{303}'),
        "vec" => over('\u{20d7}'),
        "dot" => over('\u{307}'),
        "ddot" => over('\u{308}'),
        "dddot" => over('\u{20db}'),
        "acute" => over('\u{301}'),
        "grave" => over('\u{300}'),
        "breve" => over('\u{306}'),
        "check" => over('\u{30c}'),
        "widecheck" => wide('\u{30c}'),
        "mathring" => over('\u{30a}'),
        "overrightarrow" => wide('\u{20d7}'),
        "overleftarrow" => wide('\u{20d6}'),
        "overleftrightarrow" => wide('\u{20e1}'),
        "overline" => AccentMark::Overline,
        "underline" | "underbar" => AccentMark::Underline,
        "overbrace" => AccentMark::Overbrace('⏞'),
        "overbracket" => AccentMark::Overbrace('⎴'),
        "overparen" | "wideparen" => AccentMark::Overbrace('⏜'),
        "underbrace" => AccentMark::Underbrace('⏟'),
        "underbracket" => AccentMark::Underbrace('⎵'),
        "underparen" => AccentMark::Underbrace('⏝'),
        "underrightarrow" => AccentMark::Underbrace('→'),
        "underleftarrow" => AccentMark::Underbrace('←'),
        _ => return None,
    })
}
