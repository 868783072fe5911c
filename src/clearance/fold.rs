//! The folded view of a text, with a map back to the original. The fold is never written out.
