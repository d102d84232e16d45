//! Any text is read without a panic, and every part stands where it says it does.
#![no_main]

#[path = "../../src/read/tests/fixture.rs"]
mod fixture;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use taskwright_domain::Catalogue;
use taskwright_language::read::read;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(fixture::catalogue);

fuzz_target!(|text: &str| {
    let reading = read(text, &CATALOGUE);
    let chars: Vec<char> = text.chars().collect();
    for sentence in &reading.sentences {
        let place = sentence.span.start as usize..sentence.span.end as usize;
        assert_eq!(chars[place].iter().collect::<String>(), sentence.text);
    }
    assert_eq!(reading, read(text, &CATALOGUE), "read twice alike");
});
