//! Random lives of cases against the model: drops, orders, days, and everything read again. After each run
//! states, first days, versions and counts agree, and nothing of what is down is left in the ledger; after
//! the last, nothing of it is left in the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::clearance::{CaseKind, Count, Disclosure, RecordKey};
use crate::cli::clock;
use crate::diag::Place;
use crate::law::Day;
use crate::ledger::{LineHead, NEXT};
use crate::publish;
use crate::vocab::{Act, Ground};

use super::model::{Life, Order, Says, Version};
use super::*;

/// Cases of a life.
const CASES: u8 = 4;
/// Days of one life begin here.
const FIRST: &str = "2024-05-20";

/// One thing that happens; each is one run.
#[derive(Clone, Debug)]
enum Step {
    /// A new drop speaks of a case; its disclosure ends so many days later.
    Drop(u8, u8, u8, u32),
    /// A drop holds or withholds it.
    Keep(u8, bool),
    /// A row or a command: case, act, age of the document in days, replacement, by hand.
    Order(u8, Act, u32, Option<u8>, bool),
    /// Days pass.
    Days(u32),
    /// Every drop is read again.
    Again,
}

fn act() -> impl Strategy<Value = Act> {
    let ground = (0..Ground::ALL.len()).prop_map(|i| Act::TakeDown(Ground::ALL[i]));
    prop_oneof![3 => ground, 2 => Just(Act::Reinstate)]
}

fn step() -> impl Strategy<Value = Step> {
    let case = 0..CASES;
    prop_oneof![
        4 => (case.clone(), 0..2_u8, 0..6_u8, 1..90_u32)
            .prop_map(|(c, facts, fine, days)| Step::Drop(c, facts, u8::from(fine == 0), days)),
        1 => (case.clone(), any::<bool>()).prop_map(|(c, held)| Step::Keep(c, held)),
        5 => (case, act(), 0..4_u32, proptest::option::weighted(0.3, 0..CASES), any::<bool>())
            .prop_map(|(c, act, age, by, hand)| Step::Order(c, act, age, by, hand)),
        2 => (1..20_u32).prop_map(Step::Days),
        1 => Just(Step::Again),
    ]
}

fn number(case: u8) -> String {
    format!("示城管罚决字〔2024〕第{}号", u32::from(case) + 11)
}

/// What tells the case's text, and its version.
fn marker(case: u8) -> String {
    format!("青标{case}甲")
}

fn disclosure(case: u8, version: Version) -> Disclosure {
    let fine = 500_000 + u32::from(version.fine) * 100_000;
    let json = format!(
        r#"{{"kind":"penalty","number":"{}","party":"示例{}有限公司","party_kind":"organization","violation":"占道经营",
        "facts":"{}第{}稿。","basis":"《城市道路管理条例》第四十二条","kinds":["fine"],"content":"罚款","fine":{fine},
        "organ":"示例市清源区城市管理局","decided_on":"{FIRST}","until":"{}"}}"#,
        number(case),
        marker(case),
        marker(case),
        version.facts,
        version.until,
    );
    readmit(&json).expect("an invented disclosure")
}

fn key(case: u8) -> RecordKey {
    let (organ, party) = (String::new(), String::new());
    RecordKey { kind: CaseKind::Penalty, organ, number: number(case), party }
}

/// A world of cases, in the ledger and in the model.
struct World<'r> {
    dir: tempfile::TempDir,
    root: &'r mut Root,
    start: Day,
    passed: u32,
    today: Day,
    lives: Vec<Life>,
    drops: Vec<(u8, Says)>,
    rows: Vec<Order>,
}

/// What one run is given.
#[derive(Default)]
struct Given {
    /// Numbers of drops.
    drops: Vec<usize>,
    rows: Vec<Order>,
    by_hand: Vec<Order>,
}

/// A bureau for all lives: the law is read once.
fn bureau(dir: &Path) -> Root {
    let flag = dir.to_string_lossy().into_owned();
    let args = ["gongshi", "check", "--as-of", FIRST, "--root", &flag];
    Root::open(&Cli::try_parse_from(args).expect("flags").common).expect("a root")
}

