//! Text behind the text, as Word itself writes it: a shape of letters (VML) in a running head (ECMA-376 4, 19.1.2.23).

use super::Build;
use crate::document::Pt;
use crate::style::Color;

/// A watermark. Word knows it for one by its name, and takes it away by its own command.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Watermark<'a> {
    /// From 1, another in each running head.
    pub number: u32,
    /// What it says.
    pub text: &'a str,
    /// The width of its line.
    pub width: Pt,
    /// The height of its letters.
    pub height: Pt,
    /// Its colour.
    pub color: Color,
    /// Its family, in bold.
    pub family: &'a str,
}

/// The shape of letters that fill a box (`msosptTextPlainText`, [MS-ODRAW] 2.4.24), as Word defines it in each document that has one.
const FORMULAS: [&str; 14] = [
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
];

impl Watermark<'_> {
    /// Writes what a run of the running head holds.
    pub fn write(&self, xml: &mut impl Build) {
        let namespaces: [(&str, &dyn std::fmt::Display); 3] = [
            ("xmlns:v", &"urn:schemas-microsoft-com:vml"),
            ("xmlns:o", &"urn:schemas-microsoft-com:office:office"),
            ("xmlns:w10", &"urn:schemas-microsoft-com:office:word"),
        ];
        xml.element("w:pict", &namespaces, |xml| {
            shape_type(xml);
            self.shape(xml);
        });
    }

    fn shape(&self, xml: &mut impl Build) {
        let (id, shape) =
            (format!("PowerPlusWaterMarkObject{}", self.number), format!("_x0000_s{}", 2048 + self.number));
        let style = format!(
            "position:absolute;margin-left:0;margin-top:0;width:{:.1}pt;height:{:.1}pt;rotation:315;z-index:-251658752;\
             mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;\
             mso-position-vertical-relative:page",
            self.width.0, self.height.0
        );
        let fill = format!("#{}", self.color.hex());
        let font = format!("font-family:\"{}\";font-size:1pt;font-weight:bold", self.family.replace(['"', ';'], ""));
        let attributes: [(&str, &dyn std::fmt::Display); 8] = [
            ("id", &id),
            ("o:spid", &shape),
            ("type", &"#_x0000_t136"),
            ("alt", &""),
            ("style", &style),
            ("o:allowincell", &"f"),
            ("fillcolor", &fill),
            ("stroked", &"f"),
        ];
        xml.element("v:shape", &attributes, |xml| {
            xml.empty("v:textpath", &[("style", &font), ("string", &self.text)]);
            xml.empty("w10:wrap", &[("anchorx", &"page"), ("anchory", &"page")]);
        });
    }
}

fn shape_type(xml: &mut impl Build) {
    let attributes: [(&str, &dyn std::fmt::Display); 5] = [
        ("id", &"_x0000_t136"),
        ("coordsize", &"21600,21600"),
        ("o:spt", &"136"),
        ("adj", &"10800"),
        ("path", &"m@7,l@8,m@5,21600l@6,21600e"),
    ];
    xml.element("v:shapetype", &attributes, |xml| {
        xml.element("v:formulas", &[], |xml| {
            FORMULAS.iter().for_each(|formula| xml.empty("v:f", &[("eqn", formula)]));
        });
        let connections: [(&str, &dyn std::fmt::Display); 4] = [
            ("textpathok", &"t"),
            ("o:connecttype", &"custom"),
            ("o:connectlocs", &"@9,0;@10,10800;@11,21600;@12,10800"),
            ("o:connectangles", &"270,180,90,0"),
        ];
        xml.empty("v:path", &connections);
        xml.empty("v:textpath", &[("on", &"t"), ("fitshape", &"t")]);
        xml.element("v:handles", &[], |xml| {
            xml.empty("v:h", &[("position", &"#0,bottomRight"), ("xrange", &"6629,14971")]);
        });
        xml.empty("o:lock", &[("v:ext", &"edit"), ("text", &"t"), ("shapetype", &"t")]);
    });
}
