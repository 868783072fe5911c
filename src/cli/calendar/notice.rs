//! A new year's holiday notice in the JSON form of holiday-cn, its sanity, and the rule file made of it.
//!
//! The bounds here are plausibility, not law: what every notice of 2008 to 2026 kept to.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::law::Day;

/// The first year there was such a notice for.
const FIRST_YEAR: i32 = 2007;
/// Days of the years beside the notice's own that it may name: the weeks at its edges.
const EDGE: i64 = 7;
/// Days off on weekdays less make-up days: 11 to 13 in all notices, with room for a special day.
const NET_OFF: std::ops::RangeInclusive<usize> = 10..=15;
/// Holidays that every notice names.
const HOLIDAYS: [&str; 7] = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];
/// Month and day of what is off in every year.
const FIXED: [(u32, u32); 3] = [(1, 1), (5, 1), (10, 1)];
/// The longest name of a holiday and number of a notice, in characters.
const NAME: usize = 30;

/// The notice, as the file holds it.
#[derive(Debug, Deserialize)]
pub(super) struct Notice {
    pub(super) year: i32,
    papers: Vec<String>,
    days: Vec<NoticeDay>,
    /// Numbers of the notice: the form has none, so they are given beside it.
    #[serde(skip)]
    pub(super) numbers: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct NoticeDay {
    name: String,
    date: Day,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

/// What is wrong with a notice, in Chinese and English.
pub(super) type Fault = (String, String);

fn fault<T>(zh: impl Into<String>, en: impl Into<String>) -> Result<T, Fault> {
    Err((zh.into(), en.into()))
}

impl Notice {
    /// Reads the JSON and judges it; `latest` is the last year a notice can be out for.
    ///
    /// # Errors
    /// Text of another form, or a notice that cannot be right.
    pub(super) fn read(text: &str, numbers: &[String], latest: i32) -> Result<Self, Fault> {
        let mut notice: Self = serde_json::from_str(text).map_err(|e| {
            let at = format!("{}:{}", e.line(), e.column());
            (
                format!("不是 holiday-cn 的 JSON 格式（{at}）"),
                format!("not holiday-cn's JSON ({at})"),
            )
        })?;
        notice.numbers = numbers.to_vec();
        notice.days.sort_by_key(|day| day.date);
        notice.judge_head(latest)?;
        notice.judge_days()?;
        notice.judge_whole()?;
        Ok(notice)
    }

    fn judge_head(&self, latest: i32) -> Result<(), Fault> {
        if !(FIRST_YEAR..=latest).contains(&self.year) {
            return fault(
                format!("{} 年的通知不可能已经发布", self.year),
                format!("a notice for {} cannot be out", self.year),
            );
        }
        let is_address = |paper: &String| {
            let rest = paper.strip_prefix("https://").or_else(|| paper.strip_prefix("http://"));
            rest.is_some_and(|rest| {
                rest.contains('.') && rest.bytes().all(|b| b.is_ascii_graphic())
            })
        };
        if self.papers.is_empty() || !self.papers.iter().all(is_address) {
            return fault("papers 须写通知的网址", "papers must hold the notice's address");
        }
        let is_number = |number: &String| {
            number.chars().count() <= NAME
                && number.ends_with('号')
                && number.contains('〔')
                && number.chars().all(|c| c.is_alphanumeric() || matches!(c, '〔' | '〕'))
        };
        if !self.numbers.iter().all(is_number) {
            return fault(
                "文号写作 国办发明电〔2025〕7号",
                "a number is written 国办发明电〔2025〕7号",
            );
        }
        Ok(())
    }

    fn judge_days(&self) -> Result<(), Fault> {
        for pair in self.days.windows(2) {
            if pair[0].date == pair[1].date {
                let day = pair[0].date;
                return fault(format!("{day} 出现两次"), format!("{day} stands there twice"));
            }
        }
        let edges = Day::new(self.year, 1, 1).zip(Day::new(self.year, 12, 31));
        for NoticeDay { name, date, is_off_day } in &self.days {
            let inside = edges.is_some_and(|(first, last)| {
                date.days_until(first) <= EDGE && last.days_until(*date) <= EDGE
            });
            if !inside {
                return fault(
                    format!("{date} 不在 {} 年", self.year),
                    format!("{date} is not of {}", self.year),
                );
            }
            if !is_off_day && !date.is_weekend() {
                return fault(
                    format!("{date}（周{}）不是周末，不会是调休上班日", date.weekday_zh()),
                    format!("{date} is no weekend: it cannot be a make-up day"),
                );
            }
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '、' | '“' | '”');
            if name.is_empty() || name.chars().count() > NAME || !name.chars().all(is_name) {
                return fault(format!("{date} 的节日名称有误"), format!("{date}: a faulty name"));
            }
        }
        Ok(())
    }

    fn judge_whole(&self) -> Result<(), Fault> {
        for holiday in HOLIDAYS {
            if !self.days.iter().any(|d| d.is_off_day && d.name.contains(holiday)) {
                return fault(format!("没有{holiday}"), format!("{holiday} is missing"));
            }
        }
        for (month, day) in FIXED {
            let on = Day::new(self.year, month, day);
            if !self.days.iter().any(|d| d.is_off_day && Some(d.date) == on) {
                return fault(
                    format!("{month} 月 {day} 日没有放假"),
                    format!("{month:02}-{day:02} is not off"),
                );
            }
        }
        let off = self.days.iter().filter(|d| d.is_off_day && !d.date.is_weekend()).count();
        let made_up = self.days.iter().filter(|d| !d.is_off_day).count();
        if !off.checked_sub(made_up).is_some_and(|net| NET_OFF.contains(&net)) {
            return fault(
                format!("工作日放假 {off} 天、调休上班 {made_up} 天，相差不合常理"),
                format!("{off} weekdays off against {made_up} make-up days is not plausible"),
            );
        }
        Ok(())
    }

    /// Name of its file, as rule files are named.
    pub(super) fn file(&self) -> String {
        format!("law/calendar/{}.yml", self.year)
    }

    /// The rule file.
    pub(super) fn yaml(&self) -> String {
        let mut out = format!(
            "# source: holiday-cn (MIT License, Copyright (c) NateScarlet), read with gongshi calendar import\nyear: {}\n",
            self.year
        );
        for (key, list) in [("numbers", &self.numbers), ("papers", &self.papers)] {
            if list.is_empty() {
                continue;
            }
            out.push_str(&format!("{key}:\n"));
            // A JSON string is a YAML string.
            let lines = list.iter().map(|one| format!("  - {}\n", serde_json::json!(one)));
            out.extend(lines);
        }
        out.push_str("days:\n");
        for NoticeDay { name, date, is_off_day } in &self.days {
            let kind = if *is_off_day { "holiday" } else { "workday" };
            let name = serde_json::json!(name);
            out.push_str(&format!("  - {{date: {date}, kind: {kind}, name: {name}}}\n"));
        }
        out
    }

    /// Days off and make-up days by holiday, for two people to compare with the notice.
    pub(super) fn overview(&self) -> Vec<String> {
        let mut by_name: BTreeMap<&str, (Vec<Day>, Vec<Day>)> = BTreeMap::new();
        for day in &self.days {
            let (off, on) = by_name.entry(&day.name).or_default();
            if day.is_off_day { off.push(day.date) } else { on.push(day.date) }
        }
        let mut rows: Vec<_> = by_name.into_iter().collect();
        rows.sort_by_key(|(_, (off, _))| off.first().copied());
        let list = |days: &[Day]| days.iter().map(Day::to_string).collect::<Vec<_>>().join(" ");
        rows.iter()
            .map(|(name, (off, on))| {
                let on = if on.is_empty() { String::new() } else { format!("  * {}", list(on)) };
                format!("{name}  {}{on}", list(off))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The notice of 2026 as holiday-cn would hold it, made of the rule file.
    fn json() -> String {
        let rules = include_str!("../../../data/law/calendar/2026.yml");
        let days: Vec<serde_json::Value> = rules
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- {date: "))
            .filter_map(|line| {
                let (date, rest) = line.split_once(", kind: ")?;
                let (kind, name) = rest.trim_end_matches('}').split_once(", name: ")?;
                let off = kind == "holiday";
                Some(serde_json::json!({"name": name, "date": date, "isOffDay": off}))
            })
            .collect();
        assert_eq!(days.len(), 39);
        let papers = ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"];
        serde_json::json!({"$id": "x", "year": 2026, "papers": papers, "days": days}).to_string()
    }

    #[test]
    fn a_real_notice_reads_and_writes_the_same_days() {
        let notice = Notice::read(&json(), &["国办发明电〔2025〕7号".into()], 2027).expect("sound");
        let unquoted = notice.yaml().replace('"', "");
        let ours = include_str!("../../../data/law/calendar/2026.yml");
        let body = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(body(&unquoted), body(ours));
        assert_eq!(notice.overview().len(), HOLIDAYS.len());
    }

    #[test]
    fn what_cannot_be_right_is_refused() {
        let sound = json();
        for (from, to, told) in [
            ("2026-01-04", "2026-01-05", "不是周末"),
            ("2026-01-02", "2026-01-01", "出现两次"),
            ("2026-06-19", "2025-06-19", "不在 2026 年"),
            ("\"端午节\"", "\"中秋节\"", "没有端午节"),
            ("2026-10-01", "2026-10-08", "10 月 1 日没有放假"),
            ("https://", "ftp://", "papers"),
            ("\"year\":2026", "\"year\":2029", "不可能已经发布"),
            ("isOffDay\":false", "isOffDay\":true", "不合常理"),
            ("\"清明节\"", "\"清明节: {x}\"", "名称有误"),
            ("\"days\":[", "\"days\":[7,", "JSON"),
        ] {
            let broken = sound.replace(from, to);
            assert_ne!(broken, sound, "{from}");
            let (zh, en) = Notice::read(&broken, &[], 2027).expect_err(told);
            assert!(zh.contains(told) && !en.is_empty(), "{told}: {zh}");
        }
        let number = Notice::read(&sound, &["7号\n".into()], 2027).expect_err("a faulty number");
        assert!(number.0.contains("文号"));
    }
}
