//! All templates as one graph: what depends on what, and an order in which everything can be made.
//!
//! AWS page: CloudFormation User Guide, "DependsOn attribute" (dependencies follow Ref and Fn::GetAtt).

use crate::gather::Gather;
use crate::sorted::SortedSet;

/// The order, and what is on cycles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Vertices after all that they depend on; among equals, in the order of the document.
    pub order: Vec<usize>,
    /// Each cycle once: a vertex, what it depends on, and so on round.
    pub cycles: Vec<Vec<usize>>,
}

/// Orders the vertices `0..dependencies.len()`, each given with the vertices that it depends on.
pub(crate) fn order(dependencies: &[SortedSet<usize>]) -> Order {
    let mut dependents = vec![Vec::new(); dependencies.len()];
    let mut missing: Vec<usize> = dependencies.iter().map(SortedSet::len).gather();
    for (vertex, needs) in dependencies.iter().enumerate() {
        for need in needs {
            if let Some(list) = dependents.get_mut(*need) {
                list.push(vertex);
            }
        }
    }
    // From last to first, since a vector gives its last item.
    let mut ready: Vec<usize> =
        (0..missing.len()).rev().filter(|vertex| missing.get(*vertex) == Some(&0)).gather();
    let mut order = Vec::with_capacity(missing.len());
    while let Some(vertex) = ready.pop() {
        order.push(vertex);
        for dependent in dependents.get(vertex).into_iter().flatten() {
            if let Some(count) = missing.get_mut(*dependent) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(ready.partition_point(|other| other > dependent), *dependent);
                }
            }
        }
    }
    let left = (0..missing.len()).filter(|vertex| missing.get(*vertex).is_some_and(|count| *count > 0));
    Order { order, cycles: cycles(dependencies, left.gather()) }
}

/// Walks from each vertex that is left to one that it depends on, until a vertex comes again.
fn cycles(dependencies: &[SortedSet<usize>], mut left: SortedSet<usize>) -> Vec<Vec<usize>> {
    let mut cycles = Vec::new();
    while let Some(start) = left.first().copied() {
        let mut walk = vec![start];
        let mut walked = SortedSet::from([start]);
        loop {
            let last = walk.last().copied().unwrap_or(start);
            let next = dependencies.get(last).and_then(|needs| needs.iter().find(|need| left.contains(need)));
            match next {
                Some(next) if walked.insert(*next) => walk.push(*next),
                Some(next) => {
                    cycles.push(walk.iter().copied().skip_while(|vertex| vertex != next).gather());
                    break;
                }
                None => break,
            }
        }
        for vertex in walk {
            left.remove(&vertex);
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_dependency_then_by_place() {
        let order = order(&[SortedSet::from([2]), SortedSet::new(), SortedSet::from([3]), SortedSet::new()]);
        assert_eq!(order, Order { order: vec![1, 3, 2, 0], cycles: vec![] });
    }

    #[test]
    fn names_each_cycle_and_not_what_leads_to_it() {
        let set = |items: &[usize]| items.iter().copied().collect();
        let found = order(&[set(&[1]), set(&[2]), set(&[1]), set(&[3]), set(&[])]);
        assert_eq!(found, Order { order: vec![4], cycles: vec![vec![1, 2], vec![3]] });
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let mut chain: Vec<_> = (1..100_000_usize).map(|next| SortedSet::from([next])).collect();
        chain.push(SortedSet::new());
        assert_eq!(order(&chain).order.len(), 100_000);
    }
}
