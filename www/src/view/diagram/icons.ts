/** Line drawings of 20 x 20 for the kinds of place. */
const ICONS: Record<string, string> = {
  host: "M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.1M6 13.5h.1M10 6.5h4M10 13.5h4",
  imds: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v5M10 6.2h.1",
  sts: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 5.5V10l3.2 2",
  iam: "M10 2.5l6 2.2v4.6c0 4-2.6 6.8-6 8.2-3.4-1.4-6-4.2-6-8.2V4.7zM7.3 10l2 2 3.5-3.8",
  s3: "M3.5 5c0 3.3 13 3.3 13 0s-13-3.3-13 0l1.6 10.5c.6 2.4 9.2 2.4 9.8 0L16.5 5",
  laptop: "M4 4.5h12v8.5H4zM2 16h16",
  "internet-gateway": "M4 17V9a6 6 0 0 1 12 0v8M10 17V8M7.5 10.5L10 8l2.5 2.5",
  "nat-gateway": "M3 6h12M12 3l3 3-3 3M17 14H5M8 11l-3 3 3 3",
  "gateway-endpoint": "M8 5H5a3 3 0 0 0 0 10h3M12 5h3a3 3 0 0 1 0 10h-3M7 10h6",
  "interface-endpoint": "M8 5H5a3 3 0 0 0 0 10h3M12 5h3a3 3 0 0 1 0 10h-3M7 10h6",
  ec2: "M6 6h8v8H6zM3 8h3M3 12h3M14 8h3M14 12h3M8 3v3M12 3v3M8 14v3M12 14v3",
  organizations: "M7.5 3h5v4h-5zM2.5 13h5v4h-5zM12.5 13h5v4h-5zM10 7v3M5 13v-3h10v3",
  cloudtrail: "M4 3.5h9l3 3v10H4zM7 9h6M7 12.5h6",
};

export function icon(kind: string): string {
  return ICONS[kind] ?? ICONS["host"] ?? "";
}
