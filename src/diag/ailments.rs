//! Everything that can be wrong with a site root, in words for the person who keeps it.

use super::Severity::{Error, Notice, Warning};
use super::symptom::Part::{Launch, Ledger, Site};
use super::symptom::{Ailment, ailment};

/// Configuration or a rule file cannot be read: the launch part was not looked at.
pub(crate) static CONFIG_BROKEN: Ailment = ailment("config-broken", Launch, Error)
    .says(
        "站点配置或者规则文件不能读取，上线事项未检查",
        "configuration or a rule file cannot be read: the launch part was not looked at",
    )
    .remedy("按提示改正文件", "mend the file as told");
/// Another gongshi is using the ledger: not looked at.
pub(crate) static LOCK_HELD: Ailment = ailment("lock-held", Ledger, Error)
    .says(
        "另一个 gongshi 正在使用台账，未检查",
        "another gongshi is using the ledger: not looked at",
    )
    .remedy("等另一个 gongshi 结束后再查", "look again when the other gongshi is done");
/// The lock of the ledger cannot be written: no site can be built.
pub(crate) static LOCK_UNUSABLE: Ailment = ailment("lock-unusable", Ledger, Error)
    .says(
        "台账的锁文件不能写入，无法生成网站",
        "the lock of the ledger cannot be written: no site can be built",
    )
    .remedy(
        "把 ledger/ 的属主和权限改回运行 gongshi 的用户",
        "give ledger/ back to the user who runs gongshi",
    );
/// The ledger cannot be read: not all of it was looked at.
pub(crate) static LEDGER_UNREADABLE: Ailment = ailment("ledger-unreadable", Ledger, Error)
    .says("台账不能读取，未检查完", "the ledger cannot be read: not all of it was looked at")
    .remedy("检查磁盘和权限", "look at disk and permissions");
/// There is no ledger yet.
pub(crate) static LEDGER_ABSENT: Ailment = ailment("ledger-absent", Ledger, Notice)
    .says("还没有台账", "there is no ledger yet")
    .remedy("第一次 build 时建立", "the first build makes it");
/// The last line is torn.
pub(crate) static LOG_TORN: Ailment = ailment("log-torn", Ledger, Error)
    .says("末行被截断", "the last line is torn")
    .remedy("运行 gongshi log repair --yes", "run gongshi log repair --yes");
/// Unreadable.
pub(crate) static LOG_UNREADABLE: Ailment =
    ailment("log-unreadable", Ledger, Error).says("无法识别", "unreadable").remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// Content does not fit its digest.
pub(crate) static LOG_DIGEST: Ailment = ailment("log-digest", Ledger, Error)
    .says("内容与摘要不符", "content does not fit its digest")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// Does not continue the line before: a line is missing, repeated or out of order.
pub(crate) static LOG_CHAIN: Ailment = ailment("log-chain", Ledger, Error)
    .says(
        "与上一行不相接：缺行、重复或者换了顺序",
        "does not continue the line before: a line is missing, repeated or out of order",
    )
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The log is damaged: it was not compared with the cases.
pub(crate) static NOT_COMPARED: Ailment = ailment("not-compared", Ledger, Notice)
    .says("日志有损坏，未与各案件比对", "the log is damaged: it was not compared with the cases")
    .remedy("修复日志后再查", "mend the log, then look again");
/// Unreadable or cut off.
pub(crate) static STANDING_UNREADABLE: Ailment = ailment("standing-unreadable", Ledger, Error)
    .says("无法识别或者被截断", "unreadable or cut off")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The public content does not fit its digest.
pub(crate) static STANDING_CONTENT: Ailment = ailment("standing-content", Ledger, Error)
    .says("公示内容与所记摘要不符", "the public content does not fit its digest")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// Content of a case that is not public, or none of one that is.
