/// A place for people: both count from 1, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Bytes between two places whose characters were counted beforehand: a report can be one long line.
const STRIDE: usize = 256;

/// Where each line begins, and how many characters come before every so many bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl LineIndex {
    /// Indexes the lines of `text`; `\n`, `\r\n` and a lone `\r` end a line (CommonMark 2.1).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at + 1);
            }
        }
        let before = |count: &mut usize, piece: &[u8]| {
            let here = *count;
            *count += characters(piece);
            Some(here)
        };
        let characters = bytes.chunks(STRIDE).chain([&[][..]]).scan(0, before).collect();
        Self { starts, characters }
    }

    /// Byte offset of the first byte of `line` (from 1); past the end it is the last line's.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1).min(self.starts.len() - 1);
        self.starts[index]
    }

    /// How many lines there are, at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset in `text`, in a time that does not depend on the line's length.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.characters_before(text, offset) - self.characters_before(text, start) + 1;
        LineColumn { line, column }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let counted = (offset / STRIDE).min(self.characters.len() - 1);
        let rest = text.as_bytes().get(counted * STRIDE..offset).unwrap_or_default();
        self.characters[counted] + characters(rest)
    }
}

/// Characters that begin in a piece of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_three_ways() {
        let text = "é·x\r\nb\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        assert_eq!(index.line_column(text, 4), LineColumn { line: 1, column: 3 });
        assert_eq!(index.line_column(text, 7), LineColumn { line: 2, column: 1 });
        assert_eq!(index.line_column(text, 9), LineColumn { line: 3, column: 1 });
        assert_eq!(index.line_column(text, 99), LineColumn { line: 4, column: 2 });
        assert_eq!(index.line_start(2), 7);
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_count() {
        for piece in ["é", "ab\n日", "a", "𐍈x"] {
            let text = piece.repeat(3 * STRIDE);
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]).step_by(7) {
                let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
                assert_eq!(index.line_column(&text, offset).column, text[start..offset].chars().count() + 1);
            }
        }
    }
}
