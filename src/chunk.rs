//! Parts of the WebAssembly that a page loads when it needs them, so that the first download stays small.
//!
//! `chunk::editor(|| work())` puts into the chunk `editor` whatever only such calls reach: code and tables. `cargo dev
//! build` cuts the program there (`src/bin/dev/split`). A chunk shares the memory of the first part, so state may cross as
//! it likes. Where the chunk isn't loaded, the call answers [`Missing`] and does nothing; natively all is there.

use std::fmt;

/// A part that is loaded on need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chunk {
    /// Commands: shell, network, credentials, signatures, services, authorization. The others come after it.
    Run,
    /// What the editor asks while one types: findings, proposals, suggestions.
    Editor,
    /// Links that carry a scenario.
    Link,
    /// The control planes: services that change the cloud.
    Control,
    /// The shell's commands beyond the first that a reader runs.
    Shell,
}

impl Chunk {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Run, Self::Editor, Self::Link, Self::Control, Self::Shell];

    /// Its file's name, without the extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Editor => "editor",
            Self::Link => "link",
            Self::Control => "control",
            Self::Shell => "shell",
        }
    }

    /// Whether it is there.
    pub fn is_loaded(self) -> bool {
        match self {
            Self::Run => run::here(),
            Self::Editor => editor::after::run::here(),
            Self::Link => link::after::run::here(),
            Self::Control => control::after::run::here(),
            Self::Shell => shell::after::run::here(),
        }
    }
}

/// Work that stands in a chunk which isn't loaded yet; nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(pub Chunk);

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the part '{}' isn't loaded", self.0.name())
    }
}

/// A function that runs work in its chunk. The build knows `enter` and `here` by their names: it moves what only
/// `enter` reaches, and makes `here` ask whether the chunk is loaded. `after` names a chunk that is loaded before: there
/// stands what both use. The number keeps the `here` of one chunk from being merged with another's.
macro_rules! chunk {
    ($name:ident, $chunk:ident, $number:literal) => {
        mod $name {
            doors!($number);
        }
        chunk!($name, $chunk, $name);
    };
    ($name:ident, $chunk:ident, $number:literal, after $before:ident) => {
        mod $name {
            pub(super) mod after {
                pub(in super::super) mod $before {
                    doors!($number);
                }
            }
        }
        chunk!($name, $chunk, $name::after::$before);
    };
    ($name:ident, $chunk:ident, $($doors:ident)::+) => {
        #[doc = concat!("Runs `work` in the chunk `", stringify!($name), "`.")]
        pub fn $name<T>(work: impl FnOnce() -> T) -> Result<T, Missing> {
            if $($doors)::+::here() { Ok($($doors)::+::enter(work)) } else { Err(Missing(Chunk::$chunk)) }
        }
    };
}

macro_rules! doors {
    ($number:literal) => {
        #[inline(never)]
        pub(in crate::chunk) fn enter<T>(work: impl FnOnce() -> T) -> T {
            work()
        }
        #[inline(never)]
        pub(in crate::chunk) fn here() -> bool {
            std::hint::black_box($number) == $number
        }
    };
}

chunk!(run, Run, 5);
chunk!(editor, Editor, 1, after run);
chunk!(link, Link, 2, after run);
chunk!(control, Control, 3, after run);
chunk!(shell, Shell, 4, after run);