impl<'r> World<'r> {
    fn new(root: &'r mut Root) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        root.dir = dir.path().to_path_buf();
        let lives = (0..CASES).map(|_| Life::new()).collect();
        let start = Day::iso(FIRST).expect("a day");
        let passed = 4;
        let today = start.plus_days(passed).expect("a day");
        Self { dir, root, start, passed, today, lives, drops: Vec::new(), rows: Vec::new() }
    }

    fn step(&mut self, step: &Step) {
        let mut given = Given::default();
        match step.clone() {
            Step::Days(days) => {
                self.passed += days;
                self.today = self.start.plus_days(self.passed).expect("a day");
            }
            Step::Drop(case, facts, fine, days) => {
                let until = self.today.plus_days(days).expect("a day");
                self.drops.push((case, Says::Ready(Version { facts, fine, until })));
                given.drops.push(self.drops.len() - 1);
            }
            Step::Keep(case, held) => {
                self.drops.push((case, if held { Says::Hold } else { Says::Withhold }));
                given.drops.push(self.drops.len() - 1);
            }
            Step::Order(case, act, age, replaced_by, by_hand) => {
                let on = self.start.plus_days(self.passed - age).expect("a day");
                let order = Order { case, act, on, replaced_by };
                if by_hand {
                    given.by_hand.push(order);
                } else {
                    self.rows.push(order);
                    given.rows.push(order);
                }
            }
            Step::Again => {
                given.drops = (0..self.drops.len()).collect();
                given.rows = self.rows.clone();
            }
        }
        self.run(&given);
    }

    /// One run of both, compared.
    fn run(&mut self, given: &Given) {
        let unlawful = self.imagine(given);
        let settled = self.settle(given);
        let found = settled.findings.iter().filter(|f| f.check == "unlawful-transition").count();
        assert_eq!(found, unlawful, "unlawful orders");
        self.compare(&settled);
        publish::commit(settled.staged, None).expect("a commit");
        self.assert_no_trace();
    }

    /// What should happen; how many orders are unlawful.
    fn imagine(&mut self, given: &Given) -> usize {
        let mut last: BTreeMap<u8, Says> = BTreeMap::new();
        last.extend(given.drops.iter().map(|i| self.drops[*i]));
        for (case, says) in last {
            self.lives[usize::from(case)].claim(says);
        }
        let mut unlawful = 0;
        // Of rows given together the older document goes first, and a takedown before what sets it aside.
        let by_day = |orders: &[Order]| {
            let mut orders = orders.to_vec();
            orders.sort_by_key(|order| (order.on, order.act == Act::Reinstate));
            orders
        };
        for order in by_day(&given.rows).iter().chain(&by_day(&given.by_hand)) {
            let life = &mut self.lives[usize::from(order.case)];
            if life.state.is_some() {
                unlawful += usize::from(!life.order(*order));
            }
        }
        let today = self.today;
        self.lives.iter_mut().for_each(|life| life.close(today));
        unlawful
    }

    fn settle(&mut self, given: &Given) -> Settled {
        self.root.today = clock::today(Some(self.today)).expect("a day");
        let dir = self.root.ledger();
        let ledger = Ledger::open(&dir).expect("a ledger");
        let rules = (&self.root.law, &self.root.retention);
        let aside = dir.join(NEXT);
        let mut settling =
            Settling::begin(ledger, &aside, rules, self.root.today).expect("a settlement");
        for i in &given.drops {
            settling.take(self.record(*i)).expect("a record is taken");
        }
        let order = |o: &Order, at: &str| self.order(*o, at);
        let orders = given.rows.iter().map(|o| order(o, "撤销.csv")).collect();
        settling.apply(&Report { orders, ..Report::default() }).expect("claims");
        let by_hand: Vec<TakedownOrder> = given.by_hand.iter().map(|o| order(o, "hand")).collect();
        settling.orders(&by_hand, "command");
        settling.finish();
        ledger::close(settling, &aside, self.today).expect("a next state")
    }

    fn record(&self, drop: usize) -> ClearedRecord {
        let (case, says) = self.drops[drop];
        let fate = match says {
            Says::Hold => Fate::Held(vec!["missing-field"]),
            Says::Withhold => Fate::Withheld(crate::vocab::WithholdGround::Decided),
            Says::Ready(version) => Fate::Ready {
                disclosure: Box::new(disclosure(case, version)),
                watch: Watch::invented(&[], &[]),
            },
        };
        let count = Count { on: Day::iso(FIRST), fen: 500_000, ..Count::default() };
        let file: Arc<str> = "处罚.csv".into();
        ClearedRecord {
            key: Some(key(case)),
            drop: format!("2024-{drop}").into(),
            count,
            fate,
            corrections: Vec::new(),
            place: Some(Place::row(&file, None, 2)),
            identity: None,
        }
    }

