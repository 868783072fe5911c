//! `thin-recording`: a recording that does not show all that it should (domain A7).

use super::super::model::{Case, Content};
use super::super::{ProcessCheck, Said};
use crate::law::{Law, Scene};

/// The check.
pub(super) struct ThinRecording;

impl ProcessCheck for ThinRecording {
    fn id(&self) -> &'static str {
        "thin-recording"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        for (number, shot) in said.shots(case) {
            let Some(contents) = &shot.contents else {
                said.missing();
                continue;
            };
            let scene = case.event(shot.event).map(|event| event.scene);
            let is_service = matches!(scene, Some(Scene::DirectService | Scene::LeftService));
            let service = is_service.then_some(Content::Service);
            if ALWAYS.into_iter().chain(service).any(|content| !contents.contains(&content)) {
                said.found(
                    "第 {} 件音像 {}：应当记录的内容不全",
                    "case {}, recording {}: it lacks some of what it should show",
                    number,
                );
            }
        }
    }
}

/// What every recording shows; service only where something is served, other things as officers see fit.
const ALWAYS: [Content; 5] = [
    Content::Officers,
    Content::TimeAndPlace,
    Content::Matter,
    Content::PartyAndScene,
    Content::Process,
];
