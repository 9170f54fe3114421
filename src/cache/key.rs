//! What a report depends on, as one number.

use std::fmt::Write as _;

use serde::Serialize;

use super::Secret;
use super::witness::Question;
use crate::output::digest;
use crate::pipeline::{self, Request};
use crate::project::{Config, Project};

/// The form of what is kept: another one is another key.
const FORM: u32 = 1;

/// SHA-256 of everything that something depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(String);

/// What is known before anything is built.
#[derive(Serialize)]
struct Known<'a> {
    form: u32,
    tool: &'a str,
    /// The mark of a secret: what others have kept lies elsewhere.
    secret: Option<String>,
    /// As it is shown for tests and defects: no field of it can be forgotten.
    request: String,
    translation: String,
    config: &'a Config,
    drafts: Vec<&'a str>,
    citations: String,
    sources: Vec<(&'a str, String)>,
}

impl Key {
    /// Over the program, who keeps it, the request, and what loading has read.
    pub(super) fn first(tool: &str, secret: Option<&Secret>, project: &Project, request: &Request) -> Self {
        let sources = project.sources.ids().map(|id| &project.sources[id]);
        let known = Known {
            form: FORM,
            tool,
            secret: secret.map(Secret::mark),
            // By what files are named after, not by what the folder is called: clones are.
            request: format!("{:?}", Request { name: pipeline::file_stem(project, &request.name), ..request.clone() }),
            translation: format!("{:?}", project.translation),
            config: &project.config,
            drafts: project.drafts.iter().map(|draft| draft.path.as_str()).collect(),
            citations: format!("{:?}", project.citations),
            sources: sources.map(|file| (file.path(), digest(file.text().as_bytes()))).collect(),
        };
        Self(digest(&serde_json::to_vec(&known).expect("strings and numbers have a place in JSON")))
    }

    /// The same, and what was asked for besides, with the answers.
    pub(super) fn second(&self, seen: &[(Question, String)]) -> Self {
        let seen = serde_json::to_string(seen).expect("strings and numbers have a place in JSON");
        let mut text = self.0.clone();
        write!(text, "\n{seen}").expect("writing to a String does not fail");
        Self(digest(text.as_bytes()))
    }

    /// The name of what is kept under it.
    pub(super) fn name(&self, kind: &str) -> String {
        format!("v{FORM}/{}/{}.{kind}", &self.0[..2], self.0)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The key in a name.
    #[cfg(test)]
    pub(super) fn from_name(name: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or_default();
        Self(file.split('.').next().unwrap_or_default().to_owned())
    }
}
