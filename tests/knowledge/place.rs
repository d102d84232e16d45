//! A workspace with articles, imported from their folder as a person would.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;

pub(crate) struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

fn folder() -> PathBuf {
    taskwright_tests::top().join("tests/knowledge")
}

/// A question with the passages that answer it, each by title and heading; none where no article does.
pub(crate) struct Asked {
    pub(crate) question: String,
    pub(crate) passages: Vec<(String, String)>,
}

impl Asked {
    fn of(line: &str) -> Self {
        let (question, place) = line.split_once(" -> ").unwrap_or((line, ""));
        let passages = place.split_once(" > ").map(|(title, headings)| {
            let heading = |heading: &str| {
                if heading == "-" {
                    String::new()
                } else {
                    heading.to_owned()
                }
            };
            headings
                .split(" | ")
                .map(|one| (title.to_owned(), heading(one)))
                .collect()
        });
        Self {
            question: question.to_owned(),
            passages: passages.unwrap_or_default(),
        }
    }
}

pub(crate) struct Place {
    pub(crate) app: App,
    questions: PathBuf,
}

impl Place {
    /// The place with all its articles, once they are read.
    pub(crate) async fn open(articles: &str, questions: &str) -> Self {
        let place = Self::empty(questions).await;
        let mut paths: Vec<_> = std::fs::read_dir(folder().join(articles))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        let mut files = Vec::new();
        for path in &paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(place.file(&name, &std::fs::read(path).unwrap()).await);
        }
        let done = place.call("import_articles", json!({ "files": files })).await;
        assert_eq!(done["made"].as_array().map(Vec::len), Some(paths.len()), "{done}");
        assert_eq!(done["left_out"], json!([]), "{done}");
        place.read().await;
        place
    }

    pub(crate) async fn empty(questions: &str) -> Self {
        Self {
            app: App::in_memory(Arc::new(Noon)).await.unwrap(),
            questions: folder().join(questions),
        }
    }

    /// A stored file, to be imported.
    pub(crate) async fn file(&self, name: &str, bytes: &[u8]) -> Json {
        let file = self.app.put_file(bytes.to_vec(), name).await.unwrap();
        json!({ "file": file, "name": name })
    }

    /// All its questions: first those that are answered, then the others.
    pub(crate) fn questions(&self) -> Vec<Asked> {
        let text = std::fs::read_to_string(&self.questions).unwrap();
        text.lines()
            .filter_map(|line| line.strip_prefix("- "))
            .map(Asked::of)
            .collect()
    }

    /// Whether an article says these words, but for signs of Markdown and where its lines end.
    pub(crate) fn quotes(&self, title: &str, words: &str) -> bool {
        let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        std::fs::read_dir(self.questions.parent().unwrap())
            .unwrap()
            .filter_map(|entry| std::fs::read_dir(entry.unwrap().path()).ok())
            .flatten()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .any(|article| article.starts_with(&format!("# {title}\n")) && plain(&article).contains(&plain(words)))
    }

    /// Waits until the articles are read; the list says so.
    pub(crate) async fn read(&self) {
        let all_read = async {
            while self.call("list_articles", json!({})).await["ready"] != json!(true) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(180), all_read).await.unwrap();
    }

    pub(crate) async fn by_meaning(&self) -> bool {
        self.call("list_articles", json!({})).await["encoder"]["state"] == json!("ready")
    }

    pub(crate) async fn ask(&self, question: &str) -> Json {
        self.call("ask_knowledge", json!({ "question": question })).await
    }

    pub(crate) async fn call(&self, name: &str, args: Json) -> Json {
        self.app
            .call("test", name, args)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}
