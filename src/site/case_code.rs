//! The QR codes of case pages. Addresses of one kind and year differ in eight letters, and a code is linear in
//! its bits as long as version, level and mask stay: so one code and what each bit of the letters changes in
//! it give all the others, a hundred times faster than making each anew. Draws nothing but these codes.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use fast_qr::{ECL, Mask, QRBuilder};

use super::qr::{Code, ON_PAGE};
use super::render::Markup;
use crate::vocab::CaseId;

/// Bits of an ASCII letter.
const BITS: usize = 7;
/// The letters that a family begins with; as many as a case's name has.
const FIRST: &str = "22222222";
/// Words of the drawing.
const LABEL: &str = "本页地址的二维码";

/// All families met so far, by what stands before the letters; shared by threads.
#[derive(Default)]
pub(super) struct CaseCodes(RwLock<BTreeMap<String, Option<Arc<Family>>>>);

impl CaseCodes {
    /// The code that leads to the page of `id` in `folder` (an address that ends in `/`); `None` where it is too
    /// long for one.
    pub(super) fn drawing(&self, folder: &str, id: CaseId) -> Option<Markup> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        let family = known.unwrap_or_else(|| {
            // Of letters that are no case's: the mask must not follow from which page is printed first.
            let made = Family::of(folder, FIRST).map(Arc::new);
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(folder.to_owned()).or_insert(made).clone()
        })?;
        let modules = family.code(id.as_str())?;
        let code = Code::of(modules.size, |x, y| modules.is_dark(x, y));
        Some(Markup::ours(&code.svg(ON_PAGE, LABEL)))
    }
}

/// Codes of addresses that differ in their letters only.
struct Family {
    letters: Vec<u8>,
    base: Modules,
    /// For each letter, what each of its bits changes.
    changes: Vec<[Modules; BITS]>,
}

impl Family {
    fn of(folder: &str, letters: &str) -> Option<Self> {
        let (base, mask) = Modules::of(folder, letters.as_bytes(), None)?;
        let mut changes = Vec::with_capacity(letters.len());
        for at in 0..letters.len() {
            let mut of_letter = std::array::from_fn(|_| Modules::default());
            for (bit, change) in of_letter.iter_mut().enumerate() {
                let mut other = letters.as_bytes().to_vec();
                *other.get_mut(at)? ^= 1 << bit;
                let (mut modules, _) = Modules::of(folder, &other, Some(mask))?;
                modules.change(&base);
                *change = modules;
            }
            changes.push(of_letter);
        }
        Some(Self { letters: letters.as_bytes().to_vec(), base, changes })
    }

    fn code(&self, letters: &str) -> Option<Modules> {
        if letters.len() != self.letters.len() || !letters.is_ascii() {
            return None;
        }
        let mut code = self.base.clone();
        for ((new, old), changes) in letters.bytes().zip(&self.letters).zip(&self.changes) {
            let differs = |bit: &usize| (new ^ old) >> bit & 1 == 1;
            (0..BITS).filter(differs).for_each(|bit| code.change(&changes[bit]));
        }
        Some(code)
    }
}

/// The modules of a code, row by row, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Modules {
    size: usize,
    bits: Vec<u64>,
}

impl Modules {
    /// The code of `folder`, `letters` and `/`, and its mask: the given one, else the best.
    fn of(folder: &str, letters: &[u8], mask: Option<Mask>) -> Option<(Self, Mask)> {
        let address = [folder.as_bytes(), letters, b"/"].concat();
        let mut builder = QRBuilder::new(address);
        builder.ecl(ECL::M);
        mask.into_iter().for_each(|mask| {
            builder.mask(mask);
        });
        let code = builder.build().ok()?;
        let size = code.size;
        let mut bits = vec![0_u64; (size * size).div_ceil(64)];
        for at in (0..size * size).filter(|at| code[at / size][at % size].value()) {
            bits[at / 64] |= 1 << (at % 64);
        }
        Some((Self { size, bits }, code.mask?))
    }

    fn change(&mut self, by: &Self) {
        self.bits.iter_mut().zip(&by.bits).for_each(|(bits, by)| *bits ^= by);
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let at = y * self.size + x;
        self.bits[at / 64] >> (at % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLDER: &str = "https://www.qingyuan-cgj.example/gongshi/shihou/chufa/2026/";

    #[test]
    fn a_code_of_the_family_is_the_code_made_alone() {
        let first = CaseId::mint([7; 8]);
        let (_, mask) = Modules::of(FOLDER, first.as_str().as_bytes(), None).unwrap();
        let family = Family::of(FOLDER, first.as_str()).unwrap();
        for seed in 0..40_u8 {
            let id =
                CaseId::mint([seed, 1, seed ^ 0x5a, 3, 200 - seed, 5, seed.wrapping_mul(7), 9]);
            let alone = Modules::of(FOLDER, id.as_str().as_bytes(), Some(mask)).unwrap().0;
            assert_eq!(family.code(id.as_str()).unwrap(), alone, "{id}");
        }
        assert!(family.code("short").is_none());
    }

    #[test]
    fn a_code_does_not_follow_from_what_was_printed_before() {
        let ids: Vec<CaseId> = (0..40).map(|n| CaseId::mint([n; 8])).collect();
        let drawn = |first: CaseId, id: CaseId| {
            let codes = CaseCodes::default();
            codes.drawing(FOLDER, first).unwrap();
            serde_json::to_string(&codes.drawing(FOLDER, id).unwrap()).unwrap()
        };
        let alone = drawn(ids[0], ids[0]);
        assert!(ids.iter().all(|first| drawn(*first, ids[0]) == alone));
    }

    #[test]
    fn the_drawing_is_small_and_has_words() {
        let (codes, id) = (CaseCodes::default(), CaseId::mint([3; 8]));
        let drawn = serde_json::to_string(&codes.drawing(FOLDER, id).unwrap()).unwrap();
        assert!(drawn.len() < 3 << 10 && drawn.contains(LABEL), "{}", drawn.len());
        assert!(codes.drawing(&format!("https://{}/", "x".repeat(4000)), id).is_none());
    }
}
