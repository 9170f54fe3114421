//! Seeded changes: of bytes, of pieces, and with snippets of the grammar at hand.

/// Longest input, in bytes: what costs more is for `tests/hostile/growth.py`.
const LONGEST: usize = 4_000;

/// Makes one input.
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// The same for the same name, seed and number (SplitMix64, seeded by FNV-1a).
    pub fn new(name: &str, seed: u64, number: u64) -> Self {
        let numbers = seed.to_le_bytes().into_iter().chain(number.to_le_bytes());
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        Self { state: name.bytes().chain(numbers).fold(0xcbf2_9ce4_8422_2325, hash) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `below`, which is not 0.
    fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// A piece of an input of the corpus, changed some times.
    pub fn input(&mut self, corpus: &[Vec<u8>], snippets: &[&str]) -> Vec<u8> {
        let mut input = self.piece(corpus);
        for _ in 0..=self.below(12) {
            self.change(&mut input, corpus, snippets);
        }
        input.truncate(LONGEST);
        input
    }

    /// All of an input, or if it is long a part that begins with a line.
    fn piece(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let whole = self.pick(corpus).clone();
        if whole.len() <= LONGEST {
            return whole;
        }
        let at = self.below(whole.len() - LONGEST);
        let start = whole[at..].iter().position(|byte| *byte == b'\n').map_or(at, |line| at + line + 1);
        whole[start..(start + LONGEST).min(whole.len())].to_vec()
    }

    fn change(&mut self, input: &mut Vec<u8>, corpus: &[Vec<u8>], snippets: &[&str]) {
        let at = self.below(input.len() + 1);
        let length = self.below(64);
        let end = (at + length).min(input.len());
        match self.below(10) {
            0 if at < input.len() => input[at] = self.next() as u8,
            1 => drop(input.drain(at..end)),
            2 => {
                let piece = input[at..end].repeat(1 + self.below(4));
                input.splice(at..at, piece);
            }
            3 => {
                let other = self.piece(corpus);
                let from = self.below(other.len() + 1);
                let to = (from + 4 * length).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
            4 => {
                let times = 1 + self.below(40);
                let snippet = self.pick(snippets).repeat(times);
                input.splice(at..at, snippet.into_bytes());
            }
            5 => {
                let odd = [
                    "\u{0}",
                    "\u{feff}",
                    "\u{202e}",
                    "\u{301}",
                    "\u{1f468}\u{200d}\u{1f469}",
                    "\r",
                    "\u{2028}",
                    "\t",
                    "ß",
                    "\u{10ffff}",
                ];
                input.splice(at..at, self.pick(&odd).bytes());
            }
            _ => {
                let snippet = self.pick(snippets).as_bytes().to_vec();
                input.splice(at..at, snippet);
            }
        }
    }
}
