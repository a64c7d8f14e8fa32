/** One connection for a long piece of work of the owner's, such as a backup, closed however that ends. */
import pg from "pg";

/** `task` is what the database's administrator sees it called. */
export async function withClient<Value>(
  task: string,
  address: pg.ClientConfig,
  use: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ ...address, application_name: `callroom ${task}` });
  // A connection that breaks fails the query that is under way.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
