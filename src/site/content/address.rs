//! Addresses of pages made of content files.

/// Longest part of an address made of a file name, in bytes; longer ones are cut and told apart by a hash.
const LONGEST_PART: usize = 100;

/// Folder of the page for a file `stem` (path below `content/` without `.md`).
pub(super) fn folder_of(stem: &str, slug: Option<&str>) -> (String, bool) {
    let mut parts: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if let (Some(last), Some(slug)) = (parts.last_mut(), slug) {
        slug.clone_into(last);
    }
    let renamed = parts.iter().any(|p| !is_safe(p));
    let mut safe: Vec<String> = parts.iter().map(|p| safe_name(p)).collect();
    if safe.last().is_some_and(|l| l == "index") {
        safe.pop();
    }
    let mut folder = safe.join("/");
    if !folder.is_empty() {
        folder.push('/');
    }
    (folder, renamed)
}

/// Whether a name can be a part of an address as it stands.
pub(super) fn is_safe(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

/// The name with everything but `a-z 0-9 - _` written as hexadecimal code points.
fn safe_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            ' ' | '.' => out.push('-'),
            c => out.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    if out.len() > LONGEST_PART {
        // FNV-1a, so that two long names stay two addresses.
        let hash =
            name.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
        out.truncate(LONGEST_PART - 9);
        out.push_str(&format!("-{hash:08x}"));
    }
    if out.is_empty() { "x".into() } else { out }
}
