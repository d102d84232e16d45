//! What the options of a curl command say.

/// A call as the command describes it.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) url: Option<String>,
    pub(super) method: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) data: Vec<Data>,
    /// `--json`: the data is JSON, and so is the answer.
    pub(super) json: bool,
    /// `-G`: the data goes into the query.
    pub(super) data_in_query: bool,
    pub(super) parts: Vec<FormPart>,
    pub(super) user: Option<String>,
    pub(super) bearer: Option<String>,
    pub(super) cookie: Option<String>,
    pub(super) seconds: Option<f64>,
    pub(super) head: bool,
    pub(super) upload: Option<String>,
    pub(super) notes: Vec<String>,
}

/// A piece of data.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// As it was written.
    Plain(String),
    /// To be encoded; `name=value`, or a value alone.
    Encode(String),
    /// In a file that was not pasted.
    File(String),
}

/// A part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FormPart {
    pub(super) name: String,
    pub(super) content: Content,
}

/// What a part holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Words(String),
    File(String),
}

/// Options that take a value and say nothing an action needs.
const WITH_VALUE: [&str; 31] = [
    "-o",
    "--output",
    "-w",
    "--write-out",
    "-c",
    "--cookie-jar",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--limit-rate",
    "-K",
    "--config",
    "-r",
    "--range",
    "--max-redirs",
    "-D",
    "--dump-header",
    "--trace",
    "--trace-ascii",
    "--stderr",
    "-C",
    "--continue-at",
    "--resolve",
    "--interface",
    "--dns-servers",
    "--max-filesize",
    "--tlsv1.2-ciphers",
    "-e",
    "--referer",
    "--keepalive-time",
];
/// Options whose leaving out has to be told.
const TOLD: [(&str, &str); 12] = [
    ("-x", PROXY),
    ("--proxy", PROXY),
    ("-E", CERTIFICATE),
    ("--cert", CERTIFICATE),
    ("--key", CERTIFICATE),
    ("--cacert", AUTHORITY),
    ("--aws-sigv4", SIGNED),
    ("--proxy-user", PROXY),
    ("-U", PROXY),
    ("--digest-user", SIGNED),
    ("--unix-socket", SOCKET),
    ("--service-name", SIGNED),
];
const PROXY: &str = "The proxy was left out: calls go straight to the service.";
const CERTIFICATE: &str = "A client certificate was left out: actions cannot send one.";
const AUTHORITY: &str = "A certificate authority of its own was left out: actions trust the usual ones.";
const SIGNED: &str =
    "A signature that curl works out was left out: actions prove who they are by a token, a password or a key.";
const SOCKET: &str = "A local socket was left out: actions call web addresses.";
const UNCHECKED: &str = "-k was left out: certificates are always checked.";

impl Call {
    pub(super) fn of(words: &[String]) -> Self {
        let mut reader = Reader {
            words,
            at: 0,
            call: Self::default(),
        };
        while let Some(word) = reader.next() {
            reader.take(&word);
        }
        reader.call
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
    call: Call,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<String> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    fn take(&mut self, word: &str) {
        if word == "-" || word == "--" {
            return;
        }
        if word.starts_with("--") {
            match word.split_once('=').filter(|(name, _)| takes_value(name)) {
                Some((name, value)) => self.with_value(name, value.to_owned()),
                None if takes_value(word) => {
                    let value = self.next().unwrap_or_default();
                    self.with_value(word, value);
                }
                None => self.flag(word),
            }
        } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
            self.short(short);
        } else if self.call.url.is_none() {
            self.call.url = Some(word.to_owned());
        } else {
            self.call
                .note("The command calls several addresses; only the first was taken.");
        }
    }

    /// `-sSXPOST`: flags in one word, and an option whose value may follow at once.
    fn short(&mut self, letters: &str) {
        for (at, letter) in letters.char_indices() {
            let option = format!("-{letter}");
            if takes_value(&option) {
                let rest = &letters[at + letter.len_utf8()..];
                let value = if rest.is_empty() {
                    self.next().unwrap_or_default()
                } else {
                    rest.to_owned()
                };
                return self.with_value(&option, value);
            }
            self.flag(&option);
        }
    }

    fn flag(&mut self, option: &str) {
        match option {
            "-G" | "--get" => self.call.data_in_query = true,
            "-I" | "--head" => self.call.head = true,
            "-k" | "--insecure" => self.call.note(UNCHECKED),
            "--digest" | "--ntlm" | "--negotiate" | "--anyauth" => self.call.note(SIGNED),
            // How curl shows and fetches an answer is not the action's matter.
            "-s"
            | "--silent"
            | "-S"
            | "--show-error"
            | "-L"
            | "--location"
            | "--location-trusted"
            | "-v"
            | "--verbose"
            | "-i"
            | "--include"
            | "--compressed"
            | "-f"
            | "--fail"
            | "--fail-with-body"
            | "-O"
            | "--remote-name"
            | "-N"
            | "--no-buffer"
            | "--http1.1"
            | "--http2"
            | "--http2-prior-knowledge"
            | "--http3"
            | "--globoff"
            | "-g"
            | "-#"
            | "--progress-bar"
            | "--basic"
            | "--path-as-is"
            | "--tlsv1.2"
            | "--tlsv1.3"
            | "--tr-encoding"
            | "-4"
            | "-6"
            | "--ipv4"
            | "--ipv6"
            | "-J"
            | "--remote-header-name"
            | "--ssl-reqd"
            | "--raw" => {}
            other => self.call.note(format!("The option {other} was left out.")),
        }
    }

