use super::super::xml::{Build, DRAWING, Xml};
use crate::style::{ColorName, Stylesheet};

/// `theme1.xml`: the palette and the families, so that what an editor adds fits in.
pub(in super::super) fn theme(style: &Stylesheet) -> Vec<u8> {
    Xml::root("a:theme", &[("xmlns:a", DRAWING), ("name", "Report")], |xml| {
        xml.element("a:themeElements", &[], |xml| {
            colors(xml, style);
            fonts(xml, style);
            formats(xml);
        });
    })
}

/// The twelve slots (`CT_ColorScheme`, ECMA-376 20.1.6.2) and the palette's names for them.
const SLOTS: [(&str, &str); 12] = [
    ("a:dk1", "ink"),
    ("a:lt1", "paper"),
    ("a:dk2", "deep"),
    ("a:lt2", "tint_grey"),
    ("a:accent1", "accent"),
    ("a:accent2", "green"),
    ("a:accent3", "band"),
    ("a:accent4", "amber"),
    ("a:accent5", "red"),
    ("a:accent6", "muted"),
    ("a:hlink", "link"),
    ("a:folHlink", "link"),
];

fn colors(xml: &mut Xml, style: &Stylesheet) {
    let ink = style.color(&style.role("body").color);
    xml.element("a:clrScheme", &[("name", &"Report")], |xml| {
        for (slot, name) in SLOTS {
            let color = style.palette.light.get(&ColorName(name.to_owned())).copied().unwrap_or(ink);
            xml.element(slot, &[], |xml| xml.empty("a:srgbClr", &[("val", &color.hex())]));
        }
    });
}

fn fonts(xml: &mut Xml, style: &Stylesheet) {
    xml.element("a:fontScheme", &[("name", &"Report")], |xml| {
        for (name, family) in [("a:majorFont", &style.fonts.heading), ("a:minorFont", &style.fonts.text)] {
            xml.element(name, &[], |xml| {
                xml.empty("a:latin", &[("typeface", family)]);
                xml.empty("a:ea", &[("typeface", &"")]);
                xml.empty("a:cs", &[("typeface", &"")]);
            });
        }
    });
}

/// What the schema demands: three of each, all plain.
fn formats(xml: &mut Xml) {
    let solid = |xml: &mut Xml| {
        xml.element("a:solidFill", &[], |xml| xml.empty("a:schemeClr", &[("val", &"phClr")]));
    };
    xml.element("a:fmtScheme", &[("name", &"Report")], |xml| {
        xml.element("a:fillStyleLst", &[], |xml| (0..3).for_each(|_| solid(xml)));
        xml.element("a:lnStyleLst", &[], |xml| {
            for width in [6350, 12700, 19050] {
                xml.element("a:ln", &[("w", &width)], solid);
            }
        });
        xml.element("a:effectStyleLst", &[], |xml| {
            for _ in 0..3 {
                xml.element("a:effectStyle", &[], |xml| xml.empty("a:effectLst", &[]));
            }
        });
        xml.element("a:bgFillStyleLst", &[], |xml| (0..3).for_each(|_| solid(xml)));
    });
}
