//! What a new site knows of the bureau: from flags, from a person at the terminal, checked, written as `site.yml`.
//!
//! Must not guess a fact: one that is not given stays a commented line, and `doctor` tells of it.

use crate::diag::Failure;
use crate::law::Shelf;
use crate::vocab::{CreditCode, is_site_code};

use super::super::args::FactArgs;

/// The place in an organ's name, as in 甲市乙区 of 甲市乙区城市管理局; 本区 where there is none.
pub(super) fn district(name: &str) -> &str {
    let office = ["城市管理", "综合行政", "行政执法", "综合执法"].iter().find_map(|w| name.find(w));
    let place = &name[..office.unwrap_or(name.len())];
    let end = ["区", "县", "市"].iter().find_map(|end| place.rfind(end).map(|at| at + end.len()));
    end.map_or("本区", |end| &place[..end])
}

/// Facts that are known, checked.
#[derive(Debug)]
pub(super) struct Facts {
    /// Full name of the organ.
    pub(super) name: String,
    /// District it serves.
    pub(super) district: String,
    rest: FactArgs,
}

impl Facts {
    /// The facts of the flags; `ask` is asked for each that is missing and answers nothing where nobody sits there.
    ///
    /// # Errors
    /// There is no name, or a fact has not its form.
    pub(super) fn of(
        mut rest: FactArgs,
        mut ask: impl FnMut(&str, &str) -> Result<Option<String>, Failure>,
    ) -> Result<Self, Failure> {
        for (fact, zh, en) in questions(&mut rest) {
            if fact.is_none() {
                *fact = ask(zh, en)?;
            }
            *fact = fact.take().map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
            if fact.as_ref().is_some_and(|f| f.chars().any(char::is_control)) {
                return Err(usage(
                    &format!("{zh}：不能有控制字符"),
                    &format!("{en}: control character"),
                ));
            }
        }
        let name = rest.name.take().ok_or_else(|| {
            usage("请用 --name 给出执法机关全称", "give the organ's full name with --name")
        })?;
        let district = rest.district.take().unwrap_or_else(|| district(&name).to_owned());
        let facts = Self { name, district, rest };
        facts.checked()
    }

    fn checked(mut self) -> Result<Self, Failure> {
        if self.rest.site_code.as_ref().is_some_and(|code| !is_site_code(code)) {
            return Err(usage("网站标识码是 10 位数字", "a site code has ten digits"));
        }
        if self.rest.credit_code.as_ref().is_some_and(|code| CreditCode::parse(code).is_none()) {
            return Err(usage(
                "统一社会信用代码有误：18 位，末位是校验码",
                "not a unified social credit code: 18 characters, the last a check character",
            ));
        }
        if let Some(url) = &mut self.rest.base_url {
            let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            if host.is_none_or(|host| {
                host.starts_with('/') || host.is_empty() || url.contains(['?', '#', ' '])
            }) {
                return Err(usage(
                    "网址写全，如 https://www.example.gov.cn/gongshi/",
                    "write the whole address, such as https://www.example.gov.cn/gongshi/",
                ));
            }
            if !url.ends_with('/') {
                url.push('/');
            }
        }
        let nowhere = std::path::Path::new("");
        Shelf::at(nowhere).of_region(self.rest.region.as_deref())?;
        Ok(self)
    }

    /// The text of `site.yml`: known facts as lines, the others as commented examples.
    pub(super) fn site(&self) -> String {
        let f = &self.rest;
        let host = f.base_url.as_deref().and_then(|url| url.split('/').nth(2)).map(str::to_owned);
        let mut out = "# 站点配置。带 # 的行填好后去掉 # 即可；全部内容均为公开信息。\n".to_owned();
        let line = |key: &str, fact: Option<&str>, example: &str| match fact {
            Some(fact) => format!("{key}: {}\n", quoted(fact)),
            None => format!("# {key}: {example}\n"),
        };
        out.push_str(&line("name", Some(&self.name), ""));
        out.push_str(&line("credit_code", f.credit_code.as_deref(), "本机关统一社会信用代码"));
        out.push_str(&line("site_code", f.site_code.as_deref(), "\"10 位网站标识码\""));
        out.push_str(&line("domain", host.as_deref(), "www.example.gov.cn"));
        out.push_str(&line(
            "base_url",
            f.base_url.as_deref(),
            "https://www.example.gov.cn/gongshi/",
        ));
        out.push_str(&line("district", Some(&self.district), ""));
        out.push_str(&line(
            "region",
            f.region.as_deref(),
            "chongqing   # 地方包：chongqing（默认）｜zhejiang｜data/law/regions 中自己加的目录名",
        ));
        out.push_str(OPTIONAL);
        out.push_str("contact:\n");
        for (key, fact, example) in [
            ("address", &f.address, "办公地址"),
            ("telephone", &f.telephone, "023-00000000"),
            ("complaint_telephone", &f.complaint_telephone, "\"12345\""),
            ("reconsideration_organ", &f.reconsideration_organ, "行政复议机关"),
            ("court", &f.court, "有管辖权的人民法院"),
        ] {
            out.push_str(&format!("  {}", line(key, fact.as_deref(), example)));
        }
        out.push_str("footer:\n");
        out.push_str(&format!("  {}", line("icp", f.icp.as_deref(), "ICP 备案号")));
        out.push_str("  # police: 公安备案号\n");
        out
    }
}

