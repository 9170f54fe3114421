//! A project served by the library on a real socket, and the plainest of clients.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use rapporteur::diag::Diagnostics;
use rapporteur::preview::{Host, Options, Preview};
use rapporteur::project::{Date, Entry, Project, SystemWorld, World};
use rapporteur::serve::{self, Guard, Limits};
use rapporteur::watch::Notice;

/// However busy the machine, this is long enough.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A served project.
pub struct Desk {
    folder: tempfile::TempDir,
    pub address: SocketAddr,
    /// Its engine works as long as this is here.
    _preview: Preview,
}

struct Program(PathBuf);

impl Host for Program {
    fn root(&self) -> PathBuf {
        self.0.clone()
    }

    fn entry(&self) -> Entry {
        Entry::Configuration
    }

    fn name(&self) -> String {
        "report".to_owned()
    }

    fn world(&self) -> io::Result<SystemWorld> {
        SystemWorld::open(&self.0)
    }

    fn date(&self, _: &Project, _: &dyn World, _: &mut Diagnostics) -> Result<Date, String> {
        Ok(Date { year: 2026, month: 1, day: 31 })
    }

    fn tell(&self, _: &Notice) {}
}

impl Desk {
    /// With one draft; `guard` is made for the port. The server lives as long as the test's process.
    pub fn new(limits: Limits, guard: impl FnOnce(u16) -> Guard) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("drafts")).expect("a folder");
        fs::write(folder.path().join("rapporteur.toml"), "[report]\ntitle = \"Served\"\n").expect("a file");
        fs::write(folder.path().join("drafts/a.md"), "# First\n\nWord 0.\n\nAnother paragraph.\n").expect("a file");
        let root = folder.path().canonicalize().expect("it is there");
        let preview = Preview::start(Program(root.clone()), Options::default());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("it has one");
        let options = serve::Options {
            guard: guard(address.port()),
            limits,
            root,
            editor: Box::new(|| "vscode://file/{path}:{line}".to_owned()),
            instance: "test".to_owned(),
        };
        let served = preview.clone();
        std::thread::spawn(move || serve::serve(listener, served, options));
        preview.wait(DEADLINE, |state| state.revision > 0).expect("a report");
        Self { folder, address, _preview: preview }
    }

    pub fn save(&self, text: &str) {
        fs::write(self.folder.path().join("drafts/a.md"), text).expect("it can be written");
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a timeout");
        stream
    }

    /// A connection that has sent a request; `headers` end each with a line's end.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> TcpStream {
        let mut stream = self.connect();
        // In one piece; a connection that is refused may be closed by then, which the answer tells.
        let _ = stream.write_all(format!("{method} {path} HTTP/1.1\r\n{headers}\r\n").as_bytes());
        stream
    }

    /// What a GET of our own page's is answered: head and body.
    pub fn get(&self, path: &str) -> Answer {
        self.answer("GET", path, &format!("Host: {}\r\nConnection: close\r\n", self.address))
    }

    pub fn answer(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut bytes = Vec::new();
        self.ask(method, path, &format!("Connection: close\r\n{headers}")).read_to_end(&mut bytes).expect("an answer");
        Answer::read(&bytes)
    }

    /// A listener's connection, its events one by one.
    pub fn listen(&self) -> Events {
        Events { stream: self.ask("GET", "/events", &format!("Host: {}\r\n", self.address)), text: String::new() }
    }
}

/// An answer.
pub struct Answer {
    pub code: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        Self { code, head: head.to_lowercase(), body: body.to_owned() }
    }
}

/// A stream of events.
pub struct Events {
    stream: TcpStream,
    text: String,
}

impl Events {
    /// The next event's data; signs of life are passed over.
    pub fn next(&mut self) -> serde_json::Value {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                // Between the lines stand the sizes of HTTP's chunks.
                if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    return serde_json::from_str(data).expect("an event is JSON");
                }
                continue;
            }
            let mut buffer = [0; 65536];
            let read = self.stream.read(&mut buffer).expect("the stream goes on");
            assert!(read > 0, "the stream ended");
            self.text.push_str(&String::from_utf8_lossy(&buffer[..read]).replace("\r\n", ""));
        }
    }
}
