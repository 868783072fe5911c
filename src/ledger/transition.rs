//! What may become of a case: one table of changes by order, and why the others are refused (ux 3.1).

use crate::diag::Note;

use super::State;

/// A change that somebody orders. Publication and expiry follow from drops and days and need no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// Replace public content.
    Correct,
    /// Remove with a notice.
    TakeDown,
    /// Remove without a word about which case it was.
    Suppress,
    /// Set a takedown aside.
    Reinstate,
}

/// Why an order is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The case is not public and never was: there is nothing to take back.
    NeverPublic,
    /// It is not disclosed, whether it was public once or not: nothing of it stands.
    NotDisclosed,
    /// It is down already, by another document.
    AlreadyDown,
    /// It is down: what is withdrawn has no text to correct.
    Down,
    /// It was removed to protect a person: a notice would say who.
    Suppressed,
    /// Its disclosure period is over.
    Over,
    /// It is not down.
    NotDown,
    /// The document that sets the takedown aside is older than the takedown.
    Backdated,
    /// A decision cannot replace itself, and an error of publication replaces none.
    NoReplacement,
}

impl Refusal {
    /// The reason with its clause, for people.
    pub(crate) fn note(self) -> Note {
        match self {
            Self::NeverPublic => Note::new(
                "该案没有公示，无可撤下、更正或恢复（行政处罚法第四十八条第二款只及于公开的决定）",
                "the case is not public: nothing to take down, correct or reinstate (apl#48(2) speaks of published decisions)",
            ),
            Self::NotDisclosed => Note::new(
                "该案依法不予公开，网站上已没有它的内容，无可撤下、更正或恢复；公告会再次点到它",
                "it is not disclosed and nothing of it stands: a notice would name it again",
            ),
            Self::AlreadyDown => Note::new(
                "该案已依另一文书撤下；撤回和说明理由以先作的公告为准（行政处罚法第四十八条第二款）",
                "it is down already, by another document; its notice stands (apl#48(2))",
            ),
            Self::Down => Note::new(
                "已撤下的案件不得更正；先撤销原撤下，再更正（行政处罚法第四十八条第二款）",
                "a case that is down cannot be corrected: reinstate it first (apl#48(2))",
            ),
            Self::Suppressed => Note::new(
                "该案已因保护个人信息移除，不得再作公开的公告（个人信息保护法第二十五条）",
                "it was removed to protect a person: no public notice may name it (pipl#25)",
            ),
            Self::Over => Note::new(
                "公示期已满，不再公示，不得更正或恢复",
                "its disclosure period is over: it can be neither corrected nor reinstated",
            ),
            Self::NotDown => {
                Note::new("该案没有撤下，无可恢复", "the case is not down: nothing to set aside")
            }
            Self::Backdated => Note::new(
                "恢复公示的文书早于撤下所依据的文书",
                "the document is older than the one that ordered the takedown",
            ),
            Self::NoReplacement => Note::new(
                "替代文号只用于变更、撤销、确认违法、确认无效、责令重新作出，且不得是本案自己的文号",
                "a replacement needs a ground about the decision itself, and another number than its own",
            ),
        }
    }
}

impl Move {
    /// Why a case in this state does not admit the change; `None` where it does. A case that is down
    /// admits a notice's replacement and a second ground only by the rules of orders.
    pub(crate) const fn refusal(self, state: State) -> Option<Refusal> {
        match (self, state) {
            (_, State::Held) => Some(Refusal::NeverPublic),
            (_, State::Withheld) => Some(Refusal::NotDisclosed),
            (Self::TakeDown | Self::Suppress, State::Published | State::Expired)
            | (Self::Correct, State::Published)
            | (Self::Suppress | Self::Reinstate, State::TakenDown)
            | (Self::Reinstate, State::Suppressed) => None,
            (Self::TakeDown, State::TakenDown) | (Self::Suppress, State::Suppressed) => {
                Some(Refusal::AlreadyDown)
            }
            (Self::TakeDown, State::Suppressed) => Some(Refusal::Suppressed),
            (Self::Correct, State::TakenDown | State::Suppressed) => Some(Refusal::Down),
            (Self::Correct | Self::Reinstate, State::Expired) => Some(Refusal::Over),
            (Self::Reinstate, State::Published) => Some(Refusal::NotDown),
        }
    }
}