pub(crate) static STANDING_UNLAWFUL: Ailment = ailment("standing-unlawful", Ledger, Error)
    .says(
        "案件不在公示中，却还留有公示内容，或者在公示中而没有内容",
        "content of a case that is not public, or none of one that is",
    )
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The same case or id stands twice.
pub(crate) static STANDING_TWICE: Ailment = ailment("standing-twice", Ledger, Error)
    .says("同一案件或者同一编号出现两次", "the same case or id stands twice")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The case stands in the file of another year.
pub(crate) static STANDING_MISPLACED: Ailment = ailment("standing-misplaced", Ledger, Error)
    .says("案件放错了年份文件", "the case stands in the file of another year")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The log knows no such case.
pub(crate) static STANDING_UNLOGGED: Ailment = ailment("standing-unlogged", Ledger, Error)
    .says("日志中没有这件案件", "the log knows no such case")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// State, id or content is not that of line N of the log, its last event.
pub(crate) static STANDING_DISAGREES: Ailment = ailment("standing-disagrees", Ledger, Error)
    .says(
        "状态、编号或者内容与日志第 {} 行（该案最后一个事件）不符",
        "state, id or content is not that of line {} of the log, its last event",
    )
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The last event of a case that stands nowhere in the ledger.
pub(crate) static CASE_LOST: Ailment = ailment("case-lost", Ledger, Error)
    .says(
        "该案最后一个事件在此，但台账中没有这件案件",
        "the last event of a case that stands nowhere in the ledger",
    )
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The published figures of the years are unreadable.
pub(crate) static YEARS_DAMAGED: Ailment = ailment("years-damaged", Ledger, Error)
    .says("已公布的年度数字不能识别", "the published figures of the years are unreadable")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// The receipts do not hold.
pub(crate) static RECEIPTS_DAMAGED: Ailment = ailment("receipts-damaged", Ledger, Error)
    .says("发布回执有一行不能识别或者不相接", "a line of the receipts is unreadable or out of order")
    .remedy(
        "从备份恢复 ledger/receipts.jsonl；多台机器合并出来的，保留实际发布的那一台的",
        "restore ledger/receipts.jsonl from a backup; of two that were merged, keep that of the machine that published",
    );
/// The versions of placards are unreadable.
pub(crate) static PLACARDS_DAMAGED: Ailment = ailment("placards-damaged", Ledger, Error)
    .says("公示牌的版本记录不能识别", "the versions of placards are unreadable")
    .remedy(
        "从备份恢复 ledger/placards.json；删除它则从下一次 build 起重新记录",
        "restore ledger/placards.json from a backup; without it the next build begins a new one",
    );
/// The last run was interrupted while putting its work in place.
pub(crate) static COMMIT_PENDING: Ailment = ailment("commit-pending", Ledger, Error)
    .says(
        "上次运行已到提交一步而中断，尚未写完",
        "the last run was interrupted while putting its work in place",
    )
    .remedy("运行 gongshi doctor --repair --yes", "run gongshi doctor --repair --yes")
    .mendable();
/// The commit note of an interrupted run is damaged.
pub(crate) static COMMIT_DAMAGED: Ailment = ailment("commit-damaged", Ledger, Error)
    .says("上次运行留下的提交记录已损坏", "the commit note of an interrupted run is damaged")
    .remedy(
        "从备份恢复 ledger/；不要手工改台账",
        "restore ledger/ from a backup; never edit it by hand",
    );
/// Left by an interrupted run, never in force.
pub(crate) static LEDGER_LEFTOVER: Ailment = ailment("ledger-leftover", Ledger, Warning)
    .says("中断的运行留下的临时文件，尚未生效", "left by an interrupted run, never in force")
    .remedy("运行 gongshi doctor --repair --yes", "run gongshi doctor --repair --yes")
    .mendable();
/// No file of gongshi.
pub(crate) static LEDGER_FOREIGN: Ailment = ailment("ledger-foreign", Ledger, Notice)
    .says("不是 gongshi 的文件", "no file of gongshi")
    .remedy("确认不需要后移走", "move it away if nobody needs it");
