//! `gongshi export wechat`: an article for the bureau's public account.

use crate::diag::{Exit, Failure};
use crate::ledger::Standing;
use crate::site::{Press, article_name};

use super::super::args::{Common, WechatArgs};
use super::super::root::Root;
use super::super::terminal::Terminal;
use super::index::{About, write};
use super::material::{Gone, Material, folder};
use super::outcome::{Outcome, Said};

/// Runs the verb.
///
/// # Errors
/// No such case is public; the ledger cannot be read, the site tells something else, or the audit refuses the article.
pub(super) fn run(
    common: &Common,
    args: &WechatArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let format = common.format.of_figures()?;
    let root = Root::open(common)?;
    let folder = folder(&root, args.to.out.as_deref())?;
    let press = Press::new(root.setup(None))?;
    let material = Material::open(&root, args.to.site.as_deref())?;
    let year = args.year.unwrap_or(root.today.day().year());
    let wanted = material.live().filter(|slot| match args.id {
        Some(id) => slot.head.id == Some(id),
        None => slot.head.year() == year,
    });
    let mut cases = wanted.map(|slot| material.read(slot)).collect::<Result<Vec<_>, _>>()?;
    if args.id.is_some() && cases.is_empty() {
        return Err(Failure::Usage {
            zh: "没有这个编号的案件在公示".into(),
            en: "no case of this id stands published".into(),
        });
    }
    newest_first(&mut cases);
    cases.iter().try_for_each(|case| material.hold(case, &press.statements(case)))?;
    let pages = match (args.id, cases.first()) {
        (Some(_), Some(case)) => press.weixin_case(case)?,
        _ if cases.is_empty() => Vec::new(),
        _ => press.weixin_year(year, &cases)?,
    };
    let documents = material.audited(pages, Gone::Never)?;
    let name = args.id.map_or_else(|| article_name(year), article_name);
    write(&folder, &About::of(&cases, &[]).named(name), &documents)?;
    let mut told = Outcome::new("wechat", &folder, (cases.len(), material.held()));
    told.wrote(&documents);
    if documents.len() > 1 {
        told.note(Said::new(
            format!("超过编辑器的字数上限，已分成 {} 篇", documents.len()),
            format!("longer than the editor takes: parted into {} articles", documents.len()),
        ));
    }
    if root.bureau.base_url.is_none() {
        told.note(Said::new(
            "site.yml 没有写 base_url，文末没有公示网址",
            "site.yml has no base_url: the article names no address",
        ));
    }
    told.print(format, terminal)?;
    Ok(Exit::Done)
}

/// The latest decision first, as on the site.
fn newest_first(cases: &mut [Standing]) {
    cases.sort_by(|a, b| (b.count.on, &a.key).cmp(&(a.count.on, &b.key)));
}
