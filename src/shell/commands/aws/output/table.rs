//! `--output table`: sections with a title, a row of names, and rows. Where it is wider than a terminal of 80
//! columns, the CLI turns a section of a single row by a quarter, as here.

use super::{is_scalar, keys, keys_of_all, scalar};
use crate::gather::Gather;
use crate::json::{Node, Value};

/// The width of a terminal that isn't known.
const TERMINAL: usize = 80;
/// The largest table, in columns of all lines.
const MAX_TABLE: usize = 8 * 1024 * 1024;
/// Blanks beside the text of a cell.
const PADDING: usize = 4;

#[derive(Default)]
struct Section {
    title: String,
    indent: usize,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The table; `None`: it would be too large, since each line is as wide as the widest.
pub(super) fn write(node: &Node, title: &str) -> Option<String> {
    let mut sections = Vec::new();
    if !build(Some(title), node, 0, &mut sections) {
        return Some(String::new());
    }
    let mut width = width_of(&sections);
    if width > TERMINAL {
        for section in &mut sections {
            turn(section);
        }
        width = width_of(&sections);
    }
    // Beside the rows: title, names and lines between them.
    let lines: usize = sections.iter().map(|section| section.rows.len() + 5).sum();
    if lines.saturating_mul(width) > MAX_TABLE {
        return None;
    }
    let mut out = "-".repeat(width) + "\n";
    for section in &sections {
        render(section, width - 2 * section.indent, &mut out);
    }
    Some(out)
}

fn section(title: &str, indent: usize, sections: &mut Vec<Section>) {
    sections.push(Section { title: title.to_string(), indent, ..Section::default() });
}

fn add(sections: &mut Vec<Section>, row: Vec<String>) {
    if sections.is_empty() {
        sections.push(Section::default());
    }
    if let Some(section) = sections.last_mut() {
        section.rows.push(row);
    }
}

fn head(sections: &mut [Section], headers: &[&str]) {
    if let Some(section) = sections.last_mut() {
        section.headers = headers.iter().map(|name| name.to_string()).gather();
    }
}

/// Whether there was anything to show.
fn build(title: Option<&str>, node: &Node, indent: usize, sections: &mut Vec<Section>) -> bool {
    let nothing = match &node.value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if nothing {
        return false;
    }
    if let Some(title) = title {
        section(title, indent, sections);
    }
    match &node.value {
        Value::Array(items) if matches!(items.first().map(|item| &item.value), Some(Value::Object(_))) => {
            objects(title.unwrap_or_default(), items, indent, sections);
        }
        Value::Array(items) => {
            for item in items {
                if is_scalar(item) {
                    add(sections, vec![scalar(item)]);
                } else if item.items().iter().all(is_scalar) {
                    add(sections, item.items().iter().map(scalar).gather());
                } else {
                    build(None, item, indent, sections);
                }
            }
        }
        Value::Object(_) => object(node, indent, sections),
        // The CLI prints a bare scalar's title alone.
        _ => {}
    }
    true
}

fn object(node: &Node, indent: usize, sections: &mut Vec<Section>) {
    let (headers, others) = keys(node);
    let cell = |key: &&str| node.get(key).map(scalar).unwrap_or_default();
    match headers.as_slice() {
        [] => {}
        [one] => add(sections, vec![one.to_string(), cell(one)]),
        headers => {
            head(sections, headers);
            add(sections, headers.iter().map(cell).gather());
        }
    }
    for key in others {
        if let Some(value) = node.get(key) {
            build(Some(key), value, indent + 1, sections);
        }
    }
}

fn objects(title: &str, items: &[Node], indent: usize, sections: &mut Vec<Section>) {
    let (headers, others) = keys_of_all(items);
    head(sections, &headers);
    for (place, item) in items.iter().enumerate() {
        if place > 0 && !others.is_empty() {
            section(title, indent, sections);
            head(sections, &headers);
        }
        add(sections, headers.iter().map(|key| item.get(key).map(scalar).unwrap_or_default()).gather());
        for key in &others {
            if let Some(value) = item.get(key) {
                build(Some(key), value, indent + 1, sections);
            }
        }
    }
}

/// Each name and value of a single row become a row of their own.
fn turn(section: &mut Section) {
    if let ([_, ..], [row]) = (section.headers.as_slice(), section.rows.as_slice()) {
        let pairs = section.headers.iter().zip(row);
        let rows = pairs.map(|(name, value)| vec![name.clone(), value.clone()]).gather();
        section.rows = rows;
        section.headers.clear();
    }
}

/// The widest cell of each column.
fn columns(section: &Section) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in section.rows.iter().chain([&section.headers]) {
        for (place, cell) in row.iter().enumerate() {
            let width = columns_of(cell);
            match widths.get_mut(place) {
                Some(own) => *own = width.max(*own),
                None => widths.push(width),
            }
        }
    }
    widths
}

