//! A disk of which it is known what is durable: the calls of a run, as `strace` tells them, played back with any part
//! of what was not yet durable left out.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::support::tree;

/// Calls that change a disk or make it durable. The last line holds those that the model does not know.
pub(super) const CALLS: &str = "trace=openat,write,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,rmdir,\
     syncfs,fsync,fdatasync,\
     open,creat,pwrite64,writev,pwritev,copy_file_range,sendfile,truncate,ftruncate,symlink,mkdirat";

/// Number of a file or folder; the root's is 0.
type Node = usize;

#[derive(Clone, Debug)]
enum Held {
    Folder(BTreeMap<String, Node>),
    File(Vec<u8>),
}

/// One thing that happens to a disk.
#[derive(Debug)]
enum Step {
    /// Names in folders come to stand for other files, all at once.
    Names(Vec<(Node, String, Option<Node>)>),
    /// Bytes are written at a place of a file.
    Bytes(Node, usize, Vec<u8>),
    /// Everything so far is durable.
    AllDurable,
    /// What happened to one file or folder so far is durable.
    Durable(Node),
}

/// What becomes of a step that was not yet durable when the power went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    Lost,
    /// The file has its length and not its bytes.
    Zeros,
}

/// A run on a disk, step by step.
pub(super) struct Recording {
    before: Vec<Held>,
    steps: Vec<Step>,
}

impl Recording {
    /// What the calls of `trace` do to the folder `root`, which now holds `files`.
    pub(super) fn of(trace: &str, root: &Path, files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut disk = Disk::holding(files);
        let before_steps = disk.nodes.len();
        let mut steps = Vec::new();
        for call in calls(trace) {
            let Some(step) = disk.step(&call, root) else { continue };
            apply(&mut disk.nodes, &step, Fate::Kept);
            steps.push(step);
        }
        // Files that come later are there, and empty, but no name stands for them.
        let mut before = disk.nodes;
        before.iter_mut().skip(before_steps).for_each(Held::clear);
        let fresh = Disk::holding(files).nodes;
        before.splice(..before_steps, fresh);
        Self { before, steps }
    }

    /// How many steps there are.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The first and the last step after which everything so far was durable.
    pub(super) fn first_and_last_durable(&self) -> (usize, usize) {
        let is_durable = |step: &Step| matches!(step, Step::AllDurable);
        let first = self.steps.iter().position(is_durable);
        let last = self.steps.iter().rposition(is_durable);
        first.zip(last).expect("a run makes its work durable")
    }

    /// Where the run wrote into a file that stood before and stands still: place and length of each piece. None where
    /// another file took its name.
    pub(super) fn pieces_of(&self, name: &str) -> Option<Vec<(usize, usize)>> {
        let disk = Disk { nodes: self.before.clone() };
        let file = disk.find(Path::new(name))?;
        let (folder, own) = disk.place(Path::new(name))?;
        let mut pieces = Vec::new();
        for step in &self.steps {
            match step {
                Step::Bytes(node, at, bytes) if *node == file => pieces.push((*at, bytes.len())),
                Step::Names(names) if names.iter().any(|n| n.0 == folder && n.1 == own) => {
                    return None;
                }
                _ => {}
            }
        }
        Some(pieces)
    }

    /// The files after a cut before step `at`; `fate` tells what becomes of each step that was not durable.
    pub(super) fn cut(
        &self,
        at: usize,
        mut fate: impl FnMut() -> Fate,
    ) -> BTreeMap<String, Vec<u8>> {
        let done = &self.steps[..at];
        let sure = done.iter().rposition(|step| matches!(step, Step::AllDurable)).unwrap_or(0);
        let mut nodes = self.before.clone();
        for (n, step) in done.iter().enumerate() {
            let made_durable = |later: &Step| match (later, step) {
                (Step::Durable(node), Step::Bytes(of, ..)) => node == of,
                (Step::Durable(node), Step::Names(names)) => {
                    names.iter().any(|name| name.0 == *node)
                }
                _ => false,
            };
            let is_sure = n < sure || done[n..].iter().any(made_durable);
            apply(&mut nodes, step, if is_sure { Fate::Kept } else { fate() });
        }
        let mut files = BTreeMap::new();
        collect(&nodes, 0, "", &mut files);
        files
    }
}

