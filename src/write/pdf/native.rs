//! What the template needs and Typst's own library does not offer: structure elements by name, and
//! links whose alternative text is given.
//!
//! ISO 32000-1 14.8.4: `Lbl` for numbers that stand before what they number, `TOC` around the contents.

use std::sync::LazyLock;

use typst::ecow::EcoString;
use typst::foundations::{CastInfo, Content, IntoValue, NativeFuncData, NativeFuncPtr, Scope, SymbolElem};
use typst::introspection::Location;
use typst::model::Destination;
use typst::pdf::PdfMarkerTag;

macro_rules! native {
    ($name:ident, $typst:literal, $args:ident => $body:expr) => {
        static $name: NativeFuncData = NativeFuncData {
            function: NativeFuncPtr(&|_, _, $args| Ok($body.into_value())),
            name: $typst,
            title: $typst,
            docs: "",
            def_site: None,
            keywords: &[],
            contextual: false,
            scope: LazyLock::new(&|| Scope::new()),
            params: LazyLock::new(&|| Vec::new()),
            returns: LazyLock::new(&|| CastInfo::Any),
        };
    };
}

// `tag-label(body)`: `body` as a `Lbl`.
native!(LABEL, "tag-label", args => PdfMarkerTag::Label(args.expect::<Content>("body")?));

// `tag-contents(body)`: `body`, made of `outline.entry`, as a `TOC`.
native!(CONTENTS, "tag-contents", args => PdfMarkerTag::OutlineBody(args.expect::<Content>("body")?));

// `tag-link(location, alt, body)`: `body` as a link to `location`, whose annotation says `alt`.
native!(LINK, "tag-link", args => {
    let location: Location = args.expect("location")?;
    let alternative: EcoString = args.expect("alternative text")?;
    let body: Content = args.expect("body")?;
    body.linked(Destination::Location(location), Some(alternative))
});

// `sy(text)`: a sign as a formula has it, styled by what it is.
native!(SIGN, "sy", args => SymbolElem::packed(args.expect::<EcoString>("text")?));

/// Adds the functions to a library's global scope.
pub(super) fn define(scope: &mut Scope) {
    for data in [&SIGN, &LABEL, &CONTENTS, &LINK] {
        scope.define_func_with_data(data);
    }
}
