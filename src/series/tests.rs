use super::*;
use crate::project::MemoryWorld;

fn world(series: &str, files: &[&str]) -> MemoryWorld {
    MemoryWorld::new(files.iter().map(|path| (*path, "x")).chain([("series.toml", series)]))
}

fn loaded(series: &str, files: &[&str]) -> Warned<Series> {
    load(&world(series, files), &ProjectPath::root().child("series.toml"))
}

/// Jobs as `id path language formats output`.
fn listed(series: &str, files: &[&str]) -> Vec<String> {
    let loaded = loaded(series, files);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let jobs = jobs(&loaded.value.reports, &|_| vec!["en".to_owned(), "fr".to_owned()]);
    let show = |job: &Job| {
        let formats = job.formats.iter().flatten().map(|format| format.extension()).collect::<Vec<_>>().join("+");
        let output = job.output.as_ref().map_or("-", ProjectPath::as_str);
        format!("{} {} {} {formats} {output}", job.id, job.path, job.language.as_deref().unwrap_or("-"))
    };
    jobs.iter().map(show).collect()
}

const FILES: &[&str] = &[
    "r/b/rapporteur.toml",
    "r/a/drafts/1.md",
    "r/c/x.txt",
    "r/c/deep/rapporteur.toml",
    "notes/n.md",
    "z/z.md",
    "Z.md",
];

#[test]
fn reports_come_in_the_file_s_order_and_each_once() {
    let series = "[[report]]\npath = \"z\"\n[[report]]\npath = \"r/*\"\n[[report]]\npath = \"r/b\"\nlanguages = [\"all\"]\n\
                  [[report]]\npath = \"notes/*.md\"\nformats = [\"html\", \"pdf\"]\n";
    assert_eq!(
        listed(series, FILES),
        ["z z -  -", "r-a r/a -  -", "r-b.en r/b en  -", "r-b.fr r/b fr  -", "notes-n notes/n.md - pdf+html -"]
    );
    let series = "output = \"all\"\nlanguages = [\"ar\"]\n[[report]]\npath = \"**\"\n[[report]]\npath = \"notes/n.md\"\noutput = \"o\"\n";
    let listed = listed(series, &["r/b/rapporteur.toml", "notes/n.md"]);
    assert_eq!(listed, ["r-b.ar r/b ar  all/r/b", "notes-n.ar notes/n.md ar  o/notes/n"]);
}

/// A language is one, however it is written.
#[test]
fn each_language_is_built_once() {
    let series = "languages = [\"en\", \"EN\", \"zh-hans\"]\n[[report]]\npath = \"z\"\n[[report]]\npath = \"r/c/deep\"\n\
                  languages = [\"zh-Hans\", \"fr\", \"ZH-HANS\"]\n";
    assert_eq!(
        listed(series, FILES),
        [
            "z.en z en  -",
            "z.zh-hans z zh-hans  -",
            "r-c-deep.zh-Hans r/c/deep zh-Hans  -",
            "r-c-deep.fr r/c/deep fr  -"
        ]
    );
}

#[test]
fn names_of_jobs_mean_nothing_to_a_shell_and_are_apart() {
    let files = ["a b/1.md", "a-b/1.md", "A-B/1.md", "$(x)/1.md", "-/1.md", "é/1.md"];
    let series: String =
        files.iter().map(|file| format!("[[report]]\npath = '{}'\n", &file[..file.len() - 5])).collect();
    let jobs = jobs(&loaded(&series, &files).value.reports, &|_| Vec::new());
    let ids: Vec<&str> = jobs.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(ids, ["a-b", "a-b-2", "A-B-3", "x", "report", "report-2"]);
}

/// What a series says, and what is said of it: `line: message`.
#[test]
fn faults_of_a_series_are_told_where_they_stand() {
    let cases: &[(&str, &str)] = &[
        ("", "1: the series has no report"),
        ("[[report]]\n", "1: a report of the series has no `path`"),
        ("[[report]]\npath = \"../x\"\n", "2: `../x` is no path beneath the series' folder"),
        ("[[report]]\npath = \"r/d\"\n", "2: `r/d` leads to no report"),
        ("[[report]]\npath = \"q/*\"\n", "2: `q/*` leads to no report"),
        ("[[report]]\npath = \"r/a\"\n[[report]]\npath = \"r/a\"\n", "4: `r/a` is listed twice"),
        ("[[report]]\npath = \"r/a\"\nlanguage = \"fr\"\n", "3: `report.language` is no key of series.toml"),
        ("[[report]]\npath = \"r/a\"\nlanguages = [\"french\"]\n", "3: `french` is no language tag"),
        ("formats = []\n[[report]]\npath = \"r/a\"\n", "1: no format is asked for"),
        ("output = \"/tmp\"\n[[report]]\npath = \"r/a\"\n", "1: `/tmp` is no folder beneath that of the series"),
        (
            "output = \"pub\"\n[[report]]\npath = \"z\"\n[[report]]\npath = \"Z.md\"\n",
            "5: `z` and `Z.md` would both be written to `pub/Z`",
        ),
        (
            "[[report]]\npath = \"z\"\noutput = \"a\"\n[[report]]\npath = \"Z.md\"\noutput = \"A\"\n",
            "5: `z` and `Z.md` would both be written to `A/Z`",
        ),
        ("[[report]\npath = 1\n", "1: not valid TOML: unclosed array table, expected `]`"),
    ];
    for (series, expected) in cases {
        let loaded = loaded(series, FILES);
        let show = |found: &Diagnostic| match &found.place {
            Place::Span(span) => {
                format!("{}: {}", loaded.value.sources[span.file].line_column(span.start).line, found.message)
            }
            Place::Path(_) | Place::Nowhere => found.message.clone(),
        };
        let told: Vec<String> = loaded.diagnostics.iter().map(show).collect();
        assert!(told.iter().any(|told| told == expected), "{series}\n{told:#?}");
    }
}

