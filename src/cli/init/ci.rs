//! The files of a pipeline that a bureau's own repository begins with.
//!
//! They are the very files of this repository, so there is no second copy to fall behind; only the place of the
//! action differs, which a bureau's repository keeps beside its workflows.

use std::path::PathBuf;

use super::super::args::CiArg;

/// Steps that every platform shares.
const SHELL: &[(&str, &str)] = &[
    ("ci/gongshi.sh", include_str!("../../../data/ci/shell/gongshi.sh")),
    ("ci/README.md", include_str!("../../../data/ci/shell/README.md")),
];

/// What a machine without a forge takes besides.
const MACHINE: &[(&str, &str)] = &[
    ("ci/Containerfile", include_str!("../../../data/ci/shell/Containerfile")),
    ("ci/gongshi-clock.service", include_str!("../../../data/ci/shell/gongshi-clock.service")),
    ("ci/gongshi-clock.timer", include_str!("../../../data/ci/shell/gongshi-clock.timer")),
];

const GITHUB: &[(&str, &str)] = &[
    (".github/actions/gongshi/action.yml", include_str!("../../../action.yml")),
    (
        ".github/workflows/gongshi-publish.yml",
        include_str!("../../../.github/workflows/publish.yml"),
    ),
    (".github/workflows/gongshi-clock.yml", include_str!("../../../.github/workflows/clock.yml")),
];

const GITLAB: &[(&str, &str)] =
    &[(".gitlab-ci.yml", include_str!("../../../data/ci/gitlab/gitlab-ci.yml"))];

/// The files for a platform, by path below the site root, with their text.
pub(super) fn files(ci: CiArg) -> Vec<(PathBuf, String)> {
    let own = match ci {
        CiArg::Github => GITHUB,
        CiArg::Gitlab => GITLAB,
        CiArg::Shell => MACHINE,
    };
    let placed = |text: &str| text.replace("uses: ./ ", "uses: ./.github/actions/gongshi ");
    let files = SHELL.iter().chain(own);
    files.map(|(path, text)| (PathBuf::from(path), placed(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bureaus_workflows_use_the_action_beside_them() {
        let files = files(CiArg::Github);
        let text = |end: &str| &files.iter().find(|(path, _)| path.ends_with(end)).expect(end).1;
        let publish = text("gongshi-publish.yml");
        assert_eq!(publish.matches("uses: ./.github/actions/gongshi ").count(), 5);
        assert!(!publish.contains("uses: ./ ") && !publish.contains("uses: ./\n"));
        assert!(text("action.yml").contains("using: composite"));
    }
}
