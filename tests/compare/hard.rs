//! Versions that are hard to show as one (`proof.md`): a name, the old one, the new one.

use rapporteur::project::MemoryWorld;

/// Two versions.
pub struct Case {
    /// What is hard about them.
    pub name: &'static str,
    /// The old one.
    pub old: MemoryWorld,
    /// The new one.
    pub new: MemoryWorld,
}

/// Those whose drafts are `wanted`.
pub fn cases(wanted: &dyn Fn(&str) -> bool) -> Vec<Case> {
    let cases = include_str!("proof.md").split("\n====\n").filter(|case| wanted(case)).map(|case| {
        let (name, case) = case.trim_start().split_once("\n\n").expect("a name");
        let (old, new) = case.split_once("\n----\n").expect("two versions");
        Case { name, old: world(old), new: world(new) }
    });
    cases.collect()
}

const REFS: &str = "@article{smith, title={A thing}, author={Smith, Jane}, year={2020}, journal={Journal of Things}}\n\
    @book{doe, title={Another}, author={Doe, John}, year={2019}, publisher={Press}}\n\
    @book{lee, title={Third}, author={Lee, Ann}, year={2018}, publisher={Press}}\n\
    @book{kim, title={Fourth}, author={Kim, Bo}, year={2017}, publisher={Press}}\n";

/// A version: lines `[…]` and `key = …` before the first empty line are its configuration.
fn world(text: &str) -> MemoryWorld {
    let (config, draft) = match text.starts_with('[') {
        true => text.split_once("\n\n").unwrap_or((text, "")),
        false => ("", text),
    };
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><rect width=\"40\" height=\"40\" fill=\"{colour}\"/></svg>"
        )
    };
    MemoryWorld::new([
        ("rapporteur.toml".to_owned(), format!("report.title = \"T\"\n{config}\n")),
        ("refs.bib".to_owned(), REFS.to_owned()),
        ("drafts/a.svg".to_owned(), picture("red")),
        ("drafts/b.svg".to_owned(), picture("blue")),
        ("drafts/1.md".to_owned(), draft.to_owned()),
    ])
}
