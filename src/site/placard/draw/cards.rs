//! Wall cards: four by two on A4 landscape.

use super::super::sizes::{CARD as SIZES, FOOT};
use super::{Align, CardSheet, Field, OfficerFacts, Paper, bold, foot, plain};

const MARGIN: f32 = 8.0;
const GAP: f32 = 4.0;
/// Width and height of a card.
const CARD: (f32, f32) = (67.25, 91.0);

impl Paper<'_> {
    /// One sheet of cards.
    pub(super) fn cards(&mut self, sheet: &CardSheet) {
        let mut y = MARGIN;
        for row in sheet.officers.chunks(4) {
            let mut x = MARGIN;
            for officer in row {
                self.card((x, y), officer);
                x += CARD.0 + GAP;
            }
            y += CARD.1 + GAP;
        }
        let organ = self.placards.organ.clone();
        let complaint = self.complaint();
        let day = format!("打印日期 {}", self.placards.today);
        foot(self, (MARGIN, 297.0 - MARGIN, 200.5), FOOT, [&organ, &complaint, &day]);
    }

    fn card(&mut self, (x, y): (f32, f32), officer: &OfficerFacts) {
        self.document.frame((x, y), CARD, 0.25);
        let line = |y, h| Field { x: x + 2.0, y, w: CARD.0 - 4.0, h };
        self.fit(line(y + 2.0, 8.5), plain(SIZES.unit, Align::Middle), &officer.unit);
        let has_photo = self.photo((x + (CARD.0 - 25.0) / 2.0, y + 10.0), officer);
        // A portrait takes the room of a large name and a large code.
        let (at, tall, side) = if has_photo { (45.5, 7.5, 19.0) } else { (12.0, 15.0, 34.0) };
        let (names, number) = SIZES.of(has_photo);
        let mut y_at = y + at;
        self.fit(line(y_at, tall), bold(names.of(officer.size), Align::Middle), &officer.name);
        y_at += tall + 0.5;
        self.fit(line(y_at, 5.5), plain(SIZES.post, Align::Middle), &officer.post);
        y_at += 6.0;
        let badge = format!("胸牌号码 {}", officer.badge);
        self.fit(line(y_at, 6.5), bold(number, Align::Middle), &badge);
        let corner = (x + (CARD.0 - side) / 2.0, y + CARD.1 - 6.0 - side);
        self.code(corner, side, officer.landing());
        let version = format!("版本 {}", officer.version);
        self.fit(line(y + CARD.1 - 6.0, 4.0), plain(SIZES.version, Align::Middle), &version);
    }
}
