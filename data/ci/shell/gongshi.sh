#!/bin/sh
# 从数据批次到门户，一步一步：GitHub、GitLab、Gitee Go、云效、cron、systemd 都调用这一个文件。
#
# 用法：sh ci/gongshi.sh 步骤 …        依次执行，前一步不成，后一步不做
#   pull      更新站点目录（它是仓库的克隆）
#   check     检查；有扣留、有逾期只提醒，其他问题停下
#   review    有待复核的就提醒；GONGSHI_REVIEW=stop 则停下
#   build     生成并审计网站；mark 记下它由哪些说明文字、设置和主题生成（build 已含）
#   diff      列出要发布的变动；变动过多时停下
#   approved  核对网站就是批准的那一份（GONGSHI_APPROVED 为 public/manifest.json 的 SHA-256）
#   publish   发布；verify 核对线上；receipt 把回执提交到仓库
#   expire    期满的案件撤出：不读新数据，只在现有网站已经发布到 GONGSHI_TARGET、内容没有改过时才做
#   due       列出期限：只有案件编号和日期
#   drop      相当于 pull check review build diff；release 相当于 approved publish verify receipt
#
# 环境变量：
#   GONGSHI          程序，默认 gongshi
#   GONGSHI_ROOT     站点目录，默认为本文件上一级目录的上一级
#   GONGSHI_DROPS    数据批次的文件夹，不在任何仓库里
#   GONGSHI_TARGET   site.yml 的 targets 中的名称
#   GONGSHI_CONFIRM  写 yes：变动过多已经核实
#   GONGSHI_FIGURES  写件数和校验值的文件；GONGSHI_SUMMARY 写摘要的文件；GONGSHI_DUE 写期限的文件
#
# 退出码与 gongshi 相同。输出里只有件数、案件编号、日期、文件位置和检查名称，没有单元格的内容。
set -eu

gongshi=${GONGSHI:-gongshi}
root=${GONGSHI_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}

# 运行一条命令；开头列出的退出码只提醒。
allowing() {
    allowed=$1
    shift
    code=0
    "$@" || code=$?
    case " 0 $allowed " in
        *" $code "*) [ "$code" = 0 ] || echo "提醒：退出码 $code" >&2 ;;
        *) exit "$code" ;;
    esac
}

# 没有网站时什么也不说，并以非 0 结束。
digest() {
    sum=$(sha256sum <"$root/public/manifest.json" 2>/dev/null) || return 1
    [ "${#sum}" -ge 64 ] || return 1
    echo "${sum%% *}"
}

# 除数据批次以外，网站由哪些内容生成：说明文字、设置、主题。复核决定只管批次，不算。
inputs() {
    (
        cd "$root" || exit 1
        find site.yml content data themes -type f ! -path data/review.yml -exec sha256sum {} + 2>/dev/null | LC_ALL=C sort
    ) | sha256sum
}

step() {
    case "$1" in
        pull) git -C "$root" pull --ff-only --quiet ;;
        check)
            allowing "1 3 5" "$gongshi" check --root "$root" --drops "$GONGSHI_DROPS" \
                --summary "${GONGSHI_SUMMARY:-/dev/null}"
            ;;
        review)
            # 有待复核的案件本身扣留着，不会发布；停不停由本单位定。
            if [ "${GONGSHI_REVIEW:-}" = stop ]; then allowed=; else allowed=4; fi
            allowing "$allowed" "$gongshi" review --root "$root" --drops "$GONGSHI_DROPS"
            ;;
        build)
            "$gongshi" build --root "$root" --drops "$GONGSHI_DROPS" --figures "${GONGSHI_FIGURES:-/dev/null}"
            step mark
            ;;
        mark)
            mkdir -p "$root/report"
            inputs >"$root/report/build.inputs"
            ;;
        diff)
            if [ "${GONGSHI_CONFIRM:-}" = yes ]; then
                "$gongshi" diff --root "$root" --drops "$GONGSHI_DROPS" --to "$GONGSHI_TARGET" --confirm-mass-change
            else
                "$gongshi" diff --root "$root" --drops "$GONGSHI_DROPS" --to "$GONGSHI_TARGET"
            fi
            ;;
        approved)
            sum=$(digest)
            if [ -z "$sum" ] || [ "$sum" != "${GONGSHI_APPROVED:-}" ]; then
                echo "批准之后网站又变了（或者没有给出 GONGSHI_APPROVED），请重新运行" >&2
                exit 1
            fi
            ;;
        publish)
            if [ "${GONGSHI_CONFIRM:-}" = yes ]; then
                "$gongshi" publish --root "$root" --drops "$GONGSHI_DROPS" --to "$GONGSHI_TARGET" --yes --confirm-mass-change
            else
                "$gongshi" publish --root "$root" --drops "$GONGSHI_DROPS" --to "$GONGSHI_TARGET" --yes
            fi
            ;;
        verify) "$gongshi" verify --root "$root" "$GONGSHI_TARGET" ;;
        receipt) receipt ;;
        expire) expire ;;
        due) due ;;
        drop) for each in pull check review build diff; do step "$each"; done ;;
        release) for each in approved publish verify receipt; do step "$each"; done ;;
        *)
            echo "没有这个步骤：$1" >&2
            exit 2
            ;;
    esac
}