    fn order(&self, order: Order, file: &str) -> TakedownOrder {
        TakedownOrder {
            kind: CaseKind::Penalty,
            number: number(order.case),
            act: order.act,
            document: "示府复〔2024〕3号决定书".into(),
            authority: None,
            decided_on: order.on,
            effective_on: order.on,
            replaced_by: order.replaced_by.map(number),
            place: Place::File { file: file.into() },
            party: None,
            id: None,
        }
    }

    fn compare(&self, settled: &Settled) {
        let heads: BTreeMap<&str, &LineHead> =
            settled.cases.iter().map(|c| (c.head.key.number.as_str(), &c.head)).collect();
        let mut counts: BTreeMap<State, u64> = BTreeMap::new();
        for (case, life) in (0..CASES).zip(&self.lives) {
            let head = heads.get(number(case).as_str());
            assert_eq!(head.map(|h| h.state), life.state, "state of {case}");
            let (Some(head), Some(state)) = (head, life.state) else { continue };
            *counts.entry(state).or_default() += 1;
            assert_eq!(head.published_on, life.published_on, "first day of {case}");
            assert_eq!(head.gaps.len(), life.gaps, "gaps of {case}");
            assert_eq!(head.digest.is_some(), life.content.is_some(), "content of {case}");
            assert_eq!(
                head.until.filter(|_| life.content.is_some()),
                life.content.map(|c| c.until)
            );
            if state == State::Published {
                assert_eq!(head.revision, life.revision, "version of {case}");
            }
        }
        assert_eq!(ledger::states(&settled.cases), counts);
        assert_eq!(counts.values().sum::<u64>(), settled.cases.len() as u64);
    }

    /// The ledger keeps no text of a case that does not stand published.
    fn assert_no_trace(&self) {
        let text = std::fs::read_to_string(self.root.ledger().join("standings-2024.jsonl"));
        let text = text.unwrap_or_default();
        for (case, life) in (0..CASES).zip(&self.lives) {
            assert_eq!(text.contains(&marker(case)), life.content.is_some(), "text of {case}");
        }
    }

    /// Nor does the site.
    fn assert_site(&mut self) {
        let settled = self.settle(&Given::default());
        let out = self.dir.path().join("public");
        let timings = Timings::new(false);
        let (site, _) = stage_site(self.root, &settled, &[], &out, &timings).expect("a sound site");
        let files = publish::Manifest::of(&site.dir).expect("a manifest").files;
        for file in files {
            let body = std::fs::read(site.dir.join(&file.path)).expect("a file");
            let body = String::from_utf8_lossy(&body);
            for (case, life) in (0..CASES).zip(&self.lives) {
                let is_public = life.content.is_some();
                assert!(is_public || !body.contains(&marker(case)), "{} tells {case}", file.path);
                let is_named = body.contains(&number(case));
                let may = match life.state {
                    Some(State::Published) => true,
                    Some(State::TakenDown | State::Expired) => {
                        !file.path.ends_with("/index.html") || file.path.starts_with("chexia/")
                    }
                    _ => false,
                };
                assert!(may || !is_named, "{} names {case}, {:?}", file.path, life.state);
            }
        }
        publish::discard(&self.root.ledger(), &out);
    }
}

/// How many lives are lived, and of how many the site is printed.
const LIVES: u32 = 48;
const PRINTED: u32 = 6;

#[test]
fn every_life_is_as_the_model_says() {
    let home = site_root();
    let root = std::cell::RefCell::new(bureau(home.path()));
    let lived = std::cell::Cell::new(0_u32);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(LIVES) };
    let steps = proptest::collection::vec(step(), 1..24);
    let done = TestRunner::new(config).run(&steps, |steps| {
        let mut root = root.borrow_mut();
        let mut world = World::new(&mut root);
        steps.iter().for_each(|step| world.step(step));
        if lived.get().is_multiple_of(LIVES / PRINTED) {
            world.assert_site();
        }
        lived.set(lived.get() + 1);
        Ok(())
    });
    done.expect("every life agrees");
}
