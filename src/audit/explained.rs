//! Numbers that every page may show: the bureau's own, and those a word before them explains.

use std::collections::BTreeSet;

use crate::vocab::{Bureau, CreditCode, Officer};

/// Digits of the bureau's public numbers.
pub(super) struct Explained(BTreeSet<String>);

/// Words after which a number is a serial or a public code, as pages, CSV and JSON write them.
const SERIAL_WORDS: [&str; 22] = [
    "编号",
    "条码",
    "条形码",
    "缴款",
    "缴费",
    "流水",
    "单号",
    "文号",
    "票号",
    "票据",
    "许可证",
    "注册号",
    "登记号",
    "信用代码",
    "编码",
    "备案",
    "执法证",
    "批号",
    "型号",
    "图斑",
    "CODE",
    "NUMBER\":\"",
];
/// A word explains a number that begins within this many bytes.
const NEAR: usize = 36;

impl Explained {
    /// Contacts, accounts, badge and certificate numbers, codes.
    pub(super) fn of(bureau: &Bureau, staff: &[Officer]) -> Self {
        let mut numbers = BTreeSet::new();
        let mut add = |text: &str| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= 5 {
                numbers.insert(digits);
            }
        };
        bureau.public_contacts().into_iter().for_each(&mut add);
        bureau.credit_code.iter().for_each(|c| add(c.as_str()));
        let footer = &bureau.footer;
        [&footer.icp, &footer.police, &bureau.site_code].into_iter().flatten().for_each(|t| add(t));
        staff.iter().flat_map(Officer::public_numbers).for_each(add);
        Self(numbers)
    }

    /// Whether these digits are public wherever they stand.
    pub(super) fn number(&self, digits: &str) -> bool {
        self.0.contains(digits)
    }

    /// Whether the text around a number says that it is a serial: `〔2026〕第…号`, or a word before it.
    pub(super) fn by_context(before: &str, after: &str) -> bool {
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
        let near = near.rfind(['。', '\n', '，']).map_or(near, |n| &near[n..]);
        let numbered = near.contains('〕') && after.starts_with('号');
        let private = near.contains("身份") || near.contains("电话") || near.contains("手机");
        numbered || !private && SERIAL_WORDS.iter().any(|word| near.contains(word))
    }

    /// Whether 18 characters are a unified social credit code that no reader takes for an identity
    /// number: it has letters beyond a final X, or `before` says so.
    pub(super) fn credit_code(token: &str) -> bool {
        let lettered = token.bytes().take(17).any(|b| b.is_ascii_alphabetic());
        CreditCode::parse(token).is_some_and(|c| lettered || c.is_placeholder())
    }
}
