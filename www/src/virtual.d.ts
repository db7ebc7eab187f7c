declare module "virtual:scenarios" {
  const index: readonly { id: string; title: import("./texts.ts").Localized }[];
  export default index;
}
