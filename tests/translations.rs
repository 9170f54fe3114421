//! A report in several languages, by the real program.

mod support;

use support::{Ran, Sandbox, names};

const CONFIG: &str = "\
[report]
title = \"Water\"
short_title = \"Water report\"
date = \"2026-01-02\"

[translations.fr]
title = \"L’eau\"
short_title = \"L’eau, rapport\"

[translations.ar]
title = \"الماء\"
";

fn water(config: &str) -> Sandbox {
    Sandbox::new(&[
        ("rapporteur.toml", config),
        ("drafts/1.md", "# Rivers {#rivers}\n\nSee @sec-rivers.\n"),
        ("drafts/data.csv", "Year,Flow\n2024,3\n"),
        (
            "drafts/fr/1.md",
            "# Fleuves {#rivers}\n\nVoir @sec-rivers.\n\nTable: Débit {#tbl-flow}\n\n::: {.table src=data.csv}\n:::\n",
        ),
        ("drafts/ar/1.md", "# الأنهار\n\nنص.\n"),
    ])
}

fn html(sandbox: &Sandbox, name: &str) -> String {
    std::fs::read_to_string(sandbox.path("output").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn built(sandbox: &Sandbox) -> Vec<String> {
    sandbox.output().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn each_language_has_files_and_a_manifest_of_its_own() {
    let sandbox = water(CONFIG);
    let ran = sandbox.run(&["build", "--format", "html"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("not built: ar, fr (`--language all` builds every language)"), "{ran:?}");
    assert_eq!(built(&sandbox), ["manifest.json", "water-report.html"]);
    assert!(names(&sandbox.path("output")).iter().all(|name| !name.contains(".fr")));

    let ran = sandbox.run(&["build", "--format", "html", "--language", "all"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 3, "{ran:?}");
    assert_eq!(
        built(&sandbox),
        [
            "manifest.ar.json",
            "manifest.fr.json",
            "manifest.json",
            "water-report.ar.html",
            "water-report.fr.html",
            "water-report.html",
        ]
    );
    let page = html(&sandbox, "water-report.fr.html");
    assert!(page.contains("lang=\"fr\"") && page.contains("<title>L’eau</title>") && page.contains("Fleuves"));
    assert!(page.contains("2\u{a0}janvier\u{a0}2026") && !page.contains("Rivers"));
    for (language, file) in [("en", "water-report.html"), ("ar", "water-report.ar.html")] {
        let link = format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{file}\">");
        assert!(page.contains(&link), "{link}");
    }
    assert!(!page.contains("hreflang=\"fr\""));
    let page = html(&sandbox, "water-report.ar.html");
    assert!(page.contains("dir=\"rtl\"") && page.contains("hreflang=\"en\"") && page.contains("hreflang=\"fr\""));
    let page = html(&sandbox, "water-report.html");
    assert!(page.contains("Rivers") && !page.contains("Fleuves"));
    let manifest: serde_json::Value =
        serde_json::from_str(&html(&sandbox, "manifest.fr.json")).expect("a manifest is JSON");
    assert_eq!((&manifest["language"], &sandbox.manifest()["language"]), (&"fr".into(), &"en".into()));
    let inputs: Vec<&str> =
        manifest["inputs"].as_array().expect("a list").iter().filter_map(|i| i["path"].as_str()).collect();
    assert_eq!(inputs, ["rapporteur.toml", "drafts/fr/1.md", "drafts/data.csv"]);
}

#[test]
fn a_language_can_be_asked_for_by_its_tag() {
    let sandbox = water(CONFIG);
    let ran = sandbox.run(&["build", "--format", "html", "--language", "FR", "--language", "en,fr"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(built(&sandbox), ["manifest.fr.json", "manifest.json", "water-report.fr.html", "water-report.html"]);
    let ran = sandbox.run(&["build", "--language", "de"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("the report is not made in `de`") && ran.stderr.contains("en, ar, fr"), "{ran:?}");
    // Without a configuration there is one language.
    let plain = Sandbox::new(&[("a.md", "# A\n\nText.\n")]);
    assert_eq!(plain.run(&["build", "--format", "html", "--language", "all"]).code, 0);
    assert_eq!(plain.run(&["build", "--format", "html", "--language", "fr"]).code, 2);
}

/// A fault in one language stops that one alone, and what is at fault in all of them is said once.
#[test]
fn one_language_at_fault_does_not_stop_the_others() {
    let sandbox = water(&format!("{CONFIG}\n[translations.ru]\n"));
    sandbox.write("drafts/fr/1.md", "# Fleuves\n\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n");
    let ran: Ran = sandbox.run(&["build", "--format", "html", "--language", "all"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.stderr.contains("there is no folder `drafts/ru`") && ran.stderr.contains("[conflict-marker]"),
        "{ran:?}"
    );
    assert_eq!(built(&sandbox), ["manifest.ar.json", "manifest.json", "water-report.ar.html", "water-report.html"]);
    let sandbox = water(&format!("[numbring]\n{CONFIG}"));
    let ran = sandbox.run(&["build", "--format", "html", "--language", "all"]);
    assert_eq!((ran.code, ran.stderr.matches("`numbring` is no key").count()), (2, 1), "{ran:?}");
}

#[test]
fn the_redline_of_a_translation_is_its_own() {
    let (old, new) = ("old", "new");
    let sandbox = Sandbox::new(&[] as &[(&str, &str)]);
    for (folder, words) in [(old, "Le fleuve coule."), (new, "Le grand fleuve coule.")] {
        sandbox.write(&format!("{folder}/rapporteur.toml"), CONFIG);
        sandbox.write(&format!("{folder}/drafts/1.md"), "# Rivers\n\nThe river flows.\n");
        sandbox.write(&format!("{folder}/drafts/fr/1.md"), format!("# Fleuves\n\n{words}\n"));
    }
    let ran = sandbox.run(&["diff", old, new, "--language", "fr", "--format", "html", "--exit-code"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let page = std::fs::read_to_string(sandbox.path("new/output/water-report.fr.redline.html")).expect("it is written");
    assert!(page.contains("<ins") && page.contains("lang=\"fr\"") && !page.contains("rel=\"alternate\""));
    assert_eq!(sandbox.run(&["diff", old, new, "--stat", "--exit-code"]).code, 0, "the report itself is the same");
}
