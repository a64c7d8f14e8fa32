/** Another Node.js, started with `--inspect`: told to clear its heap, over the DevTools protocol. */
export interface Inspector {
  /** Gives how many bytes of the heap are in use afterwards. */
  readonly collectGarbage: () => Promise<number>;
  readonly close: () => void;
}

export async function openInspector(port: number): Promise<Inspector> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await list.json()) as { readonly webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  let count = 0;
  const ask = <Answer>(method: string): Promise<Answer> =>
    new Promise((resolve) => {
      const id = (count += 1);
      const hear = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: Answer };
        if (answer.id !== id) return;
        socket.removeEventListener("message", hear);
        resolve(answer.result);
      };
      socket.addEventListener("message", hear);
      socket.send(JSON.stringify({ id, method }));
    });
  return {
    collectGarbage: async () => {
      await ask("HeapProfiler.collectGarbage");
      const { usedSize } = await ask<{ readonly usedSize: number }>("Runtime.getHeapUsage");
      return usedSize;
    },
    close: () => socket.close(),
  };
}
