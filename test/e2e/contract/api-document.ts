import type { TestServer } from '../../support/test-server.js';

/** The part of an OpenAPI document that these tests read. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

interface MediaType {
  readonly schema: JsonSchema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** An operation under its name in the tables of these tests: `GET /users/{id}`. */
export interface NamedOperation extends Operation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
}

export async function loadDocument({ url }: TestServer): Promise<ApiDocument> {
  return (await (await fetch(`${url}/api/docs-json`)).json()) as ApiDocument;
}

export function operationsOf({ paths }: ApiDocument): NamedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, operation]) => {
      const method = name.toUpperCase();
      return { ...operation, method, path, key: `${method} ${path}` };
    }),
  );
}

/** The codes that an operation documents, with their statuses: `404 USER_NOT_FOUND`. */
export function documentedErrors({ responses }: Operation): string[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    Object.keys(response.content?.['application/json']?.examples ?? {}).map((code) => `${status} ${code}`),
  );
}
