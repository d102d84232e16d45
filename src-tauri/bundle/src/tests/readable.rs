use super::sample::content;
use crate::{BundleContent, to_files};

fn text(path: &str) -> String {
    String::from_utf8(to_files(&content()).unwrap()[path].clone()).unwrap()
}

#[test]
fn the_folder_is_laid_out_for_people() {
    let files = to_files(&content()).unwrap();
    let paths: Vec<_> = files
        .keys()
        .map(String::as_str)
        .filter(|path| !path.starts_with("schemas/"))
        .collect();
    assert_eq!(
        paths,
        [
            "README.md",
            "actions/get_booking.json",
            "actions/move_booking.json",
            "articles/parking.md",
            "attributes.json",
            "connection-sheet.md",
            "manifest.json",
            "tasks/move-a-booking/01-look-it-up.md",
            "tasks/move-a-booking/02-instructions.md",
            "tasks/move-a-booking/conversations/happy-path.md",
            "tasks/move-a-booking/task.json",
            "teams.json",
        ],
        "each thing in its own file"
    );
}

#[test]
fn the_readme_says_what_the_bundle_holds() {
    let readme = text("README.md");
    for words in [
        "# Bookings",
        "1 task, 2 actions, 1 attribute, 1 team, 1 article, 1 scripted conversation",
        "### Move a booking",
        "> Use this task when a customer wants another date.",
        "- **Instructions** “Look it up”: Ask for the {booking_number}.",
        "  - Too late",
        "    - **Hand off**: Front desk",
        "- **Run action**: Get booking",
        "- **Wait for webhook**: `payment`, for 10 minutes at most",
        "- Needs: `booking_number` (identifier)",
        "## Not connected yet",
        "- Move booking (`move_booking`)",
        "## How to import",
    ] {
        assert!(readme.contains(words), "{words:?} is in\n{readme}");
    }
}

#[test]
fn the_connection_sheet_tells_engineers_what_to_build_and_to_answer() {
    let sheet = text("connection-sheet.md");
    for words in [
        "## Move booking (`move_booking`): not connected yet",
        "| `date` | date | yes | date |",
        "| `date` | date | yes | `$.data.date` |",
        "| `new_date` | date | yes | `$.new_date` |",
        "- **Moved**, when date is tomorrow: HTTP 200 `{\"new_date\":\"2026-11-22\"}`",
        "- **Down**: fails: HTTP 503",
        "- [ ] Which URL and method?",
        "- [ ] Which authentication?",
        "Idempotency-Key",
    ] {
        assert!(sheet.contains(words), "{words:?} is in\n{sheet}");
    }
}

#[test]
fn nothing_to_connect_means_no_connection_sheet() {
    let files = to_files(&BundleContent {
        actions: Vec::new(),
        ..content()
    })
    .unwrap();
    assert!(!files.contains_key("connection-sheet.md"), "there is no action");
}
