use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::*;
use crate::project::{Date, Entry as Start, Format, MemoryWorld, load};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

mod inputs;

/// A store in memory, which can fail.
struct Memory {
    objects: Objects,
    fails: bool,
    room: u64,
}

impl Default for Memory {
    fn default() -> Self {
        Self { objects: Objects::default(), fails: false, room: u64::MAX }
    }
}

impl Store for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if self.fails {
            return Err(StoreError("no answer".to_owned()));
        }
        Ok(self.objects.lock().expect("no test panics here").get(name).cloned())
    }

    fn room(&self) -> u64 {
        self.room
    }

    fn put(&self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        self.objects.lock().expect("no test panics here").extend(entries.iter().cloned());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.objects.lock().expect("no test panics here").remove(name);
        Ok(())
    }
}

fn cache(objects: &Objects, secret: Option<&str>) -> Cache {
    let store = Memory { objects: Arc::clone(objects), ..Memory::default() };
    let secret = secret.map(|secret| Secret::new(secret.as_bytes().to_vec()));
    Cache::new(std::boxed::Box::new(store), "tool".to_owned(), secret)
}

fn request() -> Request {
    let date = Date { year: 2026, month: 1, day: 2 };
    Request { date, formats: Some(vec![Format::Html]), name: "r".to_owned() }
}

const DRAFT: &str = "# A\n\n[dead](#nowhere)\n\n![a map](map.svg)\n\n::: {.table src=data.csv}\n:::\n";
const PICTURE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";

fn world(picture: &str, draft: &str) -> MemoryWorld {
    let data = "Year,\"Flow\n2024,3\n";
    MemoryWorld::new([("drafts/a.md", draft), ("drafts/map.svg", picture), ("drafts/data.csv", data)])
}

fn build(cache: &Cache, world: &dyn World) -> (Built, Source) {
    cache.build(world, load(world, &Start::Drafts), &request(), &|_| {}, &Kept::default())
}

/// Everything that is told and published.
fn shown(built: &Built) -> (String, Vec<OutputFile>, String) {
    let report = built.report.as_ref().expect("a report");
    let place = |found: &Diagnostic| match &found.place {
        Place::Span(span) => {
            let file = &built.project.sources[span.file];
            format!("{}:{:?} {:?}", file.path(), file.line_column(span.start), built.project.sources.text(*span))
        }
        other @ (Place::Path(_) | Place::Nowhere) => format!("{other:?}"),
    };
    let told: Vec<String> = built.diagnostics.iter().map(|found| format!("{} {found:?}", place(found))).collect();
    (told.join("\n"), report.files.clone(), report.manifest.to_json())
}

#[test]
fn what_is_kept_is_what_a_build_gives_word_for_word() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    let cache = cache(&objects, None);
    let plain = pipeline::build(&world, load(&world, &Start::Drafts), &request(), &|_| {});
    let (first, came) = build(&cache, &world);
    assert_eq!((came, shown(&first)), (Source::Build, shown(&plain)));
    assert!(first.diagnostics.len() > 1, "a fault in a draft and one in a table's file: {:?}", first.diagnostics);
    let (second, came) = build(&cache, &world);
    assert_eq!((came, shown(&second)), (Source::Store, shown(&plain)));
}

/// Bytes here and there in each entry, and an end too soon.
#[test]
fn a_damaged_entry_is_dropped_and_said() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    let cache = cache(&objects, None);
    let sound = shown(&build(&cache, &world).0);
    let kept = objects.lock().expect("no test panics here").clone();
    assert_eq!(kept.len(), 2);
    for (name, bytes) in &kept {
        let step = (bytes.len() / 3).max(1);
        let flipped = (0..bytes.len()).step_by(step).map(|at| {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            bytes
        });
        let cut = [0, bytes.len() - 1].map(|end| bytes[..end].to_vec());
        for damaged in flipped.chain(cut) {
            *objects.lock().expect("no test panics here") = kept.clone();
            objects.lock().expect("no test panics here").insert(name.clone(), damaged);
            let (built, came) = build(&cache, &world);
            assert_eq!(came, Source::Build, "{name}");
            let (told, files, manifest) = shown(&built);
            assert!(told.contains("damaged or forged") && told.starts_with(&sound.0), "{told}");
            assert_eq!((files, manifest), (sound.1.clone(), sound.2.clone()));
        }
        assert_eq!(build(&cache, &world).1, Source::Store, "it was kept anew");
    }
}

