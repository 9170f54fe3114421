//! File systems whose changes by others raise no event here.

use std::path::Path;

/// The kind of the file system that holds `path`, if it is one of those. Known on Linux only.
pub(super) fn silent_mount(path: &Path) -> Option<String> {
    let table = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    kind_of(&table, path).filter(|kind| is_silent(kind)).map(str::to_owned)
}

/// The type of the mount that `path` lies in (proc(5), `/proc/pid/mountinfo`).
fn kind_of<'a>(table: &'a str, path: &Path) -> Option<&'a str> {
    let mounts = table.lines().filter_map(|line| {
        let (mount, rest) = line.split_once(" - ")?;
        // Blanks in the path stand as octal escapes.
        let point = mount.split(' ').nth(4)?.replace("\\040", " ").replace("\\011", "\t");
        Some((point, rest.split(' ').next()?))
    });
    let around = mounts.filter(|(point, _)| path.starts_with(point));
    // Of mounts at one point the last covers the others.
    around
        .fold(None, |best: Option<(usize, &str)>, (point, kind)| match best {
            Some((length, _)) if length > point.len() => best,
            Some(_) | None => Some((point.len(), kind)),
        })
        .map(|(_, kind)| kind)
}

fn is_silent(kind: &str) -> bool {
    let network =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "vboxsf", "vmhgfs", "virtiofs"];
    network.contains(&kind) || kind.starts_with("fuse.") && kind != "fuse.ntfs-3g"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_mount_decides() {
        let table = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                     30 22 0:40 / /mnt/shared\\040drafts rw - nfs4 host:/x rw\n\
                     31 30 0:41 / /mnt/shared\\040drafts/local rw - ext4 /dev/sdb1 rw\n";
        for (path, expected) in [
            ("/home/a", "ext4"),
            ("/mnt/shared drafts/x", "nfs4"),
            ("/mnt/shared drafts/local/y", "ext4"),
            ("/mnt/shared", "ext4"),
        ] {
            assert_eq!(kind_of(table, Path::new(path)), Some(expected), "{path}");
        }
        assert!(is_silent("nfs4") && is_silent("fuse.sshfs") && !is_silent("ext4"));
    }
}
