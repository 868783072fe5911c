//! `unrecorded-refused-service`: a decision left at the residence without picture or recording (domain A17).

use super::super::model::{Case, Method};
use super::super::{ProcessCheck, Said};
use crate::law::{Law, Scene};

/// The check.
pub(super) struct UnrecordedRefusedService;

impl ProcessCheck for UnrecordedRefusedService {
    fn id(&self) -> &'static str {
        "unrecorded-refused-service"
    }

    fn look(&self, case: &Case, _: &Law, said: &mut Said<'_>) {
        let Some(service) = &case.service else {
            return said.missing();
        };
        let is_left =
            |number| case.event(number).is_some_and(|event| event.scene == Scene::LeftService);
        let is_recorded = case.recordings.iter().flatten().any(|shot| is_left(shot.event));
        let is_shown = service.photographed == Some(true) || is_recorded;
        if service.method == Method::Left && !is_shown {
            said.found(
                "第 {} 件：留置送达没有拍照或者录像",
                "case {}: served by leaving it, without a picture or recording",
                1,
            );
        }
    }
}
