// Every command of every built-in scenario, its `run` and its lesson: the native program and the WebAssembly
// in Node give the same bytes, and so does either of them a second time. Nothing is compared with a kept file.
// `cargo dev test same-bytes` builds both and gives the native program's path.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startEngine } from "./engine.mjs";

const native = process.argv[2];
if (!native) throw new Error("usage: node tests/same_bytes.mjs PATH-OF-IAM-SANDBOX");
const folder = new URL("../www/", import.meta.url);
const file = (path) => fileURLToPath(new URL(path, folder));
const Sandbox = await startEngine([]);

/** What the native program prints: a line of JSON for each command. */
function natively(scenario, options) {
  const args = ["run", scenario, "--format", "json", ...options];
  // The status is the last command's own, which a scenario may want to fail.
  let output;
  try {
    output = execFileSync(native, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    output = error.stdout;
  }
  return output.split("\n").filter((line) => line !== "");
}

/** The same lines of the WebAssembly. `reach` brings a fresh sandbox where an earlier one is. */
class Session {
  lines = [];
  #text;
  #sandbox;
  #done = [];

  constructor(text) {
    this.#text = text;
    this.#sandbox = new Sandbox(text);
  }

  steps(steps = []) {
    for (const step of steps) {
      this.#apply(this.#sandbox, step, this.lines);
      this.#done.push(step);
    }
  }

  /** A goal runs on a copy, which is a sandbox with the same past. */
  goal(steps = []) {
    if (steps.length === 0) return;
    const copy = new Sandbox(this.#text);
    for (const step of this.#done) this.#apply(copy, step, []);
    for (const step of steps) this.#apply(copy, step, this.lines);
    copy.free();
  }

  #apply(sandbox, step, lines) {
    if (step.patch) sandbox.patch(step.patch);
    else if (step.advanceClock !== undefined) sandbox.advanceClock(step.advanceClock);
    else {
      const ran = sandbox.run(step.command, step.on);
      lines.push(JSON.stringify({ on: ran.trace.host, command: ran.trace.command, ...ran }));
    }
  }
}

function inWasm(text, part) {
  const scenario = JSON.parse(text);
  const session = new Session(text);
  if (part === "run") session.steps(scenario.run);
  else {
    for (const { run, goal, solution } of scenario.lesson ?? []) {
      session.steps(run);
      session.goal(goal);
      session.steps(solution);
      if (solution?.length) session.goal(goal);
    }
  }
  return session.lines;
}

let passed = 0;
let failed = 0;

function compare(name, one, other) {
  const length = Math.max(one.length, other.length);
  if (length === 0) {
    console.log(`FAILED ${name}: no command`);
    failed += 1;
  }
  for (let place = 0; place < length; place += 1) {
    const [left = "(none)", right = "(none)"] = [one[place], other[place]];
    if (left === right) {
      passed += 1;
      continue;
    }
    failed += 1;
    let at = 0;
    while (left[at] === right[at]) at += 1;
    const around = (line) => line.slice(Math.max(0, at - 60), at + 100);
    console.log(`FAILED ${name}, command ${place + 1}, from byte ${at}:\n  ${around(left)}\n  ${around(right)}`);
  }
}

const ids = JSON.parse(readFileSync(file("scenarios.json"), "utf8"));

/** Without its part a function says what it needs, and the sandbox works on. */
function needs(name, call) {
  const text = readFileSync(file(`scenarios/${ids[0]}.json`), "utf8");
  const sandbox = new Sandbox(text);
  let thrown;
  try {
    call(sandbox);
  } catch (error) {
    thrown = error;
  }
  const said = thrown?.code === "diagnostic.needs" && thrown.needs === name;
  if (said && sandbox.hosts().length > 0) return void (passed += 1);
  console.log(`FAILED ${name}: ${thrown ? JSON.stringify(thrown) : "nothing was thrown"} without this part`);
  failed += 1;
}

needs("run", (sandbox) => sandbox.run("echo here"));
await startEngine(["run"]);
needs("link", (sandbox) => sandbox.share());
needs("link", () => Sandbox.open("#p1"));
needs("editor", (sandbox) => sandbox.evaluate({}));
needs("editor", (sandbox) => sandbox.suggest(1));
needs("editor", (sandbox) => sandbox.setPolicy(sandbox.policies()[0].pointer, sandbox.policies()[0].text));
needs("control", (sandbox) => sandbox.run("echo before; aws s3 ls; echo after"));
needs("shell", (sandbox) => sandbox.run("aws sts get-caller-identity | jq ."));
await startEngine();
for (const id of ids) {
  const path = file(`scenarios/${id}.json`);
  const text = readFileSync(path, "utf8");
  for (const [part, options] of [["run", []], ["lesson", ["--lesson"]]]) {
    const wasm = inWasm(text, part);
    const lines = natively(path, options);
    compare(`${id} ${part}: native and wasm`, lines, wasm);
    compare(`${id} ${part}: native twice`, lines, natively(path, options));
    compare(`${id} ${part}: wasm twice`, wasm, inWasm(text, part));
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
