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
pub(super) fn safe_name(name: &str) -> String {
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

/// An address with its `%E4` and the like as the bytes they stand for.
pub(super) fn unescaped(dest: &str) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(dest.len()), dest.as_bytes());
    while let [first, after @ ..] = rest {
        let byte = match after {
            [a, b, ..] if *first == b'%' => {
                std::str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&out).into_owned()
}
