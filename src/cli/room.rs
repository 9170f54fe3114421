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
    let number = |name: &str| {
        let text = fs::read_to_string(Path::new("/sys/fs/cgroup").join(name)).ok()?;
        text.trim().parse::<u64>().ok()
    };
    let left = number("memory.max").zip(number("memory.current")).map(|(most, now)| most.saturating_sub(now));
    Some(left.map_or(free, |left| left.min(free)))
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
}
