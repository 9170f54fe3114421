//! The command line: arguments in, text out, an exit code at the end.
//!
//! The only part that prints, exits, and reads the environment and the clock; the only home of clap.
//! Results go to standard output, diagnostics to standard error.

mod build;
mod cache;
mod changelog;
mod check;
mod completions;
mod date;
mod diff;
mod doctor;
mod exit;
mod folders;
mod inspect;
mod man;
mod message;
mod new;
mod parent;
mod plan;
mod program;
mod progress;
mod project;
mod release;
mod room;
mod schema;
mod secret;
mod series;
mod serve;
mod stat;
mod styles;
mod summary;
mod terminal;
mod verify;
mod versions;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::project::Format;

/// Markdown drafts that several people edit become one report as PDF, DOCX and HTML.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the report once, or every report of a series.
    Build(build::BuildCommand),
    /// Print the reports of a series as the jobs of a CI host.
    Plan(plan::PlanArguments),
    /// Say everything that a build would find in the drafts, without building.
    Check(check::CheckArguments),
    /// Show what changed between two versions as a redline in Word, PDF and HTML, or as figures.
    Diff(DiffArguments),
    /// Tell what changed between two versions, or from each release to the next, by comparing them.
    Changelog(ChangelogArguments),
    /// Release a version: report, redline, changelog and manifest in a folder of its own, from the commit that is checked out.
    Release(ReleaseArguments),
    /// Say whether a release is what it was made as, and whether its commit gives the same bytes again.
    Verify(VerifyArguments),
    /// Read a finished PDF, DOCX or HTML back: its roles and text in reading order, and its facts.
    Inspect(InspectArguments),
    /// Build the report whenever a draft, the configuration, the style or an image is saved.
    Watch(WatchArguments),
    /// Show the report in a browser, and every save as it is made.
    Serve(ServeArguments),
    /// Make a project to start from.
    New(NewArguments),
    /// Say whether fonts, git, the watcher and the output folder are in order.
    Doctor(DoctorArguments),
    /// List the styles that a report can have, or show the tokens of one.
    Styles(StylesArguments),
    /// Print the JSON Schema of `rapporteur.toml`, or of a series' file, for editors.
    Schema(schema::SchemaArguments),
    /// Print what a shell needs to complete the command line.
    Completions(completions::CompletionsArguments),
    /// Print the manual page, or write those of all commands.
    Man(man::ManArguments),
}

#[derive(Debug, Clone, Args)]
struct WatchArguments {
    #[command(flatten)]
    build: BuildArguments,
    /// How changes are noticed: by the system's events, by looking again and again, or as it fits.
    #[arg(long, value_name = "HOW", default_value = "auto")]
    watch: WatchBackend,
}

