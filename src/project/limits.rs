use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How large what a report is made of may be. A report that has more is hardly meant, or a mistake costs minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// One draft, in MiB.
    pub draft_mib: u32,
    /// All drafts, in MiB.
    pub drafts_mib: u32,
    /// Notes of the report.
    pub notes: u32,
    /// Cells of all tables of the report.
    pub table_cells: u32,
    /// What one paragraph holds beside plain text: links, notes, emphases and the like.
    pub paragraph_parts: u32,
    /// A raster image's file, in MiB.
    pub image_mib: u32,
    /// A raster image's pixels, in millions.
    pub image_megapixels: u32,
    /// A raster image's longer side, in pixels.
    pub image_side: u32,
    /// An SVG file, in MiB.
    pub svg_mib: u32,
    /// Elements of an SVG.
    pub svg_elements: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            draft_mib: 2,
            drafts_mib: 64,
            notes: 5_000,
            table_cells: 50_000,
            paragraph_parts: 5_000,
            image_mib: 20,
            image_megapixels: 50,
            image_side: 16_000,
            svg_mib: 2,
            svg_elements: 10_000,
        }
    }
}

impl LimitsConfig {
    /// Each key with its value and the most that it can be: beyond, the formats themselves or memory give in.
    pub(super) fn ceilings(&mut self) -> [(&'static str, &mut u32, u32); 10] {
        [
            ("limits.draft_mib", &mut self.draft_mib, 64),
            ("limits.drafts_mib", &mut self.drafts_mib, 1_024),
            ("limits.notes", &mut self.notes, 30_000),
            ("limits.table_cells", &mut self.table_cells, 1_000_000),
            ("limits.paragraph_parts", &mut self.paragraph_parts, 1_000_000),
            ("limits.image_mib", &mut self.image_mib, 256),
            ("limits.image_megapixels", &mut self.image_megapixels, 400),
            ("limits.image_side", &mut self.image_side, 65_535),
            ("limits.svg_mib", &mut self.svg_mib, 64),
            ("limits.svg_elements", &mut self.svg_elements, 200_000),
        ]
    }
}

/// A number of MiB in bytes.
pub fn mib(count: u32) -> u64 {
    u64::from(count) * 1024 * 1024
}
