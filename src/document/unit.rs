/// A length in points, 1/72 inch.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Pt(pub f64);

impl Pt {
    /// From millimetres.
    pub fn from_mm(mm: f64) -> Self {
        Self(mm * 72.0 / 25.4)
    }

    /// From CSS pixels, 1/96 inch.
    pub fn from_px(px: f64) -> Self {
        Self(px * 0.75)
    }

    /// In twentieths of a point (`ST_TwipsMeasure`, ECMA-376 22.9.2.14), rounded.
    pub fn twips(self) -> i64 {
        (self.0 * 20.0).round() as i64
    }

    /// In half points (`w:sz`), rounded.
    pub fn half_points(self) -> i64 {
        (self.0 * 2.0).round() as i64
    }

    /// In eighths of a point (border widths, ECMA-376 17.3.4), rounded.
    pub fn eighths(self) -> i64 {
        (self.0 * 8.0).round() as i64
    }

    /// In English Metric Units (DrawingML), 12,700 to the point, rounded.
    pub fn emu(self) -> i64 {
        (self.0 * 12_700.0).round() as i64
    }
}

impl std::ops::Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::Mul<f64> for Pt {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}