/// Writes files into an empty folder.
pub(super) fn lay_out(files: &BTreeMap<String, Vec<u8>>, root: &Path) {
    for (name, bytes) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// Every file of a site root but the lock.
pub(super) fn all_files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    tree(root).into_iter().filter(|(name, _)| name != "ledger/.lock").collect()
}

fn collect(nodes: &[Held], at: Node, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    match &nodes[at] {
        Held::File(bytes) => drop(files.insert(name.to_owned(), bytes.clone())),
        Held::Folder(entries) => {
            for (entry, node) in entries {
                let below = if name.is_empty() { entry.clone() } else { format!("{name}/{entry}") };
                collect(nodes, *node, &below, files);
            }
        }
    }
}

fn apply(nodes: &mut [Held], step: &Step, fate: Fate) {
    match (step, fate) {
        (_, Fate::Lost) | (Step::AllDurable | Step::Durable(_), _) => {}
        (Step::Names(names), _) => {
            for (folder, name, node) in names {
                let Held::Folder(entries) = &mut nodes[*folder] else { continue };
                match node {
                    Some(node) => drop(entries.insert(name.clone(), *node)),
                    None => drop(entries.remove(name)),
                }
            }
        }
        (Step::Bytes(file, at, bytes), fate) => {
            let Held::File(held) = &mut nodes[*file] else { return };
            held.resize(held.len().max(at + bytes.len()), 0);
            if fate == Fate::Kept {
                held[*at..at + bytes.len()].copy_from_slice(bytes);
            }
        }
    }
}

impl Held {
    fn clear(&mut self) {
        match self {
            Self::Folder(entries) => entries.clear(),
            Self::File(bytes) => bytes.clear(),
        }
    }
}

/// The disk as the run sees it.
struct Disk {
    nodes: Vec<Held>,
}

impl Disk {
    fn holding(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut disk = Self { nodes: vec![Held::Folder(BTreeMap::new())] };
        for (name, bytes) in files {
            let mut at = 0;
            let parts: Vec<&str> = name.split('/').collect();
            for (n, part) in parts.iter().enumerate() {
                let next = match disk.entry(at, part) {
                    Some(next) => next,
                    None if n + 1 == parts.len() => disk.new_node(Held::File(bytes.clone())),
                    None => disk.new_node(Held::Folder(BTreeMap::new())),
                };
                apply(
                    &mut disk.nodes,
                    &Step::Names(vec![(at, (*part).into(), Some(next))]),
                    Fate::Kept,
                );
                at = next;
            }
        }
        disk
    }

    fn new_node(&mut self, held: Held) -> Node {
        self.nodes.push(held);
        self.nodes.len() - 1
    }

    fn entry(&self, folder: Node, name: &str) -> Option<Node> {
        match &self.nodes[folder] {
            Held::Folder(entries) => entries.get(name).copied(),
            Held::File(_) => None,
        }
    }

    fn find(&self, path: &Path) -> Option<Node> {
        path.iter().try_fold(0, |at, part| self.entry(at, part.to_str()?))
    }

    /// The folder of a path, and its name there.
    fn place(&self, path: &Path) -> Option<(Node, String)> {
        Some((self.find(path.parent()?)?, path.file_name()?.to_str()?.to_owned()))
    }

