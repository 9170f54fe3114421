//! Tables at the limits: what is small in a draft stays small in a build.

use rapporteur::diag::{Code, Diagnostics, Warned};
use rapporteur::document::{Block, BlockKind, Document, MOST_CELLS, MOST_COLUMNS, Table};
use rapporteur::markdown;
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld, ProjectPath};
use rapporteur::source::Sources;

fn parse(drafts: &[&str]) -> Warned<Document> {
    let mut sources = Sources::default();
    let files: Vec<_> = drafts.iter().map(|text| sources.add("a.md", *text)).collect();
    markdown::parse(&sources, &files)
}

fn tables(document: &Document) -> Vec<&Table> {
    fn of(block: &Block) -> Option<&Table> {
        if let BlockKind::Table(table) = &block.kind { Some(table) } else { None }
    }
    document.parts.iter().flat_map(|part| &part.blocks).filter_map(of).collect()
}

fn cells(table: &Table) -> usize {
    table.head.iter().chain(&table.body).map(|row| row.cells.len()).sum()
}

fn has(diagnostics: &Diagnostics, code: Code) -> bool {
    diagnostics.iter().any(|found| found.code == code)
}

/// 200 cells that each claim 256 columns, over 400 rows: 12 KB that would be 20 million cells.
fn bomb() -> String {
    format!("<table>\n<tr>{}</tr>\n{}</table>\n", "<td colspan=256>x".repeat(200), "<tr><td>y\n".repeat(400))
}

#[test]
fn a_small_draft_makes_no_large_grid() {
    let parsed = parse(&[&bomb()]);
    let [table] = tables(&parsed.value)[..] else { panic!("one table") };
    assert_eq!(table.columns.len(), MOST_COLUMNS);
    assert_eq!(cells(table), 1 + 400 * MOST_COLUMNS);
    assert!(has(&parsed.diagnostics, Code::RaggedTable));
    let said = table.body[0].cells[0].blocks.len();
    assert_eq!(said, 200, "no text is lost");
}

#[test]
fn a_small_draft_builds() {
    let world = MemoryWorld::new([("case.md", format!("# A\n\n{}", bomb()))]);
    let loaded = project::load(&world, &Entry::File(ProjectPath::new("case.md").expect("a plain name")));
    let date = Date { year: 2024, month: 12, day: 17 };
    let request = Request { date, formats: Some(vec![Format::Html, Format::Docx]), name: "case".to_owned() };
    let built = pipeline::build(&world, loaded, &request, &|_| {});
    assert!(built.report.is_some_and(|report| report.files.iter().all(|file| file.bytes.len() < 8 << 20)));
}

#[test]
fn cells_are_counted_over_all_drafts() {
    let draft = |rows: usize| format!("<table>\n{}</table>\n", "<tr><td colspan=50>x\n".repeat(rows));
    let rows = MOST_CELLS / 50 / 2;
    let (half, more) = (draft(rows), draft(rows + 1));
    assert!(!has(&parse(&[&half, &half]).diagnostics, Code::TooLarge));
    let over = parse(&[&half, &more]);
    assert!(has(&over.diagnostics, Code::TooLarge));
    assert_eq!(tables(&over.value).len(), 1, "nothing is made of what is too much");
}

#[test]
fn columns_that_a_row_adds_are_counted() {
    let draft = format!("|a|\n|-|\n{}{}\n", "|b|\n".repeat(MOST_CELLS / 50), "|c".repeat(60) + "|");
    assert!(has(&parse(&[&draft]).diagnostics, Code::TooLarge));
}
