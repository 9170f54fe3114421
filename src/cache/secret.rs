//! What those have in common who believe each other's entries.
//!
//! In: bytes that nobody else knows. Out: codes of whatever is kept. Never shown.

use sha2::{Digest as _, Sha256};

use crate::output::hexadecimal;

/// Bytes that nobody else knows.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// What the mark of a secret is the code of. No entry begins with it: those begin with a key, in hexadecimal digits.
const MARKED: &[u8] = b"rapporteur cache";

impl std::fmt::Debug for Secret {
    /// Without what must not be shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret").finish_non_exhaustive()
    }
}

impl Secret {
    /// Of these bytes; 32 of the system's randomness are enough.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What tells it from other secrets, and does not give it away.
    pub(super) fn mark(&self) -> String {
        self.code(&[MARKED])
    }

    /// Whoever does not know the secret cannot give this to other bytes (HMAC-SHA-256, RFC 2104).
    pub(super) fn code(&self, parts: &[&[u8]]) -> String {
        const BLOCK: usize = 64;
        let mut block = [0_u8; BLOCK];
        if self.0.len() > BLOCK {
            block[..32].copy_from_slice(&Sha256::digest(&self.0));
        } else {
            block[..self.0.len()].copy_from_slice(&self.0);
        }
        let padded = |pad: u8| Sha256::new().chain_update(block.map(|byte| byte ^ pad));
        let inner = parts.iter().fold(padded(0x36), |hash, part| hash.chain_update(part)).finalize();
        hexadecimal(&padded(0x5c).chain_update(inner).finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 2 and 6.
    #[test]
    fn codes_are_those_of_the_standard() {
        let code = |secret: &[u8], parts: &[&[u8]]| Secret::new(secret.to_vec()).code(parts);
        assert_eq!(
            code(b"Jefe", &[b"what do ya want ", b"for nothing?"]),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            code(&[0xaa; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"]),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert!(!format!("{:?}", Secret::new(b"hidden".to_vec())).contains("hidden"));
    }
}
