//! Type sizes of the sheets, in points. The PDF files are set in these; the style sheets of the pages say the
//! same, and a test holds the two together. Must not say where anything stands.

/// Sizes of a name by the class of its length: up to four characters, up to eight, more (ux 6.1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Names {
    short: f32,
    middle: f32,
    long: f32,
}

impl Names {
    /// The size for a class of length.
    pub(super) fn of(self, class: &str) -> f32 {
        match class {
            "short" => self.short,
            "middle" => self.middle,
            _ => self.long,
        }
    }
}

/// The board of everybody.
#[derive(Clone, Copy)]
pub(super) struct BoardSizes {
    pub(super) title: f32,
    pub(super) day: f32,
    pub(super) text: f32,
    pub(super) names: Names,
    pub(super) foot: f32,
}

/// On A4.
pub(super) const BOARD: BoardSizes = BoardSizes {
    title: 21.0,
    day: 11.5,
    text: 14.5,
    names: Names { short: 14.5, middle: 14.5, long: 12.0 },
    foot: FOOT,
};

/// On A3.
pub(super) const BOARD_A3: BoardSizes = BoardSizes {
    title: 30.0,
    day: 14.0,
    text: 19.0,
    names: Names { short: 19.0, middle: 19.0, long: 13.5 },
    foot: 13.0,
};

/// The foot of every sheet but the A3 board and the badge.
pub(super) const FOOT: f32 = 10.5;
/// The words under a code.
pub(super) const CODE: f32 = 11.0;

/// A wall card.
pub(super) struct CardSizes {
    pub(super) unit: f32,
    pub(super) post: f32,
    pub(super) version: f32,
    names: [Names; 2],
    badge: [f32; 2],
}

/// Of pairs the first is without a portrait, the second with one.
pub(super) const CARD: CardSizes = CardSizes {
    unit: 11.5,
    post: 12.0,
    version: 8.0,
    names: [
        Names { short: 32.0, middle: 22.0, long: 16.0 },
        Names { short: 17.0, middle: 17.0, long: 12.0 },
    ],
    badge: [13.5, 11.5],
};

impl CardSizes {
    /// Sizes of the name and of the badge number.
    pub(super) fn of(&self, has_photo: bool) -> (Names, f32) {
        let at = usize::from(has_photo);
        (self.names[at], self.badge[at])
    }
}

/// A desk stand.
pub(super) struct DeskSizes {
    pub(super) organ: f32,
    pub(super) post: f32,
    pub(super) badge: f32,
    names: [Names; 2],
}

/// Of the pair the first is without a portrait, the second with one.
pub(super) const DESK: DeskSizes = DeskSizes {
    organ: 19.0,
    post: 18.0,
    badge: 21.0,
    names: [
        Names { short: 64.0, middle: 44.0, long: 36.0 },
        Names { short: 44.0, middle: 36.0, long: 36.0 },
    ],
};

impl DeskSizes {
    /// Sizes of the name.
    pub(super) fn names(&self, has_photo: bool) -> Names {
        self.names[usize::from(has_photo)]
    }
}

/// A badge.
pub(super) struct BadgeSizes {
    pub(super) organ: f32,
    pub(super) foot: f32,
    names: [Names; 2],
    post: [f32; 2],
    number: [f32; 2],
}

/// Of pairs the first is without a portrait, the second with one.
pub(super) const BADGE: BadgeSizes = BadgeSizes {
    organ: 14.0,
    foot: 9.0,
    names: [
        Names { short: 40.0, middle: 30.0, long: 26.0 },
        Names { short: 26.0, middle: 26.0, long: 18.0 },
    ],
    post: [15.0, 12.0],
    number: [24.0, 18.0],
};

impl BadgeSizes {
    /// Sizes of the name, of unit and post, and of the badge number.
    pub(super) fn of(&self, has_photo: bool) -> (Names, f32, f32) {
        let at = usize::from(has_photo);
        (self.names[at], self.post[at], self.number[at])
    }
}

/// The sign at a unit's window.
pub(super) struct WindowSizes {
    pub(super) organ: f32,
    pub(super) unit: f32,
    pub(super) duties: f32,
    pub(super) telephone: f32,
    pub(super) number: f32,
    pub(super) ways: f32,
    pub(super) caption: f32,
    pub(super) none: f32,
    pub(super) text: f32,
    pub(super) names: Names,
}

/// The one there is.
pub(super) const WINDOW: WindowSizes = WindowSizes {
    organ: 18.0,
    unit: 38.0,
    duties: 13.0,
    telephone: 15.0,
    number: 44.0,
    ways: 12.5,
    caption: 13.0,
    none: 13.0,
    text: 14.0,
    names: Names { short: 14.0, middle: 14.0, long: 11.0 },
};

#[cfg(test)]
mod tests;
