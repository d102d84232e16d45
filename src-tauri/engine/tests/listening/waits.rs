//! Waits with a limit of their own.

use serde_json::json;
use taskwright_domain::{BlockId, EffectKind, EventKind, InputKind};

use crate::talk::{NOW, Talk, block, wait_block};

const MINUTE: i64 = 60_000;

fn waiting(text: &str) -> Talk {
    let mut off = wait_block();
    // The instructions name it where it stands.
    off.off = true;
    Talk::of_blocks(vec![block("main", text), off])
}

/// The timers that were set: generation, and minutes after the beginning.
fn timers(talk: &Talk) -> Vec<(u64, i64)> {
    let timers = talk.effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::ArmTimer { generation, at } => Some((*generation, (at - NOW) / MINUTE)),
        _ => None,
    });
    timers.collect()
}

fn ring(talk: &mut Talk, generation: u64) -> Vec<String> {
    talk.put(InputKind::TimerRang { generation })
}

fn receive(talk: &mut Talk) -> Vec<String> {
    talk.put(InputKind::WebhookReceived {
        block: BlockId::new("check"),
        body: json!({ "ok": true }),
    })
}

#[test]
fn a_wait_lasts_as_long_as_its_sentence_says_and_as_its_block_says_otherwise() {
    let limited = waiting("Wait up to 30 minutes for the payment check. Tell them \"Thanks.\"");
    assert_eq!(timers(&limited), [(1, 30)], "the sentence's limit");
    let plain = waiting("Wait for the payment check. Tell them \"Thanks.\"");
    assert_eq!(timers(&plain), [(1, 45)], "the block's");
    let followed = limited.log.iter().any(|event| {
        matches!(&event.kind, EventKind::SentenceFollowed { words, .. } if words == "Waits up to 30 minutes for \u{201c}Payment check\u{201d}")
    });
    assert!(followed, "the log says the limit: {:?}", limited.kinds());
}

#[test]
fn what_is_said_for_the_end_of_the_wait_is_said_then_only() {
    for text in [
        "Wait for the payment check (give it 10 mins, then tell them the link has run out). Tell them \"Thanks.\"",
        "Wait up to 10 minutes for the payment check, then tell them the link has run out. Tell them \"Thanks.\"",
        "Wait 10 minutes for the payment check. If nothing comes in that time, tell them the link has run out. Tell them \
         \"Thanks.\"",
    ] {
        let mut late = waiting(text);
        assert_eq!(timers(&late), [(1, 10)], "{text}");
        late.now += 10 * MINUTE;
        assert_eq!(ring(&mut late, 1), ["The link has run out.", "Thanks."], "{text}");
        late.same_again();
        let mut in_time = waiting(text);
        assert_eq!(receive(&mut in_time), ["Thanks."], "{text}");
        in_time.same_again();
    }
}

const LISTENING: &str = "If they mention a refund, ask what happened. Wait up to 30 minutes for the payment check, otherwise tell \
                         them the link has run out. Tell them \"Thanks.\"";

#[test]
fn a_wait_goes_on_to_the_same_moment_after_what_was_heard() {
    let mut talk = waiting(LISTENING);
    talk.now += 5 * MINUTE;
    talk.say("what about the refund?");
    assert_eq!(talk.asked().as_deref(), Some("story"), "the listener asks");
    talk.say("it broke");
    assert_eq!(timers(&talk), [(1, 30)], "the timer is the one that was set");
    talk.now = NOW + 30 * MINUTE;
    assert_eq!(
        ring(&mut talk, 1),
        ["The link has run out.", "Thanks."],
        "and it rings in time"
    );
    talk.same_again();
}

#[test]
fn what_was_waited_for_may_come_while_a_listener_asks() {
    let mut talk = waiting(LISTENING);
    talk.say("what about the refund?");
    assert_eq!(
        receive(&mut talk),
        Vec::<String>::new(),
        "it is kept, and the question stays"
    );
    assert_eq!(talk.say("it broke"), ["Thanks."], "back in the wait, it is there");
    talk.same_again();
}

#[test]
fn a_wait_may_run_out_while_a_listener_asks() {
    let mut talk = waiting(LISTENING);
    talk.say("what about the refund?");
    talk.now = NOW + 30 * MINUTE;
    assert_eq!(
        ring(&mut talk, 1),
        Vec::<String>::new(),
        "it is kept, and the question stays"
    );
    let ran_out = talk
        .log
        .iter()
        .any(|event| matches!(&event.kind, EventKind::WaitExpired { key, .. } if key == "payment_check"));
    assert!(ran_out, "the log says so: {:?}", talk.kinds());
    assert_eq!(
        talk.say("it broke"),
        ["The link has run out.", "Thanks."],
        "back in the wait, it is over"
    );
    talk.same_again();
}
