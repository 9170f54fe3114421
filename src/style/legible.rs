//! Whether every text can be read where it stands (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! In: a style as read. Out: a fault for each pair of colours with too little contrast, in each palette, at the token
//! that the last layer typed of it; and a colour that would do.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::contrast::{Pair, contrast, pairs};
use super::load::{Places, Scheme};
use super::reader::Reader;
use super::{Color, ROLES, Stylesheet};

/// Tells every pair with too little contrast.
pub(super) fn check_contrast(reader: &mut Reader, style: &Stylesheet, root: &DeTable<'_>, places: &Places) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let palette = match scheme {
            Scheme::Light => &style.palette.light,
            Scheme::Dark => &style.palette.dark,
        };
        let mut seen = BTreeSet::new();
        for pair in pairs(style) {
            if !seen.insert((pair.front.clone(), pair.ground.clone(), pair.kind)) {
                continue;
            }
            let (Some(front), Some(ground)) = (palette.get(&pair.front), palette.get(&pair.ground)) else {
                continue;
            };
            let (ratio, minimum) = (contrast(*front, *ground), pair.kind.minimum());
            if ratio < minimum {
                let better = better(*front, *ground, minimum).hex();
                let place = place(reader, root, places, scheme, &pair);
                let (front, ground, role) = (&pair.front.0, &pair.ground.0, &pair.role);
                reader.fault_with_hint(
                    place,
                    format!("`{front}` on `{ground}` has a contrast of {ratio:.2} in `color.{}`", scheme.key()),
                    format!("role `{role}` needs at least {minimum} (WCAG 2.2 AA); `#{better}` would do"),
                );
            }
        }
    }
}

/// What the last layer typed of a pair; of several, the colour in front.
fn place(reader: &Reader, root: &DeTable<'_>, places: &Places, scheme: Scheme, pair: &Pair) -> Range<usize> {
    let defined = |name: &super::ColorName| places.get(&(scheme, name.clone())).cloned();
    let roles = root.get("role").and_then(|roles| roles.get_ref().as_table());
    let token = |role: &str, key: &str, name: &str| {
        let value = roles?.get(role)?.get_ref().as_table()?.get(key)?;
        (value.get_ref().as_str() == Some(name)).then(|| value.span())
    };
    let keys = ["color", "label_color", "number_color"];
    let used = keys.into_iter().filter_map(|key| token(&pair.role, key, &pair.front.0));
    // Some text stands on the fills of other roles.
    let fills = ROLES.iter().filter_map(|role| token(role, "fill", &pair.ground.0));
    let candidates = defined(&pair.front).into_iter().chain(used).chain(fills).chain(defined(&pair.ground));
    let mut best: Option<Range<usize>> = None;
    for candidate in candidates {
        if best.as_ref().is_none_or(|best| reader.layer(&candidate) > reader.layer(best)) {
            best = Some(candidate);
        }
    }
    best.unwrap_or(0..0)
}

/// The colour nearest to `front`, on its way to black or to white, that stands out enough from `ground`.
fn better(front: Color, ground: Color, minimum: f64) -> Color {
    let mixed = |end: u8, step: u16| {
        let channel = |value: u8| {
            let (value, end) = (u32::from(value), u32::from(end));
            ((value * u32::from(STEPS - step) + end * u32::from(step)) / u32::from(STEPS)) as u8
        };
        Color { red: channel(front.red), green: channel(front.green), blue: channel(front.blue) }
    };
    let mut tries = (0..=STEPS).flat_map(|step| [mixed(0, step), mixed(255, step)]);
    // Black or white has 4.58 at least on any colour.
    tries.find(|color| contrast(*color, ground) >= minimum).unwrap_or(Color { red: 0, green: 0, blue: 0 })
}

/// Steps on the way to black or white.
const STEPS: u16 = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_colour_is_near_and_enough() {
        let grey = |value| Color { red: value, green: value, blue: value };
        for (front, ground) in [(grey(200), grey(255)), (grey(60), grey(0)), (grey(128), grey(127))] {
            let color = better(front, ground, 4.5);
            assert!(contrast(color, ground) >= 4.5, "{color:?} on {ground:?}");
        }
        assert_eq!(better(grey(0), grey(255), 4.5), grey(0), "what is enough stays");
    }
}
