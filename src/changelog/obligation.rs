//! Words that say what must, may or must not be done, in the six languages of the United Nations.

use super::fold::words as split;

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

/// Such words of a text, sorted.
pub(super) fn words(text: &str) -> Vec<String> {
    let known = |word: &String| WORDS.iter().any(|words| words.contains(&word.as_str()));
    let mut found: Vec<String> = split(text).into_iter().map(str::to_lowercase).filter(known).collect();
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
