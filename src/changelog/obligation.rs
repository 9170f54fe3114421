//! Words that say what must, may or must not be done, in the six languages of the United Nations.

use super::fold::words as split;
use crate::resolve::Wording;

/// By language, in lower case. A word of one language that means nothing of the kind in another does no harm: what it is in is substantive.
const WORDS: [&[&str]; 5] = [
    &[
        "shall",
        "must",
        "should",
        "may",
        "might",
        "can",
        "could",
        "will",
        "would",
        "ought",
        "need",
        "needs",
        "required",
        "requires",
        "optional",
        "recommended",
        "not",
        "no",
        "never",
        "none",
        "nor",
        "cannot",
        "without",
        "unless",
        "except",
        "only",
        "all",
        "any",
        "every",
        "each",
    ],
    &[
        "doit",
        "doivent",
        "devra",
        "devront",
        "devrait",
        "devraient",
        "peut",
        "peuvent",
        "pourra",
        "pourront",
        "pourrait",
        "pourraient",
        "faut",
        "ne",
        "n",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "sans",
        "sauf",
        "seulement",
        "tout",
        "tous",
        "toute",
        "toutes",
        "chaque",
    ],
    &[
        "debe",
        "deben",
        "deberá",
        "deberán",
        "debería",
        "deberían",
        "puede",
        "pueden",
        "podrá",
        "podrán",
        "podría",
        "podrían",
        "nunca",
        "ningún",
        "ninguna",
        "sin",
        "salvo",
        "solo",
        "sólo",
        "solamente",
        "todo",
        "todos",
        "toda",
        "todas",
        "cada",
    ],
    &[
        "должен",
        "должна",
        "должно",
        "должны",
        "может",
        "могут",
        "могла",
        "могли",
        "следует",
        "необходимо",
        "обязан",
        "обязана",
        "обязаны",
        "нельзя",
        "вправе",
        "не",
        "ни",
        "никогда",
        "без",
        "кроме",
        "только",
        "все",
        "всех",
        "каждый",
        "каждая",
        "каждое",
    ],
    &[
        "يجب",
        "ينبغي",
        "يتعين",
        "يمكن",
        "يجوز",
        "لا",
        "لم",
        "لن",
        "ليس",
        "ليست",
        "غير",
        "دون",
        "بدون",
        "إلا",
        "فقط",
        "كل",
        "جميع",
    ],
];

/// The same where words are written without spaces: a longer one before those within it.
const SIGNS: [&str; 22] = [
    "应当", "必须", "不得", "不应", "不必", "无须", "可以", "禁止", "除非", "只有", "所有", "应", "须", "可", "能",
    "不", "未", "非", "无", "仅", "只", "每",
];

/// Months by whose side "May" is one of them.
const MONTHS: [&str; 11] =
    ["January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"];

/// Such words of a text, sorted; `beside` is what stands before and behind it in its line.
pub(super) fn words(text: &str, beside: &Wording) -> Vec<String> {
    let known = |word: &String| WORDS.iter().any(|words| words.contains(&word.as_str()));
    let months = months(text, beside);
    let mut found: Vec<String> = split(text).into_iter().map(str::to_lowercase).filter(known).collect();
    for _ in 0..months {
        let at = found.iter().position(|word| word == "may").expect("each month is one of the words");
        found.remove(at);
    }
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
        found.extend(sign.map(|sign| (*sign).to_owned()));
        rest = &rest[sign.map_or(first.len_utf8(), |sign| sign.len())..];
    }
    let lower = text.to_lowercase().replace('\'', "’");
    found.extend(lower.matches("n’t").map(|_| "not".to_owned()));
    found.sort_unstable();
    found
}

/// How often "May" is the month in an English text: with a capital within a sentence, or beside a number or another month.
fn months(text: &str, beside: &Wording) -> usize {
    let Wording { before, after } = beside;
    let line = format!("{before}{text}{after}");
    let own = before.len()..before.len() + text.len();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let dated = |word: Option<&str>| {
        let word = word.map(plain).unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.contains(&word.as_str())
    };
    let is_month = |at: usize| {
        let (lead, trail) = (line[..at].trim_end(), &line[at + MAY.len()..]);
        let bounded = !line[..at].ends_with(char::is_alphanumeric) && !trail.starts_with(char::is_alphanumeric);
        let begins = lead.is_empty() || lead.ends_with(['.', '!', '?', ':', '|', '\n', '…', '“', '"', '«', '•']);
        let beside = dated(lead.split_whitespace().next_back()) || dated(trail.split_whitespace().next());
        bounded && (!begins || beside)
    };
    line.match_indices(MAY).filter(|(at, _)| own.contains(at) && is_month(*at)).count()
}

const MAY: &str = "May";
