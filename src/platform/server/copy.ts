/**
 * PostgreSQL's COPY, out and in, over a connection of `pg`: streamed, with the socket held back while the
 * other side is slower, so that memory stays bounded whatever a table weighs.
 */
import pg from "pg";

/** What a connection of pg can do beyond its declared type. */
interface CopyConnection {
  readonly stream: NodeJS.ReadWriteStream & { readonly writableLength: number };
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

const HELD_BACK_AT = 1024 * 1024;

/** Yields the text of `copy … to stdout`; returns the number of rows. */
export async function* copyOut(
  client: pg.ClientBase,
  text: string,
): AsyncGenerator<Uint8Array, number> {
  const copy = new CopyOut(text);
  client.query(copy);
  try {
    for (;;) {
      const chunk = await copy.next();
      if (chunk === null) return copy.rows;
      yield chunk;
    }
  } finally {
    await copy.drain();
  }
}

/** Sends `source` as the input of `copy … from stdin`; gives the number of rows. */
export async function copyIn(
  client: pg.ClientBase,
  text: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const copy = new CopyIn(text, source);
  client.query(copy);
  return copy.done;
}

class CopyOut {
  rows = 0;
  readonly #text: string;
  readonly #waiting: Uint8Array[] = [];
  #bytes = 0;
  #connection: CopyConnection | null = null;
  #ended = false;
  #error: Error | null = null;
  #discarding = false;
  #wake: () => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
  }

  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk = this.#waiting.shift();
      if (chunk) {
        this.#bytes -= chunk.length;
        if (this.#bytes < HELD_BACK_AT) this.#connection?.stream.resume();
        return chunk;
      }
      if (this.#error) throw this.#error;
      if (this.#ended) return null;
      await new Promise<void>((settle) => (this.#wake = settle));
    }
  }

  /** Lets the rest go by, so that the connection can be used again. */
  async drain(): Promise<void> {
    this.#discarding = true;
    this.#waiting.length = 0;
    this.#connection?.stream.resume();
    while (!this.#ended && !this.#error) await new Promise<void>((settle) => (this.#wake = settle));
  }

  submit(connection: unknown): void {
    this.#connection = connection as CopyConnection;
    this.#connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    if (this.#discarding) return;
    // The driver will use its buffer again.
    this.#waiting.push(Uint8Array.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes >= HELD_BACK_AT) this.#connection?.stream.pause();
    this.#wake();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rows = rowsIn(text);
  }

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#wake();
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#wake();
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFail("this is a copy out");
  }
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

class CopyIn {
  readonly done: Promise<number>;
  readonly #text: string;
  readonly #source: AsyncIterable<Uint8Array>;
  #settle: (rows: number) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  #rows = 0;
  #failed = false;
  #sourceError: unknown = null;

  constructor(text: string, source: AsyncIterable<Uint8Array>) {
    this.#text = text;
    this.#source = source;
    this.done = new Promise((settle, fail) => {
      this.#settle = settle;
      this.#fail = fail;
    });
  }

  submit(connection: unknown): void {
    (connection as CopyConnection).query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection);
  }

  async #send(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#failed) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableLength > HELD_BACK_AT) await drained(connection.stream);
      }
      if (!this.#failed) connection.endCopyFrom();
    } catch (error) {
      this.#sourceError = error;
      connection.sendCopyFail("the source failed");
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = rowsIn(text);
  }

  handleReadyForQuery(): void {
    this.#settle(this.#rows);
  }

  handleError(error: Error): void {
    this.#failed = true;
    this.#fail(this.#sourceError ?? error);
  }

  handleCopyData(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

/** Or closed, which fails the query by itself. */
function drained(stream: CopyConnection["stream"]): Promise<void> {
  return new Promise((settle) => {
    const go = () => {
      stream.off("drain", go).off("close", go);
      settle();
    };
    stream.on("drain", go).on("close", go);
  });
}

/** From `COPY 42`. */
function rowsIn(tag: string): number {
  return Number(/^COPY (\d+)$/.exec(tag)?.[1] ?? 0);
}
