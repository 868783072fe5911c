//! Drawings hold what they promise: nothing lies on anything else, on the flows of the product and on thousands
//! made up at random. And flows say what the law says.

use super::chart::{Chart, parts};
use super::layout::{FINE, FINE_LINE, LABEL, Plan, Rect, TEXT, TEXT_LINE, plan, wide};
use super::*;
use crate::law::Shelf;

/// A flow file with its words.
fn read(text: &str) -> (FlowFile, Words, Findings) {
    static LAW: std::sync::LazyLock<Law> =
        std::sync::LazyLock::new(|| Law::load(&Shelf::embedded(), &[]).expect("the law"));
    let flow: FlowFile = parse_rules("flow", text).expect("a flow");
    assert_eq!(flow.check(), Ok(()));
    let mut findings = Findings::new();
    let today = Day::new(2026, 11, 23).expect("a day");
    let words = tie::words(&flow, &LAW, today, ("data/flow/x.yml", text), &mut findings);
    (flow, words.expect("words"), findings)
}

/// The flows of the product, by name.
fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/flow");
    let text = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).expect("text");
        (name, text)
    };
    names(&folder).expect("flows").into_iter().map(text).collect()
}

fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// A stretch of a line as a rectangle without width.
fn stretch(pair: &[(i32, i32)]) -> Rect {
    let (a, b) = (pair[0], pair[1]);
    Rect { x: a.0.min(b.0), y: a.1.min(b.1), w: (a.0 - b.0).abs(), h: (a.1 - b.1).abs() }
}

/// Whether a stretch passes through the inside of a rectangle.
fn cuts(line: Rect, area: Rect) -> bool {
    line.x < area.x + area.w
        && line.x + line.w > area.x
        && line.y < area.y + area.h
        && line.y + line.h > area.y
}

/// Whether two stretches lie on each other over more than a point.
fn coincide(a: Rect, b: Rect) -> bool {
    let shared = |a: (i32, i32), b: (i32, i32)| a.0.max(b.0) < (a.0 + a.1).min(b.0 + b.1);
    a.w == 0 && b.w == 0 && a.x == b.x && shared((a.y, a.h), (b.y, b.h))
        || a.h == 0 && b.h == 0 && a.y == b.y && shared((a.x, a.w), (b.x, b.w))
}

/// Everything that may not be.
fn faults(chart: &Chart) -> Vec<String> {
    let plan = plan(chart);
    let mut faults = Vec::new();
    let mut say = |wrong: bool, what: String| {
        if wrong {
            faults.push(what);
        }
    };
    let (w, h) = plan.size;
    let inside = |r: Rect| r.x >= 0 && r.y >= 0 && r.x + r.w <= w && r.y + r.h <= h;
    for (i, block) in plan.blocks.iter().enumerate() {
        say(!inside(block.rect), format!("box {i} leaves the drawing"));
        for (j, other) in plan.blocks.iter().enumerate().skip(i + 1) {
            say(meet(block.rect, other.rect), format!("boxes {i} and {j} overlap"));
        }
        let words = i32::try_from(block.lines.len()).unwrap() * TEXT_LINE
            + i32::try_from(block.fine.len()).unwrap() * FINE_LINE;
        say(words + 8 > block.rect.h, format!("box {i} is too low for its words"));
        let widest = wide(&block.lines, TEXT).max(wide(&block.fine, FINE));
        say(widest + 12 > block.rect.w, format!("box {i} is too narrow: {:?}", block.lines));
    }
    for lane in &plan.lanes {
        say(wide(&lane.lines, TEXT) > 184, "a lane's name is too wide".into());
    }
    lines(&plan, &mut say);
    labels(&plan, &mut say);
    faults
}

