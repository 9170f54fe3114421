use std::collections::BTreeSet;

use toml::de::DeTable;

use super::reader::{Reader, Value};
use super::{FallbackFont, Fonts, Script, faces};

/// Reads `[font]`: the bundled families by use, and a table for each script whose font is not to be Noto's.
pub(super) fn read_fonts(reader: &mut Reader, table: Option<&DeTable<'_>>) -> Fonts {
    if let Some(table) = table {
        let scripts: Vec<String> = Script::ALL.map(Script::key).to_vec();
        let known: Vec<&str> =
            ["text", "heading", "mono"].into_iter().chain(scripts.iter().map(String::as_str)).collect();
        reader.known_keys(table, &known);
    }
    let fallback = Script::ALL.into_iter().filter_map(|script| {
        let own = table.and_then(|table| table.get(script.key().as_str()));
        match own {
            Some(value) => read_fallback(reader, script, value),
            None => FallbackFont::noto(script),
        }
    });
    let fallback = fallback.collect();
    let mut family = |key: &str| {
        let Some(value) = table.and_then(|table| table.get(key)) else {
            reader.fault(0..0, format!("no font family for `{key}`"));
            return String::new();
        };
        let name = reader.text(value).unwrap_or_default();
        if !name.is_empty() && !faces().iter().any(|face| face.family == name) {
            let families: BTreeSet<&str> = faces().iter().map(|face| face.family).collect();
            reader.unknown(value.span(), "bundled font family", &name, families);
        }
        name
    };
    Fonts { text: family("text"), heading: family("heading"), mono: family("mono"), fallback }
}

/// `[font.arabic]`: its family, and the files in which it may be.
fn read_fallback(reader: &mut Reader, script: Script, value: &Value<'_>) -> Option<FallbackFont> {
    let table = reader.table(value)?;
    reader.known_keys(table, &["family", "regular", "bold", "alternative"]);
    let (Some(family), Some(regular)) = (table.get("family"), table.get("regular")) else {
        let message = format!("the font of `{}` needs `family` and `regular`", script.key());
        let hint = "such as `family = \"Noto Sans Arabic\"` and `regular = [\"NotoSansArabic-Regular.ttf\"]`";
        reader.fault_with_hint(value.span(), message, hint);
        return None;
    };
    Some(FallbackFont {
        script,
        family: family_name(reader, family)?,
        regular: file_names(reader, regular)?,
        bold: table.get("bold").map_or(Some(Vec::new()), |bold| file_names(reader, bold))?,
        alternative: table.get("alternative").and_then(|name| family_name(reader, name)),
    })
}

/// A family's name as Word takes it: at most 31 characters (`LOGFONT`), and none that other formats use as signs.
fn family_name(reader: &mut Reader, value: &Value<'_>) -> Option<String> {
    let name = reader.text(value)?;
    let letters = name.chars().count();
    if letters > LONGEST_NAME {
        let hint = format!("fonts have a short family name too; Word shows no more than {LONGEST_NAME} characters");
        reader.fault_with_hint(value.span(), format!("the family's name has {letters} characters"), hint);
    } else if name.trim().is_empty() || !name.chars().all(|c| c.is_alphanumeric() || " -_.&'+()".contains(c)) {
        let hint = "as the font file has it, such as `Noto Sans Arabic`";
        reader.fault_with_hint(value.span(), format!("`{name}` is no name of a font family"), hint);
    }
    Some(name)
}

/// Characters of a family's name in Word: 32 with the zero behind them.
const LONGEST_NAME: usize = 31;

/// Names of font files, without folders.
fn file_names(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<String>> {
    let names = reader.texts(value)?;
    for name in &names {
        let kinds = [".ttf", ".otf", ".ttc", ".otc"];
        if name.contains(['/', '\\']) || !kinds.iter().any(|kind| name.to_ascii_lowercase().ends_with(kind)) {
            let hint = "a file's name without its folder: fonts are looked for in every font folder";
            reader.fault_with_hint(value.span(), format!("`{name}` is no name of a font file"), hint);
        }
    }
    Some(names)
}
