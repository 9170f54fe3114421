use super::{Severity, Status};

/// How a code's severity follows from the status.
enum Class {
    /// No output, at any status.
    Error,
    /// A warning in a draft, an error in a final.
    ByStatus,
    /// A warning at any status.
    Warning,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident, $slug:literal, $class:ident; )+) => {
        /// The kinds of diagnostics. The slug is stable: people search for it and silence it by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $( $(#[doc = $doc])+ $name, )+ }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &[Self] = &[ $( Self::$name, )+ ];

            /// The stable name, in kebab case.
            pub fn slug(self) -> &'static str {
                match self { $( Self::$name => $slug, )+ }
            }

            /// What it means, for documentation.
            pub fn explanation(self) -> &'static str {
                match self { $( Self::$name => concat!($($doc, "\n",)+).trim_ascii(), )+ }
            }

            fn class(self) -> Class {
                match self { $( Self::$name => Class::$class, )+ }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    Unreadable, "unreadable", Error;
    /// A file that the configuration names does not exist.
    MissingFile, "missing-file", Error;
    /// No draft was found to build from.
    NoDrafts, "no-drafts", Error;
    /// A Markdown file lies in the drafts' folder, but the configured order leaves it out, or a translation lacks it.
    UnlistedDraft, "unlisted-draft", Warning;
    /// A draft is not valid UTF-8; what is not becomes U+FFFD.
    InvalidUtf8, "invalid-utf8", Error;
    /// A draft is larger than the limit.
    TooLarge, "too-large", Error;
    /// A path leaves the project.
    OutsideProject, "outside-project", ByStatus;
    /// `rapporteur.toml` is not valid.
    InvalidConfig, "invalid-config", Error;
    /// `rapporteur.toml` has a key that means nothing.
    UnknownKey, "unknown-key", Error;
    /// A style's tokens are not valid.
    InvalidStyle, "invalid-style", Error;
    /// A draft holds the markers of an unfinished merge.
    ConflictMarker, "conflict-marker", Error;
    /// A file looks like a sync tool's second copy of a draft.
    ConflictCopy, "conflict-copy", Warning;
    /// Front matter is not valid YAML, a value in it is none that its key can have, or a key is misspelt.
    FrontMatter, "front-matter", ByStatus;
    /// Front matter has a key that means nothing and resembles none that does: another program's.
    ForeignFrontMatter, "foreign-front-matter", Warning;
    /// A character that XML and HTML forbid was replaced by U+FFFD.
    ControlCharacter, "control-character", Warning;
    /// Blocks nested deeper than twenty were flattened.
    DeepNesting, "deep-nesting", Warning;
    /// Blocks nested deeper than a hundred: the draft is refused.
    TooDeep, "too-deep", Error;
    /// An HTML tag outside the subset; its text is kept.
    UnknownHtml, "unknown-html", Warning;
    /// An HTML tag without its partner; its text is kept.
    UnbalancedHtml, "unbalanced-html", Warning;
    /// A `:::` block of a kind that no style knows; its text is kept.
    UnknownBox, "unknown-box", ByStatus;
    /// A `:::` block that is never closed.
    UnclosedBox, "unclosed-box", ByStatus;
    /// Attributes in braces that cannot be read; they are kept as text.
    InvalidAttributes, "invalid-attributes", Warning;
    /// Syntax of a template or of another dialect of Markdown, which means nothing here; it is kept as text.
    ForeignSyntax, "foreign-syntax", Warning;
    /// A class that no style knows; what carries it looks as it would without.
    UnknownClass, "unknown-class", Warning;
    /// A class that no style knows and that resembles one; what carries it looks as it would without.
    MisspeltClass, "misspelt-class", ByStatus;
    /// An attribute in braces, `key="value"`, that means nothing where it stands: its value is not shown.
    UnknownAttribute, "unknown-attribute", ByStatus;
    /// A picture within a line has a caption or a figure's label: it gets neither caption nor number.
    PictureInLine, "picture-in-line", ByStatus;
    /// A table caption with no table beside it.
    StrayCaption, "stray-caption", Warning;
    /// The rows of a table make no grid: a row has more cells than others, or spans overlap or lead out of it.
    RaggedTable, "ragged-table", Warning;
    /// Lines that look like a table and are none, because the row beneath its header does not fit; they are shown as text.
    UnreadTable, "unread-table", ByStatus;
    /// A `$$` without another in its paragraph; what was meant as a formula is shown as text.
    UnreadFormula, "unread-formula", ByStatus;
    /// Lines that begin as items of a list do, and run on in a paragraph.
    UnreadList, "unread-list", ByStatus;
    /// A line beneath a table, without a `|`: it became a row of it.
    TextInTable, "text-in-table", ByStatus;
    /// Marks that miss being a heading, note, image, box or name by a space or a sign; they are shown as text.
    UnreadMarkup, "unread-markup", Warning;
    /// A quotation mark in a table's file that opens a cell and never closes it, or neither opens nor closes one; it is
    /// read as text.
    StrayQuote, "stray-quote", ByStatus;
    /// Something asks for a page on its side where no page can turn; it stays upright.
    NotLandscape, "not-landscape", Warning;
    /// A note is referred to but never defined.
    UndefinedNote, "undefined-note", ByStatus;
    /// A note is defined but never referred to; it is not printed.
    UnusedNote, "unused-note", ByStatus;
    /// A note refers to itself, or to a note within it.
    NestedNote, "nested-note", Warning;
    /// Two things claim one id; the first keeps it.
    DuplicateId, "duplicate-id", ByStatus;
    /// A link or reference leads nowhere.
    DeadLink, "dead-link", ByStatus;
    /// A reference to a figure or table that has no number, because it has no caption.
    UnnumberedReference, "unnumbered-reference", ByStatus;
    /// A link without text; its address is shown.
    BareLink, "bare-link", Warning;
    /// A link's scheme is not one of http, https, mailto, tel or a relative path.
    UnsafeLink, "unsafe-link", ByStatus;
    /// A key that is that of no work in the bibliography.
    UnknownCitation, "unknown-citation", ByStatus;
    /// An entry of a bibliography, or a whole one, that cannot be read.
    InvalidBibliography, "invalid-bibliography", ByStatus;
    /// A type, a field or a date in a bibliography that means nothing; the work is cited without it.
    DoubtfulBibliography, "doubtful-bibliography", Warning;
    /// A style of citations that is not known, or cannot be read.
    InvalidCitationStyle, "invalid-citation-style", Error;
    /// A heading skips a level, or the first is not of level 1; it is clamped.
    SkippedHeading, "skipped-heading", ByStatus;
    /// A heading without text.
    EmptyHeading, "empty-heading", ByStatus;
    /// A table's file, or a column that is wanted of it, does not exist or cannot be read.
    MissingTable, "missing-table", ByStatus;
    /// An image that does not exist.
    MissingImage, "missing-image", ByStatus;
    /// An image that lies on another host.
    RemoteImage, "remote-image", ByStatus;
    /// An image that cannot be decoded, or is past a limit.
    UnreadableImage, "unreadable-image", ByStatus;
    /// An image without alternative text.
    MissingAlt, "missing-alt", ByStatus;
    /// A character that no font at hand can show.
    MissingGlyph, "missing-glyph", ByStatus;
    /// A formula that cannot be read; its source is shown as code.
    UnreadableFormula, "unreadable-formula", ByStatus;
    /// Something in a formula that is not shown: a colour, a line between columns.
    UnshownFormula, "unshown-formula", Warning;
    /// The configuration gives another title than the cover's heading; both are shown.
    OtherTitle, "other-title", Warning;
    /// The report has no title.
    MissingTitle, "missing-title", ByStatus;
    /// A language tag of a passage or draft that is none; it is left out.
    InvalidLanguage, "invalid-language", Warning;
    /// A language of the report for which the program has no words; English ones stand in for them.
    UnsupportedLanguage, "unsupported-language", Warning;
    /// A language of a code block that is not known; it is not highlighted.
    UnknownCodeLanguage, "unknown-code-language", Warning;
    /// The typesetter refused what was generated.
    Typesetting, "typesetting", Error;
    /// The typesetter doubts what was generated, but set it.
    TypesettingDoubt, "typesetting-doubt", Warning;
    /// A finished file does not read back as it should.
    Readback, "readback", Error;
    /// In a redline, a block is shown as deleted and inserted as a whole, though part of it is the same.
    ShownWhole, "shown-whole", Warning;
    /// A file could not be written.
    Unwritable, "unwritable", Error;
    /// Another build holds the output folder.
    Locked, "locked", Error;
    /// Something about this machine.
    Environment, "environment", Warning;
}

impl Code {
    /// Severity at a status (the draft/final rule).
    pub fn severity(self, status: Status) -> Severity {
        match (self.class(), status) {
            (Class::Error, _) | (Class::ByStatus, Status::Final) => Severity::Error,
            (Class::Warning, _) | (Class::ByStatus, Status::Draft) => Severity::Warning,
        }
    }
}
