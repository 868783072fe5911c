//! What stands on a desk and what hangs on a coat: desk stands, tents, badges.

use super::super::sizes::{BADGE as BADGE_SIZES, CODE, DESK, FOOT};
use super::{Align, CardSheet, Field, Layout, OfficerFacts, Paper, bold, plain};

/// Width and height of a side of a desk stand.
const STAND: (f32, f32) = (210.0, 148.0);
/// Width and height of a badge.
const BADGE: (f32, f32) = (105.0, 148.0);
/// Height of half a sheet of A4.
const HALF: f32 = 148.5;

impl Paper<'_> {
    /// One side of a desk stand, with its upper edge at `top`.
    pub(super) fn desk(&mut self, top: f32, officer: &OfficerFacts) {
        let (left, right) = (10.0, STAND.0 - 10.0);
        let line = |y, h| Field { x: left, y: top + y, w: right - left, h };
        let organ = self.placards.organ.clone();
        self.fit(line(10.0, 9.0), plain(DESK.organ, Align::Middle), &organ);
        self.document.line((left, top + 22.0), (right, top + 22.0), 0.5, false);
        let side = if officer.address.is_some() { 38.0 } else { 0.0 };
        let has_photo = self.photo((left, top + 56.0), officer);
        let begin = if has_photo { left + 32.0 } else { left };
        let text = |y, h| Field { x: begin, y: top + y, w: right - side - 7.0 - begin, h };
        let name = DESK.names(has_photo).of(officer.size);
        self.fit(text(46.0, 34.0), bold(name, Align::Start), &officer.name);
        let post = format!("{}　{}", officer.unit, officer.post);
        self.fit(text(83.0, 13.0), plain(DESK.post, Align::Start), &post);
        let badge = format!("胸牌号码 {}", officer.badge);
        self.fit(text(98.0, 10.0), bold(DESK.badge, Align::Start), &badge);
        self.code((right - side, top + 56.0), side, officer.landing());
        if side > 0.0 {
            let middle = right - side / 2.0;
            self.document.text((middle, top + 99.0), plain(CODE, Align::Middle), "扫码核验");
        }
        let (complaint, dated) = (self.complaint(), self.dated(&officer.version));
        self.document.text((left, top + 137.0), plain(FOOT, Align::Start), &complaint);
        self.document.text((right, top + 137.0), plain(FOOT, Align::End), &dated);
    }

    /// Both sides of a stand that is folded in the middle of the sheet.
    pub(super) fn tent(&mut self, officer: &OfficerFacts) {
        // The upper half is read from behind: its head is at the fold, too.
        self.document.turn((0.0, HALF));
        self.desk(0.0, officer);
        self.document.turn_back();
        self.document.line((6.0, HALF), (STAND.0 - 6.0, HALF), 0.25, true);
        self.desk(HALF, officer);
    }

    /// Badges: one on its own paper, or four with lines to cut along.
    pub(super) fn badges(&mut self, layout: Layout, sheet: &CardSheet) {
        let height = if layout == Layout::Badge { BADGE.1 } else { HALF };
        for (i, officer) in sheet.officers.iter().enumerate() {
            let x = if i % 2 == 0 { 0.0 } else { BADGE.0 };
            let y = if i < 2 { 0.0 } else { HALF };
            self.badge((x, y), height, officer);
        }
        if layout == Layout::BadgeFour {
            self.document.line((BADGE.0, 0.0), (BADGE.0, 2.0 * HALF), 0.15, false);
            self.document.line((0.0, HALF), (2.0 * BADGE.0, HALF), 0.15, false);
        }
    }

    fn badge(&mut self, (x, y): (f32, f32), height: f32, officer: &OfficerFacts) {
        let line = |at, h| Field { x: x + 8.0, y: y + at, w: BADGE.0 - 16.0, h };
        // Where the hole for the clip is punched.
        self.document.frame((x + (BADGE.0 - 14.0) / 2.0, y + 5.0), (14.0, 4.0), 0.2);
        let organ = self.placards.organ.clone();
        self.fit(line(13.5, 7.0), plain(BADGE_SIZES.organ, Align::Middle), &organ);
        self.document.line((x + 8.0, y + 22.5), (x + BADGE.0 - 8.0, y + 22.5), 0.4, false);
        let has_photo = self.photo((x + (BADGE.0 - 25.0) / 2.0, y + 25.5), officer);
        let (names, post, number) = BADGE_SIZES.of(has_photo);
        let (mut at, tall, side) = if has_photo { (62.0, 12.0, 25.0) } else { (29.0, 25.0, 38.0) };
        self.fit(line(at, tall), bold(names.of(officer.size), Align::Middle), &officer.name);
        at += tall + 1.5;
        self.fit(line(at, 10.0), plain(post, Align::Middle), &officer.unit);
        self.fit(line(at + 10.0, 7.5), plain(post, Align::Middle), &officer.post);
        at += 18.0;
        self.fit(line(at, 10.0), bold(number, Align::Middle), &officer.badge);
        let corner = (x + (BADGE.0 - side) / 2.0, y + height - 13.0 - side);
        self.code(corner, side, officer.landing());
        let foot = [self.complaint(), format!("版本 {}", officer.version)];
        let foot = foot.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
        self.fit(
            line(height - 13.0, 5.0),
            plain(BADGE_SIZES.foot, Align::Middle),
            &foot.join("　"),
        );
    }
}
