//! `recording-without-backup`: a recording that is not kept on one device and backed up on another (domain A9).

use super::super::model::{Case, Role};
use super::super::{ProcessCheck, Said};
use crate::law::Law;

/// The check.
pub(super) struct RecordingWithoutBackup;

impl ProcessCheck for RecordingWithoutBackup {
    fn id(&self) -> &'static str {
        "recording-without-backup"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        for (number, shot) in said.shots(case) {
            let Some(stores) = &shot.stores else {
                said.missing();
                continue;
            };
            let of = |role| stores.iter().filter(move |s| s.role == role && !s.id.is_blank());
            let is_apart = of(Role::Primary).any(|kept| {
                of(Role::Backup).any(|copy| !copy.id.look().eq_ignore_ascii_case(kept.id.look()))
            });
            if !is_apart {
                said.found(
                    "第 {} 件音像 {}：没有在另一存储设备上备份",
                    "case {}, recording {}: not backed up on another device",
                    number,
                );
            }
        }
    }
}