    fn with_value(&mut self, option: &str, value: String) {
        let call = &mut self.call;
        match option {
            "-X" | "--request" => call.method = Some(value.trim().to_uppercase()),
            "--url" => call.url = Some(value),
            "-H" | "--header" => match value.strip_prefix('@') {
                Some(_) => call.note("Headers in a file were left out: paste them into the command."),
                None => call.headers.extend(header(&value)),
            },
            "-A" | "--user-agent" => call.headers.push(("User-Agent".to_owned(), value)),
            "-d" | "--data" | "--data-ascii" | "--data-binary" => call.data.push(plain_or_file(value)),
            "--data-raw" => call.data.push(Data::Plain(value)),
            "--data-urlencode" => call.data.push(encoded(value)),
            "--json" => {
                call.json = true;
                call.data.push(plain_or_file(value));
            }
            "-F" | "--form" => call.parts.extend(form_part(&value, true)),
            "--form-string" => call.parts.extend(form_part(&value, false)),
            "-u" | "--user" => call.user = Some(value),
            "--oauth2-bearer" => call.bearer = Some(value),
            "-b" | "--cookie" => call.cookie = Some(value).filter(|value| value.contains('=')),
            "-m" | "--max-time" => call.seconds = value.trim().parse().ok(),
            "-T" | "--upload-file" => call.upload = Some(value),
            other => {
                if let Some((_, note)) = TOLD.iter().find(|(name, _)| *name == other) {
                    call.note(*note);
                }
            }
        }
    }
}

fn takes_value(option: &str) -> bool {
    const READ: [&str; 28] = [
        "-X",
        "--request",
        "--url",
        "-H",
        "--header",
        "-A",
        "--user-agent",
        "-d",
        "--data",
        "--data-ascii",
        "--data-binary",
        "--data-raw",
        "--data-urlencode",
        "--json",
        "-F",
        "--form",
        "--form-string",
        "-u",
        "--user",
        "--oauth2-bearer",
        "-b",
        "--cookie",
        "-m",
        "--max-time",
        "-T",
        "--upload-file",
        "--variable",
        "--expand-data",
    ];
    READ.contains(&option) || WITH_VALUE.contains(&option) || TOLD.iter().any(|(name, _)| *name == option)
}

/// `Name: value`. `Name;` is one without a value, `Name:` takes curl's own away.
fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
}

fn plain_or_file(value: String) -> Data {
    match value.strip_prefix('@') {
        Some(file) => Data::File(file.to_owned()),
        None => Data::Plain(value),
    }
}

/// `content`, `=content`, `name=content`, `@file` or `name@file`.
fn encoded(value: String) -> Data {
    match (value.find('='), value.find('@')) {
        (Some(0), _) => Data::Encode(value[1..].to_owned()),
        (None, Some(at)) => Data::File(value[at + 1..].to_owned()),
        (Some(equals), Some(at)) if at < equals => Data::File(value[at + 1..].to_owned()),
        _ => Data::Encode(value),
    }
}

/// `name=words`, `name=@file;type=…`, `name=<file`.
fn form_part(text: &str, files: bool) -> Option<FormPart> {
    let (name, value) = text.split_once('=')?;
    let without_type = |value: &str| {
        value
            .split(";type=")
            .next()
            .unwrap_or_default()
            .trim_matches('"')
            .to_owned()
    };
    let content = match value.chars().next() {
        Some('@' | '<') if files => Content::File(
            without_type(&value[1..])
                .split(';')
                .next()
                .unwrap_or_default()
                .to_owned(),
        ),
        _ if files => Content::Words(without_type(value)),
        _ => Content::Words(value.to_owned()),
    };
    Some(FormPart {
        name: name.to_owned(),
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(words: &[&str]) -> Call {
        Call::of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_stand_together_or_apart() {
        let call = call(&[
            "-sSXPOST",
            "-H",
            "A: b",
            "-HC:d",
            "https://a.example",
            "-u",
            "me:x",
            "--max-time",
            "5",
        ]);
        assert_eq!(call.method.as_deref(), Some("POST"));
        assert_eq!(call.headers, [("A".into(), "b".into()), ("C".into(), "d".into())]);
        assert_eq!(
            (call.url.as_deref(), call.user.as_deref()),
            (Some("https://a.example"), Some("me:x"))
        );
        assert_eq!((call.seconds, call.notes.len()), (Some(5.0), 0));
    }

    #[test]
    fn what_is_left_out_is_told() {
        let call = call(&["-k", "--proxy", "http://p", "--frobnicate", "a", "b"]);
        let notes = call.notes.join(" ");
        for word in ["-k", "proxy", "--frobnicate", "several addresses"] {
            assert!(notes.contains(word), "{word}: {notes}");
        }
    }

    #[test]
    fn data_and_parts_are_told_from_files() {
        let call = call(&[
            "-d",
            "@x.json",
            "--data-raw",
            "@me",
            "--data-urlencode",
            "q=a b",
            "-F",
            "f=@a.png;type=image/png",
            "-F",
            "n=1;type=text/plain",
        ]);
        assert_eq!(
            call.data,
            [
                Data::File("x.json".into()),
                Data::Plain("@me".into()),
                Data::Encode("q=a b".into())
            ]
        );
        assert_eq!(call.parts[0].content, Content::File("a.png".into()));
        assert_eq!(call.parts[1].content, Content::Words("1".into()));
    }
}
