//! A hundred and twenty everyday edits of the samples, written down before anyone saw how the reader works: other numbers, another
//! order, names, units, an added *unless*, a rule, a new action. Most must be read rightly, the rest must be said to be
//! unclear, and none may be read as something else.

mod edit;
mod verdict;

use std::fmt::Write as _;

use edit::edits;
use verdict::{Verdict, judge};

#[test]
fn an_edited_sample_is_read_rightly_or_said_to_be_unclear() {
    let edits = edits().unwrap();
    assert_eq!(edits.len(), 120, "the edits are all there");
    let (mut right, mut wrong, mut report) = (0, 0, String::new());
    for edit in &edits {
        let reading = edit.reading();
        match judge(edit, &reading) {
            Verdict::Right => right += 1,
            Verdict::Unclear(why) => writeln!(report, "unclear {}: {why}", edit.id).unwrap(),
            Verdict::Wrong(why) => {
                wrong += 1;
                writeln!(report, "WRONG {}: {why}", edit.id).unwrap();
            }
        }
    }
    println!(
        "{right} of {} edits are read rightly, {wrong} wrongly.\n{report}",
        edits.len()
    );
    assert_eq!(wrong, 0, "nothing is read as something else:\n{report}");
    assert!(
        right * 4 >= edits.len() * 3,
        "three of four are read rightly:\n{report}"
    );
}
