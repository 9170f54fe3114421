//! What the program itself is made of (CycloneDX 1.6, ECMA-424).
//!
//! In: `Cargo.toml` and `Cargo.lock`, as they were when it was compiled. Out: a bill of materials: every package that any platform's program is made of, each with
//! its version, address and digest. What only its tests need is left out. The same program gives the same text.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::output::digest;

const MANIFEST: &str = include_str!("../../Cargo.toml");
const LOCK: &str = include_str!("../../Cargo.lock");

/// A package as the lock names it.
#[derive(Debug)]
struct Package<'t> {
    name: &'t str,
    version: &'t str,
    checksum: Option<&'t str>,
    needs: Vec<&'t str>,
}

impl Package<'_> {
    /// Its address (Package URL).
    fn address(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B"))
    }
}

/// The bill of materials of the program whose SHA-256 is `program`, made at a moment of RFC 3339.
pub fn sbom(program: &str, moment: &str) -> String {
    let lock: toml::Table = toml::from_str(LOCK).expect("cargo writes it");
    let manifest: toml::Table = toml::from_str(MANIFEST).expect("cargo reads it");
    let packages = packages(&lock);
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let needs = needed(&packages, &wanted(&manifest));
    let root = format!("pkg:cargo/{name}@{version}");
    let components: Vec<Value> = needs.keys().map(|at| component(&packages[*at])).collect();
    let address = |ats: &BTreeSet<usize>| ats.iter().map(|at| packages[*at].address()).collect::<Vec<_>>();
    let own = needs.iter().map(|(at, ats)| json!({ "ref": packages[*at].address(), "dependsOn": address(ats) }));
    let own: Vec<Value> = own.collect();
    let direct: BTreeSet<usize> = direct(&packages, &wanted(&manifest)).into_iter().collect();
    let mut dependencies = vec![json!({ "ref": root, "dependsOn": address(&direct) })];
    dependencies.extend(own);
    let mut bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "lifecycles": [{ "phase": "build" }],
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": name,
                "version": version,
                "hashes": [{ "alg": "SHA-256", "content": program }],
                "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
                "purl": root,
            },
        },
        "components": components,
        "dependencies": dependencies,
    });
    bill["serialNumber"] = Value::String(serial(&bill.to_string()));
    serde_json::to_string_pretty(&bill).expect("strings and numbers have a place in JSON") + "\n"
}

fn component(package: &Package<'_>) -> Value {
    let address = package.address();
    let mut component = json!({
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        "scope": "required",
        "purl": address,
    });
    if let Some(checksum) = package.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// Every package of the lock.
fn packages(lock: &toml::Table) -> Vec<Package<'_>> {
    let list = lock.get("package").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|value| {
            let text = |key: &str| value.get(key).and_then(toml::Value::as_str);
            let needs = value.get("dependencies").and_then(toml::Value::as_array);
            let needs = needs.into_iter().flatten().filter_map(toml::Value::as_str).collect();
            Some(Package { name: text("name")?, version: text("version")?, checksum: text("checksum"), needs })
        })
        .collect()
}

/// Names of what the program itself asks for: `[dependencies]`, without those of features that it was compiled without.
fn wanted(manifest: &toml::Table) -> BTreeSet<String> {
    let Some(own) = manifest.get("dependencies").and_then(toml::Value::as_table) else { return BTreeSet::new() };
    let is_left_out = |value: &toml::Value| {
        let optional = value.get("optional").and_then(toml::Value::as_bool).unwrap_or_default();
        optional && !cfg!(feature = "bucket")
    };
    own.iter().filter(|(_, value)| !is_left_out(value)).map(|(name, _)| name.clone()).collect()
}

/// What the program itself is made of, as the lock has it.
fn direct(packages: &[Package<'_>], wanted: &BTreeSet<String>) -> Vec<usize> {
    let own = packages.iter().find(|package| package.name == env!("CARGO_PKG_NAME"));
    let needs = own.into_iter().flat_map(|own| own.needs.iter().copied());
    needs.filter(|need| wanted.contains(named(need).0)).filter_map(|need| find(packages, need)).collect()
}

/// Everything that is reached from there, and what each needs in turn.
fn needed(packages: &[Package<'_>], wanted: &BTreeSet<String>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut waiting = direct(packages, wanted);
    while let Some(at) = waiting.pop() {
        if let Entry::Vacant(place) = found.entry(at) {
            let needs: BTreeSet<usize> = packages[at].needs.iter().filter_map(|need| find(packages, need)).collect();
            waiting.extend(&needs);
            place.insert(needs);
        }
    }
    found
}

/// Name and, where the lock has several, version.
fn named(need: &str) -> (&str, Option<&str>) {
    let mut parts = need.split(' ');
    (parts.next().unwrap_or_default(), parts.next())
}

fn find(packages: &[Package<'_>], need: &str) -> Option<usize> {
    let (name, version) = named(need);
    packages.iter().position(|package| package.name == name && version.is_none_or(|version| package.version == version))
}

/// A serial number that follows from a text (RFC 9562, version 8).
fn serial(text: &str) -> String {
    let hex = digest(text.as_bytes());
    format!("urn:uuid:{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lists_what_the_program_is_made_of_and_no_more() {
        let text = sbom(&"0".repeat(64), "2026-01-01T00:00:00Z");
        assert_eq!(text, sbom(&"0".repeat(64), "2026-01-01T00:00:00Z"));
        assert_ne!(text, sbom(&"1".repeat(64), "2026-01-01T00:00:00Z"));
        let bill: Value = serde_json::from_str(&text).expect("it is JSON");
        let components = bill["components"].as_array().expect("a list");
        let has = |name: &str| components.iter().any(|component| component["name"] == name);
        assert!(["typst", "krilla", "comrak", "gix", "zip", "serde"].iter().all(|name| has(name)));
        assert!(!["criterion", "docx-rs", "proptest", "libtest-mimic", "rapporteur"].iter().any(|name| has(name)));
        assert!(
            components.iter().all(|component| component["hashes"][0]["content"].is_string()),
            "all are from the registry"
        );
        let known: BTreeSet<&str> = components.iter().filter_map(|component| component["bom-ref"].as_str()).collect();
        assert_eq!(known.len(), components.len(), "each once");
        let dependencies = bill["dependencies"].as_array().expect("a list");
        assert_eq!(dependencies.len(), components.len() + 1);
        let targets = dependencies.iter().flat_map(|one| one["dependsOn"].as_array().expect("a list"));
        assert!(targets.into_iter().all(|target| known.contains(target.as_str().unwrap_or_default())));
    }
}
