//! The program itself.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::output::hexadecimal;

/// SHA-256 of the file that runs.
/// # Errors
/// If it cannot be read.
pub(super) fn digest() -> io::Result<String> {
    let mut program = File::open(std::env::current_exe()?)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match program.read(&mut piece)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            length => digest.update(&piece[..length]),
        }
    }
}

/// It is read in pieces of so many bytes.
const PIECE: usize = 1024 * 1024;
