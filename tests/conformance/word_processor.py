"""What LibreOffice sees in a DOCX, held to what the page of the same report says, numbers included."""

from lxml import html

KEYS = ("headings", "captions", "notes", "tables", "title", "language")


def compare(seen, page):
    """What each key differs in, as text; nothing where it is the same."""
    said = read_page(page)
    return {key: differences(seen[key], said[key]) if seen[key] != said[key] else "" for key in KEYS}


def differences(seen, said):
    if not isinstance(seen, list):
        return f"seen {seen!r}, expected {said!r}"
    lines = [f"seen {len(seen)}, expected {len(said)}"]
    lines += [f"seen {a!r}, expected {b!r}" for a, b in zip(seen, said) if a != b][:5]
    return "\n".join(lines)


def read_page(file):
    """Headings, captions, notes and tables of a page's <main>, in the shape in which libreoffice.py gives them."""
    tree = html.parse(str(file)).getroot()
    main = tree.find(".//main")
    for element in main.xpath('.//*[@role="doc-noteref" or @role="doc-backlink" or contains(@class, "permalink")]'):
        element.drop_tree()
    headings = []
    # LibreOffice's formulas are objects beside its text.
    for formula in main.xpath(".//math"):
        formula.drop_tree()
    for heading in main.xpath('.//h1|.//h2|.//h3|.//h4|.//h5|.//h6|.//*[@role="heading"]'):
        if "title" in heading.get("class", "").split() or heading.getparent().get("class") == "notes":
            continue
        number = heading.xpath('./*[contains(concat(" ", @class, " "), " number ")]')
        label = text(number[0]) if number else ""
        for element in number:
            element.drop_tree()
        # The report's title is the page's h1: a chapter is h2 there and level 1 in Word.
        headings.append([int(heading.get("aria-level") or heading.tag[1]) - 1, label, text(heading)])
    return {
        "headings": headings,
        "captions": [text(caption) for caption in main.xpath(".//figcaption[*]|.//caption")],
        "notes": [text(note) for note in main.xpath('.//*[contains(@class, "notes")]//li[starts-with(@id, "note-")]')],
        "tables": [[len(table.xpath(".//tr")), columns(table), bool(table.xpath("./thead"))] for table in main.iter("table")],
        "title": tree.findtext(".//title"),
        "language": with_region(tree.get("lang")),
    }


# Where a tag names no region (CLDR, likely subtags): those of the languages that the program has words in.
REGIONS = {"ar": "SA", "en": "US", "es": "ES", "fr": "FR", "ru": "RU", "zh": "CN", "zh-Hant": "TW"}


def with_region(tag):
    """Language and country, as LibreOffice has them: zh-Hans is zh-CN."""
    language, *others = tag.split("-")
    named = [part for part in others if len(part) == 2]
    likely = REGIONS.get("-".join([language, *others[:1]]), REGIONS.get(language))
    return "-".join(filter(None, [language, (named or [likely])[0]]))


def columns(table):
    """As LibreOffice counts: where cells span, the cells of the first row."""
    return len(table.xpath("(.//tr)[1]/*"))


def text(element):
    return " ".join(element.text_content().split())
