import type { JsonSchema, Schemas } from './json-schema.js';
import { printType, type PrintOptions } from './print-type.js';
import { commentOf } from './doc-comment.js';

interface Content {
  readonly schema: JsonSchema;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
}

/** Parts of a request in the order of their fields, and where their parameters are. */
const PARTS = [
  ['params', 'path'],
  ['query', 'query'],
  ['headers', 'header'],
] as const;

/** The interface `Routes`: method and path of every route, and the types of its request and answer. */
export function printRoutes({ paths }: OpenApi, names: PrintOptions['names']): string {
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const key = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      const fields = [...requestFields(operation, names), `answer: ${answerType(operation, names)}`];
      const lines = fields.map((field) => `    readonly ${field};\n`).join('');
      return `${commentOf(operation.summary ?? '', '  ')}  readonly '${key}': {\n${lines}  };\n`;
    }),
  );
  return `/** The routes of the HTTP API. A \`form\` is sent as \`multipart/form-data\`. */\nexport interface Routes {\n${routes.join('')}}\n`;
}

function requestFields(operation: Operation, names: PrintOptions['names']): string[] {
  const options = { names, isSent: true };
  const parameters = PARTS.flatMap(([field, place]) => {
    const all = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
    if (all.length === 0) return [];
    const required = all.filter((parameter) => parameter.required).map(({ name }) => name);
    const properties = Object.fromEntries(
      all.map(({ name, schema, description }) => [
        name,
        description === undefined ? schema : { ...schema, description },
      ]),
    );
    const type = printType({ type: 'object', properties, required }, options, '    ');
    return [`${field}${required.length === 0 ? '?' : ''}: ${type}`];
  });
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `${type === 'multipart/form-data' ? 'form' : 'body'}: ${printType(schema, options, '    ')}`,
  );
  return [...parameters, ...bodies];
}

/** The type of what a success answers: the same for all of its statuses. */
function answerType({ responses }: Operation, names: PrintOptions['names']): string {
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content }]) => {
      const [schema] = Object.values(content ?? {}).map((one) => one.schema);
      return schema === undefined ? 'undefined' : printType(schema, { names, isSent: false }, '    ');
    });
  return [...new Set(types)].join(' | ');
}
