//! Words to an expression, by binding power as the reference implementation.

use super::token::{Token, tokens};
use super::{Expression, Logic, Over};

/// The longest expression, in bytes.
const MAX_LENGTH: usize = 8 * 1024;
/// The most that stand inside or after each other.
const MAX_DEPTH: usize = 200;

/// What binds less than this ends a projection.
const ENDS_PROJECTION: u8 = 10;

/// Parses an expression; `None` where it isn't one.
pub(in crate::shell) fn parse(text: &str) -> Option<Expression> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut parser = Parser { tokens: tokens(text)?, at: 0, left: MAX_DEPTH };
    let expression = parser.expression(0)?;
    (parser.at == parser.tokens.len()).then_some(expression)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Steps that may still nest.
    left: usize,
}

fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

fn power(token: Option<&Token>) -> u8 {
    match token {
        Some(Token::Compare(_)) => 5,
        Some(Token::Mark(mark)) => match *mark {
            "|" => 1,
            "||" => 2,
            "&&" => 3,
            "[]" => 9,
            "*" => 20,
            "[?" => 21,
            "." => 40,
            "!" => 45,
            "{" => 50,
            "[" => 55,
            "(" => 60,
            _ => 0,
        },
        _ => 0,
    }
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, mark: &str) -> bool {
        matches!(self.peek(), Some(Token::Mark(own)) if *own == mark)
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.is(mark);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &str) -> Option<()> {
        self.take(mark).then_some(())
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    fn expression(&mut self, binding: u8) -> Option<Expression> {
        self.left = self.left.checked_sub(1)?;
        let mut left = self.first()?;
        while binding < power(self.peek()) {
            self.left = self.left.checked_sub(1)?;
            left = self.further(left)?;
        }
        Some(left)
    }

    /// What begins an expression.
    fn first(&mut self) -> Option<Expression> {
        Some(match self.next()? {
            Token::Literal(node) => Expression::Literal(node),
            Token::Name(name) if self.is("(") => {
                self.at += 1;
                Expression::Call(name, self.several(")")?)
            }
            Token::Name(name) | Token::Quoted(name) => Expression::Field(name),
            Token::Mark("*") => {
                let right = if self.is("]") { Expression::Current } else { self.projected(20)? };
                Expression::Project(Over::Values, boxed(Expression::Current), boxed(right))
            }
            Token::Mark("[?") => self.filter(Expression::Current)?,
            Token::Mark("[]") => self.flatten(Expression::Current)?,
            Token::Mark("{") => self.object()?,
            Token::Mark("(") => {
                let inner = self.expression(0)?;
                self.expect(")")?;
                inner
            }
            Token::Mark("!") => Expression::Not(boxed(self.expression(45)?)),
            Token::Mark("@") => Expression::Current,
            Token::Mark("&") => Expression::Reference(boxed(self.expression(0)?)),
            Token::Mark("[") => match self.bracket(Expression::Current)? {
                Some(expression) => expression,
                None => Expression::List(self.several("]")?),
            },
            _ => return None,
        })
    }

    /// What follows an expression.
    fn further(&mut self, left: Expression) -> Option<Expression> {
        Some(match self.next()? {
            Token::Compare(comparison) => {
                Expression::Compare(comparison, boxed(left), boxed(self.expression(5)?))
            }
            Token::Mark(".") if self.take("*") => {
                let right = self.projected(20)?;
                Expression::Project(Over::Values, boxed(left), boxed(right))
            }
            Token::Mark(".") => Expression::Then(boxed(left), boxed(self.after_dot(40)?)),
            Token::Mark("|") => Expression::Then(boxed(left), boxed(self.expression(1)?)),
            Token::Mark("||") => Expression::Either(Logic::Or, boxed(left), boxed(self.expression(2)?)),
            Token::Mark("&&") => Expression::Either(Logic::And, boxed(left), boxed(self.expression(3)?)),
            Token::Mark("[?") => self.filter(left)?,
            Token::Mark("[]") => self.flatten(left)?,
            Token::Mark("[") => self.bracket(left)??,
            _ => return None,
        })
    }

    /// What a projection does with each item.
    fn projected(&mut self, binding: u8) -> Option<Expression> {
        if power(self.peek()) < ENDS_PROJECTION {
            return Some(Expression::Current);
        }
        if self.is("[") || self.is("[?") {
            return self.expression(binding);
        }
        self.expect(".")?;
        self.after_dot(binding)
    }

    fn after_dot(&mut self, binding: u8) -> Option<Expression> {
        match self.peek()? {
            Token::Name(_) | Token::Quoted(_) | Token::Mark("*") => self.expression(binding),
            Token::Mark("[") => {
                self.at += 1;
                Some(Expression::List(self.several("]")?))
            }
            Token::Mark("{") => {
                self.at += 1;
                self.object()
            }
            _ => None,
        }
    }

    fn filter(&mut self, left: Expression) -> Option<Expression> {
        let condition = self.expression(0)?;
        self.expect("]")?;
        let right = if self.is("[]") { Expression::Current } else { self.projected(21)? };
        Some(Expression::Project(Over::Filtered(boxed(condition)), boxed(left), boxed(right)))
    }

    fn flatten(&mut self, left: Expression) -> Option<Expression> {
        let right = self.projected(9)?;
        let left = boxed(Expression::Flatten(boxed(left)));
        Some(Expression::Project(Over::Items, left, boxed(right)))
    }

    /// An index, a slice or `*` after `[`; `Some(None)`: something else stands there.
    fn bracket(&mut self, left: Expression) -> Option<Option<Expression>> {
        match self.peek()? {
            Token::Number(_) | Token::Mark(":") => {}
            Token::Mark("*") if matches!(self.tokens.get(self.at + 1), Some(Token::Mark("]"))) => {
                self.at += 2;
                let right = self.projected(20)?;
                return Some(Some(Expression::Project(Over::Items, boxed(left), boxed(right))));
            }
            _ => return Some(None),
        }
        let mut parts = [None; 3];
        let mut place = 0;
        while !self.take("]") {
            match self.next()? {
                Token::Number(number) => *parts.get_mut(place)? = Some(number),
                Token::Mark(":") => place += 1,
                _ => return None,
            }
        }
        let [start, stop, step] = parts;
        if place == 0 {
            return Some(Some(Expression::Then(boxed(left), boxed(Expression::Index(start?)))));
        }
        if place > 2 || step == Some(0) {
            return None;
        }
        let slice = Expression::Then(boxed(left), boxed(Expression::Slice(start, stop, step)));
        let right = self.projected(20)?;
        Some(Some(Expression::Project(Over::Items, boxed(slice), boxed(right))))
    }

    /// Expressions with commas between them, up to the closing mark.
    fn several(&mut self, end: &str) -> Option<Vec<Expression>> {
        let mut all = Vec::new();
        while !self.take(end) {
            if !all.is_empty() {
                self.expect(",")?;
            }
            all.push(self.expression(0)?);
        }
        Some(all)
    }

    fn object(&mut self) -> Option<Expression> {
        let mut all = Vec::new();
        loop {
            let (Token::Name(name) | Token::Quoted(name)) = self.next()? else { return None };
            self.expect(":")?;
            all.push((name, self.expression(0)?));
            if self.take("}") {
                return Some(Expression::Object(all));
            }
            self.expect(",")?;
        }
    }
}
