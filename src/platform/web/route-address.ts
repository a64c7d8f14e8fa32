/** The address that a route's params and query make. */
import type { AnyRoute } from "../contract.ts";

export interface AddressInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
}

export function routeAddress(route: AnyRoute, { params, query }: AddressInput): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name])),
  );
  if (query === undefined) return path;
  const fields = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `${path}?${new URLSearchParams(fields).toString()}`;
}
