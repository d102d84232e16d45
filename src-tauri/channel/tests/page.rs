//! How the page and its files are handed out.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use taskwright_channel::{ServeOptions, Serving, serve};
use taskwright_commands::{App, Options};

type Outcome = Result<(), Box<dyn Error>>;

/// A browser that was signed in, at a server of a built UI.
struct Visit {
    serving: Serving,
    client: Client,
    cookie: String,
}

impl Visit {
    async fn begin(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let assets = folder.join("ui/assets");
        std::fs::create_dir_all(&assets)?;
        std::fs::write(folder.join("ui/index.html"), "<!doctype html>")?;
        std::fs::write(assets.join("program-1a2b.js"), "export {};")?;
        std::fs::write(assets.join("program-1a2b.js.br"), "packed")?;
        let app = App::open(Options {
            data_dir: folder.join("data"),
            program: "a test".to_owned(),
            max_pages: None,
        })
        .await?;
        let options = ServeOptions {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            ui: Some(folder.join("ui")),
        };
        let serving = serve(app, options).await?;
        // What was packed is looked at as it came.
        let client = Client::builder()
            .redirect(Policy::none())
            .no_brotli()
            .no_gzip()
            .build()?;
        let entered = client.get(&serving.url).send().await?;
        assert_eq!(header(&entered, LOCATION), "/", "the token leaves the address");
        let cookie = header(&entered, SET_COOKIE);
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Self {
            serving,
            client,
            cookie,
        })
    }

    async fn get(&self, path: &str, encodings: &str) -> Result<Response, reqwest::Error> {
        let request = self.client.get(format!("http://{}{path}", self.serving.addr));
        let request = request.header(COOKIE, &self.cookie);
        request.header(ACCEPT_ENCODING, encodings).send().await
    }
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> String {
    let value = response.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_file_that_bears_its_hash_is_kept_for_good_and_sent_as_it_was_packed() -> Outcome {
    let folder = tempfile::tempdir()?;
    let visit = Visit::begin(folder.path()).await?;
    let packed = visit.get("/assets/program-1a2b.js", "gzip, br").await?;
    assert_eq!(header(&packed, CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(header(&packed, CONTENT_ENCODING), "br");
    assert_eq!(header(&packed, CONTENT_TYPE), "text/javascript");
    assert_eq!(packed.text().await?, "packed");
    let plain = visit.get("/assets/program-1a2b.js", "identity").await?;
    assert_eq!(header(&plain, CONTENT_ENCODING), "");
    assert_eq!(plain.text().await?, "export {};");
    visit.serving.stop().await;
    Ok(())
}

#[tokio::test]
async fn the_page_is_asked_for_each_time_and_a_missing_file_is_not_the_page() -> Outcome {
    let folder = tempfile::tempdir()?;
    let visit = Visit::begin(folder.path()).await?;
    for path in ["/", "/anything"] {
        let page = visit.get(path, "identity").await?;
        assert_eq!(header(&page, CACHE_CONTROL), "no-cache", "{path}");
        assert_eq!(page.text().await?, "<!doctype html>", "{path}");
    }
    let missing = visit.get("/assets/program-0000.js", "identity").await?;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&missing, CACHE_CONTROL), "", "it may be there tomorrow");
    visit.serving.stop().await;
    Ok(())
}
