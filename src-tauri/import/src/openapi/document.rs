//! A document: what it is, what it offers, and where its references lead.

use std::cell::Cell;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value as Json};
use taskwright_domain::Method;

use super::operation;
use crate::{Draft, ImportError};

/// Bytes of a document that are read.
const LONGEST: usize = 8 << 20;
/// Operations that are offered.
const MOST_OPERATIONS: usize = 2_000;
/// References that lead to references.
const MOST_HOPS: usize = 16;
/// Schemas that one draft looks at, so that no document keeps anybody waiting.
const MOST_SCHEMAS: usize = 20_000;
const METHODS: [(&str, Method); 5] = [
    ("get", Method::Get),
    ("post", Method::Post),
    ("put", Method::Put),
    ("patch", Method::Patch),
    ("delete", Method::Delete),
];

/// An OpenAPI 3.0 or 3.1 document.
#[derive(Debug)]
pub struct Document {
    root: Json,
    left: Cell<usize>,
}

/// An operation that a document offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What it is asked for by: `GET /orders/{id}`.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: String,
    /// What it does, in a line.
    pub summary: String,
    /// What it belongs to, as the document groups it; may be empty.
    pub group: String,
    /// The document advises against it.
    pub deprecated: bool,
}

/// Where an operation stands.
pub(super) struct Found<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) item: &'a Map<String, Json>,
    pub(super) operation: &'a Map<String, Json>,
}

impl Document {
    /// Reads a document, JSON or YAML.
    ///
    /// # Errors
    /// When it is neither, or no OpenAPI 3.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        if text.len() > LONGEST {
            return Err(ImportError::TooLarge {
                what: "a document",
                most: "8 MB",
            });
        }
        let text = text.trim_start_matches('\u{feff}');
        let root = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| no_document(&error.to_string()))?
        } else {
            serde_saphyr::from_str(text).map_err(|error| no_document(&error.to_string()))?
        };
        let document = Self {
            root,
            left: Cell::new(MOST_SCHEMAS),
        };
        document.check()?;
        Ok(document)
    }

    fn check(&self) -> Result<(), ImportError> {
        let no = |reason: &str| {
            Err(ImportError::NoOpenApi {
                reason: reason.to_owned(),
            })
        };
        if self.root.get("swagger").is_some() {
            return no(
                "it is written for Swagger 2. Save it as OpenAPI 3 (most tools can, e.g. editor.swagger.io) and try again.",
            );
        }
        let version = match self.root.get("openapi") {
            Some(Json::String(version)) => version.clone(),
            Some(Json::Number(version)) => version.to_string(),
            _ => return no("it does not begin with \"openapi: 3…\"."),
        };
        if !version.starts_with("3.") && version != "3" {
            return no("it is of another version; 3.0 and 3.1 are read.");
        }
        if self.operations().is_empty() {
            return no("it describes no operation that an action can call.");
        }
        Ok(())
    }

    /// What the document is called.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.root.pointer("/info/title").and_then(Json::as_str);
        title.unwrap_or_default().trim().to_owned()
    }

    /// Everything it offers, in the order of its paths.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let found = self.all().map(|found| {
            let text = |key: &str| {
                found
                    .operation
                    .get(key)
                    .and_then(Json::as_str)
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            let group = found
                .operation
                .get("tags")
                .and_then(|tags| tags.get(0))
                .and_then(Json::as_str);
            let summary = text("summary");
            Operation {
                id: id_of(found.method, found.path),
                method: found.method,
                path: found.path.to_owned(),
                summary: if summary.is_empty() {
                    operation::name_of(&found)
                } else {
                    summary
                },
                group: group.unwrap_or_default().to_owned(),
                deprecated: found.operation.get("deprecated") == Some(&Json::Bool(true)),
            }
        });
        found.take(MOST_OPERATIONS).collect()
    }

    fn all(&self) -> impl Iterator<Item = Found<'_>> {
        let paths = self.root.get("paths").and_then(Json::as_object);
        paths.into_iter().flatten().flat_map(|(path, item)| {
            let item = self.follow(item).as_object();
            item.into_iter().flat_map(move |item| {
                METHODS.iter().filter_map(move |(name, method)| {
                    let operation = item.get(*name)?.as_object()?;
                    Some(Found {
                        method: *method,
                        path,
                        item,
                        operation,
                    })
                })
            })
        })
    }

    /// An operation as a draft.
    ///
    /// # Errors
    /// When the document does not offer it.
    pub fn draft(&self, operation: &str) -> Result<Draft, ImportError> {
        self.left.set(MOST_SCHEMAS);
        let found = self.all().find(|found| id_of(found.method, found.path) == operation);
        let found = found.ok_or_else(|| ImportError::NoOperation {
            operation: operation.chars().take(200).collect(),
        })?;
        Ok(operation::draft(self, &found))
    }

    /// What a reference leads to; anything else is itself. What leads nowhere, or out of the document, is nothing.
    pub(super) fn follow<'a>(&'a self, json: &'a Json) -> &'a Json {
        let mut at = json;
        for _ in 0..MOST_HOPS {
            match at.get("$ref").and_then(Json::as_str) {
                Some(reference) => at = self.target(reference),
                None => return at,
            }
        }
        &Json::Null
    }

    /// What stands at a reference.
    pub(super) fn target(&self, reference: &str) -> &Json {
        let Some(pointer) = reference.strip_prefix('#') else {
            return &Json::Null;
        };
        let pointer = percent_decode_str(pointer).decode_utf8_lossy();
        self.root.pointer(&pointer).unwrap_or(&Json::Null)
    }

    pub(super) fn root(&self) -> &Json {
        &self.root
    }

    /// Whether one schema more may be looked at.
    pub(super) fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

fn id_of(method: Method, path: &str) -> String {
    let method = METHODS.iter().find(|(_, known)| *known == method);
    let method = method.map_or("", |(name, _)| *name).to_uppercase();
    format!("{method} {path}")
}

/// The first line of what a parser says.
fn no_document(said: &str) -> ImportError {
    let line = said.lines().next().unwrap_or_default().trim_end_matches('.');
    ImportError::NoDocument {
        reason: line.chars().take(200).collect(),
    }
}
