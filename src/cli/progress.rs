use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{MessageFormat, terminal};
use crate::pipeline::Stage;

/// What a build is at, on a terminal that someone watches; gone when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn new(format: MessageFormat) -> Self {
        let shown = format == MessageFormat::Human && terminal::watched();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})").expect("the template is well formed");
        let bar = ProgressBar::with_draw_target(None, target).with_style(style);
        if shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar }
    }

    pub(super) fn show(&self, stage: Stage) {
        self.bar.set_message(match stage {
            Stage::Parsing => "reading the drafts",
            Stage::Resolving => "numbers, references, images",
            Stage::Writing => "setting the pages",
            Stage::Checking => "reading the files back",
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
