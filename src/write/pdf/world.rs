//! Everything that Typst may read: the generated source, the template, the style, the images and the
//! bundled fonts. There is no file system, no package, no clock.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt};

use super::native;
use crate::style::FontSet;

/// Laid out, it knows no other files than these.
#[derive(Clone)]
pub(super) struct Press {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: BTreeMap<String, Bytes>,
    fonts: Arc<Fonts>,
}

impl Press {
    /// From the generated source and the files it names, by absolute path.
    pub(super) fn new(main: String, files: BTreeMap<String, Bytes>, fonts: &FontSet) -> Self {
        let mut press = Self::empty(files, fonts);
        press.put(Self::main_id(), &main);
        press
    }

    /// Without any source yet.
    pub(super) fn empty(files: BTreeMap<String, Bytes>, fonts: &FontSet) -> Self {
        Self { main: Self::main_id(), sources: HashMap::new(), files, fonts: Arc::new(Fonts::new(fonts)) }
    }

    /// The generated source.
    pub(super) fn main_id() -> FileId {
        id("/main.typ")
    }

    /// Takes a source in; one with that id is forgotten.
    pub(super) fn put(&mut self, id: FileId, text: &str) {
        self.take(Source::new(id, text.to_owned()));
    }

    /// The same of one that is parsed.
    pub(super) fn take(&mut self, source: Source) {
        self.sources.insert(source.id(), source);
    }

    /// A source taken in before, to be edited in place.
    pub(super) fn source_mut(&mut self, id: FileId) -> Option<&mut Source> {
        self.sources.get_mut(&id)
    }

    /// A source taken in before.
    pub(super) fn kept(&self, id: FileId) -> Option<&Source> {
        self.sources.get(&id)
    }

    /// Sets everything in these fonts from now on.
    pub(super) fn set_fonts(&mut self, fonts: &FontSet) {
        self.fonts = Arc::new(Fonts::new(fonts));
    }

    /// Forgets a source.
    pub(super) fn remove(&mut self, id: FileId) {
        self.sources.remove(&id);
    }

    /// The files beside the sources.
    pub(super) fn files(&self) -> &BTreeMap<String, Bytes> {
        &self.files
    }

    /// The same, to change.
    pub(super) fn files_mut(&mut self) -> &mut BTreeMap<String, Bytes> {
        &mut self.files
    }

    /// The same files and fonts, and no source.
    pub(super) fn bare(&self) -> Self {
        Self { sources: HashMap::new(), ..self.clone() }
    }
}

/// The id of a path, the same in every build: Typst never frees one.
pub(super) fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("paths of the press are absolute and plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Makes what is the same for every document.
pub(super) fn prepare() {
    LazyLock::force(&TEMPLATE);
    LazyLock::force(&LIBRARY);
    LazyLock::force(&BUNDLED);
}

static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::new(id("/template.typ"), include_str!("template.typ").to_owned()));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = Library::builder().with_features(Features::from_iter([Feature::A11yExtras])).build();
    native::define(library.global.scope_mut());
    LazyHash::new(library)
});

static BUNDLED: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let face = |data: &'static [u8]| Font::new(Bytes::new(data), 0).expect("bundled faces are valid");
    let text = crate::style::faces().iter().map(|bundled| face(bundled.data));
    text.chain([face(crate::style::formula_face())]).collect()
});

/// The bundled faces, then those found for the report's scripts.
struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    fn new(set: &FontSet) -> Self {
        let found = set.fallback().iter().filter_map(|face| Font::new(Bytes::new(face.data.clone()), face.index));
        let fonts: Vec<Font> = BUNDLED.iter().cloned().chain(found).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }
}

impl typst::World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() {
            return Ok(TEMPLATE.clone());
        }
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(id.vpath().get_with_slash()).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
