//! Arguments to an exit code.

fn main() -> std::process::ExitCode {
    rapporteur::cli::run()
}
