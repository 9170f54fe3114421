//! `rapporteur watch`: the report, again after every save.

use std::io;

use super::build::{Job, Work};
use super::exit::Exit;
use super::{MessageFormat, WatchArguments, WatchBackend, terminal};
use crate::project::{SystemWorld, World};
use crate::watch::{self, Backend, Notice, Plan, Stop};

pub(super) fn run(arguments: &WatchArguments) -> Exit {
    let job = match Job::new(&arguments.build) {
        Ok(job) => job,
        Err(exit) => return exit,
    };
    if let Err(exit) = job.target.holds_drafts() {
        return exit;
    }
    let root = job.target.location.root.clone();
    let mut session = Session { job, format: arguments.build.messages.message_format };
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

struct Session {
    job: Job,
    format: MessageFormat,
}

impl Plan for Session {
    /// `None` where something beside the drafts stands against building; that has been said by then.
    type Built = Option<Work>;

    fn world(&self) -> io::Result<SystemWorld> {
        self.job.target.open()
    }

    fn build(&mut self, world: &dyn World) -> Option<Work> {
        self.job.build(world).ok()
    }

    fn conclude(&mut self, built: Option<Work>) {
        // Whatever came of it has been said; the next save is another chance.
        let _ = built.map(|work| self.job.conclude(work));
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
