//! Buckets: the battery for each maker, headers of files, and what goes wrong.

use std::time::Duration;

use super::super::objects::{Keys, Objects};
use super::super::{Patience, transport};
use super::bucket::{BUCKET, Bucket, KEY_ID, KEY_SECRET, Maker, Mood};
use super::{SHORT, crowd, exercise, fails, secret};
use crate::publish::store::Store as _;
use crate::vocab::{Dialect, ObjectTarget};

const ALL: [(Maker, Dialect, &str); 4] = [
    (Maker::S3, Dialect::S3, "http://s3.example.gov.cn"),
    (Maker::Oss, Dialect::Oss, "http://oss-cn-beijing.aliyuncs.com"),
    (Maker::Cos, Dialect::Cos, "http://cos.ap-beijing.myqcloud.com"),
    (Maker::Obs, Dialect::Obs, "http://obs.cn-north-4.myhuaweicloud.com"),
];

fn open(store: &Bucket, n: usize, key: &str, patience: Patience) -> Objects {
    let (_, dialect, endpoint) = ALL[n];
    let target = ObjectTarget {
        dialect,
        endpoint: endpoint.into(),
        region: "cn-north-1".into(),
        bucket: BUCKET.into(),
        prefix: "公示/".into(),
        access_key: secret(),
        secret_key: secret(),
        token: None,
    };
    let keys = Keys { id: KEY_ID.into(), secret: key.into(), token: None };
    let line = transport::Line::to(store.place, patience);
    Objects::new(&target, &keys, line).expect("opened")
}

#[test]
fn each_store_does_what_it_must_and_signs() {
    for (n, (maker, _, _)) in ALL.into_iter().enumerate() {
        let bucket = Bucket::open(maker);
        let store = open(&bucket, n, KEY_SECRET, SHORT);
        exercise(&store);
        crowd(&store);
        store.write("a b/首页.html", b"x").expect("written");
        let page = bucket.file("公示/a b/首页.html").expect("below the prefix");
        assert_eq!(page.content_type, "text/html; charset=utf-8");
        assert_eq!(page.cache_control, "no-cache");
        store.write("style.css", b"x").expect("written");
        assert_eq!(
            bucket.file("公示/style.css").expect("there").cache_control,
            "public, max-age=86400"
        );
        assert_eq!(bucket.wrong(), Vec::<String>::new(), "{maker:?}");
        assert!(!store.shown("a.html").contains(KEY_ID));
        fails(&open(&bucket, n, "hunter1", SHORT), false, "SignatureDoesNotMatch");
        assert!(bucket.wrong().len() >= 4);
    }
}

#[test]
fn a_store_that_ails_is_told_from_one_that_refuses() {
    let brief = Patience { connect: Duration::from_secs(1), answer: Duration::from_millis(700) };
    let bucket = Bucket::open(Maker::S3);
    let store = open(&bucket, 0, KEY_SECRET, brief);
    for (mood, again, word) in [
        (Mood::Says(503, "SlowDown"), true, "503 SlowDown"),
        (Mood::Says(507, "InsufficientStorage"), true, "空间不足"),
        (Mood::Says(400, "ExpiredToken"), false, "400 ExpiredToken"),
        (Mood::Says(403, "RequestTimeTooSkewed"), false, "RequestTimeTooSkewed"),
        (Mood::Says(404, "NoSuchBucket"), false, "NoSuchBucket"),
        (Mood::Says(301, "PermanentRedirect"), false, "endpoint"),
        (Mood::BreaksOff, true, "连接中断"),
        (Mood::Stalls, true, "超时"),
    ] {
        bucket.set(mood);
        fails(&store, again, word);
    }
    bucket.set(Mood::Well);
    exercise(&store);
}
