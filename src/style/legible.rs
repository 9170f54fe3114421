//! Whether every text can be read where it stands (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! In: a style as read. Out: a fault for each pair of colours with too little contrast, in each palette, at the token
//! that the last layer typed of it; and a colour that would do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeTable;

use super::contrast::{Pair, contrast, pairs};
use super::load::{Places, Scheme};
use super::reader::Reader;
use super::{Color, ColorName, ROLES, Stylesheet};

/// Tells every colour that cannot be read on some other: once, at the token to change, with one that can on all of them.
pub(super) fn check_contrast(reader: &mut Reader, style: &Stylesheet, root: &DeTable<'_>, places: &Places) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let palette = match scheme {
            Scheme::Light => &style.palette.light,
            Scheme::Dark => &style.palette.dark,
        };
        let met = met(style, palette);
        let mut told: Vec<(Range<usize>, Changed, ColorName)> = Vec::new();
        for pair in met.iter().filter(|met| !met.is_enough()) {
            let (place, changed) = place(reader, root, places, scheme, &pair.pair);
            let key = (place.clone(), changed, pair.of(changed).clone());
            if told.contains(&key) {
                continue;
            }
            let with: Vec<&Met> = met.iter().filter(|other| other.of(changed) == pair.of(changed)).collect();
            let worst = with.iter().copied().min_by(|a, b| a.share().total_cmp(&b.share())).unwrap_or(pair);
            let message = format!(
                "`{}` on `{}` has a contrast of {:.2} in `color.{}`",
                worst.pair.front.0,
                worst.pair.ground.0,
                worst.ratio,
                scheme.key()
            );
            reader.fault_with_hint(place, message, hint(worst, &with, changed));
            told.push(key);
        }
    }
}

/// Two colours that meet, and how well one stands out from the other.
struct Met {
    pair: Pair,
    front: Color,
    ground: Color,
    ratio: f64,
}

/// Which of two colours a person has to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    Front,
    Ground,
}

impl Met {
    fn is_enough(&self) -> bool {
        self.share() >= 1.0
    }

    /// Of what is needed.
    fn share(&self) -> f64 {
        self.ratio / self.pair.kind.minimum()
    }

    fn of(&self, changed: Changed) -> &ColorName {
        match changed {
            Changed::Front => &self.pair.front,
            Changed::Ground => &self.pair.ground,
        }
    }

    /// The colour that would be changed, and the one that stays.
    fn colors(&self, changed: Changed) -> (Color, Color) {
        match changed {
            Changed::Front => (self.front, self.ground),
            Changed::Ground => (self.ground, self.front),
        }
    }

    /// Whether another colour in the place of the one to change stands out enough.
    fn allows(&self, changed: Changed, color: Color) -> bool {
        contrast(color, self.colors(changed).1) >= self.pair.kind.minimum()
    }
}

/// Every two colours of a palette that meet, once for each kind.
fn met(style: &Stylesheet, palette: &BTreeMap<ColorName, Color>) -> Vec<Met> {
    let mut seen = BTreeSet::new();
    let mut met = Vec::new();
    for pair in pairs(style) {
        let new = seen.insert((pair.front.clone(), pair.ground.clone(), pair.kind));
        let (Some(front), Some(ground)) = (palette.get(&pair.front), palette.get(&pair.ground)) else { continue };
        if new {
            met.push(Met { front: *front, ground: *ground, ratio: contrast(*front, *ground), pair });
        }
    }
    met
}

/// What is needed, and a colour that has it everywhere, if there is one.
fn hint(worst: &Met, with: &[&Met], changed: Changed) -> String {
    let others = with.iter().filter(|met| !met.is_enough()).count() - 1;
    let more = if others == 0 { String::new() } else { format!(", and {others} more with this colour") };
    let needs = format!("role `{}` needs at least {} (WCAG 2.2 AA){more}", worst.pair.role, worst.pair.kind.minimum());
    let (color, _) = worst.colors(changed);
    // A fill's colour may be another role's ground too, which stays as it is.
    let failing = |met: &&&Met| !met.is_enough();
    let all = |with: &[&Met]| better(color, |color| with.iter().all(|met| met.allows(changed, color)));
    let for_all = if changed == Changed::Front { all(with) } else { None };
    let found = for_all.or_else(|| all(&with.iter().filter(failing).copied().collect::<Vec<_>>()));
    let ground = if changed == Changed::Ground { "a ground of " } else { "" };
    match found.or_else(|| all(&[worst])) {
        Some(better) => format!("{needs}; {ground}`#{}` would do", better.hex()),
        None => needs,
    }
}

/// What the last layer typed of a pair, and which of its colours that is; of several, the colour in front.
fn place(reader: &Reader, root: &DeTable<'_>, places: &Places, scheme: Scheme, pair: &Pair) -> (Range<usize>, Changed) {
    let defined = |name: &ColorName| places.get(&(scheme, name.clone())).cloned();
    let roles = root.get("role").and_then(|roles| roles.get_ref().as_table());
    let token = |role: &str, key: &str, name: &str| {
        let value = roles?.get(role)?.get_ref().as_table()?.get(key)?;
        (value.get_ref().as_str() == Some(name)).then(|| value.span())
    };
    let keys = ["color", "label_color", "number_color"];
    let used = keys.into_iter().filter_map(|key| token(&pair.role, key, &pair.front.0));
    // Some text stands on the fills of other roles.
    let fills = ROLES.iter().filter_map(|role| token(role, "fill", &pair.ground.0));
    let fronts = defined(&pair.front).into_iter().chain(used).map(|range| (range, Changed::Front));
    let grounds = fills.chain(defined(&pair.ground)).map(|range| (range, Changed::Ground));
    let mut best: Option<(Range<usize>, Changed)> = None;
    for candidate in fronts.chain(grounds) {
        if best.as_ref().is_none_or(|best| reader.layer(&candidate.0) > reader.layer(&best.0)) {
            best = Some(candidate);
        }
    }
    best.unwrap_or((0..0, Changed::Front))
}

/// The colour nearest to `color`, on its way to black or to white, that is enough.
fn better(color: Color, is_enough: impl Fn(Color) -> bool) -> Option<Color> {
    let mixed = |end: u8, step: u16| {
        let channel = |value: u8| {
            let (value, end) = (u32::from(value), u32::from(end));
            ((value * u32::from(STEPS - step) + end * u32::from(step)) / u32::from(STEPS)) as u8
        };
        Color { red: channel(color.red), green: channel(color.green), blue: channel(color.blue) }
    };
    let mut tries = (0..=STEPS).flat_map(|step| [mixed(0, step), mixed(255, step)]);
    tries.find(|color| is_enough(*color))
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
            let color = better(front, |color| contrast(color, ground) >= 4.5).expect("black or white would do");
            assert!(contrast(color, ground) >= 4.5, "{color:?} on {ground:?}");
        }
        assert_eq!(better(grey(0), |_| true), Some(grey(0)), "what is enough stays");
        assert_eq!(better(grey(0), |_| false), None);
    }
}
