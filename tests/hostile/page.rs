//! A published page as a browser parses it: which elements and attributes it has, and where its addresses lead.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use scraper::{Html, Selector};
use sha2::{Digest as _, Sha256};

/// Attributes that a page of ours has; `aria-*` and what stands in its head are besides.
const ATTRIBUTES: &str = "\
    alt aria-describedby aria-hidden aria-label aria-labelledby aria-level aria-roledescription charset \
    checked class colspan content datetime dir disabled for headers height hidden href hreflang \
    http-equiv id lang media name open property rel role rowspan scope span src start style tabindex \
    title translate type value width";

/// Elements that a page of ours has.
const ELEMENTS: &str = "\
    a aside b bdi bdo blockquote body br caption cite code col colgroup dd del details div dl dt em \
    figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i img input label li link main mark \
    meta nav ol p pre q s script section small span strong style sub summary sup table tbody td tfoot th \
    thead time title tr ul";

/// Elements of MathML Core that show and cannot lead anywhere, and their attributes.
const MATH_ELEMENTS: &str = "\
    annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts \
    mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none \
    semantics";
const MATH_ATTRIBUTES: &str = "\
    accent accentunder align alttext arg columnalign columnlines columnspacing columnspan columnwidth \
    depth display displaystyle encoding fence form frame intent largeop linebreak linethickness lquote \
    lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowlines \
    rowspacing rowspan rquote rspace scriptlevel separator side stretchy symmetric voffset xmlns";

/// A page.
pub struct Page {
    html: Html,
}

impl Page {
    /// As a browser would.
    pub fn parse(bytes: &[u8]) -> Self {
        Self { html: Html::parse_document(std::str::from_utf8(bytes).expect("a page is UTF-8")) }
    }

    /// What could run, load or lead where it must not, each once.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = BTreeSet::new();
        let (mut styles, mut scripts) = (0, 0);
        for node in self.html.tree.values() {
            let Some(element) = node.as_element() else { continue };
            let name = element.name();
            let is_math = &*element.name.ns == "http://www.w3.org/1998/Math/MathML";
            let known = if is_math { MATH_ELEMENTS } else { ELEMENTS };
            if !is_among(known, name) || !is_math && &*element.name.ns != "http://www.w3.org/1999/xhtml" {
                faults.insert(format!("<{name}>"));
            }
            if name == "script" && element.attr("type") != Some("application/ld+json") {
                scripts += 1;
            }
            styles += usize::from(name == "style");
            for (attribute, value) in element.attrs() {
                let of_ours = attribute.starts_with("data-");
                let of_math = is_math && is_among(MATH_ATTRIBUTES, attribute);
                if !is_among(ATTRIBUTES, attribute) && !of_math && !of_ours {
                    faults.insert(format!("<{name} {attribute}>"));
                }
                if let Some(fault) = leads(name, attribute, value) {
                    faults.insert(format!("<{name} {attribute}={value:.60}>: {fault}"));
                }
            }
        }
        if (styles, scripts) != (1, 1) {
            faults.insert(format!("{styles} style sheets and {scripts} scripts, beside the page's own"));
        }
        faults.extend(self.weakness());
        faults.into_iter().collect()
    }

    /// What is wrong with the page's policy (CSP 3): nothing may load, and one script run, that of this digest.
    fn weakness(&self) -> Option<String> {
        let text = |selector: &str| {
            let selector = Selector::parse(selector).expect("a selector");
            self.html.select(&selector).next().map(|element| element.text().collect::<String>())
        };
        let selector = Selector::parse("meta[http-equiv=Content-Security-Policy]").expect("a selector");
        let policy = self.html.select(&selector).next().and_then(|meta| meta.attr("content")).unwrap_or_default();
        let directive = |name: &str| {
            let mut all = policy.split(';').map(str::trim);
            all.find_map(|directive| directive.strip_prefix(name)).map(str::trim).unwrap_or_default()
        };
        let digest = BASE64.encode(Sha256::digest(text("script:not([type])").unwrap_or_default().as_bytes()));
        let strict = directive("default-src") == "'none'"
            && directive("script-src") == format!("'sha256-{digest}'")
            && directive("base-uri") == "'none'"
            && directive("form-action") == "'none'";
        (!strict).then(|| format!("the policy: {policy}"))
    }
}

fn is_among(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// What is wrong with where an attribute leads.
fn leads(element: &str, attribute: &str, value: &str) -> Option<&'static str> {
    // As a browser reads an address (WHATWG URL 4.4): without white space around it, tabs and line ends.
    let address: String = value.trim_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "").to_lowercase();
    match (element, attribute) {
        ("link", "href") if address == "data:," => None,
        ("a", "href") | ("link", "href") => {
            let schemes = ["http://", "https://", "mailto:", "tel:", "#"];
            (!schemes.iter().any(|scheme| address.starts_with(scheme))).then_some("leads elsewhere")
        }
        (_, "href") => Some("leads somewhere"),
        ("img", "src") => (!address.starts_with("data:image/")).then_some("loads"),
        (_, "src") => Some("loads"),
        ("link", "rel") => (!["license", "canonical", "icon"].contains(&address.as_str())).then_some("loads"),
        ("meta", "http-equiv") => (address != "content-security-policy").then_some("commands"),
        (_, "style") => address.contains(['\\', '(', '@', '/']).then_some("styles with more than sizes"),
        _ => None,
    }
}