fn many(count: usize) -> Vec<Job> {
    let path = |at| ProjectPath::new(&format!("r/{at:03}")).expect("a path");
    let report = |at| Report { path: path(at), languages: vec!["fr".to_owned()], formats: None, output: None };
    let reports: Vec<Report> = (0..count).map(report).collect();
    jobs(&reports, &|_| Vec::new())
}

#[test]
fn a_matrix_stays_within_the_host_s_limit_and_loses_nothing() {
    for (count, expected) in [(0, 0), (1, 1), (256, 256), (257, 256), (1_000, 256)] {
        let line = plan(&many(count), &["rapporteur", "build", "--all", "my series.toml"], Host::Github);
        assert!(!line.contains('\n'));
        let matrix: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let entries = matrix["include"].as_array().expect("a list");
        assert_eq!(entries.len(), expected);
        let command = "rapporteur build --all 'my series.toml' --only ";
        let ids = entries
            .iter()
            .map(|entry| entry["command"].as_str().and_then(|text| text.strip_prefix(command)).expect("its command"));
        let ids: Vec<&str> = ids.flat_map(|ids| ids.split(',')).collect();
        let all = many(count);
        assert_eq!(ids, all.iter().map(|job| job.id.as_str()).collect::<Vec<_>>());
    }
    // What a workflow asks for to leave out its second job: a matrix without an entry fails it.
    assert_eq!(plan(&[], &["rapporteur"], Host::Github), r#"{"include":[]}"#);
}

/// What a child pipeline has: the names of its matrix, and the commands of its script.
fn pipeline(yaml: &str) -> (Vec<String>, Vec<(String, String)>) {
    let string = |line: &str| serde_json::from_str::<String>(line.trim_start().trim_start_matches("- ")).expect("JSON");
    let names = yaml.lines().skip_while(|line| !line.contains("RAPPORTEUR_JOB:")).skip(1).map(string).collect();
    let script = string(yaml.lines().nth(3).expect("a script"));
    let cases = script.lines().filter(|line| line.starts_with('\''));
    let case = |line: &str| {
        let (name, command) = line.split_once(") ").expect("a case");
        (name.trim_matches('\'').to_owned(), command.trim_end_matches(" ;;").to_owned())
    };
    (names, cases.map(case).collect())
}

/// 200 rows and 255 characters of a job's name, whatever the reports are called and however many one job builds.
#[test]
fn a_child_pipeline_stays_within_the_host_s_limits_and_loses_nothing() {
    let long = |at: usize| format!("reports/{}/{at:03}", "a-long-name".repeat(30));
    let many_long: Vec<Report> = (0..900)
        .map(|at| Report {
            path: ProjectPath::new(&long(at)).expect("a path"),
            languages: vec!["zh-Hans".to_owned()],
            formats: None,
            output: None,
        })
        .collect();
    for jobs in [many(1), many(200), many(1_000), jobs(&many_long, &|_| Vec::new())] {
        let (names, cases) = pipeline(&plan(&jobs, &["rapporteur"], Host::Gitlab));
        assert_eq!(names.len(), jobs.len().min(200));
        assert!(names.iter().all(|name| format!("report: [{name}]").len() <= 255));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
        assert_eq!(names, cases.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
        let ids = cases.iter().map(|(_, command)| command.strip_prefix("rapporteur --only ").expect("its command"));
        let ids: Vec<&str> = ids.flat_map(|ids| ids.split(',')).collect();
        assert_eq!(ids, jobs.iter().map(|job| job.id.as_str()).collect::<Vec<_>>());
    }
}

/// Whatever a folder is called, each value is one quoted string on one line.
#[test]
fn no_path_can_add_to_a_pipeline() {
    let names = ["a\"\n  evil:\n", "bb: [*x, &y]", "$HOME ${CI}", "c\u{85}\u{2028}\u{1f600}\u{202e}", "'; rm -rf ~; '"];
    let report = |name: &&str| Report {
        path: ProjectPath::new(name).expect("a path"),
        languages: Vec::new(),
        formats: None,
        output: None,
    };
    let reports: Vec<Report> = names.iter().map(report).collect();
    let yaml = plan(&jobs(&reports, &|_| Vec::new()), &["rapporteur", names[4]], Host::Gitlab);
    assert!(yaml.is_ascii());
    let values =
        yaml.lines().filter_map(|line| line.trim_start().strip_prefix("- ")).filter(|line| !line.ends_with(':'));
    let values: Vec<&str> = values.collect();
    assert_eq!(values.len(), 1 + names.len());
    for value in values {
        let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).expect("one string");
        assert!(!inner.replace("\\\\", "").replace("\\\"", "").contains('"'), "{value}");
    }
    assert!(!yaml.contains("\n  evil"));
    let (_, cases) = pipeline(&yaml);
    let word = r"''\''; rm -rf ~; '\'''";
    assert!(cases.iter().all(|(_, command)| command.starts_with(&format!("rapporteur {word} --only "))), "{cases:?}");
}
