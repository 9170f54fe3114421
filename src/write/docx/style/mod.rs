//! Styles: every role's tokens as Word styles, the theme and the embedded fonts.
//!
//! In: [`Stylesheet`]. Out: `styles.xml`, `theme1.xml`, `fontTable.xml` and the fonts. Adds no font, size, weight or
//! colour of its own: what stands here in numbers is how Word has to be told.

mod define;
mod family;
mod font;
mod frame;
mod name;
mod sheet;
mod theme;

pub(super) use define::code_scale;
pub(super) use family::Families;
pub(super) use font::{Embeddable, EmbeddedFonts, Family, ObfuscatedFont, Pitch, embed, font_table};
pub(super) use frame::Surround;
pub(super) use name::{BoxPart, CharacterStyle, ParagraphStyle, REPORT_TABLE, style_id};
pub(super) use sheet::{Facts, HeadingBinding, Sheet};
pub(super) use theme::theme;
