// How long an edit takes in the browser's engine: setPolicy, then the command again with its new
// trace as a JavaScript object. `cargo dev bench` runs it in Node on the released WebAssembly.
import { readFileSync } from "node:fs";
import { startEngine } from "../engine.mjs";

const WARM_UP = 100;
const EDITS = 1000;
const POLICY = "/accounts/111122223333/template/Resources/ReadPolicy/Properties/PolicyDocument";
const COMMAND = "aws s3 ls s3://my-sts-demo-bucket-1234567890/";

const file = (path) => new URL(`../../www/${path}`, import.meta.url);
const Sandbox = await startEngine();

const scenario = readFileSync(file("scenarios/ec2-reads-s3.json"), "utf8");
const sandbox = new Sandbox(scenario);
const allows = JSON.parse(scenario).accounts["111122223333"].template.Resources.ReadPolicy.Properties.PolicyDocument;
const denies = { ...allows, Statement: allows.Statement.filter((statement) => statement.Sid !== "ListBucket") };
const texts = [denies, allows].map((policy) => JSON.stringify(policy, null, 2));

const edits = [];
const loads = [];
for (let count = 0; count < WARM_UP + EDITS; count += 1) {
  const start = performance.now();
  sandbox.setPolicy(POLICY, texts[count % 2]);
  const { exitCode, trace } = sandbox.run(COMMAND);
  const time = performance.now() - start;
  const allowed = count % 2 === 1;
  if ((exitCode === 0) !== allowed || trace.steps.length === 0) throw new Error(`edit ${count}: exit code ${exitCode}`);
  if (count >= WARM_UP) edits.push(time);
}
for (let count = 0; count < WARM_UP + EDITS; count += 1) {
  const start = performance.now();
  new Sandbox(scenario).free();
  if (count >= WARM_UP) loads.push(performance.now() - start);
}

function report(name, times) {
  times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.floor(times.length * share)].toFixed(2)} ms`;
  console.log(`${name}: median ${at(0.5)}, 95 % under ${at(0.95)}, of ${times.length}`);
}

report("setPolicy to the new trace", edits);
report("load the example", loads);
