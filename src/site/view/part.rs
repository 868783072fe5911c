//! A part of a case's text. It knows no markup.

use serde::Serialize;

/// A part of the text: heading and paragraphs, of a long one the further ones by themselves.
#[derive(Serialize)]
pub(in crate::site) struct Part<'a> {
    /// Heading.
    pub(super) title: &'static str,
    /// Paragraphs that stand open.
    pub(super) paragraphs: Vec<&'a str>,
    /// The further ones of a long part.
    pub(super) more: Vec<&'a str>,
}

impl<'a> Part<'a> {
    /// The same in pieces of at most so many characters each.
    pub(in crate::site) fn pieces(self, most: usize) -> Vec<Self> {
        let title = self.title;
        let piece = || Self { title, paragraphs: Vec::new(), more: Vec::new() };
        let (mut pieces, mut used) = (vec![piece()], 0);
        for paragraph in self.paragraphs.into_iter().chain(self.more) {
            let mut rest = paragraph;
            while !rest.is_empty() {
                let length = rest.chars().count();
                if used > 0 && used + length > most {
                    pieces.push(piece());
                    used = 0;
                }
                let end = rest.char_indices().nth(most).map_or(rest.len(), |(at, _)| at);
                let (taken, left) = rest.split_at(end);
                used += length.min(most);
                pieces.last_mut().into_iter().for_each(|piece| piece.paragraphs.push(taken));
                rest = left;
            }
        }
        pieces
    }
}
