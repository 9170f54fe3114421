use std::process::ExitCode;

use crate::diag::{Code, Diagnostics, Severity, Status};

/// How a command ends. Signals end the process themselves: 130 and 143, as a shell counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0: done, warnings or not.
    Done,
    /// 1: faults in the drafts.
    Drafts,
    /// 2: usage or configuration.
    Usage,
    /// 3: the system, or something about this machine.
    Environment,
    /// 4: there are differences, and `--exit-code` asked.
    Differences,
    /// 5: the older version does not hold the report, so that there is nothing to compare with.
    NoBaseline,
    /// 75 (`EX_TEMPFAIL` of sysexits): another build holds the output folder.
    Locked,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl Exit {
    /// The code that the process ends with.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Drafts => 1,
            Self::Usage => 2,
            Self::Environment => 3,
            Self::Differences => 4,
            Self::NoBaseline => 5,
            Self::Locked => 75,
        }
    }

    /// The gravest that the errors among diagnostics call for.
    pub(super) fn of(diagnostics: &Diagnostics, status: Status) -> Self {
        let errors = diagnostics.iter().filter(|found| found.severity(status) == Severity::Error);
        errors.map(|found| Self::of_error(found.code)).max().unwrap_or(Self::Done)
    }

    fn of_error(code: Code) -> Self {
        match code {
            Code::MissingFile
            | Code::InvalidConfig
            | Code::UnknownKey
            | Code::InvalidStyle
            | Code::InvalidCitationStyle
            | Code::UnlistedDraft => Self::Usage,
            Code::Unreadable | Code::Unwritable | Code::Readback | Code::Environment => Self::Environment,
            Code::Locked => Self::Locked,
            Code::NoDrafts
            | Code::InvalidUtf8
            | Code::TooLarge
            | Code::OutsideProject
            | Code::ConflictMarker
            | Code::ConflictCopy
            | Code::FrontMatter
            | Code::ForeignFrontMatter
            | Code::ControlCharacter
            | Code::DeepNesting
            | Code::TooDeep
            | Code::UnknownHtml
            | Code::UnbalancedHtml
            | Code::RaggedTable
            | Code::StrayQuote
            | Code::UnreadTable
            | Code::BareLink
            | Code::NotLandscape
            | Code::UnknownBox
            | Code::UnclosedBox
            | Code::InvalidAttributes
            | Code::OtherTitle
            | Code::ForeignSyntax
            | Code::UnreadFormula
            | Code::UnreadList
            | Code::TextInTable
            | Code::UnreadMarkup
            | Code::UnknownClass
            | Code::MisspeltClass
            | Code::UnknownAttribute
            | Code::PictureInLine
            | Code::UnnumberedReference
            | Code::StrayCaption
            | Code::UndefinedNote
            | Code::UnusedNote
            | Code::NestedNote
            | Code::DuplicateId
            | Code::DeadLink
            | Code::UnsafeLink
            | Code::UnknownCitation
            | Code::InvalidBibliography
            | Code::DoubtfulBibliography
            | Code::SkippedHeading
            | Code::EmptyHeading
            | Code::MissingTable
            | Code::MissingImage
            | Code::RemoteImage
            | Code::UnreadableImage
            | Code::MissingAlt
            | Code::MissingGlyph
            | Code::InvalidLanguage
            | Code::UnsupportedLanguage
            | Code::MissingTitle
            | Code::UnreadableFormula
            | Code::UnshownFormula
            | Code::UnknownCodeLanguage
            | Code::Typesetting
            | Code::ShownWhole
            | Code::TypesettingDoubt => Self::Drafts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Exit::{Differences, Done, Drafts, Environment, Locked, NoBaseline, Usage};
    use crate::cli::man::EXIT_CODES;

    /// The page of the manual, the manual itself and the README name the codes that there are, and no others.
    #[test]
    fn every_code_is_told_wherever_codes_are() {
        let codes =
            [Done, Drafts, Usage, Environment, Differences, NoBaseline, Locked].map(|exit| exit.code().to_string());
        assert_eq!(EXIT_CODES.map(|(code, _)| code), codes.each_ref().map(String::as_str));
        let rows = include_str!("../../docs/start.md").split("{#tbl-exit}").nth(1).expect("a table of them");
        let told: Vec<&str> = rows
            .lines()
            .filter_map(|row| row.strip_prefix("| ")?.split(" |").next())
            .filter(|code| code.parse::<u8>().is_ok())
            .collect();
        assert_eq!(told, codes);
        let readme = include_str!("../../README.md").split("Exit codes: ").nth(1).expect("they are there");
        let readme = readme.split_once('.').expect("a sentence").0.replace('\n', " ");
        let told: Vec<&str> = readme
            .split(", ")
            .filter_map(|part| part.split(' ').next())
            .filter(|code| code.parse::<u8>().is_ok())
            .collect();
        assert_eq!(told, codes);
    }
}
