//! Tables whose rows lie in a file, `::: {.table src=data.csv}`, read into the tree.
//!
//! In: a document as parsed, the project. Out: the same document, each such table with its rows, and the files among
//! the project's sources, so that a fault in one is shown at its own line. Comes before anything is
//! numbered or compared. Cells are plain text. Nothing outside the project is opened.

mod csv;
mod quote;
mod shape;

use std::collections::BTreeMap;

use super::address::{self, Address};
use super::near::{self, NearFiles};
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    self, Attributes, Block, BlockKind, Document, Ids, MOST_CELLS, MOST_COLUMNS, Table, TableFile, VisitMut,
    walk_blocks_mut,
};
use crate::project::{Project, ProjectPath, ReadError, World, read_text};
use crate::source::FileId;
use shape::Shape;

/// A table's file is no larger than this.
const LARGEST_FILE: u64 = 2 * 1024 * 1024;

/// Reads every table's file.
pub fn include(document: &mut Document, project: &mut Project, world: &dyn World) -> Diagnostics {
    let mut counted = Counted::default();
    each_part(document, |blocks, _| walk_blocks_mut(blocks, &mut counted));
    let mut found = Diagnostics::new();
    if !counted.any {
        return found;
    }
    let ids = document.free_ids();
    let terms = Terms::of_language(project.config.report.language.as_deref().unwrap_or_default());
    let mut reader = Reader {
        project,
        world,
        near: NearFiles::new(world, near::TABLES),
        files: BTreeMap::new(),
        told: Vec::new(),
        folder: ProjectPath::root(),
        ids,
        cells: counted.cells,
        terms,
        found: &mut found,
    };
    each_part(document, |blocks, file| {
        reader.folder = reader.project.folder_of(file);
        walk_blocks_mut(blocks, &mut reader);
    });
    document.renumber();
    found
}

fn each_part(document: &mut Document, mut read: impl FnMut(&mut [Block], FileId)) {
    document.parts.iter_mut().for_each(|part| read(&mut part.blocks, part.file));
    document.notes.iter_mut().for_each(|note| read(&mut note.blocks, note.file));
}

/// Cells that are typed, and whether any table lies in a file.
#[derive(Default)]
struct Counted {
    cells: usize,
    any: bool,
}

impl VisitMut for Counted {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Table(table) = &mut block.kind {
            self.cells = self.cells.saturating_add(table.cells());
            self.any |= table.file.is_some();
        }
    }
}

struct Reader<'a> {
    project: &'a mut Project,
    world: &'a dyn World,
    near: NearFiles<'a>,
    /// Each file once.
    files: BTreeMap<ProjectPath, Result<FileId, ReadError>>,
    /// Files whose faults are said.
    told: Vec<FileId>,
    /// Of the draft at hand.
    folder: ProjectPath,
    ids: Ids,
    cells: usize,
    terms: Terms,
    found: &'a mut Diagnostics,
}

impl VisitMut for Reader<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Table(table) = &mut block.kind
            && let Some(file) = table.file.take()
        {
            self.table(table, &block.attributes, &file);
        }
    }
}

impl Reader<'_> {
    fn table(&mut self, table: &mut Table, attributes: &Attributes, file: &TableFile) {
        let read = self.path(&file.path).and_then(|path| self.read(&path));
        let id = match read {
            Ok(id) => id,
            Err(fault) => {
                self.found.push(Diagnostic { place: crate::diag::Place::Span(file.span), ..*fault });
                return self.placeholder(table, file);
            }
        };
        let shape = Shape::of(attributes, file, self.found);
        let text = self.project.sources[id].text();
        let mut said = Diagnostics::new();
        let delimiter = shape.delimiter.unwrap_or_else(|| csv::delimiter(text, &file.path));
        let records = csv::read(text, id, delimiter, &mut said);
        if !self.told.contains(&id) {
            self.told.push(id);
            self.found.extend(said);
        }
        if records.is_empty() {
            let message = format!("the table's file `{}` has no rows", file.path);
            self.found.push(Diagnostic::new(Code::MissingTable, file.span, message).hint("a table needs one at least"));
            return self.placeholder(table, file);
        }
        let columns = shape.columns(&records, file, self.found);
        let count = document::cells(columns.len().min(MOST_COLUMNS), records.len());
        self.cells = self.cells.saturating_add(count);
        if self.cells > MOST_CELLS {
            let message =
                format!("the tables of a report have at most {MOST_CELLS} cells, and with this one there are more");
            let fault = Diagnostic::new(Code::TooLarge, file.span, message);
            return self
                .found
                .push(fault.hint("name the columns that matter, `columns=\"Year,Total\"`, or cut the file"));
        }
        shape.fill(table, &records, &columns, &mut self.ids, self.found);
    }

    fn placeholder(&mut self, table: &mut Table, file: &TableFile) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let text = format!("{}{}{name}", self.terms.table_missing, self.terms.colon);
        shape::placeholder(table, &text, file.span, &mut self.ids);
    }

    fn path(&self, typed: &str) -> Result<ProjectPath, Box<Diagnostic>> {
        let shown = || format!("the table's file `{typed}`");
        let fault = |code, message: String, hint: &str| {
            Box::new(Diagnostic::at(code, crate::diag::Place::Nowhere, message).hint(hint))
        };
        match address::parse(typed) {
            Address::File { path, .. } => self.project.named_file(self.world, &self.folder, &path).map_err(|_| {
                let hint = "only files beneath the project's folder are read: copy it there";
                fault(Code::OutsideProject, format!("{} lies outside the project", shown()), hint)
            }),
            Address::Web(_) | Address::Unfollowed(_) | Address::Within(_) => {
                let hint = "nothing is fetched while building: save the file beside the drafts and name it there";
                Err(fault(Code::MissingTable, format!("{} is no file of the project", shown()), hint))
            }
        }
    }

    fn read(&mut self, path: &ProjectPath) -> Result<FileId, Box<Diagnostic>> {
        let (world, project, found) = (self.world, &mut *self.project, &mut *self.found);
        let read = self
            .files
            .entry(path.clone())
            .or_insert_with(|| read_text(world, path, LARGEST_FILE, &mut project.sources, found));
        let (read, near, folder) = (read.clone(), &mut self.near, &self.folder);
        read.map_err(|error| {
            let hint = near::hint(if error == ReadError::Missing { near.to(path, folder) } else { None });
            let (code, why) = match error {
                ReadError::Missing => (Code::MissingTable, "does not exist".to_owned()),
                ReadError::Outside => (Code::OutsideProject, "leads out of the project".to_owned()),
                ReadError::TooLarge => (Code::MissingTable, "is larger than 2 MiB".to_owned()),
                ReadError::Other(why) => (Code::MissingTable, format!("cannot be read: {why}")),
            };
            let message = format!("the table's file `{path}` {why}");
            let place = crate::diag::Place::Nowhere;
            Box::new(Diagnostic::at(code, place, message).hint(hint))
        })
    }
}
