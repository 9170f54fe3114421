//! The ways in which editors save.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// A way in which an editor saves.
pub type Save = fn(&Path, &str);

pub const SAVES: &[(&str, Save)] = &[
    ("in place", |path, text| fs::write(path, text).expect("it can be written")),
    ("temporary file renamed over it", |path, text| {
        let temporary = path.with_file_name(".a.md.tmp");
        fs::write(&temporary, text).expect("it can be written");
        fs::rename(temporary, path).expect("it can be renamed");
    }),
    ("moved to a backup, written anew, as vim does", |path, text| {
        fs::write(path.with_file_name("4913"), "").expect("it can be written");
        fs::remove_file(path.with_file_name("4913")).expect("it can be removed");
        fs::rename(path, path.with_file_name("a.md~")).expect("it can be renamed");
        fs::write(path, text).expect("it can be written");
        fs::remove_file(path.with_file_name("a.md~")).expect("it can be removed");
    }),
    ("truncated, then written", |path, text| {
        fs::write(path, "").expect("it can be truncated");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("it can be written");
    }),
    ("removed, then created", |path, text| {
        fs::remove_file(path).expect("it can be removed");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("it can be written");
    }),
    ("in two pieces", |path, text| {
        use std::io::Write;
        let (first, second) = text.split_at(text.len() / 2);
        let mut file = fs::File::create(path).expect("it can be made");
        file.write_all(first.as_bytes()).expect("it can be written");
        std::thread::sleep(Duration::from_millis(20));
        file.write_all(second.as_bytes()).expect("it can be written");
    }),
    ("with the time stamp of the version before", |path, text| {
        let before = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("it has a time");
        fs::write(path, text).expect("it can be written");
        fs::File::options().write(true).open(path).and_then(|f| f.set_modified(before)).expect("it takes a time");
    }),
    ("temporary file beside it, the old one kept as a backup, as GTK's editors do", |path, text| {
        let temporary = path.with_file_name(".goutputstream-ABC123");
        fs::write(&temporary, text).expect("it can be written");
        let _ = fs::remove_file(path.with_file_name("a.md~"));
        fs::hard_link(path, path.with_file_name("a.md~")).expect("it can be linked");
        fs::rename(temporary, path).expect("it can be renamed");
    }),
    ("a lock and an own copy beside it, as emacs does", |path, text| {
        fs::write(path.with_file_name("#a.md#"), text).expect("it can be written");
        fs::write(path.with_file_name(".#a.md"), "somebody@somewhere").expect("it can be written");
        fs::copy(path, path.with_file_name("a.md~")).expect("it can be copied");
        fs::write(path, text).expect("it can be written");
        fs::remove_file(path.with_file_name(".#a.md")).expect("it can be removed");
        fs::remove_file(path.with_file_name("#a.md#")).expect("it can be removed");
    }),
    ("swapped with what was written safely, as JetBrains does", |path, text| {
        let (new, old) = (path.with_file_name("a.md___jb_tmp___"), path.with_file_name("a.md___jb_old___"));
        fs::write(&new, text).expect("it can be written");
        fs::rename(path, &old).expect("it can be renamed");
        fs::rename(&new, path).expect("it can be renamed");
        fs::remove_file(old).expect("it can be removed");
    }),
    ("edited by sed -i", |path, text| {
        let temporary = path.with_file_name("sedQwErTy");
        fs::write(&temporary, text).expect("it can be written");
        fs::set_permissions(&temporary, fs::metadata(path).expect("it is there").permissions()).expect("it may be");
        fs::rename(temporary, path).expect("it can be renamed");
    }),
    ("overwritten and cut, kept open a while", |path, text| {
        use std::io::Write;
        let mut file = fs::File::options().write(true).open(path).expect("it can be opened");
        file.write_all(text.as_bytes()).expect("it can be written");
        file.set_len(text.len() as u64).expect("it can be cut");
        file.sync_all().expect("it can be kept");
        std::thread::sleep(Duration::from_millis(15));
    }),
];
