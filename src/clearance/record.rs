//! The raw case file and the wrapper around each of its cells.
//!
//! A type that holds a raw value implements no `Debug`, `Display`, `Serialize` or `Clone`:
//! deriving one is a compile error, because [`Private`] has none. Nothing leaves through here.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::{Column, Place};
use crate::law::Day;
use crate::vocab::{
    Act, CreditCode, DecisionNumber, Money, NumberFault, PartyKind, PenaltyKind, Procedure,
};

/// A raw value. The one way to it is [`Private::look`], and only inside this room.
pub(in crate::clearance) struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a raw value.
    pub(in crate::clearance) fn new(value: T) -> Self {
        Self(value)
    }

    /// Looks at the raw value.
    pub(in crate::clearance) fn look(&self) -> &T {
        &self.0
    }
}

/// What a case file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseKind {
    /// 行政处罚.
    Penalty,
    /// 双随机检查.
    Inspection,
}

/// What makes two rows the same case: public words only (domain 10.28).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct RecordKey {
    /// Kind of case.
    pub(crate) kind: CaseKind,
    /// Credit code of the organ, or empty where the export has none.
    pub(crate) organ: String,
    /// Decision number, or number of the inspection task.
    pub(crate) number: String,
    /// Which party of the decision: empty, or a public credit code where one decision has several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) party: String,
}

/// How the reading of one typed cell went.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::clearance) enum Read<T, E = ()> {
    /// The export has no such column.
    NoColumn,
    /// The cell is blank (also `无`, `/`, `——`).
    Blank,
    /// The cell is read.
    Word(T),
    /// The cell cannot be read as what it should be.
    Fault(E),
}

impl<T, E> Read<T, E> {
    /// The word, if there is one.
    pub(in crate::clearance) fn word(&self) -> Option<&T> {
        match self {
            Self::Word(word) => Some(word),
            Self::NoColumn | Self::Blank | Self::Fault(_) => None,
        }
    }
}

/// Why a cell could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clearance) enum CellFault {
    /// Not of the form.
    Form,
    /// A spreadsheet damaged it: `1.15E+17`, `#REF!`, `#####`, lost digits.
    Spreadsheet,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The fields a table may have. Headers for each stand in `data/intake/columns.yml`
        /// under the same name in `snake_case`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(in crate::clearance) enum Field { $($(#[$doc])* $name),* }

        impl Field {
            /// All fields in the order of this list.
            pub(in crate::clearance) const ALL: &[Field] = &[$(Self::$name),*];
        }
    };
}

