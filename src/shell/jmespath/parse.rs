//! Words to an expression, by binding power as the reference implementation, and its words where they are none.

use super::token::{Kind, Token, tokens};
use super::{Comparison, Expression, Logic, Over};

/// The longest expression, in bytes.
const MAX_LENGTH: usize = 8 * 1024;
/// The most that stand inside or after each other.
const MAX_DEPTH: usize = 200;

/// What binds less than this ends a projection.
const ENDS_PROJECTION: u8 = 10;

/// Parses an expression; `Err` with the reference implementation's words.
pub(in crate::shell) fn parse(text: &str) -> Result<Expression, String> {
    if text.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_string());
    }
    if text.len() > MAX_LENGTH {
        return Err(TOO_LARGE.to_string());
    }
    let mut parser = Parser { text, tokens: tokens(text)?, at: 0, left: MAX_DEPTH };
    let expression = parser.expression(0)?;
    match parser.kind() {
        Kind::End => Ok(expression),
        _ => {
            let found = parser.token(0).text.clone();
            Err(parser.fault(0, &["Unexpected token: ", &found].concat()))
        }
    }
}

/// Beyond this program's bounds.
const TOO_LARGE: &str = "The expression is too large.";

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    /// Steps that may still nest.
    left: usize,
}

fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

type Parsed = Result<Expression, String>;

