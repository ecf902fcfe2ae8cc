import type { OpenAPIObject } from '@nestjs/swagger';
import type { DomainError } from '../../../domain/errors/domain.error.js';
import { listCodes } from '../../errors/error-code.schema.js';
import { describeErrors } from './describe-errors.js';

type Node = Record<string, unknown>;

const REQUEST_ID = {
  description: 'Names the request in the log of the server, and in the body of an error.',
  schema: { type: 'string' },
};

/**
 * Adapts the document, in place, to what client generators read best. Requests stay closed. Answers are open, so that a
 * new field of a later version breaks no strict client. A `format` is kept without the long pattern that repeats it.
 * Errors get their responses, and their codes are listed. Every answer gets its `x-request-id`. Parts marked
 * `x-internal` are removed.
 */
export function refineDocument(document: OpenAPIObject, errors: readonly DomainError[]): OpenAPIObject {
  describeErrors(document, errors);
  const { schemas = {} } = document.components ?? {};
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods) as Node[]);
  for (const operation of operations) {
    if (Array.isArray(operation['parameters'])) {
      operation['parameters'] = operation['parameters'].filter(({ schema }: Node) => !isInternal(schema));
    }
    for (const response of nodesOf(operation['responses'])) {
      response['headers'] = { 'x-request-id': REQUEST_ID, ...(response['headers'] as object | undefined) };
    }
  }
  const asked = operations.map(({ parameters, requestBody }) => ({ parameters, requestBody }));
  const requests = namesWithin(asked, schemas);
  const answers = Object.entries(schemas).filter(([name]) => !requests.has(name));
  visitSchemas(
    [answers.map(([, schema]) => schema), operations.map(({ responses }) => responses)],
    openObject,
  );
  visitSchemas([operations, schemas], dropPattern);
  const codes = errors.map(({ code }) => code);
  visitSchemas(schemas, (schema) => listCodes(schema, codes));
  return document;
}

function isInternal(schema: unknown): boolean {
  return isNode(schema) && schema['x-internal'] === true;
}

function openObject(schema: Node): void {
  if (schema['additionalProperties'] === false) delete schema['additionalProperties'];
}

function dropPattern(schema: Node): void {
  if (typeof schema['format'] === 'string') delete schema['pattern'];
}

/** The names of the components that are referred to, directly or through others. */
function namesWithin(root: unknown, schemas: Node, names = new Set<string>()): Set<string> {
  visitSchemas(root, ({ $ref }) => {
    const name = typeof $ref === 'string' ? ($ref.split('/').at(-1) ?? '') : '';
    if (name === '' || names.has(name)) return;
    names.add(name);
    namesWithin(schemas[name], schemas, names);
  });
  return names;
}

/** Visits every object below `root` except examples, which are data. */
function visitSchemas(root: unknown, visit: (schema: Node) => void): void {
  if (Array.isArray(root)) for (const item of root) visitSchemas(item, visit);
  if (!isNode(root)) return;
  visit(root);
  for (const [key, value] of Object.entries(root)) {
    if (key !== 'example' && key !== 'examples') visitSchemas(value, visit);
  }
}

function nodesOf(parent: unknown): Node[] {
  return isNode(parent) ? Object.values(parent).filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
