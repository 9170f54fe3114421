//! How the report looks: one file of tokens by role, typed, for three writers.
//!
//! In: `styles/<name>/style.toml`. Out: [`Stylesheet`]. A writer turns a [`RoleStyle`] into its own
//! format's terms and adds no font, size, weight or colour of its own.

mod tokens;

pub use tokens::{
    Border, Borders, Color, ColorName, Family, FontFace, Fonts, Page, Palette, RoleStyle, Stylesheet, Weight,
};
