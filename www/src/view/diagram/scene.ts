/** Who stands where: the places that the engine names, put into words for the drawing. */
import type { HostPlace, Place, Places, Step } from "../../engine.ts";
import { shownEntry, type State } from "../../state.ts";
import type { Texts } from "../../texts.ts";
import type { Scene } from "./layout.ts";

const SERVICES: readonly Place["kind"][] = ["iam", "ec2", "organizations", "cloudtrail"];

/** The slot in which a step's end stands. */
export function slotOf(place: Place): string {
  switch (place.kind) {
    case "bucket":
      return "s3";
    case "imds":
    case "sts":
    case "s3":
      return place.kind;
    case "iam":
    case "ec2":
    case "organizations":
    case "cloudtrail":
      return "api";
    default:
      return `${place.kind} ${place.id}`;
  }
}

/** Between which places a step is drawn: what a client or a service does by itself stays inside its box, and an
 * answer comes back. */
export function endsOf({ kind, from, to }: Step): { readonly from: Place; readonly to: Place } {
  if (kind === "credentials" || kind === "sign") return { from, to: from };
  if (kind === "authenticate") return { from: to, to };
  if (kind === "authorize") return from.kind === "host" ? { from: to, to } : { from, to: from };
  return kind === "respond" && from.kind === "host" ? { from: to, to: from } : { from, to };
}

export function scene(state: State): Scene {
  const { texts, places } = state;
  const trace = shownEntry(state)?.trace;
  const shown = trace?.host ?? state.host;
  const host = pick(places, shown, ({ kind }) => kind !== "internet");
  const laptop = pick(places, shown, ({ kind }) => kind === "internet");
  const account = places.accounts.find(({ id }) => id === host?.account);
  const called = trace?.steps.map(endsOf).flatMap(({ from, to }) => [from, to]) ?? [];
  const api = SERVICES.find((kind) => called.some((place) => place.kind === kind)) ?? "iam";
  const bucket = trace?.steps.map(({ to }) => to).find(({ kind }) => kind === "bucket")?.id ?? places.buckets[0]?.name ?? "";
  const owner = places.buckets.find(({ name }) => name === bucket)?.account;
  const other = host && owner !== host.account ? places.accounts.find(({ id }) => id === owner) : undefined;
  return {
    ...(host ? { host: described(texts, host) } : {}),
    ...(laptop ? { laptop: described(texts, laptop) } : {}),
    account: texts.ui("ui.diagram.account", { name: account?.name || "AWS", id: account?.id ?? "" }),
    ...(account && account.units.length > 0 ? { organization: texts.ui("ui.diagram.organization", { path: account.units.join(" › ") }) } : {}),
    ...(other ? { owner: [other.id, other.name].filter(Boolean).join(" · "), ownerShort: other.id } : {}),
    vpc: texts.ui(host?.vpc?.isDefault ? "ui.diagram.vpc.default" : "ui.diagram.vpc", { name: host?.vpc?.name ?? "", cidr: host?.vpc?.cidr ?? "" }),
    subnet: texts.ui("ui.diagram.subnet", { name: host?.subnet?.name || host?.subnet?.availabilityZone || "" }),
    internet: texts.ui("ui.node.internet"),
    gateways: (host?.gateways ?? []).map(({ kind, id, name }) => ({ slot: `${kind} ${id}`, kind, title: texts.ui(`ui.diagram.${kind}` as never), detail: name || id })),
    imds: { title: texts.ui("ui.diagram.imds"), detail: "169.254.169.254" },
    services: [
      { slot: "sts", kind: "sts", title: "STS", detail: texts.ui("ui.diagram.sts") },
      { slot: "api", kind: api, title: texts.ui(`ui.node.${api}`), detail: texts.ui(`ui.diagram.${api}` as never) },
      { slot: "s3", kind: "s3", title: "S3", detail: bucket },
    ],
  };
}

function pick({ hosts }: Places, shown: string, fits: (host: HostPlace) => boolean): HostPlace | undefined {
  const fitting = hosts.filter(fits);
  return fitting.find(({ name }) => name === shown) ?? fitting[0];
}

function described(texts: Texts, host: HostPlace): NonNullable<Scene["host"]> {
  const address = host.kind === "container" ? texts.ui("ui.diagram.container") : (host.address ?? "");
  return { slot: `host ${host.name}`, title: host.name, detail: address };
}
