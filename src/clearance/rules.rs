//! What clearing goes by. Everything in it is public.

use crate::law::{Law, Shelf, Today};
use crate::vocab::{Bureau, Dictionary, Officer, Policy, Retention};

use super::review::Reviews;

/// What clearing goes by. Everything in it is public.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// The law.
    pub(crate) law: &'a Law,
    /// The bureau's own facts.
    pub(crate) bureau: &'a Bureau,
    /// Its officers.
    pub(crate) staff: &'a [Officer],
    /// Its choices.
    pub(crate) policy: &'a Policy,
    /// How grave cases are, and how long decisions stay public where their export does not say.
    pub(crate) retention: &'a Retention,
    /// Its own words.
    pub(crate) dictionary: &'a Dictionary,
    /// What people have decided about doubtful stretches.
    pub(crate) reviews: &'a Reviews,
    /// Rule files.
    pub(crate) shelf: &'a Shelf,
    /// The day.
    pub(crate) today: Today,
}
