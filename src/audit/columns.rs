//! Blank columns: a page whose main part says nothing, a table without rows (a veto item in the
//! inspection of government sites, domain 5.3 and 10.30).

use crate::diag::Finding;

use super::at;
use super::tags::Tag;

/// A page or table says nothing.
const BLANK: &str = "blank-column";

/// What has been seen of one page.
pub(super) struct Columns {
    main: Part,
    body: Part,
    blank: Vec<usize>,
}

/// An element under watch: where it began, whether it says something, where its text was read to.
#[derive(Default)]
struct Part {
    open: Option<usize>,
    says: bool,
    read_to: usize,
}

impl Columns {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self { main: Part::default(), body: Part::default(), blank: Vec::new() }
    }

    /// Takes one tag; the text before it belongs to the element it stands in.
    pub(super) fn see(&mut self, tag: &Tag<'_>, page: &[u8]) {
        if self.main.open.is_some() && !self.main.says {
            self.main.says =
                page[self.main.read_to..tag.start].iter().any(|b| !b.is_ascii_whitespace());
            self.main.read_to = tag.end;
        }
        match tag.name {
            b"main" if !tag.closing => self.main = Part::at(tag),
            b"main" => self.blank.extend(self.main.close()),
            b"tbody" if !tag.closing => self.body = Part::at(tag),
            b"tbody" => self.blank.extend(self.body.close()),
            b"tr" => self.body.says = true,
            _ => {}
        }
    }

    /// Reports what is blank.
    pub(super) fn close(mut self, path: &str, found: &mut Vec<Finding>) {
        self.blank.extend(self.main.close());
        found.extend(self.blank.into_iter().map(|offset| Finding::new(BLANK, at(path, offset))));
    }
}

impl Part {
    fn at(tag: &Tag<'_>) -> Self {
        Self { open: Some(tag.start), says: false, read_to: tag.end }
    }

    /// Where it began, if it says nothing.
    fn close(&mut self) -> Option<usize> {
        let open = self.open.take()?;
        (!self.says).then_some(open)
    }
}