# 只提交回执：台账里有不予公开案件的文号，留在本机，另行备份。
receipt() {
    git -C "$root" add -- ledger/receipts.jsonl
    if ! git -C "$root" diff --cached --quiet -- ledger/receipts.jsonl; then
        git -C "$root" commit --quiet -m "发布回执" -- ledger/receipts.jsonl
        git -C "$root" push --quiet
    fi
}

# 现有网站若还没有发布到这个目标，里面就有没有批准的内容：那就等它批准，期满的随它一起撤出。上一次撤出时生成而没有
# 发布成的除外。说明文字、设置、主题在生成之后改过的，也要等批准：重新生成会把改过的带出去。
expire() {
    if [ ! -f "$root/public/manifest.json" ] && [ ! -s "$root/ledger/receipts.jsonl" ]; then
        echo "还没有网站" >&2
        return 0
    fi
    stands=$(digest) || {
        echo "发布过网站，而 $root/public 里没有或者读不了，请查看" >&2
        return 1
    }
    own="$root/report/expire.sha256"
    if ! grep -F '"deed":"published"' "$root/ledger/receipts.jsonl" 2>/dev/null |
        grep -F "\"target\":\"$GONGSHI_TARGET\"" | grep -q -F "$stands" &&
        ! grep -q -x -F "$stands" "$own" 2>/dev/null; then
        echo "现有网站尚未发布，期满的案件随下一次发布撤出" >&2
        return 0
    fi
    if [ "$(inputs)" != "$(cat "$root/report/build.inputs" 2>/dev/null)" ]; then
        echo "说明文字、设置或者主题在上次生成之后改过，期满的案件随下一次发布撤出" >&2
        return 0
    fi
    none=$(mktemp -d)
    code=0
    "$gongshi" build --root "$root" --drops "$none" || code=$?
    rmdir "$none"
    [ "$code" = 0 ] || exit "$code"
    mkdir -p "$root/report"
    digest >"$own"
    for each in publish verify receipt; do step "$each"; done
}

# 逾期的（3、5）写出之后才算失败。
due() {
    # 不写成 >/dev/stdout：输出是文件的，那样会把它清空。
    if [ -n "${GONGSHI_DUE:-}" ]; then exec 3>"$GONGSHI_DUE"; else exec 3>&1; fi
    "$gongshi" due --root "$root" --drops "$GONGSHI_DROPS" --ids-only --no-color >&3
}

# 同一台机器上一次只走一个：核对和发布之间，别的流程不能换掉网站。
if command -v flock >/dev/null && [ -z "${GONGSHI_LOCKED:-}" ]; then
    mkdir -p "$root/report"
    GONGSHI_LOCKED=1 exec flock "$root/report/steps.lock" sh "$0" "$@"
fi

[ $# -gt 0 ] || {
    sed -n '2,/^set -eu/{/^#/p;}' "$0"
    exit 2
}
for each in "$@"; do
    step "$each"
done
