//! JMESPath, the language of `--query`.
//!
//! Standard: JMESPath Specification (jmespath.org). Entries: [`parse`], [`search`]. Own code, because the crates for
//! it bring a second JSON library and weigh more than the whole shell. Left out on purpose: sums and
//! averages of numbers that aren't whole.

mod evaluate;
mod functions;
mod parse;
mod token;

pub(super) use evaluate::search;
pub(super) use parse::parse;

use crate::json::Node;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// `@`, or nothing.
    Current,
    /// `Name`
    Field(String),
    /// `[0]`, `[-1]`
    Index(i64),
    /// `[1:2:1]`
    Slice(Option<i64>, Option<i64>, Option<i64>),
    /// The second on what the first gives: `a.b`, `a | b`.
    Then(Box<Expression>, Box<Expression>),
    /// The third on each item of the first that the second holds for; without the second on each.
    Project(Over, Box<Expression>, Box<Expression>),
    /// `[]`
    Flatten(Box<Expression>),
    /// `||`, `&&`
    Either(Logic, Box<Expression>, Box<Expression>),
    /// `!`
    Not(Box<Expression>),
    /// `==`, `<` ...
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `` `1` ``, `'text'`
    Literal(Node),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{a: b}`
    Object(Vec<(String, Expression)>),
    /// `length(a)`
    Call(String, Vec<Expression>),
    /// `&a`
    Reference(Box<Expression>),
}

/// What a projection goes over.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Over {
    /// `[*]`: a list's items.
    Items,
    /// `*`: an object's values.
    Values,
    /// `[?...]`: the items for which this holds.
    Filtered(Box<Expression>),
}

/// The two that don't evaluate their second side always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logic {
    /// `||`
    Or,
    /// `&&`
    And,
}

/// The comparators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}
