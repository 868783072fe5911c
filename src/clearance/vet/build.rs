//! Case files and surroundings for the unit tests of this room.

use std::sync::{Arc, LazyLock};

use crate::diag::{Finding, Place};
use crate::law::{Day, Law, Shelf, Today, parse_rules};
use crate::vocab::{
    Bureau, CreditCode, DecisionNumber, Money, Officer, PartyKind, PenaltyKind, Policy, Procedure,
    Retention,
};

use super::super::record::{CaseFile, CellFault, Cells, Field, Headers, Read, TableKind, Words};
use super::{Check, Context, StaffIndex, Verdict};

static LAW: LazyLock<Law> =
    LazyLock::new(|| Law::load(&Shelf::embedded(), &[]).expect("the embedded law"));

static RETENTION: LazyLock<Retention> =
    LazyLock::new(|| Retention::load(&Shelf::embedded(), &LAW, None).expect("the embedded grades"));

/// The day the tests take as today.
pub(super) const TODAY: &str = "2026-03-04";

/// A day.
pub(super) fn day(text: &str) -> Day {
    Day::iso(text).expect("a day")
}

/// A case file in the making: words and cells, both sound until changed.
pub(super) struct Build {
    table: TableKind,
    cells: Cells,
    dropped: Vec<Field>,
    words: Words,
}

/// A sound penalty of an organization.
pub(super) fn penalty() -> Build {
    let build = Build {
        table: TableKind::Penalties,
        cells: Cells::empty(),
        dropped: vec![],
        words: words(),
    };
    build
        .put(Field::Number, "示城管罚决字〔2026〕第12号")
        .put(Field::Party, "示例清源建材有限公司")
        .put(Field::Violation, "未按规定处置建筑垃圾")
        .put(Field::Facts, "当事人在示例路运输建筑垃圾时未密闭。")
        .put(Field::Basis, "《示例条例》第十条")
        .put(Field::Kinds, "罚款")
        .put(Field::Content, "处以罚款人民币5000元")
        .put(Field::Fine, "0.5")
        .put(Field::DecidedOn, "2026-03-02")
        .put(Field::Organ, "示例市清源区城市管理局")
        .put(Field::Officers, "测试甲、测试乙")
}

/// A sound inspection of an organization.
pub(super) fn inspection() -> Build {
    let mut build = Build {
        table: TableKind::Inspections,
        cells: Cells::empty(),
        dropped: vec![],
        words: words(),
    };
    build.words.decided_on = Read::NoColumn;
    build.words.result_on = Read::Word(day("2026-03-02"));
    build
        .put(Field::Number, "示城管检〔2026〕第3号")
        .put(Field::Party, "示例清源建材有限公司")
        .put(Field::Item, "建筑垃圾运输")
        .put(Field::Result, "未发现问题")
        .put(Field::ResultOn, "2026-03-02")
        .put(Field::Organ, "示例市清源区城市管理局")
}

impl Build {
    /// With this cell.
    pub(super) fn put(mut self, field: Field, text: &str) -> Self {
        self.cells.put(field, text.into());
        self.dropped.retain(|f| *f != field);
        self
    }

    /// Without this column.
    pub(super) fn without(mut self, field: Field) -> Self {
        self.dropped.push(field);
        if field == Field::CreditCode {
            self.words.credit_code = Read::NoColumn;
        }
        self
    }

    /// With this credit code, as cell and, where it is one, as word.
    pub(super) fn credit_code(self, text: &str) -> Self {
        let code = CreditCode::parse(text);
        let read = code.map_or(Read::Fault(CellFault::Form), Read::Word);
        self.put(Field::CreditCode, text).words(|w| w.credit_code = read)
    }

    /// With other words.
    pub(super) fn words(mut self, change: impl FnOnce(&mut Words)) -> Self {
        change(&mut self.words);
        self
    }

    /// The case file.
    pub(super) fn file(self) -> CaseFile {
        let mut cells = Cells::empty();
        for field in Field::ALL.iter().filter(|f| !self.dropped.contains(f)) {
            if self.cells.has(*field) {
                cells.put(*field, self.cells.look(*field).unwrap_or_default().to_owned());
            }
        }
        let headers = Field::ALL.iter().map(|f| Arc::from(format!("{f:?}"))).collect();
        CaseFile {
            table: self.table,
            drop: "2026-03".into(),
            place: Place::row(&"处罚.csv".into(), None, 2),
            cells,
            words: self.words,
            headers: Arc::new(Headers::new(headers)),
        }
    }
}

