//! `rapporteur watch`: the report, again after every save.

use std::io;

use super::build::{Job, Work};
use super::exit::Exit;
use super::project::Target;
use super::{MessageFormat, WatchArguments, WatchBackend, terminal};
use crate::project::{SystemWorld, World};
use crate::watch::{self, Backend, Notice, Plan, Stop};

pub(super) fn run(arguments: &WatchArguments) -> Exit {
    let jobs = match Job::all(&arguments.build, None) {
        Ok(jobs) => jobs,
        Err(exit) => return exit,
    };
    let target = jobs[0].target.clone();
    if let Err(exit) = target.holds_drafts() {
        return exit;
    }
    let root = target.location.root.clone();
    let mut session = Session { jobs, target, format: arguments.build.messages.message_format };
    match watch::watch(&mut session, &root, arguments.watch.into(), &Stop::default()) {
        Ok(()) => Exit::Done,
        Err(error) => {
            terminal::failure(&error.to_string());
            Exit::Environment
        }
    }
}

impl From<WatchBackend> for Backend {
    fn from(backend: WatchBackend) -> Self {
        match backend {
            WatchBackend::Auto => Self::Auto,
            WatchBackend::Native => Self::Native,
            WatchBackend::Poll => Self::Poll,
        }
    }
}

/// One for each language.
struct Session {
    jobs: Vec<Job>,
    target: Target,
    format: MessageFormat,
}

impl Plan for Session {
    /// `None` where something beside the drafts stands against building; that has been said by then.
    type Built = Vec<Option<Work>>;

    fn world(&self) -> io::Result<SystemWorld> {
        self.target.open()
    }

    fn build(&mut self, world: &dyn World) -> Self::Built {
        self.jobs.iter().map(|job| job.build(world).ok()).collect()
    }

    fn conclude(&mut self, built: Self::Built) {
        for (job, work) in self.jobs.iter().zip(built) {
            // Whatever came of it has been said; the next save is another chance.
            let _ = work.map(|work| job.conclude(work));
        }
    }

    fn tell(&mut self, notice: Notice) {
        if self.format != MessageFormat::Human {
            return;
        }
        terminal::message(&match notice {
            Notice::Unchanged => return,
            Notice::Waiting => "waiting for changes; Ctrl-C ends this".to_owned(),
            Notice::Polling { why } => {
                format!("looking for changes several times a second: {}", terminal::printable(&why))
            }
            Notice::Gone => "the project's folder has gone; waiting for it to come back".to_owned(),
        });
    }
}
