//! Reads the typed words of a row once: numbers, days, amounts, codes, terms.

use std::borrow::Cow;

use crate::clearance::record::{CellFault, Cells, Field, Read, Words, is_blank};
use crate::law::Day;
use crate::vocab::{
    Act, CreditCode, DecisionNumber, IdForm, Money, NumberFault, PartyKind, PenaltyKind, Procedure,
    id_form,
};

use super::columns::{Columns, Unit};
use super::header::Units;
use super::{amounts, dates};

/// Reads the words of a row.
pub(super) fn read(cells: &Cells, units: Units, columns: &Columns) -> Words {
    let row = Row { cells, columns };
    Words {
        number: row.number(),
        party_kind: row.term(Field::PartyKind, PartyKind::parse),
        credit_code: row.code(Field::CreditCode),
        organ_code: row.code(Field::OrganCode),
        kinds: row.term(Field::Kinds, |text| PenaltyKind::parse_list(text).ok()),
        fine: row.money(Field::Fine, units.fine),
        confiscated: row.money(Field::Confiscated, units.confiscated),
        decided_on: row.day(Field::DecidedOn),
        valid_until: row.end(Field::ValidUntil),
        until: row.end(Field::Until),
        procedure: row.term(Field::Procedure, Procedure::parse),
        born_on: row.born_on(),
        legal_review_on: row.day(Field::LegalReviewOn),
        inspected_on: row.day(Field::InspectedOn),
        result_on: row.day(Field::ResultOn),
        takedown_act: row.term(Field::TakedownGround, Act::parse),
        takedown_decided_on: row.day(Field::TakedownDecidedOn),
        takedown_effective_on: row.day(Field::TakedownEffectiveOn),
    }
}

struct Row<'a> {
    cells: &'a Cells,
    columns: &'a Columns,
}

impl Row<'_> {
    fn read<T, E>(&self, field: Field, parse: impl FnOnce(&str) -> Result<T, E>) -> Read<T, E> {
        match self.cells.look(field) {
            Some(text) => match parse(text) {
                Ok(word) => Read::Word(word),
                Err(fault) => Read::Fault(fault),
            },
            None if self.cells.has(field) => Read::Blank,
            None => Read::NoColumn,
        }
    }

    fn number(&self) -> Read<DecisionNumber, NumberFault> {
        self.read(Field::Number, DecisionNumber::parse)
    }

    fn term<T>(&self, field: Field, parse: impl FnOnce(&str) -> Option<T>) -> Read<T> {
        self.read(field, |text| parse(text).ok_or(()))
    }

    fn code(&self, field: Field) -> Read<CreditCode, CellFault> {
        self.read(field, |text| {
            if dates::is_spreadsheet_damage(text) {
                return Err(CellFault::Spreadsheet);
            }
            CreditCode::parse(&plain(text)).ok_or(CellFault::Form)
        })
    }

    fn money(&self, field: Field, unit: Unit) -> Read<Money, CellFault> {
        self.read(field, |text| amounts::read(text, unit))
    }

    fn day(&self, field: Field) -> Read<Day, CellFault> {
        let years = self.columns.years;
        self.read(field, |text| within(text, years.first, years.last))
    }

    /// The end of a period, which may be "no end".
    fn end(&self, field: Field) -> Read<Day, CellFault> {
        let no_end = &self.columns.no_end;
        if self.cells.look(field).is_some_and(|text| no_end.words.iter().any(|w| w == text)) {
            return Read::Word(no_end.day);
        }
        self.day(field)
    }

    /// From its own column; else from the identity number, which clerks also put in the code column.
    fn born_on(&self) -> Read<Day, CellFault> {
        let years = self.columns.years;
        let own = self.read(Field::BornOn, |text| within(text, years.first_of_birth, years.last));
        if matches!(own, Read::Word(_) | Read::Fault(_)) {
            return own;
        }
        [Field::IdNumber, Field::CreditCode]
            .into_iter()
            .find_map(|field| self.birth_in(field))
            .map_or(own, Read::Word)
    }

    fn birth_in(&self, field: Field) -> Option<Day> {
        let number = plain(self.cells.look(field)?);
        let first = number.split(['、', ',', ';', '，', '；']).find(|part| !is_blank(part))?;
        match id_form(first) {
            IdForm::Valid { born_on } | IdForm::WrongCheck { born_on } => Some(born_on),
            IdForm::NotAnId => None,
        }
    }
}

fn within(text: &str, first: i32, last: i32) -> Result<Day, CellFault> {
    let day = dates::read(text)?;
    if (first..=last).contains(&day.year()) { Ok(day) } else { Err(CellFault::Form) }
}

/// A code without blanks, in half-width characters.
fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    let half = |c| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(half).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Shelf;

    fn words(cells: &[(Field, &str)]) -> Words {
        let columns = Columns::load(&Shelf::embedded()).expect("the dictionary loads");
        let mut row = Cells::empty();
        for (field, text) in cells {
            row.put(*field, (*text).to_owned());
        }
        read(&row, Units::default(), &columns)
    }

    #[test]
    fn absent_blank_and_faulty_are_three_things() {
        let words = words(&[
            (Field::FiledOn, "——"),
            (Field::DecidedOn, "2024-02-30"),
            (Field::ResultOn, "2024-02-29"),
            (Field::Fine, "#REF!"),
        ]);
        assert!(words.legal_review_on == Read::NoColumn);
        assert!(words.decided_on == Read::Fault(CellFault::Form));
        assert_eq!(words.result_on.word().map(|d| d.month()), Some(2));
        assert!(words.fine == Read::Fault(CellFault::Spreadsheet));
    }

    #[test]
    fn codes_are_put_in_order() {
        let code = |text| words(&[(Field::CreditCode, text)]).credit_code;
        for text in ["91230500ma1b3n1n2m", "９１２３０５００MA1B3N1N2M", "91230500 MA1B3N1N2M"]
        {
            assert!(code(text).word().is_some(), "{text}");
        }
        assert!(code("5.00199E+17") == Read::Fault(CellFault::Spreadsheet));
        assert!(code("12345") == Read::Fault(CellFault::Form));
    }

    #[test]
    fn the_birth_date_comes_from_its_column_or_from_the_number() {
        let born = |cells: &[(Field, &str)]| words(cells).born_on.word().copied();
        let day = Day::new(1949, 12, 31);
        assert_eq!(born(&[(Field::BornOn, "1949-12-31")]), day);
        assert_eq!(born(&[(Field::IdNumber, "11010519491231002X")]), day);
        assert_eq!(born(&[(Field::BornOn, ""), (Field::CreditCode, "11010519491231002x")]), day);
        assert_eq!(born(&[(Field::CreditCode, "91230500MA1B3N1N2M")]), None);
    }

    #[test]
    fn the_years_of_a_date_are_bounded() {
        let of = |field, text| words(&[(field, text)]);
        assert!(of(Field::DecidedOn, "1924-05-20").decided_on == Read::Fault(CellFault::Form));
        assert!(of(Field::ValidUntil, "2099/12/31").valid_until.word().is_some());
        assert_eq!(
            of(Field::ValidUntil, "长期").valid_until.word(),
            Day::new(2099, 12, 31).as_ref()
        );
    }
}
