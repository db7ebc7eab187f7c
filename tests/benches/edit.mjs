// How long an edit takes in the browser's engine: setPolicy, then the command again with its new
// trace as a JavaScript object; and how long a large organization takes, a command in it, and one twice as large.
// `cargo dev bench` runs it in Node on the released WebAssembly.
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

/** Ten accounts of an organization, each with so many roles of four policies, and one instance. */
function organization(roles) {
  const allow = (statement) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const trust = allow({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
  const read = allow({
    Sid: "One",
    Action: ["s3:ListBucket", "s3:GetObject"],
    Resource: ["arn:aws:s3:::bucket-of-many/*", { "Fn::Sub": "arn:aws:s3:::${AWS::AccountId}-logs/*" }],
    Condition: { StringEquals: { "aws:PrincipalAccount": { Ref: "AWS::AccountId" } } },
  });
  const accounts = {};
  for (let number = 0; number < 10; number += 1) {
    const Resources = {};
    for (let role = 0; role < roles; role += 1) {
      const Policies = [0, 1, 2, 3].map((each) => ({ PolicyName: `p${each}`, PolicyDocument: read }));
      const Properties = { RoleName: `role-${role}`, AssumeRolePolicyDocument: trust, Policies };
      Resources[`Role${role}`] = { Type: "AWS::IAM::Role", Properties };
    }
    Resources.Profile = { Type: "AWS::IAM::InstanceProfile", Properties: { Roles: [{ Ref: "Role0" }] } };
    Resources.App = {
      Type: "AWS::EC2::Instance",
      Properties: { ImageId: "ami-1", IamInstanceProfile: { Ref: "Profile" } },
    };
    if (number === 0) {
      Resources.Organization = { Type: "AWS::Organizations::Organization" };
      for (let member = 1; member < 10; member += 1) {
        Resources[`Member${member}`] = {
          Type: "AWS::Organizations::Account",
          DependsOn: "Organization",
          Properties: { AccountName: `account-${member}`, Email: `a${member}@example.com` },
        };
      }
    }
    accounts[111111111111 + number] = { name: `account-${number}`, template: { Resources } };
  }
  return JSON.stringify({ version: 1, accounts }, null, 1);
}

for (const roles of [25, 50]) {
  const text = organization(roles);
  const times = [];
  for (let count = 0; count < 20; count += 1) {
    const start = performance.now();
    new Sandbox(text).free();
    times.push(performance.now() - start);
  }
  report(`load 10 accounts, ${10 * roles} roles, ${40 * roles} policies`, times);
}
const large = new Sandbox(organization(50));
const commands = [];
for (let count = 0; count < 100; count += 1) {
  const start = performance.now();
  const { exitCode } = large.run("aws sts get-caller-identity", "111111111114/App");
  commands.push(performance.now() - start);
  if (exitCode !== 0) throw new Error(`command ${count}: exit code ${exitCode}`);
}
report("a command on the larger one", commands);
