/** Content as the server reads it: once, at start. A file that does not fit stops the start. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Result } from "#platform/result.ts";
import type { ContentRefusal } from "../content-file.ts";

/** `readContentFile("content", "agreement/agreement", readAgreement)`; throws on a broken file. */
export async function readContentFile<Content>(
  root: string,
  name: string,
  read: (raw: unknown) => Result<Content, ContentRefusal>,
): Promise<Content> {
  const result = read(parse(await readFile(join(root, `${name}.yaml`), "utf8")));
  if (result.ok) return result.value;
  const { refusal } = result;
  const faults =
    refusal.type === "Malformed"
      ? refusal.faults.map(({ at, message }) => `${at.join(".")}: ${message}`).join("; ")
      : "unknown kind";
  throw new Error(`content/${name}.yaml: ${faults}`);
}
