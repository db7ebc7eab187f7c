//! Who uses what in a module that was linked with `--emit-relocs`.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{
    ExternalKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationEntry, RelocationType,
    SymbolInfo, TypeRef,
};

/// Functions and constants, and what each of them names.
#[derive(Debug, Default)]
pub struct Graph {
    /// By function index, the imported ones first.
    pub functions: Vec<Node>,
    /// By address, without overlaps.
    pub constants: Vec<Constant>,
    /// The exported functions.
    pub exported: Vec<Item>,
}

/// A function's name (the linker's), and what it uses.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    /// Whether it is no function of the program's own.
    pub imported: bool,
    /// Of its body, without the linker's padding.
    pub bytes: usize,
    pub uses: Vec<Item>,
}

/// Bytes of the data segments that are used together.
#[derive(Debug)]
pub struct Constant {
    pub place: Range<u32>,
    pub uses: Vec<Item>,
}

/// A function by its index, or a constant by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Function(usize),
    Constant(usize),
}

/// What the sections say before they are put together.
#[derive(Default)]
struct Sections {
    names: BTreeMap<u32, String>,
    imported: u32,
    /// By function without the imported ones: its bytes, from the code section's start.
    bodies: Vec<Range<usize>>,
    /// Address and place in the data section of each segment.
    segments: Vec<(u32, Range<usize>)>,
    symbols: Vec<Symbol>,
    code_relocations: Vec<RelocationEntry>,
    data_relocations: Vec<RelocationEntry>,
    /// By relocation of code: the bytes that its number doesn't need.
    padding: Vec<usize>,
    exported: Vec<u32>,
    code_section: u32,
    data_section: u32,
}

enum Symbol {
    Function(u32),
    Data { segment: u32, range: Range<u32> },
    Other,
}

impl Graph {
    /// Reads the linker's output.
    pub fn read(module: &[u8]) -> Result<Self> {
        let sections = Sections::read(module)?;
        if sections.code_relocations.is_empty() {
            bail!("the module has no relocations: it was linked without --emit-relocs");
        }
        sections.graph()
    }
}

