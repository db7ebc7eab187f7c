//! The files: the first part without what moves, and each chunk with the rest of the program as imports.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail};
use walrus::ir::{Instr, RefIsNull, TableGet, UnaryOp, Unop, Value};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, ImportedFunction, Module, ModuleConfig, RefType, TableId,
};

use super::reach::{Chunk, Placed};
use super::{ChunkFile, Parts};

/// The name under which a chunk imports from the first part.
const FIRST: &str = "first";
const TABLE: &str = "$table";

/// A chunk's functions with their places in the table, and its bytes with their addresses.
#[derive(Default)]
struct Moved {
    table: BTreeMap<u64, FunctionId>,
    data: Vec<(u32, Vec<u8>)>,
}

/// Makes the parts of `module`, whose functions still have the linker's names.
pub fn cut(placed: &Placed, module: &[u8]) -> Result<Parts> {
    let mut first = parse(module)?;
    let names = Names::of(&first);
    let table = function_table(&first)?;
    let mut chunks = Vec::new();
    for (name, chunk) in &placed.chunks {
        chunks.push((name, chunk, move_out(&mut first, table, &names, chunk)?));
    }
    let mut made = Vec::new();
    let mut shared = BTreeSet::new();
    for (_, chunk, moved) in &chunks {
        let module = chunk_module(module, &names, chunk, moved)?;
        shared.extend(module.imports.iter().filter_map(|import| match import.kind {
            ImportKind::Function(function) => Some(function.index()),
            _ => None,
        }));
        made.push(module);
    }
    let moved: BTreeSet<usize> = chunks
        .iter()
        .flat_map(|(_, chunk, _)| chunk.functions.difference(&chunk.entries))
        .filter_map(|name| names.one(name).map(|id| id.index()))
        .collect();
    export_shared(&mut first, table, &shared.difference(&moved).copied().collect());
    walrus::passes::gc::run(&mut first);
    let mut parts = Parts { first: Vec::new(), chunks: Vec::new() };
    for ((name, chunk, _), mut module) in chunks.into_iter().zip(made) {
        expect_moved(&first, &names, name, chunk)?;
        keep_exports(&mut module, &shared);
        let file = ChunkFile { name: name.clone(), after: chunk.after.clone(), bytes: module.emit_wasm() };
        parts.chunks.push(file);
    }
    parts.first = first.emit_wasm();
    Ok(parts)
}

/// A chunk exports what other chunks import, no more.
fn keep_exports(made: &mut Module, shared: &BTreeSet<usize>) {
    let unused = made.exports.iter().filter(|export| match export.item {
        ExportItem::Function(function) => !shared.contains(&function.index()),
        _ => true,
    });
    let unused: Vec<_> = unused.map(walrus::Export::id).collect();
    unused.into_iter().for_each(|export| made.exports.delete(export));
}

/// What chunks import, by the names that they use.
fn export_shared(first: &mut Module, table: TableId, functions: &BTreeSet<usize>) {
    let all: Vec<FunctionId> = first.funcs.iter().map(walrus::Function::id).collect();
    for function in all.into_iter().filter(|function| functions.contains(&function.index())) {
        first.exports.add(&exported(function), function);
    }
    first.exports.add(TABLE, table);
    let globals: Vec<_> =
        first.globals.iter().filter(|global| global.mutable).map(walrus::Global::id).collect();
    for global in globals {
        first.exports.add(&format!("$global{}", global.index()), global);
    }
}

/// The first part uses nothing that moved but through the table.
fn expect_moved(first: &Module, names: &Names, name: &str, chunk: &Chunk) -> Result<()> {
    for function in first.funcs.iter() {
        let linked = function.name.as_deref().unwrap_or_default();
        if chunk.functions.contains(linked) && !chunk.entries.contains(linked) && names.one(linked).is_some()
        {
            bail!("{linked} moves to the chunk {name}, but the first part uses it");
        }
    }
    Ok(())
}

