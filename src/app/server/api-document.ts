/** OpenAPI 3.1 from the contracts that were mounted, served at /api/docs. */
import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { GENERAL_REFUSALS, type AnyRoute } from "#platform/contract.ts";

export function apiDocument(routes: readonly AnyRoute[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Callroom",
      version: "2026.11",
      description:
        "Named, sealed and public routes. Refusals are `{ refusal: { type, detail? } }`.",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    paths,
  };
}

function operation(route: AnyRoute) {
  return {
    operationId: route.name,
    summary: route.about,
    tags: [route.zone],
    "x-who": route.who,
    "x-requests-per-minute": route.perMinute,
    parameters: [...fields(route.params, "path"), ...fields(route.query, "query")],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(route.body) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: "Done",
        content: {
          [route.contentType?.split(";")[0] ?? "application/json"]: {
            schema: schemaOf(route.answer),
          },
        },
      },
      ...refusals(route),
    },
  };
}

function refusals(route: AnyRoute) {
  const typesByStatus = new Map<number, string[]>();
  for (const [type, status] of Object.entries({ ...GENERAL_REFUSALS, ...route.refusals }))
    typesByStatus.set(status, [...(typesByStatus.get(status) ?? []), type]);
  return Object.fromEntries(
    [...typesByStatus].map(([status, types]) => [status, { description: types.join(", ") }]),
  );
}

function fields(schema: v.GenericSchema | undefined, where: "path" | "query") {
  const entries =
    (schema as { entries?: Record<string, v.GenericSchema> } | undefined)?.entries ?? {};
  return Object.entries(entries).map(([name, field]) => ({
    name,
    in: where,
    required: true,
    schema: schemaOf(field),
  }));
}

// Checks and transforms have no JSON Schema; the wire form and its bounds have.
const schemaOf = (schema: v.GenericSchema) =>
  toJsonSchema(schema, { errorMode: "ignore", typeMode: "input" });