/// There is no built site, though the ledger has cases.
pub(crate) static SITE_ABSENT: Ailment = ailment("site-absent", Site, Error)
    .says("还没有生成的网站，台账中已有案件", "there is no built site, though the ledger has cases")
    .remedy("运行 gongshi build", "run gongshi build");
/// There is no built site yet.
pub(crate) static SITE_NONE_YET: Ailment = ailment("site-none-yet", Site, Notice)
    .says("还没有生成的网站", "there is no built site yet")
    .remedy("运行 gongshi build", "run gongshi build");
/// The manifest is missing or damaged: no file could be compared.
pub(crate) static MANIFEST_ABSENT: Ailment = ailment("manifest-absent", Site, Error)
    .says(
        "清单缺失或者损坏，网站各文件无从核对",
        "the manifest is missing or damaged: no file could be compared",
    )
    .remedy(
        "把这个目录移走，运行 gongshi build 重新生成",
        "move the folder away and run gongshi build",
    );
/// In the manifest, not in the folder.
pub(crate) static FILE_MISSING: Ailment = ailment("file-missing", Site, Error)
    .says("清单中有，目录中没有", "in the manifest, not in the folder")
    .remedy("运行 gongshi build", "run gongshi build");
/// Not as the manifest says: changed since it was built.
pub(crate) static FILE_CHANGED: Ailment = ailment("file-changed", Site, Error)
    .says("内容与清单不符：生成之后被改动", "not as the manifest says: changed since it was built")
    .remedy(
        "查明是谁改的，再运行 gongshi build",
        "find out who changed it, then run gongshi build",
    );
/// Gongshi did not write this file.
pub(crate) static FILE_FOREIGN: Ailment = ailment("file-foreign", Site, Error)
    .says("不是 gongshi 生成的文件", "gongshi did not write this file")
    .remedy(
        "查明来历；gongshi build 会移除",
        "find out where it comes from; gongshi build removes it",
    );
/// The site cannot be read: not all of it was looked at.
pub(crate) static SITE_UNREADABLE: Ailment = ailment("site-unreadable", Site, Error)
    .says("网站目录不能读取，未检查完", "the site cannot be read: not all of it was looked at")
    .remedy("检查磁盘和权限", "look at disk and permissions");
/// The site states N events; the ledger has N, or another end: it was lost or rolled back.
pub(crate) static LEDGER_ROLLED_BACK: Ailment = ailment("ledger-rolled-back", Site, Error)
    .says(
        "网站记载台账有 {} 条事件，台账只有 {} 条或者末条不同：台账丢失或者被换成旧的",
        "the site states {} events; the ledger has {}, or another end: it was lost or rolled back",
    )
    .remedy(
        "先恢复台账，不要 build：已撤下的案件会重新公开",
        "restore the ledger before any build, or taken-down cases come back",
    );
/// The site states N events, the ledger has N: the site is old.
pub(crate) static SITE_BEHIND: Ailment = ailment("site-behind", Site, Warning)
    .says(
        "网站记载台账有 {} 条事件，台账已有 {} 条：网站是旧的",
        "the site states {} events, the ledger has {}: the site is old",
    )
    .remedy("运行 gongshi build", "run gongshi build");
/// The log is damaged: what the site states of it was not compared.
pub(crate) static NOT_HELD_AGAINST: Ailment = ailment("not-held-against", Site, Notice)
    .says(
        "台账日志有损坏，网站记载的台账未比对",
        "the log is damaged: what the site states of it was not compared",
    )
    .remedy("修复日志后再查", "mend the log, then look again");
/// The public log does not hold.
pub(crate) static PUBLIC_LOG: Ailment = ailment("public-log", Site, Error)
    .says("公示日志不完好", "the public log does not hold")
    .remedy(
        "从备份恢复台账；台账完好的，运行 gongshi build",
        "restore the ledger if it is damaged; else run gongshi build",
    );
