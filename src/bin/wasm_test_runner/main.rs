//! Runs the tests in a wasm file, in Node or (with `WASM_BINDGEN_USE_BROWSER=1`) in headless
//! Chromium: `wasm-bindgen-test-runner` of the version that `Cargo.lock` pins for the rest.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