/// Whoever has another secret, or none, finds nothing, and leaves what is there alone.
#[test]
fn each_secret_has_entries_of_its_own() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    let secrets = [None, Some("s"), Some("t")];
    let sound = shown(&build(&cache(&Objects::default(), None), &world).0);
    for expected in [Source::Build, Source::Store] {
        for secret in secrets {
            let (built, came) = build(&cache(&objects, secret), &world);
            assert_eq!((came, shown(&built)), (expected, sound.clone()), "{secret:?}");
        }
    }
}

/// Someone who can write to the store, and sees the names in it, gives what is there another code, or none.
#[test]
fn what_others_have_written_is_dropped_and_said() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    let cache = cache(&objects, Some("s"));
    build(&cache, &world);
    let kept = objects.lock().expect("no test panics here").clone();
    for (name, bytes) in &kept {
        let key = Key::from_name(name);
        for secret in [None, Some(Secret::new(b"t".to_vec()))] {
            let seal = bytes.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
            let line = seal + bytes[seal..].iter().position(|byte| *byte == b'\n').expect("a line");
            let value: serde_json::Value = serde_json::from_slice(&bytes[seal..line]).expect("JSON");
            let forged = entry::sealed(&key, &value, &bytes[line + 1..], secret.as_ref());
            objects.lock().expect("no test panics here").insert(name.clone(), forged);
            let (built, came) = build(&cache, &world);
            assert!(came == Source::Build && shown(&built).0.contains("damaged or forged"), "{name}");
        }
    }
    assert_eq!(build(&cache, &world).1, Source::Store);
}

#[test]
fn what_is_too_large_is_not_kept_and_that_is_said() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    let store = Memory { objects: Arc::clone(&objects), room: 1000, ..Memory::default() };
    let cache = Cache::new(std::boxed::Box::new(store), "tool".to_owned(), None);
    for _ in 0..2 {
        let (built, came) = build(&cache, &world);
        let told = shown(&built).0;
        assert!(came == Source::Build && told.contains("too large for the cache memory (1 MiB)"), "{told}");
        assert!(objects.lock().expect("no test panics here").is_empty());
    }
}

/// A sound entry under another's name, and one that gives a file another name.
#[test]
fn an_entry_counts_under_its_own_name_and_for_its_own_files_alone() {
    let objects = Objects::default();
    let cache = cache(&objects, None);
    let (one, other) = (world(PICTURE, DRAFT), world(PICTURE, "# Other\n\nText.\n"));
    let names = || objects.lock().expect("no test panics here").keys().cloned().collect::<Vec<_>>();
    build(&cache, &one);
    let first = names();
    build(&cache, &other);
    let report = |names: &[String]| names.iter().find(|name| name.ends_with(".report")).cloned().expect("a report");
    let second: Vec<String> = names().into_iter().filter(|name| !first.contains(name)).collect();
    {
        let mut objects = objects.lock().expect("no test panics here");
        let bytes = objects[&report(&second)].clone();
        objects.insert(report(&first), bytes);
    }
    assert_eq!(build(&cache, &one).1, Source::Build);
    let request = request();
    let (built, _) = build(&cache, &one);
    let mut report = built.report.clone().expect("a report");
    assert!(is_asked_for(&report, &built, &request));
    report.files[0].name = "../evil.html".to_owned();
    assert!(!is_asked_for(&report, &built, &request));
}

#[test]
fn a_store_that_fails_is_said_once_and_fails_no_build() {
    let world = world(PICTURE, DRAFT);
    let store = Memory { fails: true, ..Memory::default() };
    let cache = Cache::new(std::boxed::Box::new(store), "tool".to_owned(), None);
    let (built, came) = build(&cache, &world);
    assert_eq!((came, shown(&built).0.matches("is of no use now: no answer").count()), (Source::Build, 1));
    let (built, _) = build(&cache, &world);
    assert!(!shown(&built).0.contains("of no use"));
}

#[test]
fn nothing_is_kept_of_a_report_at_fault() {
    let objects = Objects::default();
    let cache = cache(&objects, None);
    let world = world(PICTURE, "# A\n\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n");
    assert!(build(&cache, &world).0.report.is_none());
    assert!(objects.lock().expect("no test panics here").is_empty());
}

/// Of a long secret every letter counts.
#[test]
fn a_secret_counts_as_a_whole() {
    let (objects, world) = (Objects::default(), world(PICTURE, DRAFT));
    build(
        &cache(&objects, Some("a long secret, longer than a block of the hash, so that it is hashed itself first")),
        &world,
    );
    let long = "a long secret, longer than a block of the hash, so that it is hashed itself first";
    assert_eq!(build(&cache(&objects, Some(long)), &world).1, Source::Store);
    assert_eq!(build(&cache(&objects, Some(&long[..64])), &world).1, Source::Build);
}
