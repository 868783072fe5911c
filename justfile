# Short names for the commands a developer types. Everything here also works without just.

# fmt, lints, documentation
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --document-private-items

# all tests, with the browser
test:
    tests/run

# the demonstration site in a browser, with pictures of every kind of page in target/gallery/
gallery:
    tests/gallery

# write down again what the tests compare with; then read the difference
bless:
    BLESS=1 cargo test
    git diff --stat

# build the demonstration site and show it on this machine
demo:
    cargo run --release -- build
    cargo run --release -- serve

# the sample's history from its first drop
replay:
    cargo build --release
    data/sample/replay.sh

# the benches; figures go to docs/PERFORMANCE.md
bench:
    cargo bench