/// A copy of the site left by an interrupted run.
pub(crate) static SITE_LEFTOVER: Ailment = ailment("site-leftover", Site, Warning)
    .says("中断的运行留下的网站副本", "a copy of the site left by an interrupted run")
    .remedy("运行 gongshi doctor --repair --yes", "run gongshi doctor --repair --yes")
    .mendable();
/// The site is gone; only this old copy is there.
pub(crate) static SITE_OLD_ONLY: Ailment = ailment("site-old-only", Site, Error)
    .says("网站目录不在，只有这份旧的副本", "the site is gone; only this old copy is there")
    .remedy("运行 gongshi build", "run gongshi build");
/// N is not filled in.
pub(crate) static FACT_MISSING: Ailment = ailment("fact-missing", Launch, Warning)
    .says("没有填写 {}", "{} is not filled in")
    .remedy("在 site.yml 中填写", "fill it in in site.yml");
/// N is not filled in.
pub(crate) static FACT_WANTED: Ailment = ailment("fact-wanted", Launch, Notice)
    .says("没有填写 {}", "{} is not filled in")
    .remedy("在 site.yml 中填写", "fill it in in site.yml");
/// The site code is not ten digits.
pub(crate) static SITE_CODE: Ailment = ailment("site-code", Launch, Warning)
    .says("网站标识码不是 10 位数字", "the site code is not ten digits")
    .remedy("在 site.yml 中填写", "fill it in in site.yml");
/// No target of publishing.
pub(crate) static TARGET_NONE: Ailment =
    ailment("target-none", Launch, Warning).says("没有发布目标", "no target of publishing").remedy(
        "在 site.yml 的 targets 中写明发布到哪里，见 docs/manual/webmaster.md",
        "say in site.yml under targets where the site goes, see docs/manual/webmaster.md",
    );
/// No officers.
pub(crate) static STAFF_EMPTY: Ailment = ailment("staff-empty", Launch, Warning)
    .says("没有执法人员", "no officers")
    .remedy("在 data/staff.yml 中填写", "fill in data/staff.yml");
/// This column of prior disclosure is missing.
pub(crate) static COLUMN_EMPTY: Ailment = ailment("column-empty", Launch, Warning)
    .says("事前公开缺少这个栏目", "this column of prior disclosure is missing")
    .remedy("写出这个栏目", "write it");
/// The columns of prior disclosure have not been begun.
pub(crate) static COLUMNS_NONE: Ailment = ailment("columns-none", Launch, Warning)
    .says("事前公开各栏目还没有内容", "the columns of prior disclosure have not been begun")
    .remedy("在 content/shiqian/ 中写出各栏目", "write them in content/shiqian/");
/// No holiday notice of N: deadlines cannot be counted.
pub(crate) static CALENDAR_NOW: Ailment = ailment("calendar-now", Launch, Error)
    .says(
        "没有 {} 年的放假通知，期限无法推算",
        "no holiday notice of {}: deadlines cannot be counted",
    )
    .remedy("gongshi calendar import", "gongshi calendar import");
/// No holiday notice of N: deadlines across the year cannot be counted.
pub(crate) static CALENDAR_NEXT: Ailment = ailment("calendar-next", Launch, Notice)
    .says(
        "没有 {} 年的放假通知，跨年的期限无法推算",
        "no holiday notice of {}: deadlines across the year cannot be counted",
    )
    .remedy("通知公布后用 gongshi calendar import 读入", "gongshi calendar import, once it is out");
/// N addresses are dead, and this file for the web server is missing: they will not answer 410.
pub(crate) static SERVER_FILES: Ailment = ailment("server-files", Launch, Warning)
    .says("有 {} 件撤下或者期满的案件，却没有这份网站服务器配置，旧地址不会答 410", "{} addresses are dead, and this file for the web server is missing: they will not answer 410")
    .remedy("运行 gongshi build，再按 docs/GUIDE.md 交给网站服务器", "run gongshi build, then hand it to the web server");
