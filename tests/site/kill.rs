//! Death at any moment: after a kill the site is the whole old or the whole new one, and the next build
//! ends what was begun.

use std::time::{Duration, Instant};

use crate::support::{Row, Site, TODAY, csv, has_strace};

const KILLS: u32 = 200;

#[test]
fn a_kill_leaves_the_old_or_the_new_state() {
    let rows = |n| csv(&(1..=n).map(Row::sound).collect::<Vec<_>>());
    let goal = Site::new();
    goal.write("drops/a/a.csv", rows(5)).build().ends(0);
    let old = (goal.site(), goal.ledger());
    goal.write("drops/b/b.csv", rows(10));
    let before = goal.copy();
    let begin = Instant::now();
    goal.build().ends(0);
    let full = begin.elapsed();
    let new = (goal.site(), goal.ledger());

    let (mut stayed, mut changed) = (0, 0);
    for kill in 0..KILLS {
        let site = before.copy();
        kill_after(&site, full * kill / KILLS);
        let found = site.site();
        assert!(found == old.0 || found == new.0, "kill {kill}: a mixture stands");
        if found == new.0 {
            changed += 1;
        } else {
            stayed += 1;
        }
        site.build().ends(0);
        assert!(
            site.site() == new.0 && site.ledger() == new.1,
            "kill {kill}: the next build repairs"
        );
        assert!(!site.path(".public.next").exists() && !site.path("ledger/.next").exists());
    }
    assert!(stayed > 0, "no kill came before the change: the test shows nothing");
    let _ = changed;
}

fn kill_after(site: &Site, wait: Duration) {
    let mut command = site.command(&["build", "--as-of", TODAY]);
    let null = std::process::Stdio::null;
    let mut child = command.stdout(null()).stderr(null()).spawn().expect("the program starts");
    std::thread::sleep(wait);
    // It may have ended already.
    let _ = child.kill();
    child.wait().expect("the program is waited for");
}

#[test]
fn two_at_once_do_not_mix() {
    let site = Site::new();
    let rows: Vec<Row> = (1..=200).map(Row::sound).collect();
    site.write("drops/a/a.csv", csv(&rows));
    let mut one = site.command(&["build", "--as-of", TODAY]).spawn().expect("starts");
    let mut two = site.command(&["build", "--as-of", TODAY]).spawn().expect("starts");
    let codes = [one.wait().expect("ends").code(), two.wait().expect("ends").code()];
    assert!(codes.contains(&Some(0)), "{codes:?}");
    assert!(codes.iter().all(|c| matches!(c, Some(0 | 1))), "{codes:?}");
    site.build().ends(0);
    site.run(&["log", "verify"]).ends(0).says("200");
}

#[test]
fn a_full_disk_after_the_point_of_no_return_is_mended_by_the_next_run() {
    if !has_strace() {
        return;
    }
    let rows = |n| csv(&(1..=n).map(Row::sound).collect::<Vec<_>>());
    let goal = Site::new();
    goal.write("drops/a/a.csv", rows(3)).build().ends(0);
    goal.write("drops/b/b.csv", rows(6)).build().ends(0);
    let site = Site::new();
    site.write("drops/a/a.csv", rows(3)).build().ends(0);
    site.write("drops/b/b.csv", rows(6));
    site.run_without_log("ENOSPC", &["build"]);
    site.build().ends(0);
    assert!(site.site() == goal.site() && site.ledger() == goal.ledger());
    site.run(&["log", "verify"]).ends(0).says("6");
}
