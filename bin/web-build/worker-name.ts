/** Workers are told apart by name: /assets/<what>-worker-<hash>.js. The server gives them headers of their own. */
export function workerFileName(chunk: { readonly name: string }): string {
  const what = chunk.name.replace(/\.worker$/, "").replace(/\W+/g, "-");
  return `assets/${what}-worker-[hash].js`;
}

export const isWorkerFile = (path: string): boolean =>
  /^\/?assets\/[\w-]+-worker-[\w-]+\.js$/.test(path);
