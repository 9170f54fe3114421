//! Whatever happens to a run, a release is there whole or not at all. RAPPORTEUR_SCALE multiplies how often.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::stage::{Stage, trusting};
use crate::support::{Ran, names};
use crate::user::{as_another_user, open_to_all, program};

/// Of a project that is released in no time.
fn small() -> Stage {
    Stage::with("[report]\ntitle = \"T\"\n[output]\nformats = [\"html\"]\n")
}

fn rests(stage: &Stage) -> Vec<String> {
    let mut names = names(&stage.sandbox.path("output"));
    names.retain(|name| name.starts_with(".rapporteur-release") || name.starts_with(".rapporteur-staged"));
    names
}

#[test]
fn killed_at_any_moment_a_release_is_whole_or_not_there() {
    let stage = small();
    let start = Instant::now();
    assert_eq!(stage.run(&["release", "0.1"]).code, 0);
    let whole = start.elapsed();
    let scale: u32 = std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    let kills = 20 * scale;
    let (mut made, mut none) = (0, 0);
    for kill in 0..kills {
        let version = format!("1.{kill}");
        let mut command = stage.sandbox.command(&["release", &version]);
        let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        // Most of the time goes by before anything is written: the moments lie closer towards the end.
        let share = f64::from(kill + 1) / f64::from(kills);
        std::thread::sleep(whole.mul_f64(share.sqrt() * 1.05).max(Duration::from_millis(1)));
        let _ = running.kill();
        running.wait().expect("it ends");
        if stage.sandbox.path("output").join(&version).exists() {
            made += 1;
            stage.sums_hold(&version);
        } else {
            none += 1;
        }
    }
    assert!(none > 0, "{made} {none}: no run was killed in time");
    stage.sums_hold("0.1");
    assert_eq!(stage.run(&["release", "2.0"]).code, 0);
    stage.sums_hold("2.0");
    assert_eq!(rests(&stage), Vec::<String>::new(), "the next run clears what is left");
}

#[test]
fn eight_at_once_make_one() {
    let stage = small();
    let running: Vec<_> = (0..8)
        .map(|_| {
            let mut command = stage.sandbox.command(&["release", "1.0"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
        })
        .collect();
    let ran: Vec<Ran> = running.into_iter().map(|child| Ran::of(child.wait_with_output().expect("it ends"))).collect();
    assert!(ran.iter().all(|ran| matches!(ran.code, 0 | 75)), "{ran:?}");
    let new = ran.iter().filter(|ran| ran.code == 0 && !ran.stderr.contains("is there already")).count();
    assert_eq!(new, 1, "{ran:?}");
    stage.sums_hold("1.0");
    assert_eq!(rests(&stage), Vec::<String>::new());
}

/// A disk without room: no file may be larger than so much (`ulimit -f`), and the signal that would end the process is ignored.
#[test]
fn without_room_nothing_appears() {
    let stage = small();
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" release 1.0";
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_rapporteur")]).current_dir(stage.sandbox.path(""));
    let ran = Ran::of(command.output().expect("bash runs"));
    assert!(ran.code == 3 && ran.stderr.contains("cannot be written"), "{ran:?}");
    assert!(!stage.sandbox.path("output/1.0").exists());
    assert_eq!(rests(&stage), Vec::<String>::new());
    assert_eq!(stage.run(&["release", "1.0"]).code, 0);
    stage.sums_hold("1.0");
}

/// A folder that may only be read, for a user without privileges.
#[test]
fn where_nothing_may_be_written_nothing_is() {
    let stage = small();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    open_to_all(elsewhere.path());
    let clone = elsewhere.path().join("clone");
    let script = "git clone -q --no-local \"$FROM\" clone; mkdir clone/output; chmod a-w clone/output; \
                  cd clone; \"$PROGRAM\" release 1.0";
    let mut shell = as_another_user("bash".as_ref());
    shell.args(["-euc", script]).current_dir(elsewhere.path());
    shell.env("PROGRAM", program(elsewhere.path())).env("FROM", stage.sandbox.path("")).env("HOME", "/nonexistent");
    shell.env("GIT_CONFIG_GLOBAL", trusting(elsewhere.path()));
    let done = Command::new("chmod").args(["-R", "a+rX"]).arg(stage.sandbox.path("")).status();
    assert!(done.expect("chmod runs").success());
    let ran = Ran::of(shell.output().expect("bash runs"));
    // Root of a namespace of one's own may write all the same; root that can drop its rights may not.
    if ran.code == 0 {
        return assert!(clone.join("output/1.0/SHA256SUMS").exists(), "{ran:?}");
    }
    assert!(ran.code == 3 && ran.stderr.contains("cannot be written"), "{ran:?}");
    assert_eq!(names(&clone.join("output")), Vec::<String>::new());
}
