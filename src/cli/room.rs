//! How many builds a machine bears at a time.

use std::fs;
use std::path::Path;

/// What a build of some hundred pages takes, in bytes, with room to spare.
const MEMORY_OF_BUILD: u64 = 512 * 1024 * 1024;

/// As many as there are cores, and no more than fit into the memory that is free.
pub(super) fn builds() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let fit = free_memory().map_or(cores, |bytes| usize::try_from(bytes / MEMORY_OF_BUILD).unwrap_or(cores));
    cores.min(fit).max(1)
}

/// The memory that is free, in bytes, and within the limit of a container (proc(5), cgroups(7)); where the system says so.
fn free_memory() -> Option<u64> {
    let free = fs::read_to_string("/proc/meminfo").ok()?.lines().find_map(available)?;
    let text = |name: &str| fs::read_to_string(Path::new("/sys/fs/cgroup").join(name)).unwrap_or_default();
    let left = left(&text("memory.max"), &text("memory.current"), &text("memory.stat"));
    Some(left.map_or(free, |left| left.min(free)))
}

/// What a container's limit leaves: files that nobody has used for long count as used, and are given up where memory is
/// wanted (`inactive_file`, Linux cgroup v2).
fn left(most: &str, now: &str, statistics: &str) -> Option<u64> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let given_up = statistics.lines().find_map(|line| number(line.strip_prefix("inactive_file ")?)).unwrap_or(0);
    let used = number(now)?.saturating_sub(given_up);
    Some(number(most)?.saturating_sub(used))
}

fn available(line: &str) -> Option<u64> {
    let kib = line.strip_prefix("MemAvailable:")?.trim().strip_suffix(" kB")?;
    Some(kib.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_one_and_what_the_system_says() {
        assert!(builds() >= 1);
        assert_eq!(available("MemAvailable:    2048 kB"), Some(2 * 1024 * 1024));
        assert_eq!(available("MemFree:    2048 kB"), None);
    }

    #[test]
    fn files_that_are_merely_remembered_leave_room() {
        let statistics = "anon 100\nfile 700\nactive_file 100\ninactive_file 600\nslab 5\n";
        assert_eq!(left("1000\n", "900\n", statistics), Some(700));
        assert_eq!(left("1000\n", "900\n", ""), Some(100));
        assert_eq!(left("1000\n", "500\n", statistics), Some(1000));
        assert_eq!(left("800\n", "900\n", ""), Some(0));
        assert_eq!(left("max\n", "900\n", statistics), None);
        assert_eq!(left("", "", ""), None);
    }
}
