//! The program that started this one.

use std::io;

/// As a shell counts a process that SIGTERM has ended.
const ENDED: i32 = 143;

/// Ends this process, at any time, once the one at the other end of standard input has gone, however that ended: what it
/// was asked for is wanted no longer. Half-written files are treated as those of any interrupted build.
pub(super) fn follow() {
    std::thread::spawn(|| {
        // Nothing is ever sent.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(ENDED);
    });
}
