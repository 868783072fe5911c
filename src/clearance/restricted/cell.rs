//! One cell of the restricted sheet: what may stand in it, told by form. A number that is wrong is left out, never mended.

use crate::clearance::record::{Field, Private};
use crate::vocab::{IdForm, PartyKind, id_form};

use super::identity::Identity;

/// Fewest digits of a number that is taken for one.
const FEWEST_DIGITS: usize = 4;

/// What becomes of a cell.
pub(super) enum Cell {
    /// The drop has nothing for it, or the sheet does not ask for it of this kind of party.
    Empty,
    /// It is filled.
    Fits(Private<String>),
    /// An identity number whose check character is wrong.
    WrongCheck,
    /// Neither a number, nor a name, nor a type.
    Unfit,
}

/// Whether the sheet asks for the column of this kind of party (purpose decides, PIPL 6): of a person nothing but the
/// own document, of others nothing but what is registered and who represents them.
fn is_asked_of(field: Field, kind: PartyKind) -> bool {
    let personal = matches!(field, Field::IdType | Field::IdNumber);
    personal == (kind == PartyKind::NaturalPerson)
}

/// The cell of a column, which takes so many characters.
pub(super) fn cell(field: Field, (identity, kind): (&Identity, PartyKind), longest: usize) -> Cell {
    if !is_asked_of(field, kind) {
        return Cell::Empty;
    }
    let judged = match field {
        Field::IdNumber | Field::RepresentativeId => document(field, identity, longest),
        Field::IdType | Field::RepresentativeIdType => document_type(field, identity, longest),
        Field::Representative => {
            let name = identity.look(field);
            let operator = || identity.look(Field::Operator);
            let is_shop = kind == PartyKind::IndividualBusiness;
            name.or_else(|| operator().filter(|_| is_shop)).map(|name| person(name, longest))
        }
        _ => identity.look(field).map(|code| registered(&narrow(code), longest)),
    };
    judged.unwrap_or(Cell::Empty)
}

/// The column in which the type of a document stands.
fn type_of(number: Field) -> Field {
    if number == Field::IdNumber { Field::IdType } else { Field::RepresentativeIdType }
}

fn document(field: Field, identity: &Identity, longest: usize) -> Option<Cell> {
    let number = narrow(identity.look(field)?);
    let resident = identity.look(type_of(field)).is_none_or(is_resident);
    Some(match id_form(&number) {
        IdForm::Valid { .. } => Cell::Fits(Private::new(number)),
        IdForm::WrongCheck { .. } => Cell::WrongCheck,
        IdForm::NotAnId if resident && is_long(&number) => Cell::WrongCheck,
        IdForm::NotAnId if resident || !is_number(&number, longest) => Cell::Unfit,
        IdForm::NotAnId => Cell::Fits(Private::new(number)),
    })
}

/// A type is told only where its number is: alone it tells of a person and serves nobody.
fn document_type(field: Field, identity: &Identity, longest: usize) -> Option<Cell> {
    let number = if field == Field::IdType { Field::IdNumber } else { Field::RepresentativeId };
    let kind = identity.look(field)?;
    if !matches!(document(number, identity, longest), Some(Cell::Fits(_))) {
        return None;
    }
    let digits = kind.chars().filter(|c| c.is_numeric()).count();
    let fits = kind.chars().count() <= longest && is_words(kind) && digits < FEWEST_DIGITS;
    Some(if fits { Cell::Fits(Private::new(kind.to_owned())) } else { Cell::Unfit })
}

/// Whether a type means a document with a resident's number (GB 11643), which can be checked.
fn is_resident(kind: &str) -> bool {
    let resident = ["身份证", "公民身份", "居住证"].iter().any(|word| kind.contains(word));
    resident && !kind.contains("外国") && !kind.contains('军')
}

/// The length of a resident's number, whatever stands in it.
fn is_long(number: &str) -> bool {
    number.len() == 18 && number.bytes().filter(u8::is_ascii_digit).count() > 15
}

/// The name of a person or of a firm that represents another.
fn person(name: &str, longest: usize) -> Cell {
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    let fits = name.chars().count() <= longest && is_words(name) && digits < FEWEST_DIGITS;
    if fits { Cell::Fits(Private::new(name.to_owned())) } else { Cell::Unfit }
}

/// A number of a register. A resident's number in its place is somebody's own and is left out.
fn registered(number: &str, longest: usize) -> Cell {
    let is_own = number.len() == 18 && matches!(id_form(number), IdForm::Valid { .. });
    if is_number(number, longest) && !is_own {
        Cell::Fits(Private::new(number.to_owned()))
    } else {
        Cell::Unfit
    }
}

/// Begins as no formula does, and holds words only.
fn is_words(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || " ·•.()（）、，：-".contains(c))
}

/// Letters and digits, as numbers of documents and registers are written (`军字第…号`, `G12345678`).
fn is_number(text: &str, longest: usize) -> bool {
    text.starts_with(char::is_alphanumeric)
        && text.chars().count() <= longest
        && text.chars().all(|c| c.is_alphanumeric() || "-()".contains(c))
        && text.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS
}

/// Half-width and upper-case, without blanks and the apostrophe of spreadsheets.
fn narrow(text: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, '\'' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    let kept = text.chars().map(half).filter(|c| !is_sign(*c));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}
