//! The preview's server on real sockets: who is answered, what is borne, and that no listener misses a change. One test
//! after the other: some count connections. Loads print their figures and fail on a lost or wrong answer alone.

#[path = "serve/desk.rs"]
mod desk;
#[path = "support/git.rs"]
mod git;
#[path = "serve/program.rs"]
mod program;
mod support;

use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk::{DEADLINE, Desk};
use git::git;
use program::Program;
use rapporteur::serve::{Guard, Limits};
use support::Sandbox;

/// One at a time.
static TURN: Mutex<()> = Mutex::new(());

fn in_turn<T>(test: impl FnOnce() -> T) -> T {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    test()
}

fn scale() -> u64 {
    std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

fn local(limits: Limits) -> Desk {
    Desk::new(limits, Guard::local)
}

#[test]
fn only_our_own_page_is_answered() {
    in_turn(|| {
        let desk = local(Limits::default());
        let host = format!("Host: {}\r\n", desk.address);
        let here = format!("Origin: http://{}\r\n", desk.address);
        for path in ["/", "/web", "/events", "/files/html", "/_/page.js", "/nowhere"] {
            let other = desk.answer("GET", path, "Host: rebound.example\r\n");
            assert_eq!((other.code, other.body.contains("Served")), (421, false), "{path}");
        }
        let elsewhere = "Origin: http://evil.example\r\n";
        assert_eq!(desk.answer("GET", "/events", &format!("{host}{elsewhere}")).code, 403);
        assert_eq!(desk.answer("GET", "/events", &format!("{host}Sec-Fetch-Site: cross-site\r\n")).code, 403);
        let look = "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"page\":1}";
        let post = |origin: &str| desk.answer("POST", "/look", &format!("{host}{origin}{look}")).code;
        assert_eq!([post(""), post(elsewhere), post("Origin: null\r\n"), post(&here)], [403, 403, 403, 204]);
    });
}

#[test]
fn what_a_browser_has_keeps_its_policy() {
    in_turn(|| {
        let desk = local(Limits::default());
        let line = |head: &str, name: &str| head.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        for path in ["/_/worker.js", "/_/hub.js", "/_/page.css"] {
            let first = desk.get(path);
            let tag = line(&first.head, "etag: ").expect("a tag");
            let asked = format!("Host: {}\r\nIf-None-Match: {}\r\n", desk.address, tag.trim_start_matches("etag: "));
            let again = desk.answer("GET", path, &asked);
            assert_eq!(again.code, 304, "{path}");
            let policy = line(&first.head, "content-security-policy: ");
            assert!(policy.is_some() && line(&again.head, "content-security-policy: ") == policy, "{}", again.head);
        }
    });
}

#[test]
fn every_answer_says_what_a_browser_may_do() {
    in_turn(|| {
        let desk = local(Limits::default());
        for path in ["/", "/web", "/web/style.css", "/_/page.js", "/files/html", "/nowhere"] {
            let head = desk.get(path).head;
            for header in
                ["x-content-type-options: nosniff", "referrer-policy: no-referrer", "cross-origin-resource-policy"]
            {
                assert!(head.contains(header), "{path}: {head}");
            }
            let policy = head.lines().find(|line| line.starts_with("content-security-policy:")).unwrap_or_default();
            assert!(policy.contains("default-src 'none'"), "{path}: {head}");
            assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
        }
        let page = desk.get("/web");
        assert!(page.body.contains("Word 0.") && !page.body.contains("<style"), "{}", page.head);
        let file = desk.get("/files/docx");
        assert!(file.head.contains("attachment; filename*=utf-8''") && file.body.starts_with("PK"), "{}", file.head);
        assert_eq!(desk.answer("POST", "/look", &format!(
            "Host: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{1}",
            desk.address, " ".repeat(9000),
        )).code, 413);
    });
}

#[test]
fn others_need_the_token() {
    in_turn(|| {
        let desk = Desk::new(Limits::default(), |port| Guard::open("127.0.0.1", port, "secret".to_owned()));
        let port = desk.address.port();
        for path in ["/", "/web", "/events", "/files/pdf", "/?token=wrong"] {
            assert_eq!(desk.get(path).code, 401, "{path}");
        }
        let introduced = desk.get("/?token=secret");
        let cookie = format!("set-cookie: rapporteur-{port}=secret; path=/; httponly; samesite=strict");
        assert!(introduced.code == 303 && introduced.head.contains(&cookie), "{}", introduced.head);
        assert!(introduced.head.contains("location: /\r\n"), "the token leaves the address");
        let known = format!("Host: 127.0.0.1:{port}\r\nCookie: rapporteur-{port}=secret\r\n");
        assert_eq!(desk.answer("GET", "/web", &known).code, 200);
    });
}

/// A head that does not end: the connection is closed; one that ends in time is answered.
#[test]
fn slow_heads_are_not_waited_for() {
    in_turn(|| {
        let desk = local(Limits { head: Duration::from_millis(300), ..Limits::default() });
        let mut slow = desk.connect();
        let begun = Instant::now();
        let mut rest = Vec::new();
        slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("it can be sent");
        // Closed, with an answer or without; a read that times out would be an error.
        let ended = slow.read_to_end(&mut rest);
        assert!(ended.is_ok() || begun.elapsed() < DEADLINE, "{ended:?}");
        assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
        assert_eq!(desk.get("/").code, 200);
    });
}

/// At the limit all are served; one more is told; and when one goes, the next has room.
#[test]
fn connections_are_bounded() {
    in_turn(|| {
        let most = 20;
        let desk = local(Limits { connections: most, head: DEADLINE });
        let mut held: Vec<_> = (0..most).map(|_| desk.listen()).collect();
        held.iter_mut().for_each(|events| drop(events.next()));
        let refused = desk.get("/");
        assert_eq!(refused.code, 503, "{}", refused.head);
        drop(held.pop());
        let begun = Instant::now();
        while desk.get("/").code != 200 {
            assert!(begun.elapsed() < DEADLINE, "a place that became free was not given");
        }
    });
}

/// Applies an event's blocks to the text that a listener has.
fn apply(blocks: &mut Vec<String>, event: &serde_json::Value) {
    for splice in event["web"]["splices"].as_array().into_iter().flatten() {
        if splice[0] != "part-0" {
            continue;
        }
        let number = |at: usize| splice[at].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a position");
        let come = splice[3].as_array().expect("blocks").iter().map(|html| html.as_str().expect("markup").to_owned());
        blocks.splice(number(1)..number(1) + number(2), come);
    }
}

/// Listeners that read, listeners that read nothing, and requests all the while: each listener ends with the last save,
/// by the blocks that it was sent.
#[test]
fn no_listener_misses_a_change() {
    in_turn(|| {
        let desk = local(Limits::default());
        let (listeners, saves) = (50, 20 * scale());
        let over = AtomicBool::new(false);
        let sleepers: Vec<_> = (0..5).map(|_| desk.listen()).collect();
        let times = std::thread::scope(|scope| {
            let hears = |mut events: desk::Events| {
                let (mut blocks, mut revision) = (vec![String::new(); 3], events.next()["web"]["to"].clone());
                let last = format!("Word {saves}.");
                while !blocks.iter().any(|block| block.contains(&last)) {
                    let event = events.next();
                    if event["web"].is_object() {
                        assert_eq!(event["web"]["from"], revision, "a change was lost");
                        revision = event["web"]["to"].clone();
                        apply(&mut blocks, &event);
                    }
                }
            };
            let heard: Vec<_> =
                (0..listeners).map(|_| desk.listen()).map(|events| scope.spawn(move || hears(events))).collect();
            let asks = || {
                let mut times = Vec::new();
                while !over.load(Ordering::SeqCst) {
                    let begun = Instant::now();
                    let answer = desk.get("/place?region=part-0&index=1&revision=0");
                    assert!([200, 404].contains(&answer.code), "{}", answer.head);
                    times.push(begun.elapsed());
                    std::thread::sleep(Duration::from_millis(2));
                }
                times
            };
            let asked: Vec<_> = (0..2).map(|_| scope.spawn(asks)).collect();
            for save in 1..=saves {
                desk.save(&format!("# First\n\nWord {save}.\n\nAnother paragraph.\n"));
                std::thread::sleep(Duration::from_millis(30));
            }
            heard.into_iter().for_each(|listener| listener.join().expect("a listener has the last save"));
            over.store(true, Ordering::SeqCst);
            asked.into_iter().flat_map(|asker| asker.join().expect("every answer is right")).collect::<Vec<_>>()
        });
        show(times);
        for mut sleeper in sleepers {
            let mut event = sleeper.next();
            while !event.to_string().contains(&format!("Word {saves}.")) {
                event = sleeper.next();
            }
        }
    });
}

/// 50 listeners, and 500 requests a second from several sides at once, for a minute at full size; every answer is
/// right.
#[test]
fn many_requests_are_answered() {
    in_turn(|| {
        let desk = local(Limits::default());
        let _listeners: Vec<_> = (0..50).map(|_| desk.listen()).collect();
        let (askers, each) = (4, 750 * scale());
        let begun = Instant::now();
        let pace = Duration::from_secs(1) * askers / 500;
        let times = std::thread::scope(|scope| {
            let asks = |asker: u64| {
                let desk = &desk;
                move || {
                    let ask = |request: u64| {
                        // The time at which it is due, so that one that waits for another counts as slow.
                        let due = begun + pace * u32::try_from(request).expect("no hour of requests");
                        std::thread::sleep(due.saturating_duration_since(Instant::now()));
                        let path = ["/", "/web", "/_/page.css", "/web/style.css"]
                            [usize::try_from((asker + request) % 4).expect("small")];
                        let answer = desk.get(path);
                        assert_eq!(answer.code, 200, "{path}: {}", answer.head);
                        assert!(answer.body.ends_with('\n'), "{path} is whole");
                        due.elapsed()
                    };
                    (0..each).map(ask).collect::<Vec<_>>()
                }
            };
            let askers: Vec<_> = (0..askers).map(|asker| scope.spawn(asks(asker.into()))).collect();
            askers.into_iter().flat_map(|asker| asker.join().expect("every answer is right")).collect::<Vec<_>>()
        });
        show(times);
    });
}

#[expect(clippy::print_stdout, reason = "figures are for whoever runs it")]
fn show(mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{} requests: median {:.1?}, p99 {:.1?}, worst {:.1?}", times.len(), at(50), at(99), at(100));
}

/// On the terminal as `watch` has it: what is new, once while it stands, and how much has gone.
#[test]
fn what_is_found_is_told_on_the_terminal_once() {
    in_turn(|| {
        let sandbox = Sandbox::new(&[("drafts/a.md", "# First\n\nSee [it](#nowhere).\n")]);
        let program = Program::start(&sandbox);
        let times = |said: &str| program.told().matches(said).count();
        program.until("the first finding", || times("warning[dead-link]") == 1);
        assert!(program.told().contains("drafts/a.md:3:"), "with its place: {}", program.told());
        sandbox.write("drafts/a.md", "# First\n\nDo see [it](#nowhere), and [that](#neither).\n");
        program.until("the second finding", || times("warning[dead-link]") == 2);
        assert_eq!([times("nowhere`"), times("neither`")], [1, 1], "{}", program.told());
        sandbox.write("drafts/a.md", "# First\n\nDo see it.\n");
        program.until("the mend", || times("mended since the last build: 2 warnings") == 1);
        sandbox.write("drafts/a.md", b"# First\n\nBad \xff.\n");
        program.until("the fault", || times("error[") == 1);
        sandbox.write("drafts/a.md", "# First\n\nGood again.\n");
        program.until("the mend of it", || times("mended since the last build: 1 error") == 1);
        assert_eq!(times("error"), 2, "neither is told twice: {}", program.told());
    });
}

/// The annex and the history are shown as a build has them, after every edit.
#[test]
fn what_has_changed_since_a_release_is_shown() {
    in_turn(|| {
        let config = "[report]\ntitle = \"Report\"\ndate = 2026-01-31\n[changelog]\nannex = true\nhistory = true\n";
        let old = "# First\n\nThe old words of a paragraph that stays.\n";
        let sandbox = Sandbox::new(&[("rapporteur.toml", config), ("drafts/a.md", old)]);
        for arguments in [&["init"][..], &["add", "."], &["commit", "-m", "One"], &["tag", "v1.0"]] {
            git(&sandbox, "2026-01-31T12:00:00Z", arguments);
        }
        sandbox.write("drafts/a.md", old.replace("old words", "new words"));
        let program = Program::start(&sandbox);
        let edits = [
            old.replace("old words", "newer words"),
            old.replace("First\n", "First\n\nA paragraph more, which says something else.\n"),
            format!("{old}\n# Second\n\nA chapter more.\n"),
        ];
        let shows_what_is_built = || {
            let built = program.built();
            assert!(built.contains("Changes since v1.0") && built.contains("Revision history"), "{built}");
            program.until("the report with its changes", || program.page() == built);
        };
        shows_what_is_built();
        for edit in edits {
            sandbox.write("drafts/a.md", edit);
            shows_what_is_built();
        }
    });
}
