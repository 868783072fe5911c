//! The search index of many cases, made on one thread; the making of the cases is measured with it.
//!
//! `cargo bench --bench search`. What the files came to is told after each.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stands outside the house")]

use divan::Bencher;
use gongshi::Indexing;

/// Most bytes of a file of the index.
const MOST_BYTES: usize = 50_000;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn index(bencher: Bencher<'_, '_>, cases: u64) {
    let told = Indexing::of(cases).expect("an index");
    assert!(told.largest <= MOST_BYTES, "{told:?}");
    println!(
        "{cases} cases: {} files, {} bytes, the largest {}",
        told.files, told.bytes, told.largest
    );
    bencher.bench(|| Indexing::of(cases).expect("an index").files);
}
