use super::read;
use crate::inspect::Fragment;

fn lines(fragments: &[Fragment]) -> Vec<String> {
    let line = |f: &Fragment| {
        let number = f.number.as_ref().map(|n| format!(" [{n}]")).unwrap_or_default();
        let notes = if f.notes.is_empty() { String::new() } else { format!(" ^[{}]", f.notes.join(", ")) };
        let links = f.links.iter().map(|link| format!(" <{link}>")).collect::<String>();
        format!("{}{number} {}{notes}{links}", f.role.name(), f.text).trim_end().to_owned()
    };
    fragments.iter().map(line).collect()
}

#[test]
fn elements_have_roles() {
    for (body, expected) in [
        ("<p>a <b>b</b>\n c<br>d", &["body a b c d"][..]),
        ("<h2>x</h2>", &["heading-2 x"]),
        ("<h1 class=title>T</h1><h2><span class=number>I.</span> x</h2>", &["title T", "heading-1 [I.] x"]),
        ("<div role=heading aria-level=6>x</div>", &["heading-6 x"]),
        (r##"<p class="numbered"><a class="number permalink" href="#p-4">4.</a> x</p>"##, &["body [4.] x"]),
        (r##"<h2>x</h2><a class="permalink" href="#x">#</a>"##, &["heading-2 x"]),
        ("<ul><li>a<li><p>b<p>c</ul>", &["list-item [•] a", "list-item [•] b", "list-item c"]),
        ("<ol start=3 type=a><li>x<li value=5>y</ol>", &["list-item [c.] x", "list-item [e.] y"]),
        ("<ol><li data-marker='(b)'>x</ol>", &["list-item [(b)] x"]),
        ("<ul><li><pre>x\n  y\n</pre></ul>", &["list-item [•]", "code x\n  y"]),
        ("<ul><li><ul><li>x</ul></ul><p>z", &["list-item [•]", "list-item [•] x", "body z"]),
        ("<ul><li></ul>", &["list-item [•]"]),
        ("<ul><li class='task done'><span class='task-state'>Done: </span>x</ul>", &["list-item [☑] x"]),
        ("<blockquote><p>q</blockquote>", &["quote q"]),
        ("<dl><dt>t<dd>d</dl>", &["term t", "description d"]),
        ("<div class='box box-note'><p class=box-label>Note<p>x</div>", &["box-label Note", "box-body x"]),
        ("<table><caption>c</caption><tr><th>h<td>d<td></table>", &["caption c", "table-header h", "table-cell d"]),
        ("<p>a<img src=x alt='A map'>b", &["body ab", "figure A map"]),
        ("<p><img src=x alt=''>", &[]),
        (
            "<figure><figcaption>F</figcaption><svg aria-label=m><text>no</text></svg></figure>",
            &["caption F", "figure m"],
        ),
        ("<p><a href=https://example.org/>x</a><a href='#y'>y</a>", &["body xy <https://example.org/>"]),
        (
            "<p>a <del><span class=unseen>no</span>b</del><ins>c</ins><a class=change-number href='#x'>[1]</a></p><del class='block deleted'><p>d</del>",
            &["body a c"],
        ),
        ("<nav>no</nav><script>no</script><p hidden>no</p><p>x", &["body x"]),
    ] {
        let inspection = read(format!("<!DOCTYPE html><main>{body}</main>").as_bytes()).expect("a page");
        assert_eq!(lines(&inspection.fragments), expected, "{body}");
    }
}

#[test]
fn notes_have_their_numbers() {
    let page = r##"<main><p>x<sup><a role="doc-noteref" href="#note-1">1</a></sup></p>
      <section class="notes"><h2>Notes</h2><ol><li id="note-1"><p>n <a role="doc-backlink" href="#">↩</a></p>
      <ol><li>i</ol><p>m</li></ol></section></main>"##;
    let inspection = read(page.as_bytes()).expect("a page");
    assert_eq!(lines(&inspection.fragments), ["body x ^[1]", "note [1] n", "list-item [1.] i", "note m"]);
    assert_eq!(inspection.facts.notes, 1);
}

#[test]
fn the_head_gives_facts() {
    let page = r##"<!DOCTYPE html><html lang="en"><head><title> A  title </title>
      <meta name="dcterms.creator" content="Ada"><meta name="dcterms.creator" content="Bob"><meta name="keywords" content="a, b">
      <style>@font-face{font-family:"Noto Sans";src:url(data:x)}@font-face{font-family:Mono}</style></head>
      <body><nav class="contents"><ol><li><a href="#a"><span>I.</span><span>One</span></a><ol><li><a href="#b">Two</a></ol></ol></nav></body>"##;
    let facts = read(page.as_bytes()).expect("a page").facts;
    assert_eq!((facts.title.as_deref(), facts.language.as_deref()), (Some("A title"), Some("en")));
    assert_eq!((facts.authors, facts.subjects), (vec!["Ada".into(), "Bob".into()], vec!["a".into(), "b".into()]));
    assert_eq!(facts.contents, [(1, "I. One".to_owned()), (2, "Two".to_owned())]);
    assert_eq!(facts.fonts, ["Noto Sans", "Mono"]);
}

#[test]
fn what_is_hostile_is_an_error() {
    assert!(read("<div>".repeat(40_000).as_bytes()).is_err());
    assert!(read(b"<p>\xff").is_err());
}
