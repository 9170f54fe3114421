//! `rapporteur schema`: what editors need to complete and check `rapporteur.toml`.

use super::exit::Exit;
use super::terminal;
use crate::project::Config;

pub(super) fn run() -> Exit {
    terminal::result(schema().trim_end());
    Exit::Done
}

/// The JSON Schema (draft 2020-12) of the configuration.
pub(super) fn schema() -> String {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("$id".to_owned(), SCHEMA_ID.into());
    schema.insert("title".to_owned(), "rapporteur.toml".into());
    let json = serde_json::to_string_pretty(&schema).expect("a schema has a place in JSON");
    json + "\n"
}

/// What the schema is called; nothing is fetched from there.
const SCHEMA_ID: &str = "urn:rapporteur:schema:configuration";

#[cfg(test)]
mod tests {
    use super::schema;

    /// `UPDATE=1` accepts.
    #[test]
    fn the_schema_in_the_repository_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/rapporteur.schema.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, schema()).expect("the schema can be written");
        }
        let kept = std::fs::read_to_string(path).expect("the schema is in the repository");
        assert!(kept == schema(), "run `rapporteur schema > schemas/rapporteur.schema.json`");
    }
}
