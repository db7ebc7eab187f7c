/** What sdk.spec.ts runs in the browser: the AWS SDK for JavaScript on the WebAssembly, through the adapter. */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { openSandbox, sandboxConfig } from "../../www/src/sdk.ts";

async function run(scenario: string): Promise<Record<string, unknown>> {
  const sandbox = await openSandbox(scenario);
  const instance = { region: "ap-northeast-2", ...sandboxConfig(sandbox, { host: "AppInstance" }) };
  const identity = await new STSClient(instance).send(new GetCallerIdentityCommand({}));
  const credentials = sandbox.rootKeys("111122223333")!;
  const s3 = new S3Client({ region: "ap-northeast-2", ...sandboxConfig(sandbox, { credentials }) });
  const Bucket = (await new S3Client(instance).send(new ListObjectsV2Command({ Bucket: "my-sts-demo-bucket-1234567890" }))).Name!;
  await s3.send(new PutObjectCommand({ Bucket, Key: "note.txt", Body: new TextEncoder().encode("from a page"), ContentType: "text/plain" }));
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: "note.txt" }));
  const missing = await s3.send(new GetObjectCommand({ Bucket, Key: "nosuch" })).catch((error: Error) => error.name);
  return { arn: identity.Arn, text: await object.Body!.transformToString(), missing };
}

Object.assign(globalThis, { run });
