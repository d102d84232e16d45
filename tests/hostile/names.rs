//! Names that stand for private addresses, and names that change what they stand for.

use taskwright_domain::FailureCause;

use crate::trial::{Case, Says};
use crate::wire::{Wire, Writes};

/// What each name stands for, the first time it is asked for, the second time, and so on.
pub(crate) const ADDRESSES: [(&str, &[&[&str]]); 9] = [
    ("private.example", &[&["10.0.0.5"]]),
    ("loopback.example", &[&["127.0.0.1"]]),
    ("six.example", &[&["::1"]]),
    ("mapped.example", &[&["::ffff:127.0.0.1"]]),
    ("nat64.example", &[&["64:ff9b::7f00:1"]]),
    ("metadata.example", &[&["169.254.169.254"]]),
    ("mixed.example", &[&["93.184.216.34", "127.0.0.1"]]),
    ("nobody.example", &[&[]]),
    ("changes.example", &[&["192.0.78.9"], &["127.0.0.1"]]),
];

pub(crate) async fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, _) in ADDRESSES {
        // Whoever follows the name to this machine ends here.
        let trap = Wire::open(Writes::Once(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec())).await;
        let says = match name {
            "nobody.example" => Says::OneOf(vec![FailureCause::Unreachable]),
            "changes.example" => changed(name),
            name => Says::private(name),
        };
        let mut case = Case::at(format!("http://{name}:{}", trap.port), says);
        case.traps.push(trap);
        cases.push(case);
    }
    cases
}

/// The first answer is an address of the internet where nobody answers at this port, the next one is this machine. What was
/// checked is what is called: the call hangs at the first, or it cannot be reached and the second is refused.
fn changed(name: &str) -> Says {
    let Says::Refused(reason) = Says::private(name) else {
        unreachable!("a private address is refused")
    };
    Says::OneOf(vec![FailureCause::Timeout, FailureCause::Refused { reason }])
}
