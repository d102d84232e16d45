//! The last parts of addresses: derived for blocks, looked up for runs.

use taskwright_domain::BlockId;
use taskwright_store::WebhookKey;

use crate::codes::code;

/// The address of a block: the same for ever in this workspace, another one in every other.
pub(crate) fn block_token(key: &WebhookKey, block: &BlockId) -> String {
    format!("{block}.{}", code(key, "block", block.as_str()))
}

/// The block of an address, where the address is one of this workspace.
pub(crate) fn block_at(key: &WebhookKey, token: &str) -> Option<BlockId> {
    let (block, given) = token.rsplit_once('.')?;
    let wanted = code(key, "block", block);
    // Codes of codes are compared, so that the time it takes tells nothing about the code.
    (code(key, "compare", given) == code(key, "compare", &wanted)).then(|| BlockId(block.to_owned()))
}

/// The whole address.
pub(crate) fn url(base: &str, token: &str) -> String {
    format!("{base}/webhooks/{}", in_address(token))
}

/// Ids are made of letters, digits and `_`; whatever else an import may bring is percent-encoded.
fn in_address(token: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    token
        .bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_one_address_in_each_workspace_and_no_other_fits() {
        let (one, other) = (WebhookKey(vec![1; 32]), WebhookKey(vec![2; 32]));
        let block = BlockId::new("wait");
        let token = block_token(&one, &block);
        assert_eq!(block_token(&one, &block), token, "it stays, whatever is imported");
        assert_ne!(block_token(&other, &block), token);
        assert_eq!(block_at(&one, &token), Some(block));
        assert_eq!(block_at(&other, &token), None, "no other workspace takes it");
        assert_eq!(block_at(&one, &token.replace("wait", "waiT")), None);
        assert_eq!(block_at(&one, "block_wait."), None);
        assert_eq!(block_at(&one, ""), None);
    }
}
