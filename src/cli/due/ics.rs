//! The clocks as an iCalendar file (RFC 5545): one all-day event a last day, for any calendar program.
//!
//! An event's UID is made of a digest of what is public of the case: its kind, its number and the duty.
//! Officers are not named.

use std::collections::BTreeMap;

use crate::diag::Lang;
use crate::law::Day;
use crate::ledger::Digest;

use super::clock::{Clock, Duty, Status};

/// Octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// Hexadecimal characters of a digest that a UID takes.
const UID: usize = 32;

/// The whole calendar. Clocks without a known day have no event.
pub(super) fn ics(bureau: &str, today: Day, clocks: &[Clock], lang: Lang) -> String {
    let mut out = Lines::default();
    let name = if lang == Lang::Zh { "公示期限" } else { "Disclosure clocks" };
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongshi//due//ZH", "CALSCALE:GREGORIAN"]
    {
        out.line(line);
    }
    out.line("METHOD:PUBLISH");
    out.line(&format!("X-WR-CALNAME:{}", escaped(&format!("{bureau} {name}"))));
    let mut seen = BTreeMap::new();
    for clock in clocks {
        if let Some(due) = clock.due {
            event(&mut out, today, (clock, due), &mut seen, lang);
        }
    }
    out.line("END:VCALENDAR");
    out.0
}

fn event(
    out: &mut Lines,
    today: Day,
    (clock, due): (&Clock, Day),
    seen: &mut BTreeMap<String, usize>,
    lang: Lang,
) {
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", uid(clock, seen)));
    out.line(&format!("DTSTAMP:{}T000000Z", basic(today)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", basic(due)));
    out.line(&format!("DTEND;VALUE=DATE:{}", basic(due.next())));
    out.line(&format!("SUMMARY:{}", escaped(&summary(clock, lang))));
    if let Some(derivation) = &clock.derivation {
        out.line(&format!("DESCRIPTION:{}", escaped(derivation.text(clock, lang).trim())));
    }
    let status = if clock.provisional { "TENTATIVE" } else { "CONFIRMED" };
    out.line(&format!("STATUS:{status}"));
    out.line("TRANSP:TRANSPARENT");
    out.line(if lang == Lang::Zh {
        "CATEGORIES:法定期限"
    } else {
        "CATEGORIES:STATUTORY CLOCK"
    });
    out.line("END:VEVENT");
}

/// The same clock keeps its UID from run to run, whatever its day: a moved day moves the event.
fn uid(clock: &Clock, seen: &mut BTreeMap<String, usize>) -> String {
    // Officers' events are told apart by their dates and their order, not by anything of the person.
    let what = if clock.duty == Duty::Certificate {
        clock.due.map_or_else(String::new, |day| day.to_string())
    } else {
        clock.what.clone()
    };
    let base = format!("{}\u{0}{what}", clock.duty.id());
    let times = seen.entry(base.clone()).or_default();
    *times += 1;
    let digest = Digest::of_all(&[base.as_bytes(), &times.to_be_bytes()]).to_string();
    format!("{}@gongshi", digest.get(..UID).unwrap_or_default())
}

fn summary(clock: &Clock, lang: Lang) -> String {
    let what = if clock.duty == Duty::Certificate { "" } else { clock.what.as_str() };
    let late = clock.status == Status::Late;
    let late = if late { format!("【{}】", clock.status.word(lang)) } else { String::new() };
    let mark = match (clock.provisional, lang) {
        (true, Lang::Zh) => "（暂定）",
        (true, Lang::En) => " (provisional)",
        (false, _) => "",
    };
    format!("{late}{} {what}{mark}", clock.duty.word(lang)).trim().to_owned()
}

/// `20260228`.
fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A value of type TEXT.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines: folded at 75 octets, never inside a character, each ended by CRLF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        let mut taken = 0;
        for c in line.chars() {
            if taken + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                taken = 1; // The space counts.
            }
            self.0.push(c);
            taken += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        let text = format!("SUMMARY:{}", "示例a".repeat(60));
        lines.line(&text);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(lines.0.replace("\r\n ", "").trim_end(), text);
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
