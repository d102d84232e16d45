//! Stands in for `taskwright_commands` until that crate has its commands; then this file goes.
use serde::{Deserialize, Serialize};
use serde_json::Value;
#[derive(Clone)]
pub(crate) struct App;
pub(crate) struct Options {
    pub(crate) data_dir: std::path::PathBuf,
}
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CommandError {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) field: Option<String>,
}
impl CommandError {
    pub(crate) fn closed() -> Self {
        Self::host("The workspace is closed")
    }
    pub(crate) fn bad_request(m: &str) -> Self {
        Self {
            code: "bad_request".into(),
            message: m.into(),
            field: None,
        }
    }
    pub(crate) fn host(m: &str) -> Self {
        Self {
            code: "host".into(),
            message: m.into(),
            field: None,
        }
    }
}
#[derive(Deserialize)]
pub(crate) struct SubscribeRequest {}
#[derive(Serialize, Clone)]
pub(crate) struct WorkspaceMessage {}
impl App {
    pub(crate) fn open(o: Options) -> Result<App, CommandError> {
        if o.data_dir.join("lock").exists() {
            Err(CommandError::host(
                "Another program has it: taskwright serve, process 42",
            ))
        } else {
            Ok(App)
        }
    }
    pub(crate) async fn call(&self, _o: &str, name: &str, _a: Value) -> Result<Value, CommandError> {
        Ok(Value::String(name.into()))
    }
    pub(crate) fn subscribe(&self, _r: SubscribeRequest) -> tokio::sync::mpsc::Receiver<WorkspaceMessage> {
        tokio::sync::mpsc::channel(1).1
    }
    pub(crate) async fn put_file(&self, _b: Vec<u8>, _n: &str) -> Result<String, CommandError> {
        Ok("f".into())
    }
    pub(crate) async fn get_file(&self, _i: &str) -> Result<(String, Vec<u8>), CommandError> {
        Ok(("a".into(), vec![]))
    }
    pub(crate) async fn close(&self) {}
}
