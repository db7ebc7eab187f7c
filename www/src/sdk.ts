/** The AWS SDK for JavaScript (version 3) inside a sandbox: its requests go to `Sandbox.send`, nothing leaves the page.
 *
 *     const sandbox = await openSandbox(scenario);
 *     const client = new S3Client({ region: "us-east-1", ...sandboxConfig(sandbox, { host: "AppInstance" }) });
 *
 * The SDK reads XML with the browser's DOMParser: in a page whose policy has `require-trusted-types-for`, it can't run. */
import type { Sandbox } from "../wasm/iam_sandbox.js";

/** What of a `Sandbox` the adapter needs. */
export type SandboxForSdk = Pick<Sandbox, "send" | "clock">;

export interface SandboxConfigOptions {
  /** The scenario's host from which requests leave; without it a machine on the internet. */
  host?: string;
  /** Keys of the caller; without them those of the host's instance profile, as its metadata service gives them. */
  credentials?: SdkCredentials;
}

/** As the SDK takes them. */
export interface SdkCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** What of the SDK's request is read. */
interface SdkRequest {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

/** A client's configuration: its way out, its credentials, its clock. */
export interface SandboxConfig {
  requestHandler: {
    handle(request: SdkRequest, options?: { abortSignal?: { aborted: boolean } }): Promise<{ response: SdkResponse }>;
    updateHttpClientConfig(key: never, value: never): void;
    httpHandlerConfigs(): Record<string, never>;
    destroy(): void;
  };
  credentials: () => Promise<SdkCredentials>;
  systemClockOffset: number;
  /** The sandbox answers the same each time. */
  maxAttempts: 1;
}

interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: ReadableStream<Uint8Array>;
}

/** Spread it into the configuration of any client of the SDK. */
export function sandboxConfig(sandbox: SandboxForSdk, options: SandboxConfigOptions = {}): SandboxConfig {
  const { host, credentials } = options;
  return {
    requestHandler: {
      async handle(request, { abortSignal } = {}) {
        const body = await read(request.body);
        if (abortSignal?.aborted) throw named("AbortError", "Request aborted");
        const headers = Object.entries(request.headers);
        const answer = sandbox.send({ method: request.method, url: address(request), headers, body }, host);
        if (answer.status === 504 && lost(answer.headers)) {
          throw named("TimeoutError", `No answer from ${request.hostname}: ${text(answer.body)}`);
        }
        const response = {
          statusCode: answer.status,
          headers: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
          // Of what the SDK reads, it checks the checksums of streams alone.
          body: new Blob([answer.body as Uint8Array<ArrayBuffer>]).stream(),
        };
        return { response };
      },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
      destroy() {},
    },
    credentials: async () => credentials ?? instanceCredentials(sandbox, host),
    systemClockOffset: offset(sandbox),
    maxAttempts: 1,
  };
}

/** A sandbox of a scenario, in a browser. */
export async function openSandbox(scenario: string | object): Promise<Sandbox> {
  const { loadEngine, loadRest } = await import("./engine.ts");
  const Engine = await loadEngine();
  await loadRest();
  return new Engine(scenario);
}

/** Milliseconds by which the sandbox's clock is before this machine's. */
function offset(sandbox: SandboxForSdk): number {
  return sandbox.clock() - Date.now();
}

const METADATA = "http://169.254.169.254/latest/";
const ROLE = "meta-data/iam/security-credentials/";

/** The role credentials that the metadata service gives the host, in the SDK's time. */
function instanceCredentials(sandbox: SandboxForSdk, host: string | undefined): SdkCredentials {
  const ask = (method: string, path: string, headers: [string, string][]) => {
    const all: [string, string][] = [["Host", "169.254.169.254"], ...headers];
    const answer = sandbox.send({ method, url: METADATA + path, headers: all, body: new Uint8Array() }, host);
    if (answer.status !== 200) {
      throw named("CredentialsProviderError", `The metadata service answered ${answer.status} to ${method} ${path}`);
    }
    return text(answer.body);
  };
  const token = ask("PUT", "api/token", [["x-aws-ec2-metadata-token-ttl-seconds", "21600"]]);
  const headers: [string, string][] = [["x-aws-ec2-metadata-token", token]];
  const found = JSON.parse(ask("GET", ROLE + ask("GET", ROLE, headers), headers));
  if (found.Code !== "Success" || !found.AccessKeyId) {
    throw named("CredentialsProviderError", `The metadata service says: ${found.Code} ${found.Message ?? ""}`);
  }
  return {
    accessKeyId: found.AccessKeyId,
    secretAccessKey: found.SecretAccessKey,
    sessionToken: found.Token,
    // The SDK compares it with this machine's clock.
    expiration: new Date(Date.parse(found.Expiration) - offset(sandbox)),
  };
}

function address({ protocol, hostname, port, path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const one = (value: string | null) => (value === null ? encode(name) : `${encode(name)}=${encode(value)}`);
    return Array.isArray(value) ? value.map(one) : [one(value)];
  });
  const question = pairs.length > 0 ? `?${pairs.join("&")}` : "";
  return `${protocol}//${hostname}${port ? `:${port}` : ""}${path}${question}`;
}

/** As signatures encode. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** All bytes of a body, of whatever kind the SDK makes it. */
async function read(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  if (typeof body === "object" && (body instanceof ReadableStream || Symbol.asyncIterator in body)) {
    const parts: Uint8Array[] = [];
    for await (const part of pieces(body)) parts.push(await read(part));
    return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  }
  throw new TypeError("the body of a request is text, bytes, a Blob or a stream");
}

/** Not every browser iterates over its streams. */
async function* pieces(stream: object): AsyncGenerator<unknown> {
  if (!(stream instanceof ReadableStream)) return yield* stream as AsyncIterable<unknown>;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** No service answers in plain text: this is the sandbox's own word for no answer. */
function lost(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === "content-type" && value === "text/plain");
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