/// Every fact in the order of the questions.
fn questions(facts: &mut FactArgs) -> [(&mut Option<String>, &'static str, &'static str); 12] {
    [
        (&mut facts.name, "执法机关全称", "full name of the organ"),
        (&mut facts.district, "所在区县（默认从全称中取）", "district (else from the name)"),
        (
            &mut facts.region,
            "地方包 chongqing 或者 zhejiang（默认 chongqing）",
            "region: chongqing (default) or zhejiang",
        ),
        (&mut facts.credit_code, "统一社会信用代码", "unified social credit code"),
        (&mut facts.site_code, "网站标识码（10 位数字）", "site code (ten digits)"),
        (&mut facts.base_url, "网站上线后的地址", "address the site will stand at"),
        (&mut facts.address, "办公地址", "office address"),
        (&mut facts.telephone, "联系电话", "telephone"),
        (&mut facts.complaint_telephone, "投诉举报电话", "complaint telephone"),
        (&mut facts.reconsideration_organ, "行政复议机关", "organ for reconsideration"),
        (&mut facts.court, "有管辖权的人民法院", "court"),
        (&mut facts.icp, "ICP 备案号", "ICP number"),
    ]
}

fn usage(zh: &str, en: &str) -> Failure {
    Failure::Usage { zh: zh.to_owned(), en: en.to_owned() }
}

/// A YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

const OPTIONAL: &str = "\
# colour: \"#0b4a8f\"   # 主色，须与白字有 4.5:1 以上的对比度
# theme: plain          # 只出正文片段，嵌进门户自己的页眉页脚
# aliases: [简称, 原名称, 受委托执法的支队]
# formerly:
#   - {name: 原单位名称, until: 2023-12-31}
# units:
#   - {name: 受委托单位, letters: [{number: 委托书文号, from: 2024-01-01, until: 2026-12-31}]}
# targets:              # 发布到哪里：folder、zip、git、sftp、ftp、webdav、s3、oss、cos、obs
#   - {name: portal, kind: folder, path: /srv/www/gongshi}
";

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody(_: &str, _: &str) -> Result<Option<String>, Failure> {
        Ok(None)
    }

    #[test]
    fn a_district_is_read_out_of_a_name() {
        assert_eq!(district("某省甲市乙区城市管理局"), "某省甲市乙区");
        assert_eq!(district("丙县综合行政执法局"), "丙县");
        assert_eq!(district("城管支队"), "本区");
    }

    #[test]
    fn a_person_is_asked_only_for_what_is_missing() {
        let args = FactArgs { name: Some("丙县城市管理局".into()), ..FactArgs::default() };
        let mut asked = Vec::new();
        let facts = Facts::of(args, |zh, _| {
            asked.push(zh.to_owned());
            Ok(Some(if zh == "联系电话" { " 023-1 " } else { "" }.to_owned()))
        });
        let site = facts.expect("facts").site();
        assert_eq!(asked.len(), 11);
        assert!(!asked.iter().any(|q| q == "执法机关全称"));
        assert!(
            site.contains("name: \"丙县城市管理局\"\n") && site.contains("district: \"丙县\"\n")
        );
        assert!(
            site.contains("  telephone: \"023-1\"\n") && site.contains("  # court: "),
            "{site}"
        );
    }

    #[test]
    fn a_fact_that_has_not_its_form_is_refused() {
        let named =
            || FactArgs { name: Some("丙县城市管理局".into()), ..FactArgs::default() };
        let some = |text: &str| Some(text.to_owned());
        for wrong in [
            FactArgs::default(),
            FactArgs { name: some("甲\n乙"), ..named() },
            FactArgs { site_code: some("12345"), ..named() },
            FactArgs { credit_code: some("91500000000000000X"), ..named() },
            FactArgs { base_url: some("www.example.gov.cn"), ..named() },
            FactArgs { region: some("nowhere"), ..named() },
        ] {
            assert!(Facts::of(wrong.clone(), nobody).is_err(), "{wrong:?}");
        }
        let url = FactArgs { base_url: some("https://www.example.gov.cn/gs"), ..named() };
        let site = Facts::of(url, nobody).expect("facts").site();
        assert!(site.contains("base_url: \"https://www.example.gov.cn/gs/\""), "{site}");
        assert!(site.contains("domain: \"www.example.gov.cn\""), "{site}");
    }
}
