//! Which style a report has: a file of the project or of the program, what it builds on, what the configuration says.
//!
//! In: a [`World`], a project. Out: a checked [`Stylesheet`], or what there is to choose from. Never fails for want of a
//! style: the program's own stands in, and the fault is told.

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned, nearest};
use crate::project::{Project, ProjectPath, ReadError, World, read_text};
use crate::source::{FileId, Span};
use crate::style::{self, Header, Layer, LayerPart, Origin, Stylesheet, Token};

/// A style is no larger than this.
const LARGEST_STYLE: u64 = 1024 * 1024;
/// Styles that build on each other, at most.
const DEEPEST: usize = 8;

/// A style that a project can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Available {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: Owner,
    /// The style that it builds on.
    pub base: Option<String>,
    /// What it is for, in a line.
    pub description: Option<String>,
}

/// Whose a style is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// It comes with the program.
    Program,
    /// It lies in the project's `styles/`.
    Project,
}

/// The style of a project's report.
pub(super) fn stylesheet(world: &dyn World, project: &mut Project, diagnostics: &mut Diagnostics) -> Stylesheet {
    let (name, chapters) = (project.config.style.name.clone(), project.config.style.chapters_start_pages);
    let fallback = || style::bundled("report").expect("the style `report` comes with the program").clone();
    let style = match files(world, project, &name) {
        Ok(files) => match (files.as_slice(), style::bundled(&name)) {
            ([], Some(bundled)) => bundled.clone(),
            _ => Stylesheet::load_layers(&name, &layers(project, &files)).unwrap_or_else(|faults| {
                diagnostics.extend(untold(faults, diagnostics));
                fallback()
            }),
        },
        Err(faults) => {
            diagnostics.extend(faults);
            fallback()
        }
    };
    style.with_chapters_start_pages(chapters)
}

/// The faults at whose place nothing was said yet: what is not TOML is no value either.
fn untold(faults: Diagnostics, told: &Diagnostics) -> Diagnostics {
    let start = |found: &Diagnostic| match &found.place {
        Place::Span(span) => Some((span.file, span.start)),
        Place::Path(_) | Place::Nowhere => None,
    };
    let places: Vec<_> = told.iter().filter_map(start).collect();
    let mut new = Diagnostics::new();
    faults
        .into_iter()
        .filter(|fault| start(fault).is_none_or(|at| !places.contains(&at)))
        .for_each(|fault| new.push(fault));
    new
}

/// Every token of a style, with what a project says otherwise if it is the project's own choice.
/// # Errors
/// Why the style does not load.
pub fn tokens(world: &dyn World, project: &mut Project, name: &str) -> Result<Vec<Token>, Diagnostics> {
    let mut files = files(world, project, name)?;
    if files.is_empty() {
        files = chain(world, project, name)?;
    }
    let mut tokens = style::tokens(name, &layers(project, &files))?;
    let style = &project.config.style;
    let starts = style.chapters_start_pages.filter(|_| style.name == name);
    if let (Some(starts), Some(span)) = (starts, project.places.span("style.chapters_start_pages"))
        && let Some(token) = tokens.iter_mut().find(|token| token.key == "role.heading-1.page_break_before")
    {
        (token.value, token.origin) = (starts.to_string(), Origin::Typed(span));
    }
    Ok(tokens)
}

/// Every style that a project can have: the program's, then its own, which go before the program's of the same name;
/// and which of its own cannot be read.
pub fn available(world: &dyn World, project: &mut Project) -> Warned<Vec<Available>> {
    let folder = ProjectPath::root().child("styles");
    let mut faults = Diagnostics::new();
    let files = world.list(&folder).unwrap_or_else(|error| {
        if error != ReadError::Missing {
            faults.push(unreadable(&folder, &error));
        }
        Vec::new()
    });
    let own: Vec<String> = files
        .iter()
        .filter_map(|path| {
            let parts: Vec<&str> = path.parts().collect();
            (parts.len() == 3 && parts[2] == "style.toml").then(|| parts[1].to_owned())
        })
        .collect();
    let program = style::BUNDLED.iter().map(|name| (*name).to_owned()).filter(|name| !own.contains(name));
    let named = program.map(|name| (name, Owner::Program)).chain(own.iter().map(|name| (name.clone(), Owner::Project)));
    let named: Vec<(String, Owner)> = named.collect();
    let mut available = Vec::new();
    for (name, owner) in named {
        let file = match owner {
            Owner::Program => programs(project, &name),
            Owner::Project => own_file(world, project, &name).unwrap_or_else(|found| {
                faults.extend(found);
                None
            }),
        };
        let Header { base, description } =
            file.map(|file| Header::read(file, &project.sources[file])).unwrap_or_default();
        available.push(Available { name, owner, base: base.map(|(base, _)| base), description });
    }
    Warned::new(available, faults)
}

