//! Three writers. They decide nothing: what they need stands in [`crate::resolve::ResolvedDocument`]
//! and [`crate::style::Stylesheet`], and each puts it in its own format's terms.

pub mod docx;
pub mod html;
pub mod pdf;

use std::collections::BTreeMap;

use crate::resolve::Anchor;

/// On which page of the PDF each anchor stands, from 1, and how many pages there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageNumbers {
    /// As printed in the running foot.
    pub by_anchor: BTreeMap<Anchor, u32>,
    /// All pages.
    pub total: u32,
}
