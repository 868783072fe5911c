//! The checks that a case file must pass before anything of it is published.
