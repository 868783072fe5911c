//! The sheets that are printed: what each is called, where it stands, on which paper and in which order.

/// A kind of sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layout {
    /// Everybody, A4 landscape.
    Board,
    /// Everybody, A3 landscape.
    BoardA3,
    /// Wall cards, four by two on A4 landscape.
    Cards,
    /// Desk stand, A5 landscape.
    Desk,
    /// Desk stand to fold, both sides on A4 portrait.
    Tent,
    /// Badge, A6 portrait.
    Badge,
    /// Four badges on A4 portrait, with cut marks.
    BadgeFour,
    /// Window sign of a unit, A4 portrait.
    Window,
}

impl Layout {
    /// All of them, in the order people read of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Board,
        Self::BoardA3,
        Self::Cards,
        Self::Desk,
        Self::Tent,
        Self::Badge,
        Self::BadgeFour,
        Self::Window,
    ];

    /// Its word on the command line, the name of its file and of the stylesheet that sets its paper.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::BoardA3 => "board-a3",
            Self::Cards => "cards",
            Self::Desk => "desk",
            Self::Tent => "tent",
            Self::Badge => "badge",
            Self::BadgeFour => "badge-4",
            Self::Window => "window",
        }
    }

    /// Folder of its page.
    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Board => "renyuan/gongshipai/",
            Self::BoardA3 => "renyuan/gongshipai/a3/",
            Self::Cards => "renyuan/gongshipai/ka/",
            Self::Desk => "renyuan/gongshipai/zhuopai/",
            Self::Tent => "renyuan/gongshipai/zhedie/",
            Self::Badge => "renyuan/gongshipai/xiongpai/",
            Self::BadgeFour => "renyuan/gongshipai/xiongpai-a4/",
            Self::Window => "renyuan/gongshipai/chuangkou/",
        }
    }

    /// Its title.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Board => "岗位信息公示牌",
            Self::BoardA3 => "岗位信息公示牌（大幅）",
            Self::Cards => "上墙公示卡",
            Self::Desk => "桌牌",
            Self::Tent => "折叠桌牌",
            Self::Badge => "胸牌",
            Self::BadgeFour => "胸牌（四张拼版）",
            Self::Window => "窗口公示牌",
        }
    }

    /// Paper and use, in words.
    pub(crate) const fn paper(self) -> &'static str {
        match self {
            Self::Board => "A4 横向，全单位名单",
            Self::BoardA3 => "A3 横向，全单位名单",
            Self::Cards => "A4 横向，每页八张",
            Self::Desk => "A5 横向，每人一张",
            Self::Tent => "A4 纵向，对折后两面可读，每人一张",
            Self::Badge => "A6 纵向，每人一张",
            Self::BadgeFour => "A4 纵向，每页四张，带裁切线",
            Self::Window => "A4 纵向，每个单位一张，写明投诉电话",
        }
    }

    /// Width and height of the paper, in millimetres.
    pub(crate) const fn size(self) -> (f32, f32) {
        match self {
            Self::Board | Self::Cards => (297.0, 210.0),
            Self::BoardA3 => (420.0, 297.0),
            Self::Desk => (210.0, 148.0),
            Self::Tent | Self::BadgeFour | Self::Window => (210.0, 297.0),
            Self::Badge => (105.0, 148.0),
        }
    }

    /// How many rows, cards or badges stand on one sheet.
    pub(crate) const fn per_sheet(self) -> usize {
        match self {
            Self::Board => 12,
            Self::BoardA3 => 17,
            Self::Cards => 8,
            Self::Desk | Self::Tent | Self::Badge => 1,
            Self::BadgeFour => 4,
            Self::Window => 14,
        }
    }

    /// Template of its page.
    pub(in crate::site) const fn template(self) -> &'static str {
        match self {
            Self::Board | Self::BoardA3 => "board.html",
            Self::Cards => "cards.html",
            Self::Desk | Self::Tent => "desk.html",
            Self::Badge | Self::BadgeFour => "badges.html",
            Self::Window => "window.html",
        }
    }
}
