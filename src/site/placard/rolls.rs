//! The record cut into sheets: what stands on each page of each kind. Pages and PDF files are made of the same.

use serde::Serialize;

use super::{Layout, OfficerFacts, Placards, UnitFacts};

/// One page of the board.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct BoardSheet {
    /// Rows.
    pub(in crate::site) officers: Vec<OfficerFacts>,
    /// Number of the page, from 1.
    pub(in crate::site) page: usize,
    /// How many pages there are.
    pub(in crate::site) pages: usize,
}

/// One page of cards, desk stands or badges.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct CardSheet {
    /// Cards.
    pub(in crate::site) officers: Vec<OfficerFacts>,
}

/// One page of a window sign.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct WindowSheet {
    /// The unit, with the officers of this page only.
    pub(in crate::site) unit: UnitFacts,
    /// How many officers the unit shows.
    pub(in crate::site) count: usize,
    /// Number of the page within the unit, from 1.
    pub(in crate::site) page: usize,
    /// How many pages the unit has.
    pub(in crate::site) pages: usize,
}

/// The sheets of one kind.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(in crate::site) enum Roll {
    /// The board.
    Board(Vec<BoardSheet>),
    /// Cards, desk stands, badges.
    Cards(Vec<CardSheet>),
    /// Window signs.
    Windows(Vec<WindowSheet>),
}

impl Roll {
    /// How many sheets there are.
    pub(in crate::site) fn len(&self) -> usize {
        match self {
            Self::Board(sheets) => sheets.len(),
            Self::Cards(sheets) => sheets.len(),
            Self::Windows(sheets) => sheets.len(),
        }
    }
}

impl Placards {
    /// How many sheets a kind has.
    pub(crate) fn pages(&self, layout: Layout) -> usize {
        self.roll(layout).len()
    }

    /// The sheets of a kind.
    pub(in crate::site) fn roll(&self, layout: Layout) -> Roll {
        let each = layout.per_sheet();
        match layout {
            Layout::Board | Layout::BoardA3 => Roll::Board(self.board(each)),
            Layout::Cards | Layout::Desk | Layout::Tent | Layout::Badge | Layout::BadgeFour => {
                let all: Vec<OfficerFacts> = self.officers().cloned().collect();
                Roll::Cards(all.chunks(each).map(|o| CardSheet { officers: o.to_vec() }).collect())
            }
            Layout::Window => {
                Roll::Windows(self.units.iter().flat_map(|u| window(u, each)).collect())
            }
        }
    }

    fn board(&self, each: usize) -> Vec<BoardSheet> {
        let all: Vec<OfficerFacts> = self.officers().cloned().collect();
        let pages = all.len().div_ceil(each);
        let sheets = (1..).zip(all.chunks(each));
        sheets.map(|(page, o)| BoardSheet { officers: o.to_vec(), page, pages }).collect()
    }
}

/// The pages of one unit's sign; a unit that shows nobody has one all the same.
fn window(unit: &UnitFacts, each: usize) -> Vec<WindowSheet> {
    let count = unit.officers.len();
    let pages = count.div_ceil(each).max(1);
    let page = |page: usize| {
        let officers = unit.officers.iter().skip((page - 1) * each).take(each).cloned().collect();
        let unit = UnitFacts { officers, ..unit.clone() };
        WindowSheet { unit, count, page, pages }
    };
    (1..=pages).map(page).collect()
}