fn words() -> Words {
    Words {
        number: DecisionNumber::parse("示城管罚决字〔2026〕第12号")
            .map_or_else(Read::Fault, Read::Word),
        party_kind: Read::Word(PartyKind::Organization),
        credit_code: CreditCode::parse("91230500MA1B3N1N2M").map_or(Read::Blank, Read::Word),
        organ_code: Read::NoColumn,
        kinds: Read::Word(vec![PenaltyKind::Fine]),
        fine: Read::Word(Money::fen(500_000)),
        confiscated: Read::NoColumn,
        decided_on: Read::Word(day("2026-03-02")),
        valid_until: Read::NoColumn,
        until: Read::NoColumn,
        procedure: Read::Word(Procedure::Ordinary),
        born_on: Read::NoColumn,
        legal_review_on: Read::NoColumn,
        inspected_on: Read::NoColumn,
        result_on: Read::NoColumn,
        takedown_act: Read::NoColumn,
        takedown_decided_on: Read::NoColumn,
        takedown_effective_on: Read::NoColumn,
    }
}

/// What surrounds a check in a test.
pub(super) struct World {
    bureau: Bureau,
    /// Officers.
    pub(super) staff: StaffIndex,
    /// Choices.
    pub(super) policy: Policy,
    /// Today.
    pub(super) today: &'static str,
    /// Whether every case stands published.
    pub(super) published: bool,
}

/// The usual surroundings: two officers with certificates, default policy.
pub(super) fn world() -> World {
    let officer = |name: &str, until: &str| Officer {
        name: name.into(),
        unit: "执法一大队".into(),
        post: "执法员".into(),
        badge_number: "0001".into(),
        certificate_number: Some("0001".into()),
        certificate_from: Some(day("2020-01-01")),
        certificate_until: Some(day(until)),
        left_on: None,
        status: crate::vocab::OfficerStatus::Active,
        auxiliary: false,
        code: None,
        photo: None,
    };
    World {
        bureau: parse_rules("site.yml", "name: 示例市清源区城市管理局").expect("a bureau"),
        staff: StaffIndex::new(&[officer("测试甲", "2028-12-31"), officer("测试乙", "2025-12-31")]),
        policy: Policy::default(),
        today: TODAY,
        published: false,
    }
}

impl World {
    /// Hands the context to `with`.
    pub(super) fn context<T>(&self, with: impl FnOnce(&Context<'_>) -> T) -> T {
        let published = |_: &str| self.published.then(|| day("2026-03-03"));
        with(&Context {
            law: &LAW,
            bureau: &self.bureau,
            staff: &self.staff,
            policy: &self.policy,
            retention: &RETENTION,
            today: Today::is(day(self.today)),
            published: &published,
            records: None,
        })
    }

    /// What `check` says of `file`.
    pub(super) fn ask(&self, check: &dyn Check, file: &CaseFile) -> Said {
        self.context(|cx| match check.check(file, cx) {
            Verdict::Passed => Said::Passed,
            Verdict::NotChecked => Said::NotChecked,
            Verdict::Found(findings) => {
                assert!(findings.iter().all(|f| f.check == check.id()));
                Said::Found(findings.iter().map(column).collect())
            }
        })
    }
}

/// What `check` says of `file` in the usual surroundings.
pub(super) fn ask(check: &dyn Check, file: &CaseFile) -> Said {
    world().ask(check, file)
}

/// A verdict in a form that tests compare: the columns found, by the name of their field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Passed.
    Passed,
    /// Not checked.
    NotChecked,
    /// Found, at these columns.
    Found(Vec<String>),
}

impl Said {
    /// Found at these fields, in this order.
    pub(super) fn at(fields: &[Field]) -> Self {
        Self::Found(fields.iter().map(|f| format!("{f:?}")).collect())
    }
}

fn column(finding: &Finding) -> String {
    match &finding.place {
        Place::Cell { column: Some(crate::diag::Column::Known(name)), .. } => name.to_string(),
        _ => String::new(),
    }
}