fields! {
    /// 行政处罚决定书文号, or the number of an inspection task.
    Number,
    /// 行政相对人名称 or 检查对象.
    Party,
    /// 行政相对人类别.
    PartyKind,
    /// 统一社会信用代码 of the party.
    CreditCode,
    /// 工商注册号.
    RegistrationNumber,
    /// 组织机构代码.
    OrganizationCode,
    /// 税务登记号.
    TaxNumber,
    /// 事业单位证书号.
    InstitutionNumber,
    /// 社会组织登记证号.
    SocietyNumber,
    /// 法定代表人.
    Representative,
    /// 法定代表人证件类型.
    RepresentativeIdType,
    /// 法定代表人证件号码.
    RepresentativeId,
    /// 自然人证件类型.
    IdType,
    /// 自然人证件号码.
    IdNumber,
    /// 违法行为类型.
    Violation,
    /// 违法事实.
    Facts,
    /// 处罚依据.
    Basis,
    /// 处罚类别.
    Kinds,
    /// 处罚内容.
    Content,
    /// 罚款金额（万元）.
    Fine,
    /// 没收违法所得、没收非法财物的金额（万元）.
    Confiscated,
    /// 暂扣或吊销证照名称及编号.
    Permit,
    /// 处罚决定日期.
    DecidedOn,
    /// 处罚有效期.
    ValidUntil,
    /// 公示截止期.
    Until,
    /// 处罚机关 or 检查机关.
    Organ,
    /// 处罚机关统一社会信用代码.
    OrganCode,
    /// 数据来源单位.
    SourceOrgan,
    /// 数据来源单位统一社会信用代码.
    SourceOrganCode,
    /// 备注. Never published.
    Remark,
    /// 经营者.
    Operator,
    /// 经营者住址.
    OperatorAddress,
    /// 联系电话 of the party.
    Phone,
    /// 住所 of the party.
    Address,
    /// 经营场所.
    Premises,
    /// 违法地点.
    ViolationPlace,
    /// 银行卡号.
    BankCard,
    /// 车牌号.
    Plate,
    /// 电子邮箱 of the party.
    Email,
    /// 商业秘密内容: columns of trade secrets, together.
    Secrets,
    /// 出生日期 of a natural person.
    BornOn,
    /// 委托代理人.
    Agents,
    /// 证人.
    Witnesses,
    /// 举报人 or 投诉人.
    Reporters,
    /// 联系人.
    ContactPerson,
    /// 执法人员 or 检查人员, joined by 、.
    Officers,
    /// 执法证号, joined by 、.
    OfficerCertificates,
    /// 法制审核人员.
    Reviewers,
    /// 处罚机关电话.
    OrganPhone,
    /// 决定书全文.
    FullText,
    /// 适用程序.
    Procedure,
    /// 立案日期.
    FiledOn,
    /// 办案单位.
    HandlingUnit,
    /// 是否重大执法决定.
    MajorDecision,
    /// 法制审核结果.
    LegalReview,
    /// 法制审核日期.
    LegalReviewOn,
    /// 保密审查结果.
    SecrecyReview,
    /// 保密审查日期.
    SecrecyReviewOn,
    /// 保密审查人.
    SecrecyReviewer,
    /// 是否公开.
    Disclose,
    /// 不予公开理由.
    WithholdGround,
    /// 不予公开批准人.
    WithholdApprover,
    /// 抽查计划名称.
    Plan,
    /// 抽查事项.
    Item,
    /// 检查方式.
    Method,
    /// 检查时间.
    InspectedOn,
    /// 检查结果.
    Result,
    /// 检查结果作出日期.
    ResultOn,
    /// 撤下事由, in a table of takedown orders.
    TakedownGround,
    /// 依据文书.
    TakedownDocument,
    /// 作出机关 of that document.
    TakedownAuthority,
    /// 文书日期.
    TakedownDecidedOn,
    /// 生效日期.
    TakedownEffectiveOn,
    /// 知悉日期.
    TakedownKnownOn,
    /// 替代文号: the decision that replaces the one taken down.
    TakedownReplacedBy,
}

/// The cells of one row, by field. Cleaned of control characters, otherwise as written.
pub(in crate::clearance) struct Cells(Vec<Option<Private<String>>>);

impl Cells {
    /// A row with nothing in it.
    pub(in crate::clearance) fn empty() -> Self {
        Self(std::iter::repeat_with(|| None).take(Field::ALL.len()).collect())
    }

    /// Puts a cell.
    pub(in crate::clearance) fn put(&mut self, field: Field, raw: String) {
        self.0[field as usize] = Some(Private::new(raw));
    }

    /// The cell's text, trimmed; `None` where the column is absent or the cell blank.
    pub(in crate::clearance) fn look(&self, field: Field) -> Option<&str> {
        let text = self.0[field as usize].as_ref()?.look().trim();
        (!is_blank(text)).then_some(text)
    }

    /// Whether the row has the column at all.
    pub(in crate::clearance) fn has(&self, field: Field) -> bool {
        self.0[field as usize].is_some()
    }
}

/// Whether a cell says nothing: empty, or one of the marks clerks write for "none" (ux 5.3).
pub(in crate::clearance) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "无" | "/" | "—" | "——" | "-" | "--" | "\\" | "／" | "N/A" | "空")
}

