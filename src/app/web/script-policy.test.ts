import { afterEach, expect, test, vi } from "vitest";

vi.stubGlobal("location", { origin: "https://callroom.example" });
const { scriptPolicy } = await import("./script-policy.ts");
const accept = (address: string) => String(scriptPolicy.createScriptURL(address));
afterEach(() => vi.unstubAllEnvs());

test("our own built workers and the service worker may start", () => {
  expect(accept("/sw.js")).toBe("https://callroom.example/sw.js");
  expect(accept("/assets/opaque-worker-G4RLu8ue.js")).toContain("/assets/opaque-worker-");
});

test.each([
  "https://elsewhere.example/assets/opaque-worker-G4RLu8ue.js",
  "//elsewhere.example/sw.js",
  "/api/named/vault/sw.js",
  "/assets/../api/evil.js",
  "/assets/a/b.js",
  "/assets/evil.js?also=this",
  "/assets/evil.mjs",
  "/@fs/home/callroom/src/identity/web/opaque.ts?worker_file&type=module",
  "/@fs/home/callroom/evil.worker.ts?worker_file&type=module&also=this",
  "https://elsewhere.example/opaque.worker.ts?worker_file&type=module",
  "data:text/javascript,1",
  "blob:https://callroom.example/1",
  "javascript:1",
])("%s may not", (address) => {
  expect(() => accept(address)).toThrow(TypeError);
});

test("a worker's source may start while developing, and never in the built app", () => {
  const source = "/@fs/home/callroom/src/identity/web/opaque.worker.ts?worker_file&type=module";
  expect(accept(source)).toContain("/opaque.worker.ts?worker_file");
  vi.stubEnv("DEV", false);
  expect(() => accept(source)).toThrow(TypeError);
  expect(accept("/assets/opaque-worker-G4RLu8ue.js")).toContain("/assets/opaque-worker-");
});
