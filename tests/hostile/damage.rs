//! Damaged files of all three formats: reading them is an error or less text, never a panic and never without an end.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::inspect::inspect;
use rapporteur::project::{self, Location, Start, SystemWorld};

use super::{build, scale};

/// A report with every construct: PDF, DOCX, HTML.
static REPORT: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/constructs");
    let Location { root, entry } = project::locate(Start::Named(&path)).expect("a project of this repository");
    let world = SystemWorld::open(&root).expect("a folder");
    let built = build(&world, &entry, None);
    let report = built.report.unwrap_or_else(|| panic!("no report: {:?}", built.diagnostics));
    report.files.into_iter().map(|file| file.bytes).collect()
});

/// A change of a file: where, as a share of its length, and what.
#[derive(Debug, Clone)]
enum Damage {
    Byte(f64, u8),
    Cut(f64),
    Remove(f64, usize),
    Repeat(f64, usize),
    Swap(f64, f64, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let share = 0.0..1.0;
    prop_oneof![
        8 => (share.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => share.clone().prop_map(Damage::Cut),
        2 => (share.clone(), 1_usize..64).prop_map(|(at, length)| Damage::Remove(at, length)),
        2 => (share.clone(), 1_usize..4_096).prop_map(|(at, length)| Damage::Repeat(at, length)),
        2 => (share.clone(), share, 1_usize..256).prop_map(|(from, to, length)| Damage::Swap(from, to, length)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |share: f64, length: usize| ((length as f64 * share) as usize).min(length.saturating_sub(1));
        let length = bytes.len();
        if length == 0 {
            return;
        }
        match *self {
            Self::Byte(at, byte) => bytes[place(at, length)] = byte,
            Self::Cut(at) => bytes.truncate(place(at, length)),
            Self::Remove(at, count) => {
                let at = place(at, length);
                bytes.drain(at..(at + count).min(length));
            }
            Self::Repeat(at, count) => {
                let at = place(at, length);
                let piece = bytes[at..(at + count).min(length)].to_vec();
                bytes.splice(at..at, piece);
            }
            Self::Swap(from, to, count) => {
                let piece = bytes[place(from, length)..(place(from, length) + count).min(length)].to_vec();
                let to = place(to, length);
                bytes.splice(to..to, piece);
            }
        }
    }
}

fn damaged(bytes: &[u8], all: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    all.iter().for_each(|damage| damage.apply(&mut bytes));
    bytes
}

/// The package with one of its parts damaged; its checksums are right again.
fn repacked(package: &[u8], part: usize, all: &[Damage]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("our own package");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let xml: Vec<usize> = (0..archive.len()).filter(|at| is_xml(&mut archive, *at)).collect();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("our own package");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("our own package");
        let name = file.name().expect("our own names").into_owned();
        if xml[part % xml.len()] == index {
            bytes = damaged(&bytes, all);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        out.write_all(&bytes).expect("in memory");
    }
    out.finish().expect("in memory").into_inner()
}

fn is_xml(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, index: usize) -> bool {
    let name = archive.name_for_index(index).expect("an index").expect("our own names").into_owned();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn all() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(damage(), 1..6)
}

/// Cases of each test: more by `RAPPORTEUR_SCALE`.
fn cases() -> ProptestConfig {
    ProptestConfig { cases: scale().saturating_mul(32), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn damaged_files_are_read_or_refused(format in 0_usize..3, all in all()) {
        let _ = inspect(&damaged(&REPORT[format], &all));
    }

    #[test]
    fn damaged_parts_are_read_or_refused(part in any::<usize>(), all in all()) {
        let _ = inspect(&repacked(&REPORT[1], part, &all));
    }
}