/// What `serve` takes.
#[derive(Debug, Clone, Args)]
struct ServeArguments {
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    path: Option<PathBuf>,
    /// Where to listen; 0 for any port that is free.
    #[arg(short, long, value_name = "PORT", default_value_t = 3000)]
    port: u16,
    /// The name or address to listen at. At any but this machine's own, only those with the printed address get in.
    #[arg(short = 'n', long, value_name = "HOSTNAME", default_value = "127.0.0.1")]
    hostname: String,
    /// Open the preview in the browser.
    #[arg(long)]
    open: bool,
    /// Show a translation: one of `[translations]`.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// How changes are noticed: by the system's events, by looking again and again, or as it fits.
    #[arg(long, value_name = "HOW", default_value = "auto")]
    watch: WatchBackend,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WatchBackend {
    Auto,
    Native,
    Poll,
}

#[derive(Debug, Clone, Args)]
struct NewArguments {
    /// The project's folder: a new one, or an empty one.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

#[derive(Debug, Clone, Args)]
struct DoctorArguments {
    /// The project's folder; by default the folder you are in, or the project above it.
    path: Option<PathBuf>,
}

/// What `build` and its like take.
#[derive(Debug, Clone, Args)]
struct BuildArguments {
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    path: Option<PathBuf>,
    /// Where to write; by default the folder that `rapporteur.toml` names, or `output/`.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What to write, separated by commas; by default what `rapporteur.toml` names, or all.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = parse_format)]
    format: Option<Vec<Format>>,
    /// In which language: the report's own by default, one of `[translations]`, or `all`. Can be given more than once.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    language: Vec<String>,
    #[command(flatten)]
    messages: MessageArguments,
}

/// What `diff` takes.
#[derive(Debug, Clone, Args)]
struct DiffArguments {
    /// What is compared: a tag, branch or commit as the baseline of the files at hand; `BASE..HEAD` for two of them;
    /// or, with NEW, the older of two folders or files. By default the last release, else the last commit.
    #[arg(value_name = "BASE[..HEAD]")]
    base: Option<String>,
    /// The newer of two folders or files.
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    #[arg(long, value_name = "DIR", conflicts_with = "new")]
    project: Option<PathBuf>,
    /// Whose changes they are, where nothing else says so; by default git's user.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Whether what stands elsewhere is shown as moved, or as deleted and inserted.
    #[arg(long, value_name = "WHETHER", default_value = "on")]
    moves: Switch,
    /// Compare a translation: one of `[translations]`.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Say how much changed in each section, and write no file.
    #[arg(long)]
    stat: bool,
    /// End with 4 if there is a difference.
    #[arg(long)]
    exit_code: bool,
    /// Where to write; by default the folder that `rapporteur.toml` names, or `output/`.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What to write, separated by commas; by default what `rapporteur.toml` names, or all.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = parse_format)]
    format: Option<Vec<Format>>,
    #[command(flatten)]
    messages: MessageArguments,
}

/// What `changelog` takes.
#[derive(Debug, Clone, Args)]
struct ChangelogArguments {
    /// What is compared, as for `diff`: BASE, BASE..HEAD, or with NEW two folders or files. By default the last release
    /// and the files at hand.
    #[arg(value_name = "BASE[..HEAD]")]
    base: Option<String>,
    /// The newer of two folders or files.
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    #[arg(long, value_name = "DIR", conflicts_with = "new")]
    project: Option<PathBuf>,
    /// Every release against the one before it, and the files at hand against the last.
    #[arg(long, conflicts_with_all = ["base", "new"])]
    all: bool,
    /// Tell editorial changes, too, which are counted otherwise.
    #[arg(long)]
    full: bool,
    /// Tell of a translation: one of `[translations]`.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// In which form: by section in Markdown; for programs; as a page; half a page of plain text for a mailing list; or as
    /// Keep a Changelog has it, with the notes that people wrote.
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: ChangelogFormat,
    #[command(flatten)]
    messages: MessageArguments,
}

/// A form of a changelog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChangelogFormat {
    Md,
    Json,
    Html,
    Mail,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// What `release` takes.
#[derive(Debug, Clone, Args)]
struct ReleaseArguments {
    /// The version: `1.0`, `1.2.1`, `2.0-draft.1`; later than those before it.
    #[arg(value_name = "VERSION")]
    version: String,
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    path: Option<PathBuf>,
    /// Release a draft, with this on every page ("Draft II"); without it a final is released.
    #[arg(long, value_name = "LABEL")]
    draft: Option<String>,
    /// Set a draft's label large and pale behind the text, too.
    #[arg(long, requires = "draft")]
    watermark: bool,
    /// Name the commit by the tag `v<VERSION>`; nothing is pushed.
    #[arg(long)]
    tag: bool,
    /// Put drafts, configuration, bibliographies and images into the PDF (PDF/A-3a).
    #[arg(long)]
    attach_sources: bool,
    /// The translations that it holds beside the report, separated by commas: of `[translations]`, or `all`.
    #[arg(long, visible_alias = "language", value_name = "LANGUAGE", value_delimiter = ',')]
    languages: Vec<String>,
    /// Where the version's folder appears; by default the folder that `rapporteur.toml` names, or `output/`.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Whose the redline's changes are, where nothing else says so; by default the report's first author.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    #[command(flatten)]
    messages: MessageArguments,
}

/// What `verify` takes.
#[derive(Debug, Clone, Args)]
struct VerifyArguments {
    /// The release's folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A clone that holds its commit; by default the one around the release, else the one you are in.
    #[arg(long, value_name = "DIR")]
    repository: Option<PathBuf>,
    /// End with 3 if the release cannot be made again here, by another version of the program or with other fonts.
    #[arg(long)]
    require_rebuild: bool,
    #[command(flatten)]
    messages: MessageArguments,
}

/// What `inspect` takes.
#[derive(Debug, Clone, Args)]
struct InspectArguments {
    /// The file.
    file: PathBuf,
    /// Read one version of a redline instead: what remains once all is accepted (new) or rejected (old), without what is computed.
    #[arg(long, value_name = "SIDE")]
    side: Option<RedlineSide>,
    #[command(flatten)]
    messages: MessageArguments,
}

/// A version in a redline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RedlineSide {
    /// The baseline.
    Old,
    /// The revision.
    New,
}

/// What `styles` takes.
#[derive(Debug, Clone, Args)]
struct StylesArguments {
    #[command(subcommand)]
    command: Option<StylesCommand>,
    /// The project's folder; by default the folder you are in, or the project above it.
    #[arg(long, value_name = "DIR", global = true)]
    project: Option<PathBuf>,
    /// `human` for people, `json` for programs (one object a line).
    #[arg(long, value_name = "FORMAT", default_value = "human", global = true)]
    message_format: MessageFormat,
}

#[derive(Debug, Clone, Subcommand)]
enum StylesCommand {
    /// Print every token of a style, and where each comes from.
    Show {
        /// The style; by default the project's.
        name: Option<String>,
    },
}

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, Args)]
struct MessageArguments {
    /// `human` for people, `json` for programs (one object a line), `github` for annotations of a workflow.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    Human,
    Json,
    Github,
}

fn parse_format(text: &str) -> Result<Format, String> {
    let found = Format::ALL.iter().find(|format| format.extension() == text.trim().to_lowercase());
    found.copied().ok_or_else(|| "there are: pdf, docx, html".to_owned())
}

/// What the process was started with; where that is no command, it ends here. What is quoted of it then does nothing to a
/// terminal or a workflow.
fn arguments() -> Arguments {
    Arguments::try_parse().unwrap_or_else(|fault| {
        let shown = std::env::args_os().map(|argument| terminal::printable(&argument.to_string_lossy()));
        Arguments::try_parse_from(shown).err().unwrap_or(fault).exit()
    })
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let exit = match arguments().command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Changelog(arguments) => changelog::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::New(arguments) => new::run(&arguments.folder),
        Command::Doctor(arguments) => doctor::run(arguments.path),
        Command::Styles(arguments) => styles::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    exit.into()
}
