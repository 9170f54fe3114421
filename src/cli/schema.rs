//! `rapporteur schema`: what editors need to complete and check `rapporteur.toml` and a series' file.

use clap::{Args, ValueEnum};
use schemars::Schema;

use super::exit::Exit;
use super::terminal;
use crate::project::Config;
use crate::series::SeriesConfig;

/// What `schema` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct SchemaArguments {
    /// Of which file: `rapporteur.toml`, or that of a series.
    #[arg(value_name = "FILE", default_value = "configuration")]
    file: File,
}

/// A file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum File {
    Configuration,
    Series,
}

pub(super) fn run(arguments: &SchemaArguments) -> Exit {
    terminal::result(schema(arguments.file).trim_end());
    Exit::Done
}

/// The JSON Schema (draft 2020-12) of a file.
pub(super) fn schema(file: File) -> String {
    // What each is called; nothing is fetched from there.
    let (mut schema, id, title): (Schema, _, _) = match file {
        File::Configuration => {
            (schemars::schema_for!(Config), "urn:rapporteur:schema:configuration", "rapporteur.toml")
        }
        File::Series => (schemars::schema_for!(SeriesConfig), "urn:rapporteur:schema:series", "series.toml"),
    };
    schema.insert("$id".to_owned(), id.into());
    schema.insert("title".to_owned(), title.into());
    let json = serde_json::to_string_pretty(&schema).expect("a schema has a place in JSON");
    json + "\n"
}

#[cfg(test)]
mod tests {
    use super::{File, schema};

    /// `UPDATE=1` accepts.
    #[test]
    fn the_schemas_in_the_repository_are_current() {
        for (file, name) in [(File::Configuration, "rapporteur"), (File::Series, "series")] {
            let path = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, schema(file)).expect("the schema can be written");
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == schema(file), "{path} is not that of the program; `UPDATE=1` accepts what it is");
        }
    }
}
