//! The form of `gongshi placards`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::law::Day;
use crate::site::Layout;

use super::parse_day;

/// Flags of `placards`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct PlacardsArgs {
    /// 写出可以打印的公示牌到这个目录；不填则只列出
    #[arg(long, value_name = "目录", conflicts_with = "stale")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// 写成 PDF 文件，不用浏览器；不加时写成网页
    #[arg(long, requires = "out")]
    pub(in crate::cli) pdf: bool,
    /// PDF 用的字体文件；默认为 site.yml 的 placards: font，没有时用本机的中文字体
    #[arg(long, value_name = "文件", requires = "pdf")]
    pub(in crate::cli) font: Option<PathBuf>,
    /// 只要这种公示牌，可以写多次；默认全部
    #[arg(long = "sheet", value_name = "种类")]
    pub(in crate::cli) sheets: Vec<SheetArg>,
    /// 列出要重新打印的和要收回的公示牌；不加日期、版本时，与网站上一次生成时比较
    #[arg(long)]
    pub(in crate::cli) stale: bool,
    /// 这一天打印的公示牌，之后有变动的
    #[arg(long, value_name = "日期", value_parser = parse_day, requires = "stale", conflicts_with = "version")]
    pub(in crate::cli) since: Option<Day>,
    /// 印有这个版本号的公示牌，是否已有变动
    #[arg(long, value_name = "版本", requires = "stale")]
    pub(in crate::cli) version: Option<String>,
}

/// Kinds of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SheetArg {
    /// 岗位信息公示牌，A4 横向
    Board,
    /// 岗位信息公示牌，A3 横向
    BoardA3,
    /// 上墙公示卡
    Cards,
    /// 桌牌
    Desk,
    /// 折叠桌牌
    Tent,
    /// 胸牌
    Badge,
    /// 胸牌，四张拼版
    #[value(name = "badge-4")]
    BadgeFour,
    /// 窗口公示牌
    Window,
}

impl SheetArg {
    fn layout(self) -> Layout {
        match self {
            Self::Board => Layout::Board,
            Self::BoardA3 => Layout::BoardA3,
            Self::Cards => Layout::Cards,
            Self::Desk => Layout::Desk,
            Self::Tent => Layout::Tent,
            Self::Badge => Layout::Badge,
            Self::BadgeFour => Layout::BadgeFour,
            Self::Window => Layout::Window,
        }
    }
}

impl PlacardsArgs {
    /// The kinds asked for, in their order.
    pub(in crate::cli) fn layouts(&self) -> Vec<Layout> {
        let asked: Vec<Layout> = self.sheets.iter().map(|sheet| sheet.layout()).collect();
        Layout::ALL.into_iter().filter(|l| asked.is_empty() || asked.contains(l)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_command_line_are_names_of_files() {
        for arg in SheetArg::value_variants() {
            let name = arg.to_possible_value().expect("a word");
            assert_eq!(name.get_name(), arg.layout().word());
        }
        assert_eq!(SheetArg::value_variants().len(), Layout::ALL.len());
    }
}
