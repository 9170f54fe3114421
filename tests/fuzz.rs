//! Fuzzing in the test command: inputs made from a kept corpus by seeded changes, the same on every machine and at every
//! run. Nothing may panic, whatever comes out. `RAPPORTEUR_SCALE` multiplies the runs, `RAPPORTEUR_SEED` (0 by default)
//! takes others; what is found becomes a file of `tests/fuzz/corpus/<target>/`, which every run begins with.

#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/target.rs"]
mod target;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use mutate::Mutator;
use target::{TARGETS, Target};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files with one of these extensions in a folder and those beneath it, in order of their paths.
fn files(folder: &Path, extensions: &[&str]) -> Vec<Vec<u8>> {
    let (mut waiting, mut paths) = (vec![folder.to_owned()], Vec::new());
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            let wanted = path.extension().is_some_and(|e| extensions.is_empty() || extensions.iter().any(|x| e == *x));
            if path.is_dir() {
                waiting.push(path);
            } else if wanted || extensions.is_empty() {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a file of this repository")).collect()
}

/// A number that the environment gives.
fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |number| number.parse().expect("a whole number"))
}

fn fuzz(name: &str) {
    let target: &Target = TARGETS.iter().find(|target| target.name == name).expect("a target of that name");
    let kept = files(&folder("tests/fuzz/corpus").join(name), &[]);
    let mut corpus = kept.clone();
    for (path, extensions) in target.seeds {
        corpus.extend(files(&folder(path), extensions));
    }
    assert!(!corpus.is_empty(), "{name} has something to begin with");
    kept.iter().enumerate().for_each(|(at, input)| run(target, &format!("corpus file {at}"), input));
    let seed = number("RAPPORTEUR_SEED", 0);
    for at in 0..target.runs * number("RAPPORTEUR_SCALE", 1) {
        let input = Mutator::new(name, seed, at).input(&corpus, target.snippets);
        run(target, &format!("seed {seed} run {at}"), &input);
    }
}

fn run(target: &Target, what: &str, input: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_err() {
        let kept =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}-{}", target.name, what.replace(' ', "-")));
        std::fs::write(&kept, input).expect("a file beneath target/");
        panic!("{}, {what}: the input is kept in {}", target.name, kept.display());
    }
}

macro_rules! targets {
    ($($name:ident)*) => { $( #[test] fn $name() { fuzz(stringify!($name)); } )* };
}

targets! { markdown html docx pdf configuration style bibliography table formula word }
