//! Condition: operators, keys, values.

use super::super::fault::NULL_IF_EXISTS;
use super::super::matching::Condition;
use super::super::matching::condition::is_null_if_exists;
use super::Reader;
use super::place::Place;
use crate::gather::Gather;
use crate::json::{Node, Value};

impl Reader {
    pub(super) fn conditions(&mut self, node: &Node, place: Place<'_>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for operator in self.object(node, place).unwrap_or(&[]) {
            let place = place.key(&operator.key);
            if is_null_if_exists(&operator.key) {
                self.fault(NULL_IF_EXISTS, &operator.node, place);
            }
            for key in self.object(&operator.node, place).unwrap_or(&[]) {
                let values = self.values(&key.node, place.key(&key.key));
                let values = values.into_iter();
                conditions.push(Condition::new(&operator.key, &key.key, values, self.variables));
            }
        }
        conditions
    }

    /// Strings, numbers and booleans count as their text.
    fn values<'n>(&mut self, node: &'n Node, place: Place<'_>) -> Vec<&'n str> {
        match &node.value {
            Value::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for (number, item) in items.iter().enumerate() {
                    texts.extend(self.value(item, place.item(number)));
                }
                texts
            }
            _ => self.value(node, place).into_iter().gather(),
        }
    }

    fn value<'n>(&mut self, node: &'n Node, place: Place<'_>) -> Option<&'n str> {
        match &node.value {
            Value::String(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                self.wrong_type(node, place, "string");
                None
            }
        }
    }
}
