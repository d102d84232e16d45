//! The team that words name.

use super::Names;
use super::content::contains_run;
use super::stems::Stem;
use crate::read::token::{Kind, Token};

impl<'c> Names<'c> {
    /// The team these words name.
    pub(in crate::read) fn team(&self, words: &[Token<'_>]) -> Option<usize> {
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .collect();
        let mut best: Option<(usize, usize)> = None;
        for (at, (_, _, name)) in self.teams.iter().enumerate() {
            if !name.is_empty() && contains_run(&said, name) && best.is_none_or(|(length, _)| name.len() > length) {
                best = Some((name.len(), at));
            }
        }
        let generic = |s: &Stem| {
            matches!(
                s.text.as_str(),
                "team" | "support" | "department" | "desk" | "the" | "servic"
            )
        };
        best.map(|(_, at)| at).or_else(|| {
            let mut fits = self.teams.iter().enumerate().filter(|(_, (_, _, name))| {
                let telling: Vec<_> = name.iter().filter(|s| !generic(s)).collect();
                !telling.is_empty() && telling.iter().all(|s| said.iter().any(|t| s.same(t)))
            });
            let first = fits.next();
            if fits.next().is_some() {
                None
            } else {
                first.map(|(at, _)| at)
            }
        })
    }

    /// Whether a team's full name stands there: "the Returns team", not "they can return it".
    pub(in crate::read) fn team_written(&self, words: &[Token<'_>]) -> bool {
        self.teams.iter().any(|(_, name, _)| {
            let count = name.split(' ').count();
            words.windows(count).any(|said| {
                name.split(' ').zip(said).all(|(word, t)| {
                    if count > 1 {
                        word.eq_ignore_ascii_case(t.text)
                    } else {
                        word == t.text
                    }
                })
            })
        })
    }

    /// The team that these words begin with: "our Claims team", not "the claim number".
    pub(in crate::read) fn team_at(&self, words: &[Token<'_>]) -> Option<usize> {
        let skip = words
            .iter()
            .take_while(|t| {
                t.any(&[
                    "the",
                    "our",
                    "a",
                    "team",
                    "people",
                    "colleagues",
                    "in",
                    "at",
                    "department",
                ])
            })
            .count();
        let first = words.get(skip)?;
        let at = self.team(&words[skip..])?;
        let named = self.catalogue.teams[at]
            .name
            .split(' ')
            .any(|word| word.eq_ignore_ascii_case(first.text));
        named.then_some(at)
    }
}
