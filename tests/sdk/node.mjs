// The AWS SDK for JavaScript in Node, against the WebAssembly through the adapter of the npm package.
// `cargo dev test sdk` builds both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import {
  CopyObjectCommand, CreateBucketCommand, DeleteObjectsCommand, GetBucketPolicyCommand, GetObjectCommand, HeadObjectCommand, ListBucketsCommand,
  ListObjectsV2Command, PutBucketPolicyCommand, PutObjectCommand, S3Client, paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startEngine } from "../engine.mjs";
import { sandboxConfig } from "../../www/package/sdk.js";

const Sandbox = await startEngine();
const SCENARIO = readFileSync(new URL("../clients/scenario.json", import.meta.url), "utf8");
const MAIN = "111122223333";
const BUCKET = "client-test-bucket";

/** A sandbox, and clients of it as the root user of MAIN unless told otherwise. */
function begin(options = {}) {
  const sandbox = new Sandbox(SCENARIO);
  const credentials = sandbox.rootKeys(MAIN);
  const config = { region: "us-east-1", ...sandboxConfig(sandbox, { credentials, ...options }) };
  return { sandbox, s3: new S3Client(config), sts: new STSClient(config) };
}

const TESTS = {
  async "who am I"() {
    const { sts } = begin();
    const answer = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(answer.Arn, `arn:aws:iam::${MAIN}:root`);
  },
  async "lists buckets"() {
    const { s3 } = begin();
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    assert.deepEqual(Buckets.map((bucket) => bucket.Name), ["client-public-bucket", BUCKET]);
    assert.ok(Buckets[0].CreationDate instanceof Date);
  },
  async "gets an object as text and as a stream"() {
    const { s3 } = begin();
    const get = () => s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "hello.txt" }));
    assert.equal(await (await get()).Body.transformToString(), "Hello from S3\n");
    const bytes = await (await get()).Body.transformToByteArray();
    assert.equal(bytes.length, 14);
  },
  async "puts text, bytes and streams"() {
    const { s3 } = begin();
    for (const [Body, more] of [["text", {}], [new TextEncoder().encode("text"), {}], [Readable.from([Buffer.from("te"), Buffer.from("xt")]), { ContentLength: 4 }]]) {
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "k", Body, Metadata: { color: "green" }, ...more }));
      const { Body: found, Metadata } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "k" }));
      assert.equal(await found.transformToString(), "text");
      assert.deepEqual(Metadata, { color: "green" });
    }
  },
  async "odd keys"() {
    const { s3 } = begin();
    const Key = "a b+é(1)'!*.txt";
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: "odd" }));
    assert.equal((await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).ContentLength, 3);
    await s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "copy", CopySource: encodeURI(`${BUCKET}/${Key}`).replaceAll("+", "%2B") }));
  },
  async "lists in pages"() {
    const { s3 } = begin();
    const sizes = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 10 }, { Bucket: BUCKET, Prefix: "numbers/" })) sizes.push(page.KeyCount);
    assert.deepEqual(sizes, [10, 10, 5]);
    const answer = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: "/" }));
    assert.deepEqual(answer.CommonPrefixes.map(({ Prefix }) => Prefix), ["logs/", "numbers/"]);
  },
  async "makes and changes"() {
    const { s3 } = begin();
    await s3.send(new CreateBucketCommand({ Bucket: "client-made-bucket" }));
    await s3.send(new PutObjectCommand({ Bucket: "client-made-bucket", Key: "a", Body: "" }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: "client-made-bucket", Delete: { Objects: [{ Key: "a" }] } }));
    assert.deepEqual(Deleted.map(({ Key }) => Key), ["a"]);
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::client-made-bucket/*" }],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "client-made-bucket", Policy }));
    assert.equal((await s3.send(new GetBucketPolicyCommand({ Bucket: "client-made-bucket" }))).Policy, Policy);
  },
  async "errors are the SDK's own"() {
    const { s3 } = begin();
    await assert.rejects(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "nosuch" })), { name: "NoSuchKey" });
    await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "nosuch" })), { name: "NotFound" });
    const { s3: anonymous } = begin({ credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" } });
    await assert.rejects(anonymous.send(new ListBucketsCommand({})), { name: "InvalidAccessKeyId" });
  },
  async "assumes a role"() {
    const { sandbox } = begin();
    const env = JSON.parse(JSON.stringify(sandbox.run("env", "alice"))).stdout;
    const variable = (name) => new RegExp(`^${name}=(.*)$`, "m").exec(env)[1];
    const credentials = { accessKeyId: variable("AWS_ACCESS_KEY_ID"), secretAccessKey: variable("AWS_SECRET_ACCESS_KEY") };
    const sts = new STSClient({ region: "us-east-1", ...sandboxConfig(sandbox, { credentials }) });
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${MAIN}:role/reader`, RoleSessionName: "sdk" }));
    const session = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken };
    const as = new STSClient({ region: "us-east-1", ...sandboxConfig(sandbox, { credentials: session }) });
    assert.match((await as.send(new GetCallerIdentityCommand({}))).Arn, /assumed-role\/reader\/sdk$/);
  },
  async "credentials of the instance profile, in the SDK's time"() {
    const text = readFileSync(new URL("../../www/scenarios/ec2-reads-s3.json", import.meta.url), "utf8");
    const sandbox = new Sandbox(text);
    const config = sandboxConfig(sandbox, { host: "AppInstance" });
    const { expiration } = await config.credentials();
    const hours = (expiration.getTime() - Date.now()) / 3_600_000;
    assert.ok(hours > 5 && hours < 7, `${hours}`);
    const sts = new STSClient({ region: "ap-northeast-2", ...config });
    assert.match((await sts.send(new GetCallerIdentityCommand({}))).Arn, /^arn:aws:sts::\d{12}:assumed-role\//);
  },
  async "a host without a way out"() {
    const { s3, sts } = begin({ host: "Private" });
    await s3.send(new ListBucketsCommand({}));
    await assert.rejects(sts.send(new GetCallerIdentityCommand({})), { name: "TimeoutError" });
  },
};

let failed = 0;
for (const [name, test] of Object.entries(TESTS)) {
  try {
    await test();
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.stack}`);
  }
}
console.log(`${Object.keys(TESTS).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