fn width_of(sections: &[Section]) -> usize {
    let width = |section: &Section| {
        let cells: usize = columns(section).iter().map(|width| width + PADDING).sum();
        (cells + 2).max(columns_of(&section.title) + 2) + 2 * section.indent
    };
    sections.iter().map(width).max().unwrap_or(0)
}

/// The columns' widths so that they fill the whole width.
fn scaled(section: &Section, width: usize) -> Vec<usize> {
    let plain: Vec<usize> = columns(section).iter().map(|width| width + PADDING).gather();
    let sum: usize = plain.iter().sum::<usize>().max(1);
    // As Python rounds: half to even.
    let round = |cell: usize| {
        let (product, sum) = (cell as u64 * width as u64, sum as u64);
        let (whole, rest) = (product / sum, product % sum * 2);
        let rounded = whole + u64::from(rest > sum || (rest == sum && whole % 2 == 1));
        usize::try_from(rounded).unwrap_or(width)
    };
    let mut scaled: Vec<usize> = plain.into_iter().map(round).gather();
    while !scaled.is_empty() {
        let total: usize = scaled.iter().sum();
        if total > width {
            scaled.iter_mut().take(total - width).for_each(|cell| *cell = cell.saturating_sub(1));
        } else if total < width {
            scaled.iter_mut().rev().take(width - total).for_each(|cell| *cell += 1);
        } else {
            break;
        }
    }
    scaled
}

fn render(section: &Section, width: usize, out: &mut String) {
    let edge = "|".repeat(section.indent);
    let mut line = |text: String| {
        for part in [edge.as_str(), &text, &edge, "\n"] {
            out.push_str(part);
        }
    };
    let widths = scaled(section, width);
    let mut border = String::from("+");
    for (place, width) in widths.iter().enumerate() {
        border.push_str(&"-".repeat(width.saturating_sub(if place == 0 { 2 } else { 1 })));
        border.push('+');
    }
    if !section.title.is_empty() {
        line(centred(&section.title, width, "|"));
        if section.headers.is_empty() && section.rows.is_empty() {
            line(["+", &"-".repeat(width.saturating_sub(2)), "+"].concat());
        }
    }
    if !section.headers.is_empty() {
        line(border.clone());
        let cells = section.headers.iter().zip(&widths).enumerate();
        let cells =
            cells.map(|(place, (cell, width))| centred(cell, *width, if place == 0 { "|" } else { "" }));
        line(cells.gather::<String>());
    }
    if !section.rows.is_empty() && !widths.is_empty() {
        line(border.clone());
        for row in &section.rows {
            let mut text = String::from("|");
            for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let taken = columns_of(cell) + 1 + usize::from(place == 0);
                let padding = if taken + 2 <= *width { 2 } else { 0 };
                text.push_str(&" ".repeat(padding));
                text.push_str(cell);
                text.push_str(&" ".repeat(width.saturating_sub(taken + padding)));
                text.push('|');
            }
            line(text);
        }
        line(border);
    }
}

/// The columns that a text takes: letters of East Asia take two.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) < 0x1100 { 1 } else { 2 }).sum()
}

/// A text in the middle of a cell, between its edges.
fn centred(text: &str, width: usize, left: &str) -> String {
    let length = columns_of(text);
    let before = (width / 2).saturating_sub(length / 2 + 1);
    let after = width.saturating_sub(before + length + left.len() + 1);
    [left, &" ".repeat(before), text, &" ".repeat(after), "|"].concat()
}
