//! The signatures that the store on loopback asks for, worked out as the services document them.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::{Asked, BUCKET, KEY_ID, KEY_SECRET, Maker};

/// Whether the request is signed as its service documents it.
pub(super) fn signed(asked: &Asked, maker: Maker) -> Result<(), String> {
    let given = asked.headers.get("authorization").ok_or("no signature")?;
    let (expected, told) = match maker {
        Maker::S3 => aws(asked, given)?,
        // The one signs a name as it is, the other as it is sent.
        Maker::Oss => {
            let path = decoded(&asked.path);
            (simple(asked, &path, ["OSS", "x-oss-", "continuation-token"]), given.clone())
        }
        Maker::Obs => (simple(asked, &asked.path, ["OBS", "x-obs-", "-"]), given.clone()),
        Maker::Cos => tencent(asked, given)?,
    };
    match expected == told {
        true => Ok(()),
        false => Err(format!("expected {expected}, given {told}")),
    }
}

/// AWS Signature Version 4: what the signature must be, and what it is.
fn aws(asked: &Asked, given: &str) -> Result<(String, String), String> {
    let rest = given.strip_prefix("AWS4-HMAC-SHA256 ").ok_or("another algorithm")?;
    let fields: BTreeMap<&str, &str> =
        rest.split(',').filter_map(|field| field.trim().split_once('=')).collect();
    let get = |name: &str| fields.get(name).copied().ok_or(format!("no {name}"));
    let scope = get("Credential")?.strip_prefix(&format!("{KEY_ID}/")).ok_or("another key")?;
    let names = get("SignedHeaders")?;
    let payload = &asked.headers["x-amz-content-sha256"];
    if payload != "UNSIGNED-PAYLOAD" && *payload != hex(&Sha256::digest(&asked.body)) {
        return Err("the body is another".into());
    }
    for needed in ["host", "x-amz-date", "x-amz-content-sha256"] {
        if !names.split(';').any(|name| name == needed) {
            return Err(format!("{needed} is not signed"));
        }
    }
    let mut query: Vec<String> = pairs(&asked.query)
        .into_iter()
        .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
        .collect();
    query.sort();
    let headers: String =
        names.split(';').map(|name| format!("{name}:{}\n", asked.headers[name])).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{headers}\n{names}\n{payload}",
        asked.method,
        encoded(&decoded(&asked.path)).replace("%2F", "/"),
        query.join("&")
    );
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
        asked.headers["x-amz-date"],
        hex(&Sha256::digest(canonical.as_bytes()))
    );
    let mut key = format!("AWS4{KEY_SECRET}").into_bytes();
    for part in scope.split('/') {
        key = sha256_mac(&key, part);
    }
    Ok((hex(&sha256_mac(&key, &text)), get("Signature")?.to_owned()))
}

/// The signature in a header that OSS and OBS share: `WORD id:base64(HMAC-SHA1(...))`.
fn simple(asked: &Asked, path: &str, [word, prefix, subresource]: [&str; 3]) -> String {
    let header = |name: &str| asked.headers.get(name).cloned().unwrap_or_default();
    let own: String = asked
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let signed: Vec<String> = pairs(&asked.query)
        .into_iter()
        .filter(|(name, _)| name == subresource)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let query = if signed.is_empty() { String::new() } else { format!("?{}", signed.join("&")) };
    let text = format!(
        "{}\n{}\n{}\n{}\n{own}/{BUCKET}{path}{query}",
        asked.method,
        header("content-md5"),
        header("content-type"),
        header("date")
    );
    format!("{word} {KEY_ID}:{}", base64(&sha1_mac(KEY_SECRET.as_bytes(), &text)))
}

/// The signature of COS: what it must be, and what it is.
fn tencent(asked: &Asked, given: &str) -> Result<(String, String), String> {
    let fields: BTreeMap<&str, &str> =
        given.split('&').filter_map(|field| field.split_once('=')).collect();
    let get = |name: &str| fields.get(name).copied().ok_or(format!("no {name}"));
    if get("q-ak")? != KEY_ID || get("q-sign-algorithm")? != "sha1" {
        return Err("another key".into());
    }
    let mut of_query: Vec<(String, String)> = pairs(&asked.query)
        .into_iter()
        .map(|(name, value)| (encoded(&name).to_lowercase(), encoded(&value)))
        .collect();
    of_query.sort();
    let names: Vec<&str> = of_query.iter().map(|(name, _)| name.as_str()).collect();
    if names.join(";") != get("q-url-param-list")? {
        return Err("not all of the query is signed".into());
    }
    let query: Vec<String> = of_query.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let headers: Vec<String> = get("q-header-list")?
        .split(';')
        .filter(|name| !name.is_empty())
        .map(|name| format!("{name}={}", encoded(&asked.headers[name])))
        .collect();
    let http = format!(
        "{}\n{}\n{}\n{}\n",
        asked.method.to_lowercase(),
        decoded(&asked.path),
        query.join("&"),
        headers.join("&")
    );
    let time = get("q-key-time")?;
    let key = hex(&sha1_mac(KEY_SECRET.as_bytes(), time));
    let text = format!("sha1\n{time}\n{}\n", hex(&Sha1::digest(http.as_bytes())));
    Ok((hex(&sha1_mac(key.as_bytes(), &text)), get("q-signature")?.to_owned()))
}

fn sha256_mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn sha1_mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("a key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let word =
            (0..3).fold(0_u32, |w, n| w << 8 | u32::from(three.get(n).copied().unwrap_or(0)));
        for n in 0..4 {
            let sign = SIGNS[(word >> (18 - 6 * n) & 63) as usize] as char;
            text.push(if n <= three.len() { sign } else { '=' });
        }
    }
    text
}

pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|p| p.split_once('=').unwrap_or((p, "")))
        .map(|(n, v)| (decoded(n), decoded(v)))
        .collect()
}

pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| u8::from_str_radix(&text[at + 1..at + 3], 16));
        match pair {
            Some(byte) => out.push(byte.expect("two digits")),
            None => out.push(bytes[at]),
        }
        at += if bytes[at] == b'%' { 3 } else { 1 };
    }
    String::from_utf8(out).expect("UTF-8")
}

pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let signs = text.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    signs.collect()
}
