//! What each stage of a build takes, on reports of about 100 and 1,000 pages: `cargo bench --bench stages`.

mod report;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkGroup, Criterion, SamplingMode, criterion_group, criterion_main};
use rapporteur::diag::Status;
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld, Project};
use rapporteur::resolve::ResolvedDocument;
use rapporteur::source::FileId;
use rapporteur::style::{FontSet, Stylesheet};
use rapporteur::{markdown, write};

criterion_group!(benches, hundred, thousand);
criterion_main!(benches);

fn hundred(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("100 pages");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(15));
    stages(&mut group, report::HUNDRED_PAGES);
}

fn thousand(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("1,000 pages");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(60));
    stages(&mut group, 10 * report::HUNDRED_PAGES);
}

/// Each stage alone, then all of them as `rapporteur build` runs them, but for publishing.
fn stages(group: &mut BenchmarkGroup<'_, criterion::measurement::WallTime>, chapters: usize) {
    let world = MemoryWorld::new(report::files(chapters));
    let (project, resolved, style, fonts) = prepared(&world);
    let files: Vec<FileId> = project.drafts.iter().map(|draft| draft.file).collect();
    group.bench_function("Markdown to tree", |b| b.iter(|| markdown::parse(black_box(&project.sources), &files)));
    group.bench_function("HTML", |b| b.iter(|| write::html::write(black_box(&resolved), &style, &fonts)));
    group.bench_function("DOCX", |b| b.iter(|| write::docx::write(black_box(&resolved), &style, &fonts, None)));
    group.bench_function("PDF", |b| {
        b.iter_batched(
            write::pdf::forget,
            |()| write::pdf::write(black_box(&resolved), &style, &fonts).expect("the report has no fault"),
            BatchSize::PerIteration,
        );
    });
    drop((project, resolved, style));
    group.bench_function("HTML alone, all stages", |b| b.iter(|| build(&world, &[Format::Html])));
    group.bench_function("DOCX alone, all stages", |b| b.iter(|| build(&world, &[Format::Docx])));
    group.bench_function("three formats, all stages", |b| {
        b.iter_batched(write::pdf::forget, |()| build(&world, Format::ALL), BatchSize::PerIteration);
    });
}

fn request(formats: &[Format]) -> Request {
    Request {
        date: Date { year: 2026, month: 1, day: 31 },
        formats: Some(formats.to_vec()),
        name: "measured".to_owned(),
    }
}

fn prepared(world: &MemoryWorld) -> (Project, ResolvedDocument, Stylesheet, FontSet) {
    let loaded = project::load(world, &Entry::Configuration);
    let prepared = pipeline::prepare(world, loaded, &request(Format::ALL), &|_| {});
    assert!(!prepared.diagnostics.has_errors(Status::Final), "{:?}", prepared.diagnostics);
    let (resolved, style, fonts) = prepared.resolved.expect("the report has drafts");
    (prepared.project, resolved, style, fonts)
}

fn build(world: &MemoryWorld, formats: &[Format]) {
    let built = pipeline::build(world, project::load(world, &Entry::Configuration), &request(formats), &|_| {});
    assert_eq!(built.report.expect("nothing stands against it").files.len(), formats.len());
}
