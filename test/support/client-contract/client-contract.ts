import { docComment } from './doc-comment.js';
import { type JsonSchema, meaningOf, type Schemas } from './json-schema.js';
import { printLimits } from './limits.js';
import { type AsyncApi, printEvents } from './print-events.js';
import { type OpenApi, printRoutes } from './print-routes.js';
import { printParts } from './print-type.js';

const HEADER = `// The contract with the server, as types. Written by \`pnpm openapi\` from the schemas of the server: do not edit.
// A later server may answer fields, and emit events, that are not in here.
`;

/** Parts of schemas that get a name of their own: where each of them is found. */
const NAMED_PARTS = {
  ErrorCode: ['ApiError', 'code'],
  Role: ['Member', 'role'],
  Circle: ['UpdateProfile', 'addableBy'],
  Sender: ['Message', 'sender'],
} as const;
const PART_DOCS: Readonly<Record<keyof typeof NAMED_PARTS, string>> = {
  ErrorCode: 'The code of an error. A later server may have further ones.',
  Role: 'What a member is to its conversation.',
  Circle: 'Which other users something is for.',
  Sender: 'A user as shown beside what it did.',
};

/**
 * The file `packages/client/src/contract.ts`, made of the documents of the API and of the socket, which are made of the
 * schemas that check and describe requests, answers and events.
 * @param permissions the permissions of every user, as `resource:action`
 * @throws Error when something has no exact type, or two schemas of one name differ
 */
export function clientContract(openApi: OpenApi, asyncApi: AsyncApi, permissions: readonly string[]): string {
  const schemas = mergeSchemas(openApi.components.schemas, asyncApi.components.schemas);
  const names = new Map<string, string>();
  const parts: [string, JsonSchema][] = Object.entries(NAMED_PARTS).map(([name, [owner, field]]) => {
    const schema = schemas[owner]?.properties?.[field];
    if (!schema) throw new Error(`${owner} has no field ${field}.`);
    names.set(meaningOf(schema), name);
    return [name, { ...schema, description: PART_DOCS[name as keyof typeof NAMED_PARTS] }];
  });
  const requests = requestNames(openApi);
  const types = [...parts, ...Object.entries(schemas)].map(([name, schema]) => {
    const type = printParts(schema, { names, isSent: requests.has(name) });
    const declaration =
      type.startsWith('{') && !type.includes('\n} | ')
        ? `interface ${name} ${type}`
        : `type ${name} = ${type};`;
    const description = schema.description ?? useOf(name, openApi, schemas);
    return `${docComment({ ...schema, description })}export ${declaration}\n`;
  });
  const permission = permissions.map((one) => `'${one}'`).join(' | ');
  return [
    HEADER,
    printLimits(schemas),
    `/** What a token allows: the resource and the action. */\nexport type Permission = ${permission};\n`,
    ...types,
    printEvents(asyncApi, names),
    printRoutes(openApi, names),
  ].join('\n');
}

/** The schemas of both documents. One name means the same in both. */
function mergeSchemas(ours: Schemas, others: Schemas): Schemas {
  const options = { names: new Map<string, string>(), isSent: false };
  for (const [name, schema] of Object.entries(others)) {
    const own = ours[name];
    if (own && printParts(own, options) !== printParts(schema, options))
      throw new Error(`The schemas ${name} of docs/openapi.json and of docs/asyncapi.json differ.`);
  }
  return { ...others, ...ours };
}

/** The names of what is sent: bodies, as they refer to no other schemas. */
function requestNames({ paths }: OpenApi): Set<string> {
  const bodies = Object.values(paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}));
  return new Set(bodies.map(({ schema }) => schema.$ref?.split('/').at(-1) ?? ''));
}

/** Where a schema without a description is used. */
function useOf(name: string, { paths }: OpenApi, schemas: Schemas): string {
  const refersTo = (value: unknown) => JSON.stringify(value).includes(`/schemas/${name}"`);
  const uses = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody, responses }]) => {
      const route = `\`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}\``;
      if (requestBody && refersTo(requestBody)) return [`The body of ${route}.`];
      const answer = Object.entries(responses).find(([status]) => status.startsWith('2'));
      return answer && refersTo(answer) ? [`The answer of ${route}.`] : [];
    }),
  );
  const owner = Object.keys(schemas).find((other) => other !== name && refersTo(schemas[other]));
  return uses[0] ?? (owner === undefined ? 'Part of an event.' : `Part of \`${owner}\`.`);
}
