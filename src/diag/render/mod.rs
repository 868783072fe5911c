//! Renderers of findings: text for people, JSON for programs, GitHub annotations.
