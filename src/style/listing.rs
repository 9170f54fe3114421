//! The tokens of a style, one by one: what each comes to, and where that was typed.
//!
//! In: the layers of a style, which load. Out: [`Token`]s in the order of the page, fonts, colours and roles.

use toml::de::{DeTable, DeValue};

use super::key::role_keys;
use super::layer::{Layer, Origins, merge};
use super::{ROLES, Stylesheet};
use crate::diag::Diagnostics;
use crate::source::Span;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// `role.heading-1.size`.
    pub key: String,
    /// As TOML has it.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a token's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It was typed there.
    Typed(Span),
    /// The role has it from another, where it was typed there.
    Inherited(String, Span),
}

/// What a role has of the body's where it says nothing else.
const TEXT: [&str; 6] = ["size", "line", "weight", "style", "family", "color"];

/// Every token of a style.
/// # Errors
/// As [`Stylesheet::load_layers`].
pub fn tokens(name: &str, layers: &[Layer<'_>]) -> Result<Vec<Token>, Diagnostics> {
    Stylesheet::load_layers(name, layers)?;
    let (root, origins, _) = merge(layers);
    let mut listing = Listing { origins: &origins, tokens: Vec::new() };
    for key in ["page", "font", "color"] {
        if let Some(table) = root.get(key).and_then(|value| value.get_ref().as_table()) {
            listing.table(key, table);
        }
    }
    if let Some(roles) = root.get("role").and_then(|value| value.get_ref().as_table()) {
        ROLES.iter().for_each(|role| listing.role(roles, role));
    }
    Ok(listing.tokens)
}

struct Listing<'o> {
    origins: &'o Origins,
    tokens: Vec<Token>,
}

impl Listing<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let key = format!("{prefix}.{}", key.get_ref());
            if let DeValue::Table(inner) = value.get_ref() {
                self.table(&key, inner);
            } else {
                let origin = Origin::Typed(self.origins.span(&value.span()));
                self.tokens.push(Token { key, value: text(value.get_ref()), origin });
            }
        }
    }

    fn role(&mut self, roles: &DeTable<'_>, role: &str) {
        for key in role_keys().filter(|key| *key != "as") {
            let Some((from, value)) = find(roles, role, key) else { continue };
            let span = self.origins.span(&value.span());
            let origin = if from == role { Origin::Typed(span) } else { Origin::Inherited(from.to_owned(), span) };
            self.tokens.push(Token { key: format!("role.{role}.{key}"), value: text(value.get_ref()), origin });
        }
    }
}

type Found<'t, 'd> = (&'t str, &'t toml::Spanned<DeValue<'d>>);

/// A role's value: its own, that of the role it builds on, the body's.
fn find<'t, 'd>(roles: &'t DeTable<'d>, role: &'t str, key: &str) -> Option<Found<'t, 'd>> {
    let mut role = role;
    // A style that loads builds roles on each other without a circle.
    loop {
        let table = roles.get(role)?.get_ref().as_table()?;
        if let Some(value) = table.get(key) {
            return Some((role, value));
        }
        let side = key.starts_with("border_") && key != "border_inside" && key != "border_all";
        if side && table.contains_key("border_all") {
            return None;
        }
        match table.get("as").and_then(|other| other.get_ref().as_str()) {
            Some(other) => role = other,
            None if role != "body" && TEXT.contains(&key) => role = "body",
            None => return None,
        }
    }
}

fn text(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let entry = |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
                format!("{} = {}", key.get_ref(), text(value.get_ref()))
            };
            format!("{{ {} }}", table.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