/// What the style of a name is made of, the deepest layer first; nothing if it is the program's, unchanged.
fn files(world: &dyn World, project: &mut Project, name: &str) -> Result<Vec<(FileId, LayerPart)>, Diagnostics> {
    let own = own_file(world, project, name)?.is_some();
    let style = &project.config.style;
    let changed = style.name == name && style.has_tokens();
    let configuration = project.places.file().filter(|_| changed);
    if !own && configuration.is_none() && style::bundled(name).is_some() {
        return Ok(Vec::new());
    }
    let mut files = chain(world, project, name)?;
    files.extend(configuration.map(|file| (file, LayerPart::Configuration)));
    Ok(files)
}

/// A style and what it builds on, the deepest first.
fn chain(world: &dyn World, project: &mut Project, name: &str) -> Result<Vec<(FileId, LayerPart)>, Diagnostics> {
    let mut files: Vec<(FileId, LayerPart)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut next = Some((name.to_owned(), None::<Span>));
    while let Some((name, asked)) = next {
        // A project's style may build on the program's of the same name.
        let own = if names.last() == Some(&name) { None } else { own_file(world, project, &name)? };
        let Some(file) = own.or_else(|| programs(project, &name)) else {
            return Err(absent(world, project, &name, asked));
        };
        if files.len() == DEEPEST || files.iter().any(|(known, _)| *known == file) {
            let place = asked.map_or(Place::Nowhere, Place::Span);
            let message = format!("the style `{name}` builds on itself: {} → {name}", names.join(" → "));
            return Err(one(Diagnostic::at(Code::InvalidStyle, place, message)));
        }
        files.insert(0, (file, LayerPart::Whole));
        next = Header::read(file, &project.sources[file]).base.map(|(base, span)| (base, Some(span)));
        names.push(name);
    }
    Ok(files)
}

fn layers<'p>(project: &'p Project, files: &[(FileId, LayerPart)]) -> Vec<Layer<'p>> {
    files.iter().map(|&(file, part)| Layer { file, source: &project.sources[file], part }).collect()
}

/// The project's own file of a style, read once.
fn own_file(world: &dyn World, project: &mut Project, name: &str) -> Result<Option<FileId>, Diagnostics> {
    let Ok(path) = ProjectPath::new(&format!("styles/{name}/style.toml")) else { return Ok(None) };
    if let Some(known) = project.sources.find(path.as_str()) {
        return Ok(Some(known));
    }
    let mut found = Diagnostics::new();
    match read_text(world, &path, LARGEST_STYLE, &mut project.sources, &mut found) {
        Ok(file) if found.is_empty() => Ok(Some(file)),
        Ok(_) => Err(found),
        Err(ReadError::Missing) => Ok(None),
        Err(error) => Err(one(unreadable(&path, &error))),
    }
}

/// A style that is there and cannot be read: no other stands in for it.
fn unreadable(path: &ProjectPath, error: &ReadError) -> Diagnostic {
    let message = match error {
        ReadError::Missing => format!("{path} is missing"),
        ReadError::Outside => format!("{path} is a link that leads out of the project"),
        ReadError::TooLarge => format!("{path} is larger than 1 MiB"),
        ReadError::Other(why) => format!("{path} cannot be read: {why}"),
    };
    Diagnostic::at(Code::InvalidStyle, Place::Path(path.as_str().to_owned()), message)
}

/// The program's own file of a style.
fn programs(project: &mut Project, name: &str) -> Option<FileId> {
    let text = style::bundled_source(name)?;
    let path = format!("rapporteur:styles/{name}/style.toml");
    Some(project.sources.find(&path).unwrap_or_else(|| project.sources.add(path, text)))
}

/// The fault of a name that is no style's, at the place that asks for it: none where the command line does.
fn absent(world: &dyn World, project: &mut Project, name: &str, asked: Option<Span>) -> Diagnostics {
    let known: Vec<String> = available(world, project).value.into_iter().map(|style| style.name).collect();
    let configured = || match project.config.style.name == name {
        true => project.places.place("style.name"),
        false => Place::Nowhere,
    };
    let place = asked.map_or_else(configured, Place::Span);
    let fault = Diagnostic::at(Code::InvalidStyle, place, format!("there is no style `{name}`"));
    let fault = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault,
    };
    let hint = format!("there are: {}; a style of your own is `styles/{name}/style.toml`", known.join(", "));
    one(fault.hint(hint))
}

fn one(fault: Diagnostic) -> Diagnostics {
    let mut faults = Diagnostics::new();
    faults.push(fault);
    faults
}
