//! Jobs as the matrix that a CI host builds them by.
//!
//! In: jobs, the words of the command that builds some of them. Out: JSON or YAML, equal for equal jobs. Whatever a
//! folder is called: what a shell is given are names of jobs, which mean nothing to it, and all else is quoted.

use serde::Serialize;
use serde_json::{Value, json};

use super::Job;

/// Who runs the jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions: an object on one line, for `strategy: matrix`.
    Github,
    /// GitLab: a child pipeline.
    Gitlab,
    /// Anyone: everything about every job.
    Any,
}

/// Jobs of one matrix on GitHub (usage limits of GitHub Actions).
const GITHUB_LIMIT: usize = 256;
/// Jobs of one `parallel: matrix` on GitLab (CI/CD YAML syntax, `parallel:matrix`).
const GITLAB_LIMIT: usize = 200;

/// Characters of a group's name on GitLab: with `report: [-123]` around it no more than the 255 of a job's name, beyond which
/// no pipeline is made (CI/CD YAML syntax, `parallel:matrix`).
const LONGEST_NAME: usize = 200;

/// Jobs that one machine builds.
#[derive(Serialize)]
struct Group {
    id: String,
    path: String,
    language: String,
    command: String,
}

/// The plan. `command` is how the program is asked for a series, each word apart; where there are more jobs than a host
/// allows, several that stand side by side are built by one.
pub fn plan(jobs: &[Job], command: &[&str], host: Host) -> String {
    match host {
        Host::Github => {
            let groups = groups(jobs, command, GITHUB_LIMIT);
            serde_json::to_string(&json!({ "include": groups })).expect("strings have a place in JSON")
        }
        Host::Gitlab => gitlab(&groups(jobs, command, GITLAB_LIMIT)),
        Host::Any => {
            let jobs: Vec<Value> = jobs.iter().map(|job| whole(job, command)).collect();
            serde_json::to_string_pretty(&json!({ "jobs": jobs })).expect("strings have a place in JSON")
        }
    }
}

fn whole(job: &Job, command: &[&str]) -> Value {
    json!({
        "id": job.id,
        "path": job.path.as_str(),
        "language": job.language,
        "formats": job.formats.as_ref().map(|formats| formats.iter().map(|format| format.extension()).collect::<Vec<_>>()),
        "output": job.output.as_ref().map(crate::project::ProjectPath::as_str),
        "command": command_of(command, &[job]),
    })
}

/// At most `limit` groups of neighbours, as even as can be.
fn groups(jobs: &[Job], command: &[&str], limit: usize) -> Vec<Group> {
    let count = jobs.len().min(limit);
    let bounds = |at: usize| at * jobs.len() / count;
    (0..count)
        .map(|at| {
            let jobs: Vec<&Job> = jobs[bounds(at)..bounds(at + 1)].iter().collect();
            let id = match jobs.as_slice() {
                [job] => job.id.clone(),
                [first, rest @ ..] => format!("{}-and-{}-more", first.id, rest.len()),
                [] => String::new(),
            };
            Group {
                id,
                path: each_once(jobs.iter().map(|job| job.path.as_str())),
                language: each_once(jobs.iter().filter_map(|job| job.language.as_deref())),
                command: command_of(command, &jobs),
            }
        })
        .collect()
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once.join(", ")
}

fn command_of(command: &[&str], jobs: &[&Job]) -> String {
    let ids: Vec<&str> = jobs.iter().map(|job| job.id.as_str()).collect();
    let words = command.iter().map(|word| quoted(word)).chain(["--only".to_owned(), ids.join(",")]);
    words.collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it for what it is (POSIX 2.2.2).
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// A child pipeline. Strings are JSON's, which YAML takes as they are (YAML 1.2, 1.3). The host names each job after the
/// values of its matrix, so that these are names alone; what is run by which stands in the script.
fn gitlab(groups: &[Group]) -> String {
    let mut yaml = String::from("# Written by `rapporteur plan`.\n");
    if groups.is_empty() {
        // A pipeline without a job is refused.
        return yaml + "nothing to build:\n  script:\n    - \"true\"\n";
    }
    let names: Vec<String> = groups.iter().enumerate().map(|(at, group)| short(&group.id, at)).collect();
    let mut script = String::from("case \"$RAPPORTEUR_JOB\" in\n");
    for (name, Group { command, .. }) in names.iter().zip(groups) {
        script += &format!("'{name}') {command} ;;\n");
    }
    script += "*) exit 2 ;;\nesac";
    yaml += &format!("report:\n  script:\n    - {}\n", scalar(&script));
    yaml += "  parallel:\n    matrix:\n      - RAPPORTEUR_JOB:\n";
    for name in names {
        yaml += &format!("          - {}\n", scalar(&name));
    }
    yaml
}

/// A name that fits into that of a job; what is cut off is told apart by a number.
fn short(id: &str, at: usize) -> String {
    if id.len() <= LONGEST_NAME {
        return id.to_owned();
    }
    let cut: String = id.chars().take(LONGEST_NAME).collect();
    format!("{cut}-{}", at + 1)
}

fn scalar(text: &str) -> String {
    let json = serde_json::to_string(text).expect("strings have a place in JSON");
    json.chars().map(|c| if c.is_ascii() { c.to_string() } else { escaped(c) }).collect()
}

/// A character by its code point (YAML 1.2, 5.7): JSON's pairs of halves mean nothing there.
fn escaped(character: char) -> String {
    format!("\\U{:08x}", u32::from(character))
}
