//! How alike two texts are word for word: each token of one looks for the token of the other that means most alike ("late
//! interaction", Khattab and Zaharia, "ColBERT", 2020). It tells near tasks apart that the meaning of whole texts does not.

use super::TextVectors;

/// What it counts that a task's text is spoken of by the message, against that the message is spoken of by the text: a message
/// need not say all that a description says.
const BACK: f32 = 0.3;

/// About 0 to 1; nothing where one of them has no tokens.
pub(super) fn word_for_word(message: &TextVectors, text: &TextVectors) -> f32 {
    let width = message.vector.len().max(1);
    let (rows, columns) = (message.tokens.len() / width, text.tokens.len() / width);
    if rows == 0 || columns == 0 {
        return 0.0;
    }
    let mut nearest_back = vec![i32::MIN; columns];
    let mut there = 0.0;
    for token in message.tokens.chunks_exact(width) {
        let mut nearest = i32::MIN;
        for (other, back) in text.tokens.chunks_exact(width).zip(&mut nearest_back) {
            let alike = product(token, other);
            nearest = nearest.max(alike);
            *back = alike.max(*back);
        }
        there += share(nearest);
    }
    let back = nearest_back.into_iter().map(share).sum::<f32>();
    (1.0 - BACK) * there / count(rows) + BACK * back / count(columns)
}

fn product(a: &[i8], b: &[i8]) -> i32 {
    // Sums of 16 products of two bytes stay far below the limits of 32 bits.
    let products = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b));
    products.sum()
}

#[expect(clippy::cast_precision_loss, reason = "24 bits are plenty")]
fn share(product: i32) -> f32 {
    product as f32 / (TextVectors::STEPS * TextVectors::STEPS)
}

#[expect(clippy::cast_precision_loss, reason = "a count of tokens")]
fn count(tokens: usize) -> f32 {
    tokens as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens along the axes of a space of four.
    fn text(axes: &[usize]) -> TextVectors {
        #[expect(clippy::cast_possible_truncation, reason = "127 at most")]
        let one = TextVectors::STEPS.min(127.0) as i8;
        let token = |axis: &usize| {
            let mut token = vec![0; 4];
            token[*axis] = one;
            token
        };
        TextVectors {
            vector: vec![0.0; 4],
            tokens: axes.iter().flat_map(token).collect(),
        }
    }

    #[test]
    fn a_text_that_says_all_of_a_message_is_more_like_it_than_one_that_says_half() {
        let message = text(&[0, 1]);
        let all = word_for_word(&message, &text(&[1, 0, 2]));
        let half = word_for_word(&message, &text(&[0, 2, 3]));
        let none = word_for_word(&message, &text(&[2, 3]));
        assert!(all > half && half > none, "{all} {half} {none}");
        assert!(none.abs() < f32::EPSILON, "{none}");
        assert!(word_for_word(&message, &text(&[])).abs() < f32::EPSILON);
    }
}