impl Sections {
    fn read(module: &[u8]) -> Result<Self> {
        let mut sections = Self::default();
        let (mut code_start, mut index) = (0, 0);
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            let section = payload.as_section().is_some();
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        sections.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        // Descriptions run at build time alone.
                        if export.kind == ExternalKind::Func
                            && !export.name.starts_with("__wbindgen_describe")
                        {
                            sections.exported.push(export.index);
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => {
                    code_start = range.start;
                    sections.code_section = index;
                }
                Payload::CodeSectionEntry(body) => {
                    sections.bodies.push(body.range().start - code_start..body.range().end - code_start);
                }
                Payload::DataSection(data) => {
                    sections.data_section = index;
                    let start = data.range().start;
                    for segment in data {
                        let segment = segment?;
                        let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else {
                            bail!("a passive data segment");
                        };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                            bail!("a data segment without a constant address");
                        };
                        let end = segment.range.end - start;
                        sections.segments.push((value.cast_unsigned(), end - segment.data.len()..end));
                    }
                }
                Payload::CustomSection(custom) => sections.custom(custom.as_known())?,
                _ => {}
            }
            index += u32::from(section);
        }
        let number = |entry: &RelocationEntry| {
            let place = entry.relocation_range();
            module.get(code_start + place.start..code_start + place.end).unwrap_or_default()
        };
        sections.padding = sections.code_relocations.iter().map(|entry| padding(number(entry))).collect();
        Ok(sections)
    }

    fn custom(&mut self, section: KnownCustom<'_>) -> Result<()> {
        match section {
            KnownCustom::Name(names) => {
                for name in names {
                    if let wasmparser::Name::Function(functions) = name? {
                        for naming in functions {
                            let naming = naming?;
                            self.names.insert(naming.index, naming.name.to_owned());
                        }
                    }
                }
            }
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = part? {
                        for symbol in symbols {
                            self.symbols.push(Symbol::of(symbol?));
                        }
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let into = match relocations.section_index() {
                    section if section == self.code_section => &mut self.code_relocations,
                    section if section == self.data_section => &mut self.data_relocations,
                    _ => return Ok(()),
                };
                for entry in relocations.entries() {
                    into.push(entry?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn graph(&self) -> Result<Graph> {
        let mut constants = self.constants();
        let imported = std::iter::repeat_n(0, self.imported as usize);
        let bytes = imported.chain(self.bodies.iter().map(Range::len));
        let mut functions: Vec<Node> = (0..)
            .zip(bytes)
            .map(|(index, bytes)| Node {
                name: self.names.get(&index).cloned().unwrap_or_default(),
                imported: index < self.imported,
                bytes,
                uses: Vec::new(),
            })
            .collect();
        for (entry, padding) in self.code_relocations.iter().zip(&self.padding) {
            let at = entry.offset as usize;
            let body = self.bodies.partition_point(|body| body.end <= at);
            let used = self.used(entry, &constants)?;
            let node = functions
                .get_mut(self.imported as usize + body)
                .context("a relocation outside of functions")?;
            node.uses.extend(used);
            node.bytes -= padding;
        }
        for entry in &self.data_relocations {
            let at = entry.offset as usize;
            let (address, range) = self
                .segments
                .iter()
                .find(|(_, range)| range.contains(&at))
                .context("a relocation outside of data")?;
            let address = address + (at - range.start) as u32;
            let used = self.used(entry, &constants)?;
            let place = constant_at(&constants, address).context("a relocation outside of symbols")?;
            constants.get_mut(place).context("no such constant")?.uses.extend(used);
        }
        let exported = self.exported.iter().map(|&index| Item::Function(index as usize)).collect();
        Ok(Graph { functions, constants, exported })
    }

    /// The data symbols as one list; those that overlap become one.
    fn constants(&self) -> Vec<Constant> {
        let mut places: Vec<Range<u32>> = self
            .symbols
            .iter()
            .filter_map(|symbol| self.place(symbol))
            .filter(|place| !place.is_empty())
            .collect();
        places.sort_by_key(|place| (place.start, place.end));
        let mut constants: Vec<Constant> = Vec::new();
        for place in places {
            match constants.last_mut() {
                Some(last) if place.start < last.place.end => last.place.end = last.place.end.max(place.end),
                _ => constants.push(Constant { place, uses: Vec::new() }),
            }
        }
        constants
    }

    /// The addresses of a data symbol that has bytes in the file.
    fn place(&self, symbol: &Symbol) -> Option<Range<u32>> {
        let Symbol::Data { segment, range } = symbol else { return None };
        let (address, _) = self.segments.get(*segment as usize)?;
        Some(address + range.start..address + range.end)
    }

    fn used(&self, entry: &RelocationEntry, constants: &[Constant]) -> Result<Option<Item>> {
        use RelocationType::{
            FunctionIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32, TableIndexSleb,
        };
        let symbol = self.symbols.get(entry.index as usize);
        Ok(match (entry.ty, symbol) {
            (FunctionIndexLeb | TableIndexSleb | TableIndexI32, Some(Symbol::Function(index))) => {
                Some(Item::Function(*index as usize))
            }
            (MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32, Some(symbol)) => {
                self.place(symbol).and_then(|place| constant_at(constants, place.start)).map(Item::Constant)
            }
            // Types and globals stay with all parts; the stack's place is no symbol's.
            (
                RelocationType::TypeIndexLeb
                | RelocationType::GlobalIndexLeb
                | RelocationType::TableNumberLeb,
                _,
            ) => None,
            (kind, _) => bail!("an unknown relocation: {kind:?}"),
        })
    }
}

impl Symbol {
    fn of(symbol: SymbolInfo<'_>) -> Self {
        match symbol {
            SymbolInfo::Func { index, .. } => Self::Function(index),
            SymbolInfo::Data { symbol: Some(at), .. } => {
                Self::Data { segment: at.index, range: at.offset..at.offset + at.size }
            }
            _ => Self::Other,
        }
    }
}

/// The last bytes of a number in LEB128 that add nothing to it.
fn padding(number: &[u8]) -> usize {
    number.iter().skip(1).rev().take_while(|&&byte| byte & 0x7f == 0).count()
}

fn constant_at(constants: &[Constant], address: u32) -> Option<usize> {
    let place = constants.partition_point(|constant| constant.place.end <= address);
    constants.get(place).filter(|constant| constant.place.contains(&address)).map(|_| place)
}