fn lines(plan: &Plan, say: &mut impl FnMut(bool, String)) {
    for (i, route) in plan.routes.iter().enumerate() {
        let (from, to) = route.ends;
        for pair in route.points.windows(2) {
            say(pair[0].0 != pair[1].0 && pair[0].1 != pair[1].1, format!("line {i} leans"));
            let line = stretch(pair);
            for (b, block) in plan.blocks.iter().enumerate() {
                say(cuts(line, block.rect), format!("line {i} ({from} to {to}) cuts box {b}"));
            }
            for (j, other) in plan.routes.iter().enumerate().skip(i + 1) {
                let same = other.ends.1 == to;
                let on = other.points.windows(2).any(|o| coincide(line, stretch(o)));
                say(on && !same, format!("lines {i} and {j} lie on each other"));
            }
            let (w, h) = plan.size;
            let out = line.x < 0 || line.y < 0 || line.x + line.w > w || line.y + line.h > h;
            say(out, format!("line {i} leaves the drawing"));
        }
        let (start, end) = (route.points[0], route.points[route.points.len() - 1]);
        let (a, b) = (plan.blocks[from].rect, plan.blocks[to].rect);
        let leaves = start.1 == a.y + a.h && start.0 > a.x && start.0 < a.x + a.w
            || start.1 == a.y + a.h / 2 && (start.0 == a.x || start.0 == a.x + a.w);
        say(!leaves, format!("line {i} does not begin at its box"));
        say(end != (b.x + b.w / 2, b.y), format!("line {i} does not end on top of its box"));
    }
}

fn labels(plan: &Plan, say: &mut impl FnMut(bool, String)) {
    let labels: Vec<(usize, Rect)> = (0..)
        .zip(&plan.routes)
        .filter_map(|(i, route)| {
            let label = route.label.as_ref()?;
            assert!(wide(&label.lines, LABEL) <= label.rect.w, "a label is wider than its place");
            Some((i, label.rect))
        })
        .collect();
    for (n, (i, label)) in labels.iter().enumerate() {
        let (w, h) = plan.size;
        let out = label.x < 0 || label.y < 0 || label.x + label.w > w || label.y + label.h > h;
        say(out, format!("label {i} leaves the drawing"));
        for (j, other) in labels.iter().skip(n + 1) {
            say(meet(*label, *other), format!("labels {i} and {j} overlap"));
        }
        for (b, block) in plan.blocks.iter().enumerate() {
            say(meet(*label, block.rect), format!("label {i} lies on box {b}"));
        }
        for (j, route) in plan.routes.iter().enumerate() {
            let on = route.points.windows(2).any(|pair| cuts(stretch(pair), *label));
            say(on, format!("label {i} lies on line {j}"));
        }
    }
}

#[test]
fn nothing_of_a_shipped_flow_lies_on_anything_else() {
    let shipped = shipped();
    assert!(shipped.len() >= 5);
    for (name, text) in shipped {
        let (flow, words, _) = read(&text);
        for most in [ON_SCREEN, ON_A4, ON_A3 / 2, 8, 5, 1] {
            for chart in parts(&flow, &words, most, |_, _| None) {
                assert_eq!(faults(&chart), Vec::<String>::new(), "{name}, at most {most} steps");
            }
        }
    }
}

/// A flow of random form: any step may lead to any other, with labels or without.
fn random(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let (steps, lanes) = (2 + next(34), 1 + next(6));
    let words = "依法告知当事人拟作出的处罚内容，（听取）陈述、申辩和QR2026A验证：";
    let signs: Vec<char> = words.chars().collect();
    let some = |most: usize, next: &mut dyn FnMut(usize) -> usize| -> String {
        (0..1 + next(most)).map(|_| signs[next(signs.len())]).collect()
    };
    let mut text = format!(
        "id: x\ntitle: 图\napplies: 都适用\nlanes: [{}]\nsteps:\n",
        (0..lanes).map(|l| format!("机构{l}")).collect::<Vec<_>>().join(", ")
    );
    for step in 0..steps {
        let end = step + 1 == steps || next(9) == 0;
        let kind = if end { "end" } else { ["step", "decision", "start"][next(3)] };
        text += &format!(
            "  - {{id: s{step}, text: \"{}\", kind: {kind}, lane: 机构{}",
            some(40, &mut next),
            next(lanes)
        );
        if next(2) == 0 {
            text += &format!(", clause: \"{}\"", some(20, &mut next));
        }
        if !end {
            let mut ways = Vec::new();
            let most = if next(3) == 0 { 6 } else { 2 };
            for way in 0..1 + next(most) {
                let near = (step + 1 + next(4)).min(steps - 1);
                let to = if way == 0 || next(3) > 0 { near } else { next(steps) };
                let to = if to == step { step + 1 } else { to };
                let label = if next(2) == 0 {
                    format!(", label: \"{}\"", some(9, &mut next))
                } else {
                    String::new()
                };
                ways.push(format!("{{to: s{to}{label}}}"));
            }
            text += &format!(", next: [{}]", ways.join(", "));
        }
        text += "}\n";
    }
    text
}

