//! What an expression gives.

use super::functions::call;
use super::{Comparison, Expression, Logic, Over};
use crate::decimal::Decimal;
use crate::gather::Gather;
use crate::json::{Member, Node, Value};
use std::cmp::Ordering;

/// The largest result on the way, in bytes of its texts and values.
const MAX_RESULT: usize = 1024 * 1024;
/// The most of all results on the way together: a projection makes one for each item.
const MAX_ALL: usize = 16 * MAX_RESULT;

/// Evaluates; `Err` with the reference implementation's words.
pub(in crate::shell) fn search(expression: &Expression, node: &Node) -> Result<Node, String> {
    evaluate(expression, node, &mut { MAX_ALL })
}

/// Evaluates; `left` is what results may still hold.
pub(super) fn evaluate(expression: &Expression, node: &Node, left: &mut usize) -> Result<Node, String> {
    let value = match expression {
        Expression::Current | Expression::Reference(_) => return Ok(node.clone()),
        Expression::Field(name) => return Ok(node.get(name).cloned().unwrap_or_else(null)),
        Expression::Index(index) => {
            let place = place(*index, node.items().len());
            return Ok(place.and_then(|place| node.items().get(place)).cloned().unwrap_or_else(null));
        }
        Expression::Slice(start, stop, step) => match &node.value {
            Value::Array(_) if *step == Some(0) => return Err("slice step cannot be zero".to_string()),
            Value::Array(items) => slice(items, *start, *stop, step.unwrap_or(1)),
            _ => Value::Null,
        },
        Expression::Then(first, second) => {
            let first = evaluate(first, node, left)?;
            return evaluate(second, &first, left);
        }
        Expression::Project(over, items, right) => {
            let items = evaluate(items, node, left)?;
            project(over, &items, right, left)?
        }
        Expression::Flatten(inner) => match evaluate(inner, node, left)?.value {
            Value::Array(items) => {
                let mut flat = Vec::new();
                for item in items {
                    match item.value {
                        Value::Array(inner) => flat.extend(inner),
                        value => flat.push(value.node()),
                    }
                }
                Value::Array(flat)
            }
            _ => Value::Null,
        },
        Expression::Either(logic, first, second) => {
            let first = evaluate(first, node, left)?;
            let decides = truth(&first) == (*logic == Logic::Or);
            return if decides { Ok(first) } else { evaluate(second, node, left) };
        }
        Expression::Not(inner) => Value::Bool(!truth(&evaluate(inner, node, left)?)),
        Expression::Compare(comparison, one, other) => {
            let one = evaluate(one, node, left)?;
            compare(*comparison, &one, &evaluate(other, node, left)?)
        }
        Expression::Literal(literal) => literal.value.clone(),
        Expression::List(_) | Expression::Object(_) if node.value == Value::Null => Value::Null,
        Expression::List(all) => {
            Value::Array(all.iter().map(|one| evaluate(one, node, left)).gather::<Result<_, _>>()?)
        }
        Expression::Object(all) => {
            let mut members = Vec::new();
            for (name, one) in all {
                members.push(Member::new(name, evaluate(one, node, left)?));
            }
            Value::Object(members)
        }
        Expression::Call(name, arguments) => call(name, arguments, node, left)?,
    };
    bounded(value.node(), left)
}

/// What has grown too large ends the search: `[@, @] | [@, @] | ...` doubles at each step.
fn bounded(node: Node, left: &mut usize) -> Result<Node, String> {
    let before = MAX_RESULT.min(*left);
    let mut after = before;
    let fitted = fits(&node, &mut after);
    *left -= before - after;
    match fitted {
        true => Ok(node),
        false => Err("The result of the query is too large.".to_string()),
    }
}

fn fits(node: &Node, left: &mut usize) -> bool {
    let own = match &node.value {
        Value::String(text) => text.len() + 1,
        Value::Object(members) => members.iter().map(|member| member.key.len()).sum::<usize>() + 1,
        _ => 1,
    };
    let fitted = left.checked_sub(own);
    *left = fitted.unwrap_or(0);
    fitted.is_some()
        && node.items().iter().all(|item| fits(item, left))
        && node.members().iter().all(|member| fits(&member.node, left))
}

fn null() -> Node {
    Value::Null.node()
}

fn project(over: &Over, list: &Node, right: &Expression, left: &mut usize) -> Result<Value, String> {
    let items: Vec<&Node> = match (over, &list.value) {
        (Over::Values, Value::Object(members)) => members.iter().map(|member| &member.node).gather(),
        (Over::Items | Over::Filtered(_), Value::Array(items)) => items.iter().gather(),
        _ => return Ok(Value::Null),
    };
    let mut found = Vec::new();
    for item in items {
        if let Over::Filtered(condition) = over
            && !truth(&evaluate(condition, item, left)?)
        {
            continue;
        }
        let value = evaluate(right, item, left)?;
        if value.value != Value::Null {
            found.push(value);
        }
    }
    Ok(Value::Array(found))
}

/// Everything but null, false, and what is empty.
fn truth(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

/// A place that may count from the end.
fn place(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(place) => Some(place),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

fn slice(items: &[Node], start: Option<i64>, stop: Option<i64>, step: i64) -> Value {
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let (least, most) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |given: Option<i64>, otherwise: i64| match given {
        None => otherwise,
        Some(given) if given < 0 => given.saturating_add(length).max(least),
        Some(given) => given.min(most),
    };
    let (mut at, stop) = match step < 0 {
        true => (bound(start, length - 1), bound(stop, -1)),
        false => (bound(start, 0), bound(stop, length)),
    };
    let mut found = Vec::new();
    while if step < 0 { at > stop } else { at < stop } {
        found.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at = at.saturating_add(step);
    }
    Value::Array(found)
}

fn compare(comparison: Comparison, left: &Node, right: &Node) -> Value {
    match comparison {
        Comparison::Equal => return Value::Bool(equal(left, right)),
        Comparison::NotEqual => return Value::Bool(!equal(left, right)),
        _ => {}
    }
    // The specification orders numbers alone; the CLI's own JMESPath orders text too.
    let Some(order) = order(left, right) else { return Value::Null };
    Value::Bool(match comparison {
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

/// The order of two numbers or two texts.
pub(super) fn order(left: &Node, right: &Node) -> Option<Ordering> {
    match (&left.value, &right.value) {
        (Value::Number(left), Value::Number(right)) => {
            Some(Decimal::parse(left)?.compare(&Decimal::parse(right)?))
        }
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Equality of values, wherever they stand and in whatever order an object's members are.
pub(super) fn equal(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::Number(_), Value::Number(_)) => order(left, right) == Some(Ordering::Equal),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(members), Value::Object(others)) => {
            members.len() == others.len()
                && members
                    .iter()
                    .all(|member| right.get(&member.key).is_some_and(|other| equal(&member.node, other)))
        }
        (left, right) => left == right,
    }
}
