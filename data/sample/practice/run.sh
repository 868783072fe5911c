#!/bin/sh
# Practises on one folder: copies this repository's site root without its ledger and drops, lays the folder
# over it, builds on the day of each of its drops in turn, and on the last day asks `check`, `due` and
# `review` first.
#
# A folder named for a day is a drop. Any other file goes into the site root at the same path; FILE.sed is
# applied to the FILE that stands there; before.sh is run in the root ahead of the last day's commands.
# A folder without a drop gets the sound cases of cases/2026-03-04.
#
# usage: data/sample/practice/run.sh FOLDER [WORK [VERB...]]
#   VERBs are those of the last day, all four by default.
#   WORK is kept, so that its public/ can be read; without it all is thrown away.
#   The binary is $GONGSHI, by default target/release/gongshi.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../../.." && pwd)
[ $# -ge 1 ] && [ -d "$1" ] || { echo "usage: $0 FOLDER [WORK]" >&2; exit 2; }
from=$(CDPATH='' cd -- "$1" && pwd)
gongshi=${GONGSHI:-$root/target/release/gongshi}
case $gongshi in /*) ;; *) gongshi=$(pwd)/$gongshi ;; esac
[ -x "$gongshi" ] || { echo "practice: no program at $gongshi; build it first" >&2; exit 2; }

if [ $# -ge 2 ]; then
    mkdir -p "$2"
    work=$(CDPATH='' cd -- "$2" && pwd)
    shift 2
else
    shift
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT INT TERM
fi
[ $# -gt 0 ] || set -- check due review build

cp -R "$root/site.yml" "$root/content" "$root/themes" "$work/"
mkdir -p "$work/data" "$work/drops"
for part in "$root"/data/*; do
    [ "$part" = "$root/data/sample" ] || cp -R "$part" "$work/data/"
done

(cd "$from" && find . -type f ! -path './20[0-9][0-9]-*' | sort) | while read -r file; do
    case $file in
    ./before.sh) ;;
    *.sed)
        sed -f "$from/$file" "$work/${file%.sed}" >"$work/.edited"
        mv "$work/.edited" "$work/${file%.sed}"
        ;;
    *)
        mkdir -p "$(dirname "$work/$file")"
        cp "$from/$file" "$work/$file"
        ;;
    esac
done

drops=$from
days=$(ls "$drops" | grep '^20[0-9][0-9]-' || true)
[ -n "$days" ] || { drops=$here/cases; days=2026-03-04; }
last=$(printf '%s\n' "$days" | tail -n 1)
# A verb's exit code is told, and stops nothing: what is found is the point.
say() {
    echo "== gongshi $*"
    code=0
    "$gongshi" "$@" --root "$work" 2>&1 || code=$?
    echo "== exit $code"
}
for day in $days; do
    cp -R "$drops/$day" "$work/drops/$day"
    if [ "$day" = "$last" ]; then
        [ ! -f "$from/before.sh" ] || (cd "$work" && sh "$from/before.sh")
        for verb in "$@"; do
            case $verb in
            due | review) say "$verb" --as-of "$day" --format github ;;
            *) say "$verb" --as-of "$day" ;;
            esac
        done
    else
        say build --as-of "$day"
    fi
done
