use super::{Build, PICTURE, Xml};
use crate::document::Pt;

/// A picture in a run (`w:drawing` with `wp:inline`, ECMA-376 20.4.2.8).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Drawing {
    /// Unique in the package, from 1.
    pub id: u32,
    /// As shown.
    pub width: Pt,
    /// As shown.
    pub height: Pt,
    /// What a reader who cannot see it gets.
    pub description: Description,
    /// Relationship of the pixels.
    pub raster: String,
    /// Relationship of the same picture as SVG, for a Word that can show it.
    pub vector: Option<String>,
}

/// Alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Description {
    /// The text.
    Text(String),
    /// Nothing to say: decoration.
    Decorative,
}

impl Drawing {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        let (width, height) = (self.width.emu().max(1), self.height.emu().max(1));
        xml.element("w:drawing", &[], |xml| {
            xml.element("wp:inline", &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)], |xml| {
                xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
                self.write_description(xml);
                xml.element("wp:cNvGraphicFramePr", &[], |xml| {
                    xml.empty("a:graphicFrameLocks", &[("noChangeAspect", &1)]);
                });
                xml.element("a:graphic", &[], |xml| {
                    xml.element("a:graphicData", &[("uri", &PICTURE)], |xml| self.write_picture(xml, width, height));
                });
            });
        });
    }

    fn write_description(&self, xml: &mut Xml) {
        let name = format!("Picture {}", self.id);
        match &self.description {
            Description::Text(text) => {
                xml.empty("wp:docPr", &[("id", &self.id), ("name", &name), ("descr", text)]);
            }
            Description::Decorative => xml.element("wp:docPr", &[("id", &self.id), ("name", &name)], |xml| {
                extension(xml, "{C183D7F6-B498-43B3-948B-1728B52AA6E4}", |xml| {
                    let namespace = "http://schemas.microsoft.com/office/drawing/2017/decorative";
                    xml.empty("adec:decorative", &[("xmlns:adec", &namespace), ("val", &1)]);
                });
            }),
        }
    }

    fn write_picture(&self, xml: &mut Xml, width: i64, height: i64) {
        xml.element("pic:pic", &[], |xml| {
            xml.element("pic:nvPicPr", &[], |xml| {
                xml.empty("pic:cNvPr", &[("id", &self.id), ("name", &format!("Picture {}", self.id))]);
                xml.empty("pic:cNvPicPr", &[]);
            });
            xml.element("pic:blipFill", &[], |xml| {
                match &self.vector {
                    None => xml.empty("a:blip", &[("r:embed", &self.raster)]),
                    Some(vector) => xml.element("a:blip", &[("r:embed", &self.raster)], |xml| {
                        extension(xml, "{96DAC541-7B7A-43D3-8B79-37D633B846F1}", |xml| {
                            let namespace = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                            xml.empty("asvg:svgBlip", &[("xmlns:asvg", &namespace), ("r:embed", vector)]);
                        });
                    }),
                }
                xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
            });
            xml.element("pic:spPr", &[], |xml| {
                xml.element("a:xfrm", &[], |xml| {
                    xml.empty("a:off", &[("x", &0), ("y", &0)]);
                    xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
                });
                xml.element("a:prstGeom", &[("prst", &"rect")], |xml| xml.empty("a:avLst", &[]));
            });
        });
    }
}

fn extension(xml: &mut Xml, uri: &str, content: impl FnOnce(&mut Xml)) {
    xml.element("a:extLst", &[], |xml| xml.element("a:ext", &[("uri", &uri)], content));
}
