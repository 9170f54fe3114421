//! What the template needs and Typst's own library does not offer: structure elements by name, links whose
//! alternative text is given, and places whose location is that of their name.
//!
//! ISO 32000-1 14.8.4: `Lbl` for numbers that stand before what they number, `TOC` around the contents.
//!
//! A place's location follows from its name alone. So a link knows its target without asking where that stands, and
//! nothing but the page numbers of the contents waits for the pages to be laid out.

use std::sync::LazyLock;

use typst::ecow::EcoString;
use typst::foundations::{
    CastInfo, Content, IntoValue, Label, NativeElement, NativeFuncData, NativeFuncPtr, Scope, SymbolElem, Value,
};
use typst::introspection::{Location, MetadataElem};
use typst::model::Destination;
use typst::pdf::PdfMarkerTag;
use typst::text::TextElem;
use typst::utils::hash128;

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

// `jump(name, alt, body)`: `body` as a link to the place of that name, whose annotation says `alt`; without a name
// there is no link.
native!(JUMP, "jump", args => {
    let name: Option<EcoString> = args.expect("name")?;
    let alternative: EcoString = args.expect("alternative text")?;
    let body: Content = args.expect("body")?;
    match name {
        Some(name) => body.linked(Destination::Location(location(&name)), Some(alternative)),
        None => body,
    }
});

// `anchor(name)`: a place to link to, which shows nothing.
native!(ANCHOR, "anchor", args => {
    let name: EcoString = args.expect("name")?;
    MetadataElem::new(Value::None).pack().located(location(&name))
});

// `placed(name, body)`: `body` as a place to link to, with a label, which a destination in a PDF is named by.
native!(PLACED, "placed", args => {
    let name: EcoString = args.expect("name")?;
    let body: Content = args.expect("body")?;
    let located = body.located(location(&name));
    match Label::construct(name.as_str().into()) {
        Ok(label) => located.labelled(label),
        Err(_) => located,
    }
});

// `barred(n, body)`: `body`, beside which a bar stands, as a change of that number: see `bars.rs`.
native!(BARRED, "barred", args => {
    let number: i64 = args.expect("number")?;
    let body: Content = args.expect("body")?;
    let mark = |number: i64| MetadataElem::new(Value::Int(number)).pack();
    Content::sequence([mark(number), body, mark(-number)])
});

// `place-of(name)`: the location of such a place.
native!(PLACE_OF, "place-of", args => location(&args.expect::<EcoString>("name")?));

// `t(text)`: text that knows where in the source it stands; a mere string does not.
native!(TEXT, "t", args => TextElem::packed(args.expect::<EcoString>("text")?));

// `sy(text)`: a sign as a formula has it, styled by what it is.
native!(SIGN, "sy", args => SymbolElem::packed(args.expect::<EcoString>("text")?));

/// The location of the place of that name, in every document.
pub(super) fn location(name: &str) -> Location {
    Location::new(hash128(&("rapporteur", name)))
}

/// The change that begins (above 0) or ends (below 0) where such a mark stands.
pub(super) fn bar_mark(mark: &MetadataElem) -> Option<i64> {
    if let Value::Int(number) = mark.value { Some(number) } else { None }
}

/// Adds the functions to a library's global scope.
pub(super) fn define(scope: &mut Scope) {
    for data in [&SIGN, &LABEL, &CONTENTS, &JUMP, &ANCHOR, &PLACED, &BARRED, &PLACE_OF, &TEXT] {
        scope.define_func_with_data(data);
    }
}
