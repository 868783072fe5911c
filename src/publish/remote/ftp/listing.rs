//! What an FTP server lists, line by line. A line that makes no sense is no entry.

use suppaftp::list::ListParser;

use crate::publish::remote::tree::Entry;

/// A line of MLSD: facts, one blank, and the name (RFC 3659 7.2).
pub(super) fn by_machine(line: &str) -> Option<Entry> {
    let (facts, name) = line.trim_end_matches(['\r', '\n']).split_once(' ')?;
    let mut facts = facts.split(';').filter_map(|fact| fact.split_once('='));
    let kind = facts.find(|(fact, _)| fact.eq_ignore_ascii_case("type"))?.1.to_ascii_lowercase();
    match kind.as_str() {
        "dir" => Some(Entry::Folder(name.into())),
        "cdir" | "pdir" => None,
        _ => Some(Entry::File(name.into())),
    }
}

/// A line of LIST, as `ls -l` or as DOS writes it.
pub(super) fn by_hand(line: &str) -> Option<Entry> {
    let file = ListParser::parse_posix(line).or_else(|_| ListParser::parse_dos(line)).ok()?;
    match file.name() {
        "." | ".." => None,
        name if file.is_directory() => Some(Entry::Folder(name.into())),
        name => Some(Entry::File(name.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(entry: Option<Entry>) -> Option<(bool, String)> {
        entry.map(|entry| match entry {
            Entry::File(name) => (false, name),
            Entry::Folder(name) => (true, name),
        })
    }

    #[test]
    fn lines_of_all_servers_are_read() {
        let machine = |line| told(by_machine(line));
        assert_eq!(
            machine("type=file;size=3; 公示 一览.csv\r\n"),
            Some((false, "公示 一览.csv".into()))
        );
        assert_eq!(machine("Size=3;Type=dir; 2024"), Some((true, "2024".into())));
        assert_eq!(machine("type=cdir; ."), None);
        assert_eq!(machine("size=3; no-type"), None);
        let hand = |line| told(by_hand(line));
        let unix = "-rw-r--r--   1 ftp ftp  3 Nov 26 12:00 公示 一览.csv";
        assert_eq!(hand(unix), Some((false, "公示 一览.csv".into())));
        assert_eq!(
            hand("drwxr-xr-x   2 ftp ftp  3 Nov 26  2024 2024"),
            Some((true, "2024".into()))
        );
        assert_eq!(hand("drwxr-xr-x   2 ftp ftp  3 Nov 26  2024 .."), None);
        assert_eq!(hand("10-19-24  03:19PM  <DIR>  2024"), Some((true, "2024".into())));
        assert_eq!(hand("total 12"), None);
    }
}
