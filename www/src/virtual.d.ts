declare module "virtual:scenarios" {
  const index: readonly { id: string; revision: number; title: import("./texts.ts").Localized }[];
  export default index;
}

declare module "*.json?later" {
  const catalogue: Record<string, string>;
  export default catalogue;
}
