//! `rapporteur serve`: the report in a browser, and every save as it is made.

use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs as _, UdpSocket};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::exit::Exit;
use super::message::{Messages, Told};
use super::project::Target;
use super::{MessageFormat, ServeArguments, changelog, date, terminal};
use crate::diag::{Diagnostics, Severity, Status};
use crate::preview::{Host, Options, Preview, State};
use crate::project::{Date, Entry, Project, ServeConfig, SystemWorld, World};
use crate::serve::{self, Guard, Limits};
use crate::source::Sources;
use crate::watch::Notice;

pub(super) fn run(arguments: &ServeArguments) -> Exit {
    start(arguments).unwrap_or_else(|exit| exit)
}

fn start(arguments: &ServeArguments) -> Result<Exit, Exit> {
    let target = Target::at(arguments.path.as_deref(), None)?.in_language(arguments.language.as_deref())?;
    target.holds_drafts()?;
    let listener = bind(&arguments.hostname, arguments.port)?;
    let address = listener.local_addr().map_err(|error| environment(&error))?;
    let (guard, url) = admit(&arguments.hostname, address);
    let editor = Arc::new(Mutex::new(ServeConfig::default().editor));
    let root = target.location.root.clone();
    let told = Arc::<Mutex<Told>>::default();
    let host = Shown { target, editor: Arc::clone(&editor), told: Arc::clone(&told) };
    let preview = Preview::start(host, Options { backend: arguments.watch.into() });
    let mut fault = None;
    let faults = Mutex::new(move |state: &State| tell_fault(&mut fault, &told, state));
    preview.listen(move |state| faults.lock().unwrap_or_else(PoisonError::into_inner)(state));
    terminal::result(&url);
    terminal::message("the preview is at this address; Ctrl-C ends it");
    if arguments.open
        && let Err(error) = open::that_detached(&url)
    {
        terminal::message(&format!("no browser could be opened: {}", terminal::printable(&error.to_string())));
    }
    let options = serve::Options {
        guard,
        limits: Limits::default(),
        root,
        editor: Box::new(move || editor.lock().unwrap_or_else(PoisonError::into_inner).clone()),
        instance: secret(),
    };
    serve::serve(listener, preview, options).map_err(|error| environment(&error))?;
    Ok(Exit::Done)
}

fn environment(error: &io::Error) -> Exit {
    terminal::failure(&format!("the preview cannot be served: {error}"));
    Exit::Environment
}

/// A socket at the first of the name's addresses, one of IPv4 if there is one.
fn bind(hostname: &str, port: u16) -> Result<TcpListener, Exit> {
    let name = hostname.trim_matches(['[', ']']);
    let found = (name, port).to_socket_addrs().map(Iterator::collect::<Vec<SocketAddr>>).unwrap_or_default();
    let Some(address) = found.iter().find(|address| address.is_ipv4()).or(found.first()) else {
        terminal::failure(&format!("`{hostname}` is no name or address of this machine"));
        return Err(Exit::Usage);
    };
    TcpListener::bind(address).map_err(|error| {
        let (fault, hint) = refused(&error, hostname, port);
        terminal::failure(&fault);
        terminal::message(&format!("help: {hint}"));
        Exit::Environment
    })
}

/// Why there is no socket, and what to do about it.
fn refused(error: &io::Error, hostname: &str, port: u16) -> (String, String) {
    let is = |kind| error.kind() == kind;
    if is(io::ErrorKind::AddrInUse) {
        let next = port.checked_add(1).unwrap_or(3000);
        let fault = format!("port {port} is taken; perhaps a preview is running there already");
        (fault, format!("`--port {next}` takes another one, `--port 0` any that is free"))
    } else if is(io::ErrorKind::PermissionDenied) {
        let hint = "ports below 1024 are the system's; `--port 3000` is not";
        (format!("port {port} may not be used: {error}"), hint.to_owned())
    } else {
        let hint =
            "`--hostname 0.0.0.0` listens at every address of this machine, without it there is this machine's own";
        (format!("`{hostname}` cannot be listened at: {error}"), hint.to_owned())
    }
}

/// Who gets in, and the address that lets them.
fn admit(hostname: &str, address: SocketAddr) -> (Guard, String) {
    let port = address.port();
    if address.ip().is_loopback() {
        return (Guard::local(port), format!("http://{address}/"));
    }
    let name = if address.ip().is_unspecified() {
        SocketAddr::new(own_address().unwrap_or(Ipv4Addr::LOCALHOST.into()), port).to_string()
    } else if hostname.contains(':') {
        address.to_string()
    } else {
        format!("{hostname}:{port}")
    };
    let token = secret();
    let url = format!("http://{name}/?token={token}");
    (Guard::open(hostname, port, token), url)
}

/// The address by which this machine would reach others; nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// 128 bits that nobody can guess: the system's own randomness, by which the standard library keys its hash tables.
fn secret() -> String {
    let word = || RandomState::new().hash_one("rapporteur");
    format!("{:016x}{:016x}", word(), word())
}

/// On the terminal as well, once, what is in the way beside what was found in the drafts, which has been told.
fn tell_fault(told: &mut Option<String>, found: &Mutex<Told>, state: &State) {
    let is_told = |message: &str| found.lock().unwrap_or_else(PoisonError::into_inner).holds(Severity::Error, message);
    let fault = state.fault.as_ref().filter(|fault| !is_told(&fault.message)).map(|fault| {
        let place = fault.place.as_ref().map(|place| format!("{}:{}:{}: ", place.path, place.line, place.column));
        format!("{}{}", place.unwrap_or_default(), fault.message)
    });
    if let Some(fault) = &fault
        && told.as_ref() != Some(fault)
    {
        terminal::failure(fault);
    } else if fault.is_none() && told.is_some() {
        terminal::message("the preview goes on");
    }
    *told = fault;
}

/// The project, for the preview.
struct Shown {
    target: Target,
    editor: Arc<Mutex<String>>,
    /// What was told of the drafts.
    told: Arc<Mutex<Told>>,
}

impl Host for Shown {
    fn root(&self) -> PathBuf {
        self.target.location.root.clone()
    }

    fn entry(&self) -> Entry {
        self.target.location.entry.clone()
    }

    fn name(&self) -> String {
        self.target.name()
    }

    fn world(&self) -> io::Result<SystemWorld> {
        self.target.open()
    }

    fn date(&self, project: &Project, world: &dyn World, diagnostics: &mut Diagnostics) -> Result<Date, String> {
        self.editor.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&project.config.serve.editor);
        date::find(project, world, diagnostics)
    }

    fn append(&self, project: &mut Project, world: &dyn World) -> Result<(), String> {
        let appended = changelog::append(changelog::Past::AtHand(&self.target), project, world);
        appended.map_err(|_| "what has changed cannot be told; the terminal says why".to_owned())
    }

    fn found(&self, diagnostics: &Diagnostics, sources: &Sources, status: Status) {
        let messages = Messages { format: MessageFormat::Human, sources, status, prefix: self.target.prefix() };
        let now = Told::of(&messages, diagnostics);
        let before = std::mem::replace(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner), now.clone());
        before.tell_since(&messages, diagnostics, &now);
    }

    fn tell(&self, notice: &Notice) {
        match notice {
            Notice::Waiting | Notice::Unchanged => {}
            Notice::Polling { why } => {
                terminal::message(&format!("looking for changes several times a second: {}", terminal::printable(why)));
            }
            Notice::Gone => terminal::message("the project's folder has gone; waiting for it to come back"),
        }
    }
}
