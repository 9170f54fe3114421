use super::read;
use crate::document::Side;
use crate::inspect::ProjectedBlock;
use scraper::Html;

fn line(block: &ProjectedBlock) -> String {
    block.to_string().replace("Paragraph ", "").trim().to_owned()
}

/// Each case: what a part holds, what it is with all accepted, and with all rejected.
#[test]
fn either_side_is_read() {
    for (body, new, old) in [
        ("<p>a <del>b</del><ins>c</ins> d</p>", &["[a c d]"][..], &["[a b d]"][..]),
        ("<p>a</p><ins class='block inserted'><p class=change-label>x</p><p>b</p></ins>", &["[a]", "[b]"], &["[a]"]),
        ("<p>a<ins class=paragraph-end>¶</ins></p><p> b</p>", &["[a]", "[b]"], &["[a b]"]),
        ("<p>a<del class=paragraph-end>¶</del></p><p> b</p>", &["[a b]"], &["[a]", "[b]"]),
        ("<p><strong><span class=reformatted data-was='em'>a</span></strong>b", &["[a|strong] [b]"], &["[a|em] [b]"]),
        (
            "<div class='block reformatted' data-was='p'><div class=heading><h2><span class=number>I.</span> <span class=text>a</span></h2></div></div><p>b",
            &["heading [a]", "[b]"],
            &["[a]", "[b]"],
        ),
        ("<ul><li><p>a<li class=deleted><del class=within><p>b</del></ul>", &["ul0 [a]"], &["ul0 [a]", "ul0 [b]"]),
        (
            "<ul><li class='task done'><div class='within reformatted' data-was='task'><p>a</div></ul>",
            &["done0 [a]"],
            &["task0 [a]"],
        ),
        (
            "<table><tbody><tr class=inserted><td><ins class=within>a</ins></td></tr></tbody></table><p>b",
            &["Table", "Row", "Cell 1x1", "[a]", "End", "[b]"],
            &["[b]"],
        ),
        (
            "<div class='block reformatted' data-was='figure' data-was-alt='y'><figure class=figure><img alt=x></figure></div>",
            &["figure [image:x]"],
            &["figure [image:y]"],
        ),
        (
            "<p>see <a class=reference href='#x'>Figure 2</a>",
            &["[see ] [field reference:]"],
            &["[see ] [field reference:]"],
        ),
    ] {
        let page = Html::parse_document(&format!("<main><div class=report><div class=part>{body}</div></div></main>"));
        for (side, expected) in [(Side::New, new), (Side::Old, old)] {
            let found: Vec<String> = read(&page, side).blocks.iter().map(line).collect();
            assert_eq!(found, expected, "{side:?}: {body}");
        }
    }
}

#[test]
fn notes_follow_in_the_order_of_reference() {
    let page = "<main><div class=report><div class=part><p>a<del><sup class=note-ref><a role=doc-noteref href='#n-2'>2</a></sup></del>\
        <sup class=note-ref><a role=doc-noteref href='#n-1'>1</a></sup></div><section class=notes><ol><li id=n-1><p>one</p></li>\
        <li id=n-2 class=deleted><del class='block deleted'><p>two</p></del></li></ol></section></div></main>";
    let page = Html::parse_document(page);
    let lines = |side| read(&page, side).blocks.iter().map(line).collect::<Vec<String>>();
    assert_eq!(lines(Side::New), ["[a] [note:]", "Note", "[one]"]);
    assert_eq!(lines(Side::Old), ["[a] [note:] [note:]", "Note", "[two]", "Note", "[one]"]);
}
