//! Markdown drafts that several people edit become one report as PDF, DOCX and HTML.
//!
//! ```text
//! rapporteur.toml  drafts/*.md  styles/<name>/
//!         │
//!      project ── sources ──▶ markdown::parse ──▶ Document        two of them: compare ──▶ one with marks
//!                                                    ▼
//!                                       resolve ──▶ ResolvedDocument
//!                                       ┌────────────┼────────────┐
//!                                  write::html   write::pdf   write::docx
//!                                       └────────────┼────────────┘
//!                                            output::publish
//! ```

pub mod source;

pub mod diag;

pub mod document;

pub mod project;

pub mod style;

pub mod markdown;

pub mod compare;

pub mod resolve;

pub mod check;

pub mod changelog;

pub mod write;

pub mod inspect;

pub mod output;

pub mod pipeline;

pub mod cache;

pub mod series;

pub mod release;

pub mod watch;

pub mod preview;

pub mod serve;

pub mod cli;
