/**
 * All that a browser sends to the program, its service worker's own requests too: a proof's browser goes through
 * here, and every address, header and body is remembered as the program got it.
 */
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

export interface Heard {
  /** With what stands behind the question mark. */
  readonly path: string;
  /** Method, address, headers and body, as one. */
  readonly bytes: Buffer;
}

export interface Wire {
  /** What the browser opens instead of the program's own address. */
  readonly origin: string;
  /** In the order in which they came; it grows. */
  readonly heard: readonly Heard[];
  readonly close: () => Promise<void>;
}

export async function listenBefore(origin: string): Promise<Wire> {
  const heard: Heard[] = [];
  const server = createServer((asked, answer) => void pass(asked, answer, origin, heard));
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    origin: `http://localhost:${port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  origin: string,
  heard: Heard[],
): Promise<void> {
  const path = asked.url ?? "/";
  const body = Buffer.concat(await asked.toArray().catch(() => [])) as Buffer;
  const head = [asked.method, path, ...asked.rawHeaders].join("\n");
  heard.push({ path, bytes: Buffer.concat([Buffer.from(`${head}\n`), body]) });
  const { method, headers } = asked;
  const onward = request(new URL(path, origin), { method, headers }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
    given.pipe(answer);
    given.on("error", () => answer.destroy());
  });
  // Whoever follows a room hangs up some day, and so may the program.
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  onward.end(body);
}