/// The typed words of a row, read once by intake. Public by nature, so they may be copied.
pub(in crate::clearance) struct Words {
    /// Decision number or task number.
    pub(in crate::clearance) number: Read<DecisionNumber, NumberFault>,
    /// Kind of party.
    pub(in crate::clearance) party_kind: Read<PartyKind>,
    /// Code of the party; a fault says whether a spreadsheet did it.
    pub(in crate::clearance) credit_code: Read<CreditCode, CellFault>,
    /// Code of the organ.
    pub(in crate::clearance) organ_code: Read<CreditCode, CellFault>,
    /// Kinds of penalty.
    pub(in crate::clearance) kinds: Read<Vec<PenaltyKind>>,
    /// Fine.
    pub(in crate::clearance) fine: Read<Money, CellFault>,
    /// Confiscated amount.
    pub(in crate::clearance) confiscated: Read<Money, CellFault>,
    /// Date of decision.
    pub(in crate::clearance) decided_on: Read<Day, CellFault>,
    /// End of validity of the penalty.
    pub(in crate::clearance) valid_until: Read<Day, CellFault>,
    /// End of disclosure that the export asks for.
    pub(in crate::clearance) until: Read<Day, CellFault>,
    /// Procedure.
    pub(in crate::clearance) procedure: Read<Procedure>,
    /// Birth date of a natural person, from its column or from the identity number.
    pub(in crate::clearance) born_on: Read<Day, CellFault>,
    /// Legal review.
    pub(in crate::clearance) legal_review_on: Read<Day, CellFault>,
    /// Inspection.
    pub(in crate::clearance) inspected_on: Read<Day, CellFault>,
    /// Result of the inspection.
    pub(in crate::clearance) result_on: Read<Day, CellFault>,
    /// What an order does.
    pub(in crate::clearance) takedown_act: Read<Act>,
    /// Date of the takedown document.
    pub(in crate::clearance) takedown_decided_on: Read<Day, CellFault>,
    /// Day the takedown document takes effect.
    pub(in crate::clearance) takedown_effective_on: Read<Day, CellFault>,
}

/// Which table a row came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::clearance) enum TableKind {
    /// Penalties.
    Penalties,
    /// Random inspections.
    Inspections,
    /// Takedown orders.
    Orders,
}

/// One row of a drop, raw. Consumed by `redact`; after that nothing raw is left but the watch.
pub(in crate::clearance) struct CaseFile {
    /// Which table it stood in.
    pub(in crate::clearance) table: TableKind,
    /// The drop's folder name.
    pub(in crate::clearance) drop: Arc<str>,
    /// File, sheet and row.
    pub(in crate::clearance) place: Place,
    /// The cells.
    pub(in crate::clearance) cells: Cells,
    /// What was read from them.
    pub(in crate::clearance) words: Words,
    /// Canonical header of each field, for places.
    pub(in crate::clearance) headers: Arc<Headers>,
}

impl CaseFile {
    /// The place of one cell of this row.
    pub(in crate::clearance) fn at(&self, field: Field) -> Place {
        self.place.at(self.headers.column(field))
    }

    /// The cell's text, `None` where blank or absent.
    pub(in crate::clearance) fn look(&self, field: Field) -> Option<&str> {
        self.cells.look(field)
    }
}

/// Canonical header of each field, by [`Field`] order.
pub(in crate::clearance) struct Headers(Vec<Arc<str>>);

impl Headers {
    /// Takes the canonical headers in the order of [`Field::ALL`].
    pub(in crate::clearance) fn new(by_field: Vec<Arc<str>>) -> Self {
        Self(by_field)
    }

    /// The field's column.
    pub(in crate::clearance) fn column(&self, field: Field) -> Column {
        Column::Known(Arc::clone(&self.0[field as usize]))
    }
}

/// What tests of this room ask of types that hold raw values.
#[cfg(test)]
pub(in crate::clearance) mod sealed {
    /// Ambiguous as soon as `T` can be shown or copied: then what asks does not compile.
    pub(in crate::clearance) trait Lacks<A> {
        fn lacks() {}
    }
    impl<T: ?Sized> Lacks<()> for T {}
    pub(in crate::clearance) struct Yes<const N: u8>;
    impl<T: ?Sized + std::fmt::Debug> Lacks<Yes<0>> for T {}
    impl<T: ?Sized + std::fmt::Display> Lacks<Yes<1>> for T {}
    impl<T: Clone> Lacks<Yes<2>> for T {}
    impl<T: ?Sized + serde::Serialize> Lacks<Yes<3>> for T {}
}