    /// What a call does; none where it does nothing below the root.
    fn step(&mut self, call: &Call, root: &Path) -> Option<Step> {
        let below = |path: &PathBuf| path.strip_prefix(root).ok().map(Path::to_path_buf);
        let paths: Vec<PathBuf> = call.paths(root).iter().filter_map(below).collect();
        let first = paths.first()?;
        match &*call.name {
            "openat" if !call.rest.contains("O_CREAT") => {
                assert!(!call.rest.contains("O_TRUNC"), "a file is cut in place");
                None
            }
            "openat" => {
                if let Some(node) = self.find(first) {
                    let is_empty =
                        matches!(&self.nodes[node], Held::File(bytes) if bytes.is_empty());
                    assert!(is_empty || !call.rest.contains("O_TRUNC"), "a file is cut in place");
                    return None;
                }
                let node = self.new_node(Held::File(Vec::new()));
                self.names([(first, Some(node))])
            }
            "mkdir" => {
                let node = self.new_node(Held::Folder(BTreeMap::new()));
                self.names([(first, Some(node))])
            }
            "write" => {
                let file = self.find(first)?;
                let Held::File(held) = &self.nodes[file] else { return None };
                Some(Step::Bytes(file, held.len(), call.data.clone()))
            }
            "rename" | "renameat" | "renameat2" => {
                let (from, to) = (self.find(first)?, paths.get(1)?);
                let kept = self.find(to).filter(|_| call.rest.contains("RENAME_EXCHANGE"));
                self.names([(first, kept), (to, Some(from))])
            }
            "link" | "linkat" => {
                let node = self.find(first)?;
                self.names([(paths.get(1)?, Some(node))])
            }
            "unlink" | "unlinkat" | "rmdir" => self.names([(first, None)]),
            "syncfs" => Some(Step::AllDurable),
            "fsync" | "fdatasync" => self.find(first).map(Step::Durable),
            other => panic!("the model knows nothing of {other}"),
        }
    }

    fn names<const N: usize>(&self, names: [(&PathBuf, Option<Node>); N]) -> Option<Step> {
        let placed = names.into_iter().map(|(path, node)| {
            let (folder, name) = self.place(path)?;
            Some((folder, name, node))
        });
        placed.collect::<Option<Vec<_>>>().map(Step::Names)
    }
}

/// A call that succeeded.
struct Call {
    name: String,
    /// What of its arguments is not text.
    rest: String,
    /// Folders and names, in their order.
    words: Vec<(bool, Vec<u8>)>,
    data: Vec<u8>,
}

impl Call {
    /// The paths it names: a name belongs to the folder that stands before it.
    fn paths(&self, root: &Path) -> Vec<PathBuf> {
        let path = |bytes: &[u8]| PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
        if matches!(&*self.name, "write" | "syncfs" | "fsync" | "fdatasync") {
            return self.words.first().map(|(_, bytes)| path(bytes)).into_iter().collect();
        }
        let (mut paths, mut folder) = (Vec::new(), root.to_path_buf());
        for (is_name, bytes) in &self.words {
            if *is_name {
                paths.push(folder.join(path(bytes)));
            } else {
                folder = path(bytes);
            }
        }
        paths
    }
}

/// The calls that succeeded, in the order in which they ended.
fn calls(trace: &str) -> Vec<Call> {
    let (mut begun, mut found) = (HashMap::<&str, String>::new(), Vec::new());
    for line in trace.lines() {
        let (process, rest) = line.split_once(' ').expect("a process and its call");
        let rest = rest.trim_start();
        if let Some(head) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(process, head.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            Some((_, tail)) => begun.remove(process).unwrap_or_default() + tail,
            None => rest.to_owned(),
        };
        found.extend(call(&whole));
    }
    found
}

fn call(text: &str) -> Option<Call> {
    let (head, result) = text.rsplit_once(" = ")?;
    let (name, arguments) = head.split_once('(')?;
    if result.starts_with(['-', '?']) {
        return None;
    }
    let (mut words, mut rest) = (Vec::new(), String::new());
    let mut left = arguments;
    while let Some(at) = left.find(['"', '<']) {
        rest.push_str(&left[..at]);
        let is_name = left.as_bytes()[at] == b'"';
        let inner = &left[at + 1..];
        let end = inner.find(if is_name { '"' } else { '>' })?;
        words.push((is_name, unescaped(&inner[..end])));
        left = &inner[end + 1..];
    }
    rest.push_str(left);
    let data = if name == "write" { words.get(1)?.1.clone() } else { Vec::new() };
    let asked: usize = result.split(['<', ' ']).next()?.parse().ok()?;
    assert!(name != "write" || data.len() == asked, "a write is cut short in the trace");
    Some(Call { name: name.to_owned(), rest, words, data })
}

fn unescaped(text: &str) -> Vec<u8> {
    let pair = |pair: &str| u8::from_str_radix(pair, 16).expect("two figures");
    text.split("\\x").skip(1).map(pair).collect()
}
