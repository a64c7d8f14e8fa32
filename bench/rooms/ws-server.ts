/** What a fan-out costs at the least: the ws package passes on whatever comes to all in a room, and keeps nothing. */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

/** The little of it that is used here; it is there as part of our tools, which bring no types of it along. */
interface WsSocket {
  readonly on: (event: "message" | "close", heard: (data: Buffer) => void) => void;
  readonly send: (data: Buffer, options: { readonly binary: boolean }) => void;
}
interface WsServer {
  readonly on: (
    event: "connection",
    heard: (socket: WsSocket, request: { readonly url: string }) => void,
  ) => void;
}
const { Server: WebSocketServer } = createRequire(import.meta.url)("ws") as {
  readonly Server: new (options: object) => WsServer;
};

process.once("message", () => {
  const server = createServer();
  const rooms = new Map<string, Set<WsSocket>>();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, { url }) => {
    const room = rooms.get(url) ?? new Set();
    rooms.set(url, room.add(socket));
    socket.on("message", (data) => {
      for (const each of room) each.send(data, { binary: false });
    });
    socket.on("close", () => room.delete(socket));
  });
  server.listen(0, "127.0.0.1", () => {
    process.send!({ port: (server.address() as AddressInfo).port, process: process.pid });
  });
});