/// Takes the chunk's functions and bytes out of the first part, which then enters it through the table.
fn move_out(first: &mut Module, table: TableId, names: &Names, chunk: &Chunk) -> Result<Moved> {
    let mut moved = Moved::default();
    let functions: BTreeSet<FunctionId> = chunk.functions.iter().filter_map(|name| names.one(name)).collect();
    take_from_table(first, table, &functions, &mut moved);
    let asked = first.tables.get(table).initial;
    for entry in &chunk.entries {
        let entry = names.one(entry).context("an entry of a chunk has no name of its own")?;
        let place = first.tables.get(table).initial;
        moved.table.insert(place, entry);
        call_through_table(first, table, entry, place);
        let table = first.tables.get_mut(table);
        table.initial += 1;
        table.maximum = table.maximum.map(|size| size + 1);
    }
    for question in &chunk.questions {
        let question = names.one(question).context("a question for a chunk has no name of its own")?;
        ask_table(first, table, question, asked);
    }
    take_data(first, &chunk.constants, &mut moved.data)?;
    Ok(moved)
}

/// Where a function that moved stood in the table, the first part has one that only fails.
fn take_from_table(first: &mut Module, table: TableId, functions: &BTreeSet<FunctionId>, moved: &mut Moved) {
    let mut builder = FunctionBuilder::new(&mut first.types, &[], &[]);
    builder.func_body().unreachable();
    let missing = builder.finish(Vec::new(), &mut first.funcs);
    for element in first.elements.iter_mut() {
        let (ElementKind::Active { table: of, offset }, ElementItems::Functions(items)) =
            (&element.kind, &mut element.items)
        else {
            continue;
        };
        let ConstExpr::Value(Value::I32(start)) = offset else { continue };
        for (place, item) in items.iter_mut().enumerate().filter(|_| *of == table) {
            if functions.contains(item) {
                moved.table.insert(start.cast_unsigned() as u64 + place as u64, *item);
                *item = missing;
            }
        }
    }
}

/// The function's body becomes a call of what stands at `place` of the table.
fn call_through_table(module: &mut Module, table: TableId, function: FunctionId, place: u64) {
    let ty = module.funcs.get(function).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let locals: Vec<_> = params.iter().map(|&param| module.locals.add(param)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for &local in &locals {
        body.local_get(local);
    }
    body.i32_const(place as i32).call_indirect(ty, table);
    module.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(locals));
}

/// The function's body becomes the question whether `place` of the table is filled.
fn ask_table(module: &mut Module, table: TableId, function: FunctionId, place: u64) {
    let ty = module.funcs.get(function).ty();
    let results = module.types.results(ty).to_vec();
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &results);
    builder
        .func_body()
        .i32_const(place as i32)
        .instr(Instr::TableGet(TableGet { table }))
        .instr(Instr::RefIsNull(RefIsNull {}))
        .instr(Instr::Unop(Unop { op: UnaryOp::I32Eqz }));
    module.funcs.get_mut(function).kind = FunctionKind::Local(builder.local_func(Vec::new()));
}

/// Takes the bytes at `places` out of the data segments.
fn take_data(first: &mut Module, places: &[Range<u32>], moved: &mut Vec<(u32, Vec<u8>)>) -> Result<()> {
    let segments: Vec<_> = first.data.iter().map(walrus::Data::id).collect();
    for segment in segments {
        let data = first.data.get_mut(segment);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = &data.kind else {
            bail!("a data segment without a constant address");
        };
        let start = start.cast_unsigned();
        for place in places {
            let Some(from) = place.start.checked_sub(start) else { continue };
            let range = from as usize..(place.end - start) as usize;
            let Some(bytes) = data.value.get_mut(range) else { continue };
            match moved.last_mut() {
                Some((address, last)) if *address + last.len() as u32 == place.start => {
                    last.extend_from_slice(bytes)
                }
                _ => moved.push((place.start, bytes.to_vec())),
            }
            // Compressed, zeros weigh nothing.
            bytes.fill(0);
        }
    }
    Ok(())
}

