use super::*;
#[test]
fn probe() {
    let names = Names::load(&Shelf::embedded()).unwrap();
    for t in std::fs::read_to_string("/tmp/w/probe.txt").unwrap().lines() {
        let f = Fold::new(t, crate::clearance::fold::Markup::Read);
        let text = f.text();
        println!("## {text} found {:?}", names.find(t, &f, &[]).iter().map(|x| (&text[x.at.clone()], x.evidence)).collect::<Vec<_>>());
        let mut from = 0;
        while let Some((c, e)) = clause(text, from) {
            from = e;
            let mut cs = Vec::new();
            for i in 0..c.units.len() { names.native(&c, i, &mut cs); }
            for x in &cs {
                let (s, e) = (c.at[x.at.start], c.at[x.at.end]);
                let cost = names.in_the_dictionary(&c.units[x.at.clone()], x.cost);
                let (b, a) = (names.contexts.before(&text[..s]), names.contexts.after(&text[e..]));
                let fr = names.frame(text, &c.units[x.at.clone()], &(s..e)) - names.dangling(&c.units, &x.at, a);
                let ev = Window::new(&names.lexicon, &c.units, &x.at).evidence(cost - b - a - fr) + names.contexts.organization(&text[e..]);
                if ev > -60 { println!("   {} cost {} (dict {cost}) before {b} after {a} frame {fr} org {} => {ev}", &text[s..e], x.cost, names.contexts.organization(&text[e..])); }
            }
        }
    }
}
