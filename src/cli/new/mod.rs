//! `rapporteur new`: a project that builds as it is, and says in its own drafts how to go on.

use std::fs;
use std::io;
use std::path::Path;

use super::exit::Exit;
use super::{schema, terminal};

/// Path and content of every file, but for the schema.
const FILES: &[(&str, &str)] = &[
    ("rapporteur.toml", include_str!("template/rapporteur.toml")),
    (".gitignore", include_str!("template/gitignore")),
    ("drafts/01-summary.md", include_str!("template/drafts/01-summary.md")),
    ("drafts/02-findings.md", include_str!("template/drafts/02-findings.md")),
    ("drafts/90-annex.md", include_str!("template/drafts/90-annex.md")),
    ("drafts/figures/process.svg", include_str!("template/drafts/figures/process.svg")),
];

/// What the template's first line calls the schema.
const SCHEMA_FILE: &str = "rapporteur.schema.json";

pub(super) fn run(folder: &Path) -> Exit {
    match is_free(folder) {
        Ok(true) => {}
        Ok(false) => {
            let message = format!("{} is there already, and it is not an empty folder", folder.display());
            terminal::failure(&message);
            return Exit::Usage;
        }
        Err(error) => return failed(folder, &error),
    }
    if let Err(error) = write(folder) {
        return failed(folder, &error);
    }
    let shown = terminal::printable(&folder.display().to_string());
    terminal::result(&format!("{shown} is a project: its drafts are in {shown}/drafts"));
    terminal::message(&format!(
        "`rapporteur build {shown}` builds the report, `rapporteur watch {shown}` follows every save"
    ));
    Exit::Done
}

fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        // A repository may be there first.
        Ok(mut entries) => Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == ".git"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let schema = schema::schema(schema::File::Configuration);
    for (name, text) in FILES.iter().copied().chain([(SCHEMA_FILE, schema.as_str())]) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn failed(folder: &Path, error: &io::Error) -> Exit {
    terminal::failure(&format!("{} cannot be written: {error}", folder.display()));
    Exit::Environment
}
