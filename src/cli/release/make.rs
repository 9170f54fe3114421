//! The editions of a release, from commits: the same whoever makes them, now or later.

use crate::cli::changelog::{self, Past};
use crate::cli::date;
use crate::cli::exit::Exit;
use crate::cli::terminal::failure;
use crate::cli::versions::{Place, Version};
use crate::output::ReleaseRecord;
use crate::pipeline::{Request, Stage};
use crate::project::{self, Date, Revision};
use crate::release::{self, Baseline, Edition, EditionRequest, Released, Tool};

/// What is to be made.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Order<'a> {
    /// Where its commits are.
    pub(in crate::cli) place: &'a Place,
    /// What is released.
    pub(in crate::cli) head: &'a Revision,
    /// The releases before it, the newest first.
    pub(in crate::cli) earlier: &'a [Revision],
    /// All else.
    pub(in crate::cli) record: &'a ReleaseRecord,
    /// The report's date, where it is known; the configuration's goes before it.
    pub(in crate::cli) date: Option<Date>,
}

/// Makes every edition in memory: that of the report's own language first.
/// # Errors
/// Says on standard error which commit cannot be read, and why.
pub(in crate::cli) fn make(order: &Order<'_>, progress: &dyn Fn(Stage)) -> Result<Vec<Edition>, Exit> {
    let mut editions = vec![edition(order, progress)?];
    // A release has one date: that of the report.
    let dated = editions[0].bound.as_ref().and_then(|bound| Date::parse(bound.manifest.date.as_deref()?));
    for language in &order.record.translations {
        let place = order.place.in_language(language);
        editions.push(edition(&Order { place: &place, date: dated.or(order.date), ..*order }, progress)?);
    }
    Ok(editions)
}

fn edition(order: &Order<'_>, progress: &dyn Fn(Stage)) -> Result<Edition, Exit> {
    let Order { place, head, earlier, record, date: given } = *order;
    let (world, entry) = place.commit(head)?;
    // A translation may be younger than the report.
    let known = earlier.iter().position(|earlier| place.holds(earlier)).unwrap_or(earlier.len());
    let earlier = &earlier[known..];
    let baseline = earlier.first().map(|earlier| place.version(earlier).map(|old| (old, earlier))).transpose()?;
    let mut compared = project::load(&world, &entry);
    release::apply(&mut compared.value.config, record);
    let date = match given {
        Some(date) => date,
        None => date::date(&compared.value, &world, &mut compared.diagnostics)?,
    };
    let mut report = compared.clone();
    let past = Past::Release { place, head: (head, &record.version), earlier };
    changelog::append(past, &mut report.value, &world)?;
    let request = EditionRequest {
        record,
        build: Request { date, formats: None, name: record.name.clone() },
        time: head.time,
        notes: changelog::notes(&world, &compared.value),
    };
    let baseline = baseline.as_ref().map(|(Version { world, entry, .. }, earlier)| Baseline {
        world: &**world,
        entry,
        name: &earlier.name,
    });
    let released = Released { world: &world, entry: &entry, report, compared };
    Ok(release::edition(released, baseline, &request, progress))
}

/// This program.
/// # Errors
/// Says on standard error that it cannot be read.
pub(in crate::cli) fn program() -> Result<Tool, Exit> {
    let sha256 = crate::cli::program::digest().map_err(|error| {
        failure(&format!("the program itself cannot be read: {error}"));
        Exit::Environment
    })?;
    Ok(Tool { sha256 })
}
