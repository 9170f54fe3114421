//! Room for libraries that recurse: nesting that we allow must not overflow a thread's stack.

/// Bytes; a level of a drawing takes a few kilobytes.
const STACK: usize = 64 * 1024 * 1024;

/// Runs a function on a thread with a large stack.
/// # Errors
/// In the system's words, if there is no such thread to be had, or the function panicked.
pub(super) fn with_room<T: Send>(function: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, function);
        let thread = thread.map_err(|error| error.to_string())?;
        thread.join().map_err(|_| "the library that draws it failed".to_owned())
    })
}
