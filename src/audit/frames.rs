//! What stands around the title and the main part is the same on thousands of pages: such a frame is
//! read once, and only compared, byte by byte, on every other page. It excuses nothing: what differs in
//! one byte is another frame, and the values of each record are looked for in the frame, too.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use memchr::memmem::{Finder, FinderRev};

use crate::clearance::Reading;

use super::access::PageAccess;
use super::explained::Explained;
use super::links::{Links, PathHash};
use super::{patterns, tags};

/// Most frames that are kept; a site has a few for each depth of its folders.
const MOST: usize = 96;

/// All frames of one build; shared by threads.
pub(super) struct Frames {
    known: RwLock<Vec<Arc<Frame>>>,
    title: Finder<'static>,
    head_end: Finder<'static>,
    main: Finder<'static>,
    main_end: FinderRev<'static>,
}

/// Bytes that stand on many pages of one depth.
struct Frame {
    depth: usize,
    bytes: Box<[u8]>,
    /// `None` where it must be read with each page.
    read: Option<ReadFrame>,
}

/// A frame that may be read by itself.
pub(super) struct ReadFrame {
    /// It, ready to be searched.
    pub(super) reading: Reading,
    /// What it has for people who do not see.
    pub(super) access: PageAccess,
    /// Its links and their offsets: the same from every folder of this depth.
    targets: Vec<(PathHash, usize)>,
    /// The first page by path that has it, and its offset there.
    first: Mutex<Option<(Box<str>, usize)>>,
}

/// A page taken apart: three frames with their places, and the two parts between them.
pub(super) struct Parted {
    frames: [(Arc<Frame>, usize); 3],
    /// Where the page's own bytes stand: its title and meta tags, its main part.
    pub(super) own: [Range<usize>; 2],
}

impl Parted {
    /// The frames and where they begin in the page.
    pub(super) fn frames(&self) -> impl Iterator<Item = (&ReadFrame, usize)> {
        self.frames.iter().filter_map(|(frame, at)| Some((frame.read.as_ref()?, *at)))
    }
}

impl Frames {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            known: RwLock::new(Vec::new()),
            title: Finder::new(b"<title"),
            head_end: Finder::new(b"</head>"),
            main: Finder::new(b"<main"),
            main_end: FinderRev::new(b"</main>"),
        }
    }

    /// Takes a page apart; `None` where it has to be read as a whole.
    pub(super) fn part(
        &self,
        path: &str,
        body: &[u8],
        links: &Links,
        explained: &Explained,
    ) -> Option<Parted> {
        let title = self.title.find(body)?;
        let head_end = title + self.head_end.find(&body[title..])?;
        let main = head_end + self.main.find(&body[head_end..])?;
        let main_end = main + self.main_end.rfind(&body[main..])? + b"</main>".len();
        let frame = |at: Range<usize>| {
            let frame = self.frame(path, &body[at.clone()], links, explained)?;
            frame.read.is_some().then_some((frame, at.start))
        };
        let own = [title..head_end, main..main_end];
        if !own.iter().all(|part| Reading::is_closed(&body[part.clone()])) {
            return None;
        }
        let frames = [frame(0..title)?, frame(head_end..main)?, frame(main_end..body.len())?];
        Some(Parted { frames, own })
    }

    /// Gives the links of all frames that stand on a written page to `links`.
    pub(super) fn keep_links(&self, links: &Links) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for read in known.iter().filter_map(|frame| frame.read.as_ref()) {
            let first = read.first.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((path, at)) = &*first {
                links.keep_frame(path, *at, &read.targets);
            }
        }
    }

    fn frame(
        &self,
        path: &str,
        bytes: &[u8],
        links: &Links,
        explained: &Explained,
    ) -> Option<Arc<Frame>> {
        let depth = path.matches('/').count();
        let is_it = |f: &&Arc<Frame>| f.depth == depth && *f.bytes == *bytes;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.iter().find(is_it) {
            return Some(Arc::clone(found));
        }
        let full = known.len() >= MOST;
        drop(known);
        if full {
            return None;
        }
        let read = ReadFrame::of(path, bytes, links, explained);
        let new = Arc::new(Frame { depth, bytes: bytes.into(), read });
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster: then its reading is the one that counts.
        if let Some(found) = known.iter().find(is_it) {
            return Some(Arc::clone(found));
        }
        known.push(Arc::clone(&new));
        Some(new)
    }
}

impl ReadFrame {
    /// Reads a frame by itself; `None` where that could hide something: a value that goes across its
    /// edge, an open tag, a number of a person, a picture, a column, a link that leads elsewhere from elsewhere.
    fn of(path: &str, bytes: &[u8], links: &Links, explained: &Explained) -> Option<Self> {
        let reading = Reading::html(bytes);
        let sound = Reading::stands_apart(bytes)
            && Reading::is_closed(bytes)
            && patterns::personal_numbers(reading.folded(), explained).is_empty();
        let mut access = PageAccess::new();
        let mut here = links.page(path);
        let elsewhere_path = elsewhere(path);
        let mut elsewhere = links.page(&elsewhere_path);
        for tag in tags::tags(bytes, 0..bytes.len()) {
            let stateful: [&[u8]; 7] = [b"main", b"tbody", b"tr", b"img", b"svg", b"title", b"h1"];
            if stateful.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
                return None;
            }
            access.see(&tag);
            here.see(&tag);
            elsewhere.see(&tag);
        }
        let (targets, others) = (here.into_targets(), elsewhere.into_targets());
        let fits = sound && targets == others;
        fits.then(|| Self { reading, access, targets, first: Mutex::new(None) })
    }

    /// Notes that a page that is written has this frame.
    pub(super) fn stands_on(&self, path: &str, at: usize) {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        if first.as_ref().is_none_or(|(known, _)| path < &**known) {
            *first = Some((path.into(), at));
        }
    }
}

/// A path as deep as this one that shares no folder with it.
fn elsewhere(path: &str) -> String {
    path.split('/').map(|part| format!("{part}~")).collect::<Vec<_>>().join("/")
}
