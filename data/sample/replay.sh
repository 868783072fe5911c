#!/bin/sh
# Replays the sample's history: one build per drop, on the day of that drop, each with all drops up
# to it. The ledger that comes out is the one committed at the repository's root. Days of first
# publication are minted by these builds and by nothing else.
#
# usage: data/sample/replay.sh          (from anywhere; binary in $GONGSHI, default target/release/gongshi)
set -eu

days='
2025-01-10 2025-02-07 2025-03-14 2025-04-11 2025-05-16 2025-06-13 2025-07-18 2025-08-15
2025-09-19 2025-10-13 2025-11-14 2025-12-19
2026-01-16 2026-02-27 2026-03-20 2026-04-17 2026-05-14 2026-06-18 2026-07-17 2026-08-14
2026-09-18 2026-10-12 2026-11-20
'

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
gongshi=${GONGSHI:-$root/target/release/gongshi}
case $gongshi in /*) ;; *) gongshi=$(pwd)/$gongshi ;; esac
[ -x "$gongshi" ] || { echo "replay: no program at $gongshi; build it first" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir "$work/drops"

# The table above and the folders must be the same list: a drop that is never built has no history.
listed=$(printf '%s\n' $days)
present=$(cd "$root/data/sample/drops" && ls)
[ "$listed" = "$present" ] || { echo "replay: the table of days and data/sample/drops differ" >&2; exit 1; }

rm -rf "$root/ledger"
for day in $days; do
    cp -R "$root/data/sample/drops/$day" "$work/drops/$day"
    echo "replay: $day" >&2
    "$gongshi" build --root "$root" --drops "$work/drops" --out "$work/public" --as-of "$day" >"$work/said" 2>&1 || {
        code=$?
        cat "$work/said" >&2
        echo "replay: the build of $day ended with $code" >&2
        exit "$code"
    }
done
echo "replay: done; the ledger stands in $root/ledger" >&2
