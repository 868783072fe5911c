//! The hash tree over the public log, as RFC 6962 and RFC 9162 (2.1) define it: roots, and proofs that
//! a line is in a log and that an older log is the beginning of a newer one.

use super::Digest;

/// The hash of a leaf: never that of a node over the same bytes.
pub(crate) fn leaf(line: &[u8]) -> Digest {
    Digest::of_all(&[&[0], line])
}

fn node(left: Digest, right: Digest) -> Digest {
    Digest::of_all(&[&[1], left.bytes(), right.bytes()])
}

/// How many leaves of `n` > 1 stand left of the root: the largest power of two below `n`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The root over these leaves.
pub(crate) fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(root(left), root(right))
        }
    }
}

/// The audit path of leaf `index`, from the leaf upwards; empty where there is no such leaf.
pub(crate) fn path(leaves: &[Digest], index: usize) -> Vec<Digest> {
    if leaves.len() < 2 || index >= leaves.len() {
        return Vec::new();
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut below, beside) = if index < at {
        (path(left, index), root(right))
    } else {
        (path(right, index - at), root(left))
    };
    below.push(beside);
    below
}

/// Whether `path` leads from the leaf `hash`, number `index` of `size`, to `root`.
pub(crate) fn includes(
    (hash, index, size): (Digest, u64, u64),
    path: &[Digest],
    root: Digest,
) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut sum) = (index, size - 1, hash);
    for step in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            sum = node(*step, sum);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            sum = node(sum, *step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && sum == root
}

/// The proof that the first `old` leaves were the whole log once; empty where nothing needs proof.
pub(crate) fn consistency(leaves: &[Digest], old: usize) -> Vec<Digest> {
    if old == 0 || old >= leaves.len() {
        return Vec::new();
    }
    subproof(leaves, old, true)
}

fn subproof(leaves: &[Digest], old: usize, whole: bool) -> Vec<Digest> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut below, beside) = if old <= at {
        (subproof(left, old, whole), root(right))
    } else {
        (subproof(right, old - at, false), root(left))
    };
    below.push(beside);
    below
}

/// Whether `proof` shows that the log of `old` lines is the beginning of the log of `new` lines.
pub(crate) fn continues(old: (u64, Digest), new: (u64, Digest), proof: &[Digest]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return old_root == new_root && proof.is_empty();
    }
    if old_size == 0 {
        return old_root == root(&[]) && proof.is_empty();
    }
    let (first, rest) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else {
        match proof.split_first() {
            Some((first, rest)) => (*first, rest),
            None => return false,
        }
    };
    climb((old_size, old_root), (new_size, new_root), first, rest)
}

fn climb(old: (u64, Digest), new: (u64, Digest), first: Digest, rest: &[Digest]) -> bool {
    let (mut at, mut last) = (old.0 - 1, new.0 - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut was, mut is) = (first, first);
    for step in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            was = node(*step, was);
            is = node(*step, is);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            is = node(is, *step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && was == old.1 && is == new.1
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 70;

    fn leaves(n: usize) -> Vec<Digest> {
        (0..n).map(|i| leaf(i.to_string().as_bytes())).collect()
    }

    /// Every way to change one step, and to leave out or add one.
    fn altered(proof: &[Digest]) -> Vec<Vec<Digest>> {
        let mut out = Vec::new();
        for i in 0..proof.len() {
            let mut other = proof.to_vec();
            other[i] = node(proof[i], proof[i]);
            out.push(other);
            let mut shorter = proof.to_vec();
            shorter.remove(i);
            out.push(shorter);
        }
        let mut longer = proof.to_vec();
        longer.push(Digest::ZERO);
        out.push(longer);
        out
    }

    #[test]
    fn roots_are_those_of_rfc_6962() {
        assert_eq!(root(&[]), Digest::of(b""));
        // Known answers of the certificate-transparency test suite.
        let inputs: [&[u8]; 3] = [&[], &[0], &[0x10]];
        let hashes: Vec<Digest> = inputs.iter().map(|i| leaf(i)).collect();
        let known = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ];
        for (n, hex) in known.iter().enumerate() {
            assert_eq!(root(&hashes[..=n]).to_string(), *hex, "{} leaves", n + 1);
        }
    }

    #[test]
    fn every_line_of_every_size_is_proved_and_no_altered_proof_is() {
        for n in 1..=MOST {
            let all = leaves(n);
            let top = root(&all);
            for i in 0..n {
                let proof = path(&all, i);
                let at = |hash, index| (hash, index as u64, n as u64);
                assert!(includes(at(all[i], i), &proof, top), "{i} of {n}");
                assert!(!includes(at(Digest::ZERO, i), &proof, top), "{i} of {n}: another line");
                assert!(!includes(at(all[i], i), &proof, Digest::ZERO));
                for bad in altered(&proof) {
                    assert!(!includes(at(all[i], i), &bad, top), "{i} of {n}: altered");
                }
                for other in [i ^ 1, i + 1, n] {
                    assert!(!includes(at(all[i], other), &proof, top), "{i} of {n} as {other}");
                }
            }
        }
    }

    #[test]
    fn every_older_log_is_proved_and_no_altered_proof_is() {
        for n in 0..=MOST {
            let all = leaves(n);
            let new = (n as u64, root(&all));
            for m in 0..=n {
                let old = (m as u64, root(&all[..m]));
                let proof = consistency(&all, m);
                assert!(continues(old, new, &proof), "{m} of {n}");
                for bad in altered(&proof) {
                    assert!(!continues(old, new, &bad), "{m} of {n}: altered");
                }
                assert!(!continues((m as u64, Digest::ZERO), new, &proof), "{m} of {n}: root");
                assert!(!continues((n as u64 + 1, old.1), new, &proof), "{m} of {n}: longer");
            }
        }
    }
}
