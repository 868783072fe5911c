//! Remote storage against real servers on loopback.
