/**
 * The limit that the real server is compared with: Node's own HTTP server, no framework, no session, no check,
 * one INSERT of the bytes that came, through a pool as large as a slice's, with the statement prepared.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

const INSERT = "insert into bench.sealed (id, sealed) values ($1, $2)";

process.on("message", ({ database, pool }: { database: pg.PoolConfig; pool: number }) => {
  const connections = new pg.Pool({ ...database, max: pool });
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const values = [randomUUID(), Buffer.concat(parts)];
      connections.query({ name: "insert", text: INSERT, values }).then(
        () => response.setHeader("content-type", "application/json").end('{"sequence":1}'),
        () => response.writeHead(500).end("{}"),
      );
    });
  });
  server.listen(0, "127.0.0.1", () => process.send!((server.address() as AddressInfo).port));
});