/// The chunk: its functions alone, all exported, everything else imported.
fn chunk_module(module: &[u8], names: &Names, chunk: &Chunk, moved: &Moved) -> Result<Module> {
    let mut made = parse(module)?;
    let table = function_table(&made)?;
    let own: BTreeSet<usize> =
        chunk.functions.iter().filter_map(|name| names.one(name)).map(|id| id.index()).collect();
    let functions: Vec<FunctionId> = made.funcs.iter().map(walrus::Function::id).collect();
    made.start = None;
    let exports: Vec<_> = made.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|export| made.exports.delete(export));
    let imports: Vec<_> = made.imports.iter().map(walrus::Import::id).collect();
    imports.into_iter().for_each(|import| made.imports.delete(import));
    let elements: Vec<_> = made.elements.iter().map(walrus::Element::id).collect();
    elements.into_iter().for_each(|element| made.elements.delete(element));
    let data: Vec<_> = made.data.iter().map(walrus::Data::id).collect();
    data.into_iter().for_each(|data| made.data.delete(data));
    for &function in &functions {
        if !own.contains(&function.index()) {
            let ty = made.funcs.get(function).ty();
            let import = made.imports.add(FIRST, &exported(function), function);
            made.funcs.get_mut(function).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
    }
    for &function in functions.iter().filter(|function| own.contains(&function.index())) {
        made.exports.add(&exported(function), function);
    }
    import_state(&mut made, table);
    fill_table(&mut made, table, &functions, moved)?;
    let memory = made.memories.iter().next().context("no memory")?.id();
    for (address, bytes) in &moved.data {
        let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
        let data = made.data.add(DataKind::Active { memory, offset }, bytes.clone());
        made.memories.get_mut(memory).data_segments.insert(data);
    }
    walrus::passes::gc::run(&mut made);
    Ok(made)
}

/// Memory, tables and mutable globals are the first part's.
fn import_state(made: &mut Module, table: TableId) {
    let tables: Vec<_> = made.tables.iter().map(walrus::Table::id).collect();
    for id in tables {
        made.tables.get_mut(id).elem_segments.clear();
        if id != table {
            made.tables.delete(id);
        }
    }
    let import = made.imports.add(FIRST, TABLE, table);
    let of = made.tables.get_mut(table);
    // A table that has grown still fits.
    (of.import, of.maximum) = (Some(import), None);
    let memories: Vec<_> = made.memories.iter().map(walrus::Memory::id).collect();
    for id in memories {
        let import = made.imports.add(FIRST, "memory", id);
        let memory = made.memories.get_mut(id);
        memory.data_segments.clear();
        memory.import = Some(import);
    }
    let globals: Vec<_> =
        made.globals.iter().filter(|global| global.mutable).map(walrus::Global::id).collect();
    for id in globals {
        let import = made.imports.add(FIRST, &format!("$global{}", id.index()), id);
        made.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// The chunk's functions at their places, those that stand together in one segment.
fn fill_table(made: &mut Module, table: TableId, functions: &[FunctionId], moved: &Moved) -> Result<()> {
    let mut runs: Vec<(u64, Vec<FunctionId>)> = Vec::new();
    for (&place, function) in &moved.table {
        let function =
            *functions.iter().find(|other| other.index() == function.index()).context("a lost function")?;
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u64 == place => run.push(function),
            _ => runs.push((place, vec![function])),
        }
    }
    for (start, run) in runs {
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(start as i32)) };
        let element = made.elements.add(kind, ElementItems::Functions(run));
        made.tables.get_mut(table).elem_segments.insert(element);
    }
    Ok(())
}

/// Functions by the linker's names, where a name is one function's alone.
struct Names(BTreeMap<String, Option<FunctionId>>);

impl Names {
    fn of(module: &Module) -> Self {
        let mut names = BTreeMap::new();
        for function in module.funcs.iter() {
            if let Some(name) = &function.name {
                names.entry(name.clone()).and_modify(|id| *id = None).or_insert(Some(function.id()));
            }
        }
        Self(names)
    }

    fn one(&self, name: &str) -> Option<FunctionId> {
        self.0.get(name).copied().flatten()
    }
}

fn parse(module: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    let mut module = config.generate_name_section(false).generate_producers_section(false).parse(module)?;
    // The linker's notes are of use here alone.
    let notes: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    notes.into_iter().for_each(|id| drop(module.customs.delete(id)));
    Ok(module)
}

fn function_table(module: &Module) -> Result<TableId> {
    let mut tables = module.tables.iter().filter(|table| table.element_ty == RefType::FUNCREF);
    tables.next().map(walrus::Table::id).context("no table of functions")
}

/// The export by which a chunk takes a function; short, for there are hundreds.
fn exported(function: FunctionId) -> String {
    let mut name = String::from("$");
    let mut rest = function.index();
    while rest > 0 {
        name.extend(char::from_digit((rest % 36) as u32, 36));
        rest /= 36;
    }
    name
}
