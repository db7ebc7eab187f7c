/** The full page registers its service worker, which keeps the page for visits without a network. */

interface ScriptPolicies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** After the first picture: what it fetches must not be in its way. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const own = new URL("./service-worker.js", document.baseURI).href;
  const { trustedTypes } = window as { trustedTypes?: ScriptPolicies };
  // The one address that this page may run as a worker.
  const policy = trustedTypes?.createPolicy("iam-sandbox", {
    createScriptURL(url) {
      if (url !== own) throw new TypeError(`${url} is no script of this page`);
      return url;
    },
  });
  const register = () => void navigator.serviceWorker.register(policy?.createScriptURL(own) ?? own).catch(() => undefined);
  if (document.readyState === "complete") setTimeout(register, 1000);
  else window.addEventListener("load", () => setTimeout(register, 1000));
}
