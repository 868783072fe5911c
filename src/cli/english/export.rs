//! The help texts of `export` in English.

/// Chinese text, and the same in English.
pub(super) const EXPORT: &[(&str, &str)] = &[
    (
        "其他渠道的文件：双公示表、监督平台推送包、微信文章、公告栏、摘要、三审三校单",
        "Documents for other channels: credit sheet, push package, WeChat article, notice board, digest, sign-off sheet",
    ),
    (
        "信用信息“双公示”行政处罚表（30 栏）：CSV 和 XLSX，不含证件号码；--restricted 另写含证件号码的受限表",
        "The credit system's sheet of penalties (30 columns): CSV and XLSX, without identity numbers; --restricted writes the sheet that has them",
    ),
    (
        "写到这个目录；默认为站点根目录下的 exports，不得在网站的输出目录之内",
        "Write to this folder; default: exports below the site root; never inside the site's folder",
    ),
    (
        "与这个目录中已生成的网站逐项核对；默认为站点根目录下的 public",
        "Hold each value against the site built here; default: public below the site root",
    ),
    (
        "监督平台推送包：一件事一条消息（JSON 和 XML），放在发件箱，核对回执，可以送达",
        "Messages to the supervision platform, one an event (JSON and XML), in an outbox; reconciles receipts, may deliver",
    ),
    (
        "平台回执的文件（JSON）：核对哪些确认、哪些退回、哪些不认识",
        "File of the platform's receipts (JSON): which are acknowledged, rejected, unknown",
    ),
    (
        "送到 site.yml 的 push: url；失败的重试，送不完的留在发件箱",
        "Deliver to push: url of site.yml; failures are tried again, the rest stays in the outbox",
    ),
    (
        "微信文章：一件的全文，或者一年的列表；只有文字和表格，可以粘贴到编辑器",
        "WeChat article: one case in full, or a year's list; text and tables only, to paste into the editor",
    ),
    (
        "大厅公告栏：一段时间的结果，A3 横向，网页和 PDF",
        "Notice board of the hall: results of a period, A3 landscape, as page and PDF",
    ),
    (
        "摘要：一段时间的公示、更正、撤下，纯文本",
        "Digest: publications, corrections and takedowns of a period, plain text",
    ),
    (
        "三审三校单：下一次生成会公示、更正、撤下什么，附每页的校验值和签名栏；不改动台账和网站",
        "Sign-off sheet: what the next build would publish, correct, take down, with digests and boxes to sign; changes nothing",
    ),
    (
        "这一年（处罚决定或检查结果的年份）的列表；默认今年",
        "List of this year (of decision or result); default: the current one",
    ),
    ("这一件的全文：案件编号，如 k7m3x2qd", "This case in full: its id, as in k7m3x2qd"),
    ("从本周一起；默认从本月一日起", "Since Monday; default: since the first of the month"),
    ("从这一天起，到今天", "Since this day, up to today"),
    ("另写一份 PDF，不用浏览器", "Write a PDF, too, without a browser"),
    (
        "写受限表：证件号码等从批次取回，只供报送；须用 --out 指定只有本人能进的目录，不得在网站、exports、批次或者 git 工作目录之内",
        "Write the restricted sheet: identity numbers come from the drops, for reporting only; --out names a folder for its owner alone, in no site, exports, drops or git working tree",
    ),
    ("只要这一年作出的处罚决定；默认全部", "Only penalties decided in this year; default: all"),
];
