//! How the report looks: one file of tokens by role, typed, for three writers.
//!
//! In: `styles/<name>/style.toml`. Out: [`Stylesheet`], and the font files its families need. A writer
//! turns a [`RoleStyle`] into its own format's terms and adds no font, size, weight or colour of its own.
//! A style that Word could not show, or that people could not read (WCAG 2.2, 1.4.3), does not load.

mod bundled;
mod classes;
mod contrast;
mod coverage;
mod fallback;
mod fit;
mod font;
mod fonts;
mod key;
mod layer;
mod legible;
mod listing;
mod load;
mod names;
mod reader;
mod role;
mod script;
mod tokens;
mod watermark;

pub use bundled::{BUNDLED, bundled, bundled_source};
pub use contrast::contrast;
pub use fallback::{FallbackFace, FallbackFont, FontFile, FontSet, formula_scripts, scripts};
pub use fonts::{faces, formula_face};
pub use layer::{Header, Layer, LayerPart};
pub use listing::{Origin, Token, tokens};
pub use names::{ROLES, RUNNING, box_role, heading_role};
pub use script::Script;
pub use tokens::{
    Border, Borders, Color, ColorName, Family, FontFace, Fonts, Page, Palette, RoleStyle, Stylesheet, Weight,
};
pub use watermark::WatermarkLook;
