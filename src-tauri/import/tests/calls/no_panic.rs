//! Nothing that is pasted brings the program down, or keeps it busy.

use std::collections::BTreeSet;

use proptest::prelude::*;
use taskwright_import::curl;
use taskwright_import::openapi::Document;

fn look_at(document: &Document) {
    for operation in document.operations().iter().take(50) {
        let draft = document.draft(&operation.id).unwrap();
        assert!(
            serde_json::to_string(&draft.action).unwrap().len() < 4_000_000,
            "{}",
            operation.id
        );
    }
}

fn cases() -> ProptestConfig {
    let soak = std::env::var("TASKWRIGHT_SIZE").is_ok_and(|size| size == "soak");
    ProptestConfig::with_cases(if soak { 50_000 } else { 400 })
}

/// Pieces that mean something to a shell or to curl.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("curl ".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("$'".to_owned()),
        Just("^\"".to_owned()),
        Just("`".to_owned()),
        Just(" -d ".to_owned()),
        Just(" -H ".to_owned()),
        Just(" -F ".to_owned()),
        Just(" -u ".to_owned()),
        Just("https://".to_owned()),
        Just("Authorization: Basic ".to_owned()),
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("?a=".to_owned()),
        Just("%zz".to_owned()),
        Just(" --data-urlencode ".to_owned()),
        Just("$env:".to_owned()),
        "[a-zäß😀0-9/:=&@;<>|\n .]{0,12}",
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_command(scraps in prop::collection::vec(scrap(), 0..30)) {
        let _ = curl::read(&scraps.concat(), &BTreeSet::new());
        let _ = curl::read(&format!("curl a.example/{}", scraps.concat()), &BTreeSet::new());
    }

    #[test]
    fn any_text_as_a_document(text in "(openapi: 3[.]0[.]0\n)?(paths:\n)?[ -~\n]{0,200}") {
        if let Ok(document) = Document::read(&text) {
            look_at(&document);
        }
    }

    #[test]
    fn a_document_with_a_piece_of_it_changed(at in 0_usize..20_000, with in "[a-z{}\\[\\]\":,#/$0-9 ]{0,6}", take in 0_usize..20) {
        for text in [include_str!("../documents/shop.yaml"), include_str!("../documents/payments.json")] {
            let letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            let changed: String = letters[..at].iter().copied().chain(with.chars()).chain(letters[(at + take).min(letters.len())..].iter().copied()).collect();
            if let Ok(document) = Document::read(&changed) {
                look_at(&document);
            }
        }
    }
}

#[test]
fn schemas_that_lead_back_to_themselves_end() {
    let text = r##"{"openapi": "3.1.0", "info": {"title": "Knots"}, "paths": {
        "/a/{id}": {"post": {
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}},
            "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}}}
        }}, "/b": {"$ref": "#/paths/~1b"}},
      "components": {"schemas": {
        "Node": {"allOf": [{"$ref": "#/components/schemas/Node"}, {"$ref": "#/components/schemas/Other"}],
                 "properties": {"parent": {"$ref": "#/components/schemas/Node"}, "name": {"type": "string"},
                                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
        "Other": {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Other"}}}]}
      }}}"##;
    look_at(&Document::read(text).unwrap());
}

#[test]
fn a_document_that_multiplies_itself_ends_soon() {
    let mut schemas =
        vec!["\"S0\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}".to_owned()];
    for level in 1..30 {
        let below = level - 1;
        let properties: Vec<_> = (0..20)
            .map(|at| format!("\"p{at}\": {{\"$ref\": \"#/components/schemas/S{below}\"}}"))
            .collect();
        schemas.push(format!(
            "\"S{level}\": {{\"type\": \"object\", \"properties\": {{{}}}}}",
            properties.join(",")
        ));
    }
    let text = format!(
        r##"{{"openapi": "3.0.3", "info": {{}}, "paths": {{"/x": {{"get": {{"responses": {{"200": {{"content": {{"application/json":
        {{"schema": {{"$ref": "#/components/schemas/S29"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{{}}}}}}}"##,
        schemas.join(",")
    );
    let began = std::time::Instant::now();
    look_at(&Document::read(&text).unwrap());
    assert!(began.elapsed().as_secs() < 20, "it took {:?}", began.elapsed());
}

#[test]
fn aliases_that_multiply_are_refused_or_bounded() {
    let mut text = String::from(
        "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      summary: x\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n",
    );
    for level in 1..12 {
        let below = level - 1;
        let row = vec![format!("*x{below}"); 9].join(", ");
        text.push_str(&format!("x{level}: &x{level} [{row}]\n"));
    }
    assert!(
        Document::read(&text).is_err(),
        "a hundred thousand million items are not read"
    );
}