impl Parser<'_> {
    /// The word so many places further; the last is the end.
    fn token(&self, further: isize) -> &Token {
        const END: &Token = &Token {
            kind: Kind::End,
            text: String::new(),
            start: 0,
            literal: crate::json::Node {
                value: crate::json::Value::Null,
                span: crate::json::Span { start: 0, end: 0 },
            },
            number: 0,
        };
        let place = self.at.saturating_add_signed(further);
        self.tokens.get(place).or_else(|| self.tokens.last()).unwrap_or(END)
    }

    fn kind(&self) -> Kind {
        self.token(0).kind
    }

    /// What is said of a word.
    fn fault(&self, further: isize, message: &str) -> String {
        let token = self.token(further);
        self.fault_at(token, token.start, message)
    }

    fn fault_at(&self, token: &Token, at: usize, message: &str) -> String {
        let (column, name) = (at.to_string(), token.kind.name().to_ascii_uppercase());
        let place = [message, ": Parse error at column ", &column, ", token \"", &token.text, "\" (", &name];
        let (place, indent) = (place.concat(), " ".repeat(at + 1));
        [&place, "), for expression:\n\"", self.text, "\"\n", &indent, "^"].concat()
    }

    fn incomplete(&self) -> String {
        let indent = " ".repeat(self.text.chars().count() + 1);
        ["Invalid jmespath expression: Incomplete expression:\n\"", self.text, "\"\n", &indent, "^"].concat()
    }

    fn expect(&mut self, wanted: Kind) -> Result<(), String> {
        match self.kind() {
            kind if kind == wanted => {
                self.at += 1;
                Ok(())
            }
            Kind::End => Err(self.incomplete()),
            found => Err(self.fault(0, &["Expecting: ", wanted.name(), ", got: ", found.name()].concat())),
        }
    }

    fn take(&mut self, kind: Kind) -> bool {
        let found = self.kind() == kind;
        self.at += usize::from(found);
        found
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.left = self.left.checked_sub(1).ok_or(TOO_LARGE)?;
        Ok(())
    }

    fn expression(&mut self, binding: u8) -> Parsed {
        self.deeper()?;
        let mut left = self.first()?;
        while binding < self.kind().power() {
            self.deeper()?;
            left = self.further(left)?;
        }
        Ok(left)
    }

    /// What begins an expression.
    fn first(&mut self) -> Parsed {
        let token = self.token(0).clone();
        self.at += 1;
        Ok(match token.kind {
            Kind::Literal => Expression::Literal(token.literal),
            Kind::Name => Expression::Field(token.text),
            Kind::Quoted if self.kind() == Kind::Parenthesis => {
                let text = "Quoted identifier not allowed for function names.";
                return Err(self.fault_at(self.token(0), 0, text));
            }
            Kind::Quoted => Expression::Field(token.text),
            Kind::Star => {
                let right = match self.kind() {
                    Kind::BracketEnd => Expression::Current,
                    _ => self.projected(Kind::Star.power())?,
                };
                Expression::Project(Over::Values, boxed(Expression::Current), boxed(right))
            }
            Kind::Filter => self.filter(Expression::Current)?,
            Kind::Flatten => self.flatten(Expression::Current)?,
            Kind::Brace => self.object()?,
            Kind::Parenthesis => {
                let inner = self.expression(0)?;
                self.expect(Kind::ParenthesisEnd)?;
                inner
            }
            Kind::Not => Expression::Not(boxed(self.expression(Kind::Not.power())?)),
            Kind::Current => Expression::Current,
            Kind::Reference => Expression::Reference(boxed(self.expression(0)?)),
            Kind::Bracket => match (self.kind(), self.token(1).kind) {
                (Kind::Number | Kind::Colon, _) => self.index(Expression::Current)?,
                (Kind::Star, Kind::BracketEnd) => self.each(Expression::Current)?,
                _ => self.list()?,
            },
            Kind::End => return Err(self.incomplete()),
            _ => return Err(self.fault(-1, "invalid token")),
        })
    }

    /// What follows an expression.
    fn further(&mut self, left: Expression) -> Parsed {
        let kind = self.kind();
        self.at += 1;
        let compared = |comparison| Some((comparison, Kind::Equal.power()));
        let comparison = match kind {
            Kind::Equal => compared(Comparison::Equal),
            Kind::NotEqual => compared(Comparison::NotEqual),
            Kind::Less => compared(Comparison::Less),
            Kind::LessOrEqual => compared(Comparison::LessOrEqual),
            Kind::Greater => compared(Comparison::Greater),
            Kind::GreaterOrEqual => compared(Comparison::GreaterOrEqual),
            _ => None,
        };
        if let Some((comparison, power)) = comparison {
            return Ok(Expression::Compare(comparison, boxed(left), boxed(self.expression(power)?)));
        }
        Ok(match kind {
            Kind::Dot if self.take(Kind::Star) => {
                let right = self.projected(Kind::Dot.power())?;
                Expression::Project(Over::Values, boxed(left), boxed(right))
            }
            Kind::Dot => Expression::Then(boxed(left), boxed(self.after_dot(Kind::Dot.power())?)),
            Kind::Pipe => Expression::Then(boxed(left), boxed(self.expression(kind.power())?)),
            Kind::Or => Expression::Either(Logic::Or, boxed(left), boxed(self.expression(kind.power())?)),
            Kind::And => Expression::Either(Logic::And, boxed(left), boxed(self.expression(kind.power())?)),
            Kind::Filter => self.filter(left)?,
            Kind::Flatten => self.flatten(left)?,
            Kind::Bracket if matches!(self.kind(), Kind::Number | Kind::Colon) => self.index(left)?,
            Kind::Bracket => self.each(left)?,
            Kind::Parenthesis => self.call(left)?,
            _ => return Err(self.fault(-1, "invalid token")),
        })
    }

    /// Arguments, between which commas may stand.
    fn call(&mut self, left: Expression) -> Parsed {
        let Expression::Field(name) = left else {
            let text = ["Invalid function name '", &self.token(-2).text, "'"].concat();
            return Err(self.fault(-2, &text));
        };
        let mut arguments = Vec::new();
        while !self.take(Kind::ParenthesisEnd) {
            arguments.push(self.expression(0)?);
            self.take(Kind::Comma);
        }
        Ok(Expression::Call(name, arguments))
    }

    /// What a projection does with each item.
    fn projected(&mut self, binding: u8) -> Parsed {
        match self.kind() {
            kind if kind.power() < ENDS_PROJECTION => Ok(Expression::Current),
            Kind::Bracket | Kind::Filter => self.expression(binding),
            Kind::Dot => {
                self.at += 1;
                self.after_dot(binding)
            }
            _ => Err(self.fault(0, "syntax error")),
        }
    }

    fn after_dot(&mut self, binding: u8) -> Parsed {
        match self.kind() {
            Kind::Name | Kind::Quoted | Kind::Star => self.expression(binding),
            Kind::Bracket => {
                self.at += 1;
                self.list()
            }
            Kind::Brace => {
                self.at += 1;
                self.object()
            }
            found => {
                let wanted = "['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace']";
                Err(self.fault(0, &["Expecting: ", wanted, ", got: ", found.name()].concat()))
            }
        }
    }

    fn filter(&mut self, left: Expression) -> Parsed {
        let condition = self.expression(0)?;
        self.expect(Kind::BracketEnd)?;
        let right = match self.kind() {
            Kind::Flatten => Expression::Current,
            _ => self.projected(Kind::Filter.power())?,
        };
        Ok(Expression::Project(Over::Filtered(boxed(condition)), boxed(left), boxed(right)))
    }

    fn flatten(&mut self, left: Expression) -> Parsed {
        let right = self.projected(Kind::Flatten.power())?;
        let left = boxed(Expression::Flatten(boxed(left)));
        Ok(Expression::Project(Over::Items, left, boxed(right)))
    }

    /// `[*]`, whose bracket is taken.
    fn each(&mut self, left: Expression) -> Parsed {
        self.expect(Kind::Star)?;
        self.expect(Kind::BracketEnd)?;
        let right = self.projected(Kind::Star.power())?;
        Ok(Expression::Project(Over::Items, boxed(left), boxed(right)))
    }

    /// An index or a slice, whose bracket is taken.
    fn index(&mut self, left: Expression) -> Parsed {
        if self.kind() == Kind::Number && self.token(1).kind != Kind::Colon {
            let index = Expression::Index(self.token(0).number);
            self.at += 1;
            self.expect(Kind::BracketEnd)?;
            return Ok(Expression::Then(boxed(left), boxed(index)));
        }
        let mut parts = [None; 3];
        let mut place = 0;
        while self.kind() != Kind::BracketEnd && place < 3 {
            match self.kind() {
                Kind::Colon if place < 2 => place += 1,
                Kind::Number => {
                    let number = self.token(0).number;
                    parts.get_mut(place).into_iter().for_each(|part| *part = Some(number));
                }
                _ => return Err(self.fault(0, "syntax error")),
            }
            self.at += 1;
        }
        self.expect(Kind::BracketEnd)?;
        let [start, stop, step] = parts;
        let slice = Expression::Then(boxed(left), boxed(Expression::Slice(start, stop, step)));
        let right = self.projected(Kind::Star.power())?;
        Ok(Expression::Project(Over::Items, boxed(slice), boxed(right)))
    }

    /// Expressions with commas between them, whose bracket is taken.
    fn list(&mut self) -> Parsed {
        let mut all = vec![self.expression(0)?];
        while self.kind() != Kind::BracketEnd {
            self.expect(Kind::Comma)?;
            all.push(self.expression(0)?);
        }
        self.at += 1;
        Ok(Expression::List(all))
    }

    /// Names and expressions, whose brace is taken. The commas may be left out, as in the reference implementation.
    fn object(&mut self) -> Parsed {
        let mut all = Vec::new();
        loop {
            let name = self.token(0).text.clone();
            match self.kind() {
                Kind::Name | Kind::Quoted => self.at += 1,
                Kind::End => return Err(self.incomplete()),
                found => {
                    let wanted = "['quoted_identifier', 'unquoted_identifier']";
                    return Err(self.fault(0, &["Expecting: ", wanted, ", got: ", found.name()].concat()));
                }
            }
            self.expect(Kind::Colon)?;
            all.push((name, self.expression(0)?));
            if !self.take(Kind::Comma) && self.take(Kind::BraceEnd) {
                return Ok(Expression::Object(all));
            }
        }
    }
}
