//! The program that serves a project, and what it says on the terminal.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::desk::DEADLINE;
use crate::support::Sandbox;

/// `rapporteur serve` in a sandbox; it ends with it.
pub struct Program<'s> {
    child: Child,
    host: String,
    told: Arc<Mutex<String>>,
    sandbox: &'s Sandbox,
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl<'s> Program<'s> {
    pub fn start(sandbox: &'s Sandbox) -> Self {
        let mut command = sandbox.command(&["serve", "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let (mut stderr, told) = (child.stderr.take().expect("it is piped"), Arc::<Mutex<String>>::default());
        let kept = Arc::clone(&told);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = stderr.read(&mut buffer) {
                kept.lock().expect("no thread panics").push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
        });
        let mut url = String::new();
        BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut url).expect("it says where it is");
        let host = url.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, host, told, sandbox }
    }

    /// What it has said so far.
    pub fn told(&self) -> String {
        self.told.lock().expect("no thread panics").clone()
    }

    /// The report's page as a file, once what is shown is final.
    pub fn page(&self) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("the server listens");
        let request = format!("GET /files/html HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("it takes a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    /// The page that a build makes of the files as they are.
    pub fn built(&self) -> String {
        let ran = self.sandbox.run(&["build", "--format", "html"]);
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        let manifest = self.sandbox.manifest();
        let name = manifest["outputs"][0]["path"].as_str().expect("there is a page");
        let (_, page) = self.sandbox.output().into_iter().find(|(file, _)| file == name).expect("it was written");
        String::from_utf8(page).expect("it is UTF-8")
    }

    pub fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < DEADLINE, "{what} never came to be; told:\n{}", self.told());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
