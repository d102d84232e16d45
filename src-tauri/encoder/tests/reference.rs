//! The vectors are those of the model as published. `reference.json` was made with an independent implementation in 32-bit
//! floats of the published weights.

use serde_json::Value;
use taskwright_encoder::{Encoder, EncoderError, WIDTH, find};

/// The encoder; nothing where it was switched off on purpose. That it is missing is a failure.
fn encoder() -> Result<Option<Encoder>, EncoderError> {
    match find() {
        Err(EncoderError::Off) => Ok(None),
        Err(error) => Err(error),
        Ok(folder) => Encoder::open(&folder).map(Some),
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

#[test]
fn vectors_are_those_of_the_published_model() {
    let Some(encoder) = encoder().unwrap() else { return };
    let reference: Value = serde_json::from_str(include_str!("reference.json")).unwrap();
    for case in reference.as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "five digits")]
        let wanted: Vec<f32> = case["vector"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_f64().unwrap() as f32)
            .collect();
        let cosine = cosine(&encoder.encode(text), &wanted);
        assert!(cosine > 0.999, "{text:?}: {cosine}");
    }
}

#[test]
fn any_text_has_a_vector_of_length_one_and_nothing_has_none() {
    let Some(encoder) = encoder().unwrap() else { return };
    let book = "A long story without an end. ".repeat(20_000);
    for text in ["x", "\u{0}", "🙂🙂", "مرحبا", "\u{202e}abc", book.as_str()] {
        let vector = encoder.encode(text);
        assert_eq!(vector.len(), WIDTH);
        assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4, "{:?}", text.get(..20));
    }
    for nothing in ["", "  \n"] {
        assert!(encoder.encode(nothing).iter().all(|number| *number == 0.0));
    }
}

#[test]
fn the_same_text_has_the_same_vector_every_time() {
    let Some(encoder) = encoder().unwrap() else { return };
    assert_eq!(encoder.encode("move my booking"), encoder.encode("move my booking"));
}

#[test]
fn a_damaged_file_is_refused_with_a_reason() {
    let Ok(folder) = find() else { return };
    let copy = std::env::temp_dir().join(format!("taskwright-encoder-{}", std::process::id()));
    std::fs::create_dir_all(&copy).unwrap();
    std::fs::copy(folder.join("tokenizer.json"), copy.join("tokenizer.json")).unwrap();
    for bytes in [&b""[..], b"not a model", &[255; 64]] {
        std::fs::write(copy.join("encoder.safetensors"), bytes).unwrap();
        let error = Encoder::open(&copy).unwrap_err();
        assert!(matches!(error, EncoderError::Damaged { .. }), "{error}");
    }
    std::fs::remove_dir_all(&copy).unwrap();
}