#[test]
fn nothing_of_any_flow_lies_on_anything_else() {
    for seed in 1..150 {
        let text = random(seed);
        let (flow, words, _) = read(&text);
        for most in [usize::MAX, ON_SCREEN, ON_A4] {
            for chart in parts(&flow, &words, most, |_, _| None) {
                assert_eq!(faults(&chart), Vec::<String>::new(), "seed {seed}\n{text}");
            }
        }
    }
}

#[test]
fn parts_hold_every_step_once_and_their_connectors_name_the_page() {
    for seed in 1..60 {
        let (flow, words, _) = read(&random(seed));
        let charts = parts(&flow, &words, 7, |_, to| Some(format!("tu{to}")));
        let steps = |chart: &Chart| chart.nodes.iter().filter(|n| n.href.is_none()).count();
        assert!(charts.iter().all(|chart| steps(chart) <= 7));
        assert_eq!(charts.iter().map(steps).sum::<usize>(), flow.steps.len());
        for chart in &charts {
            for node in chart.nodes.iter().filter(|n| n.href.is_some()) {
                assert!(node.text.contains("步（第"), "{}", node.text);
            }
        }
    }
}

#[test]
fn a_part_says_which_it_is_and_where_it_goes_on() {
    for seed in 1..60 {
        let (flow, words, _) = read(&random(seed));
        assert!(parts(&flow, &words, usize::MAX, |_, _| None)[0].caption.is_none());
        let charts = parts(&flow, &words, 7, |_, to| Some(to.to_string()));
        let count = charts.len();
        for (i, chart) in charts.iter().enumerate().filter(|_| count > 1) {
            let caption = chart.caption.as_deref().unwrap_or_default();
            assert!(
                caption.starts_with(&format!("第 {} 页，共 {count} 页：第 ", i + 1)),
                "{caption}"
            );
            // A connector that a line leads to goes on elsewhere; one that leads on comes from there.
            let leaves = chart.nodes.iter().filter(|n| n.href.is_some() && n.next.is_empty());
            let mut pages: Vec<usize> = leaves
                .filter_map(|n| n.href.as_ref()?.parse().ok())
                .map(|p: usize| p + 1)
                .collect();
            pages.sort_unstable();
            pages.dedup();
            let told = caption.split_once("，转第 ").map_or("", |(_, rest)| rest);
            let told: Vec<usize> =
                told.trim_end_matches(" 页").split('、').filter_map(|n| n.parse().ok()).collect();
            assert_eq!(told, pages, "{caption}");
        }
    }
}

