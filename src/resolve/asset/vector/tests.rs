use super::*;

fn read(svg: &str) -> Result<(Drawing, Vec<Doubt>), String> {
    let decoded = decode(svg.as_bytes(), &LimitsConfig::default(), &Fonts::new(&[], &[]), "p-")?;
    match decoded.content {
        Content::Vector(drawing) => Ok((*drawing, decoded.doubts)),
        Content::Raster(..) => Err("a raster image".to_owned()),
    }
}

fn svg(content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"100\" height=\"50\">{content}</svg>"
    )
}

fn refusal(content: &str) -> String {
    read(&svg(content)).err().unwrap_or_else(|| "nothing".to_owned())
}

#[test]
fn what_is_past_a_limit_is_refused() {
    let nested = |depth: usize| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
    assert_eq!(refusal(&nested(DEEPEST - 2)), "nothing");
    assert!(refusal(&nested(DEEPEST + 1)).contains("nested deeper"));
    let many = |count: usize| "<rect width=\"1\" height=\"1\"/>".repeat(count);
    let most = LimitsConfig::default().svg_elements as usize;
    assert_eq!(refusal(&many(most - 1)), "nothing");
    assert_eq!(refusal(&many(most + 1)), too_many(&LimitsConfig::default()));
    assert_eq!(refusal(&many(5 * most)), too_many(&LimitsConfig::default()));
}

#[test]
fn a_drawing_that_grows_by_using_itself_is_refused() {
    let mut content = "<defs><g id=\"a0\"><rect width=\"1\" height=\"1\"/></g>".to_owned();
    for level in 1..8 {
        let uses = format!("<use xlink:href=\"#a{}\"/>", level - 1).repeat(10);
        content.push_str(&format!("<g id=\"a{level}\">{uses}</g>"));
    }
    content.push_str("</defs><use xlink:href=\"#a7\"/>");
    assert_ne!(refusal(&content), "nothing");
}

#[test]
fn entities_do_not_explode() {
    let mut entities = "<!ENTITY a0 \"x\">".to_owned();
    for level in 1..12 {
        entities.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    let svg = format!("<!DOCTYPE svg [{entities}]>{}", svg("<text>&a11;</text>"));
    assert!(read(&svg).is_err());
}

#[test]
fn scripts_and_other_files_are_gone_and_ids_are_its_own() {
    let content = "<script>alert(1)</script><style>@import url(https://a.example/x.css);</style>\
        <linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"red\"/><stop offset=\"1\" stop-color=\"blue\"/></linearGradient>\
        <rect width=\"9\" height=\"9\" fill=\"url(#g)\" onclick=\"alert(2)\"/>\
        <image xlink:href=\"file:///etc/passwd\" width=\"5\" height=\"5\"/>\
        <use xlink:href=\"other.svg#a\"/><a xlink:href=\"javascript:alert(3)\"><rect width=\"2\" height=\"2\"/></a>";
    let (drawing, doubts) = read(&svg(content)).expect("it can be read");
    let said: Vec<&str> = doubts.iter().map(|doubt| doubt.message.as_str()).collect();
    let expected = ["refers to `file:///etc/passwd`, which is left out", "refers to `other.svg#a`, which is left out"];
    assert_eq!(said, expected);
    let text = String::from_utf8(drawing.bytes().to_vec()).expect("SVG is UTF-8");
    for gone in ["script", "alert", "import", "passwd", "other.svg", "onclick"] {
        assert!(!text.contains(gone), "{gone} is in {text}");
    }
    assert!(text.contains("id=\"p-") && text.contains("viewBox=\"0 0 100 50\""), "{text}");
}

#[test]
fn a_picture_within_that_cannot_be_shown_is_named() {
    let picture = |address: &str| format!("<image href=\"{address}\" width=\"5\" height=\"5\"/>");
    let said = |address: &str| {
        let (_, doubts) = read(&svg(&picture(address))).expect("it can be read");
        doubts.into_iter().map(|doubt| doubt.message).collect::<Vec<_>>()
    };
    let mut png = Vec::new();
    let pixels = image::GrayImage::from_pixel(16_001, 1, image::Luma([255]));
    pixels.write_with_encoder(image::codecs::png::PngEncoder::new(&mut png)).expect("in memory");
    let wide = format!("data:image/png;base64,{}", base64::Engine::encode(&base64::prelude::BASE64_STANDARD, png));
    assert_eq!(said(&wide), ["holds a picture that is 16001 × 1 pixels large; a side may have 16000, and is left out"]);
    assert!(said("data:image/bmp;base64,Qk0=")[0].contains("Bmp is not supported"));
    for none in ["data:image/png;base64,AAAA", "data:", "data:text/html,x"] {
        assert_eq!(said(none), [format!("holds a picture that {}, and is left out", raster::FORMATS)], "{none}");
    }
}

#[test]
fn the_twin_is_twice_as_sharp_as_it_is_shown() {
    let (drawing, _) = read(&svg("<rect width=\"100\" height=\"50\" fill=\"red\"/>")).expect("it can be read");
    for (shown, width) in [(75.0, 200), (300.0, 800), (30_000.0, 4000)] {
        let png = drawing.draw(Pt(shown)).expect("it can be drawn");
        let image = image::load_from_memory(&png).expect("it is a PNG");
        assert_eq!((image.width(), image.height()), (width, width / 2), "{shown}");
    }
}