const SMALL: &str = "
id: x
title: 图
applies: 罚款{limit:summary_fine_caps.natural_person}以下
law: apl
lanes: [甲]
steps:
  - {id: a, text: 听证, lane: 甲, cites: [\"apl#64\"], limit: {term: hearing-request}, next: [{to: b}]}
  - {id: b, text: 结束, kind: end, lane: 甲}
";

#[test]
fn numbers_are_the_laws() {
    let (_, words, findings) = read(SMALL);
    assert!(findings.is_empty());
    assert_eq!(words.applies, "罚款200元以下");
    assert_eq!(words.steps[0].fine_print(), ["第六十四条", "期限：5个工作日内"]);
    assert_eq!(words.basis, ["《行政处罚法》第六十四条"]);
    let clause_of_term = SMALL.replace("cites: [\"apl#64\"], ", "");
    assert_eq!(read(&clause_of_term).1.steps[0].clause.as_deref(), Some("第六十四条"));
}

#[test]
fn what_differs_from_the_law_is_told_with_its_line_and_the_laws_is_shown() {
    for (from, to) in [
        ("{term: hearing-request}", "{term: hearing-request, length: 7, unit: working_day}"),
        ("{term: hearing-request}", "{term: hearing-request, length: 5, unit: calendar_day}"),
        ("apl#64", "apl#61"),
        ("apl#64", "apl#999"),
    ] {
        let (_, words, findings) = read(&SMALL.replace(from, to));
        let told: Vec<_> = findings.iter().map(|f| (f.check, f.place.clone())).collect();
        let line = super::super::content::line_of("data/flow/x.yml", 8);
        assert!(told.contains(&("flow-differs-from-law", line)), "{to}: {told:?}");
        assert_eq!(words.steps[0].limit.as_deref(), Some("5个工作日内"));
    }
    let same = "{term: hearing-request, length: 5, unit: working_day}";
    assert!(read(&SMALL.replace("{term: hearing-request}", same)).2.is_empty());
}

#[test]
fn shipped_flows_rest_on_the_law_and_repeat_no_number_of_it() {
    for (name, text) in shipped() {
        let (flow, _, findings) = read(&text);
        assert!(findings.is_empty(), "{name}: {:?}", findings.iter().collect::<Vec<_>>());
        let limits = flow.steps.iter().filter_map(|s| s.limit.as_ref());
        assert!(limits.clone().all(|l| l.term.is_some() && l.length.is_none()), "{name}");
        for step in &flow.steps {
            let bare = step.text.split('{').map(|p| p.split_once('}').map_or(p, |(_, t)| t));
            assert!(
                !bare.collect::<String>().contains(|c: char| c.is_ascii_digit()),
                "{name}: {}",
                step.text
            );
        }
    }
    let limits = shipped().iter().map(|(_, text)| text.matches("term: ").count()).sum::<usize>();
    assert!(limits > 12, "the flows name {limits} terms of the law");
}

/// The drawings of the product as files of their own, for people to look at.
#[test]
fn shipped_flows_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/flow-look");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in shipped() {
        let (flow, words, _) = read(&text);
        for (i, chart) in parts(&flow, &words, ON_SCREEN, |_, _| None).iter().enumerate() {
            let svg = serde_json::to_string(&draw::svg(chart, i)).expect("text");
            let svg: String = serde_json::from_str(&svg).expect("text");
            assert!(svg.starts_with("<svg") && svg.contains("<title>") && svg.contains("<desc>"));
            std::fs::write(folder.join(format!("{name}.{i}.html")), svg).expect("written");
        }
    }
}

#[test]
fn mermaid_text_becomes_a_flow_of_ours() {
    let text = "---\ntitle: 举报处理\n---\nflowchart TD\n  %% 说明\n  subgraph s1 [受理科]\n    A([收到举报]) --> B{\"是否<br/>属于职责\"}\n  end\n  subgraph 执法队\n    B -->|是| C[现场核查];\n    C -- 查实 --> D((立案))\n  end\n  B -->|否| E[转交]\n  C -.-> E\n";
    let yml = import(text, "jubao", None).expect("a flow");
    let (flow, words, findings) = read(&yml);
    assert!(findings.is_empty());
    assert_eq!((flow.title.as_str(), flow.lanes.len()), ("举报处理", 3));
    let kinds: Vec<_> =
        flow.steps.iter().map(|s| (s.id.as_str(), s.kind, s.lane.as_str())).collect();
    use model::StepKind::{Decision, End, Start, Step};
    assert_eq!(
        kinds,
        [
            ("A", Start, "受理科"),
            ("B", Decision, "受理科"),
            ("C", Step, "执法队"),
            ("D", End, "执法队"),
            ("E", End, "承办机构")
        ]
    );
    assert_eq!(words.steps[1].text, "是否属于职责");
    assert_eq!(flow.steps[2].next[0].label.as_deref(), Some("查实"));
    assert!(parts(&flow, &words, ON_SCREEN, |_, _| None).iter().all(|c| faults(c).is_empty()));
}

#[test]
fn mermaid_beyond_the_subset_is_refused_with_its_line() {
    for (line, text) in [
        (1, "sequenceDiagram\n A->>B: x"),
        (1, "flowchart BT\n A --> B"),
        (3, "flowchart TD\n A --> B\n style A fill:#f00"),
        (2, "flowchart TD\n A & B --> C"),
        (2, "flowchart TD\n A[甲 --> B"),
        (2, "flowchart TD\n A>旗] --> B"),
        (2, "flowchart TD\n A --- B"),
        (3, "flowchart TD\n subgraph 甲\n subgraph 乙\n end"),
        (2, "flowchart TD\n end"),
        (3, "flowchart TD\n subgraph 甲\n A --> B"),
        (2, "flowchart TD\n A[<b>甲</b>] --> B"),
        (1, "flowchart TD"),
    ] {
        assert_eq!(import(text, "x", None).err().map(|f| f.line), Some(line), "{text}");
    }
    assert_eq!(import("graph TD\n A --> B", "流程", None).err().map(|f| f.line), Some(0));
}
