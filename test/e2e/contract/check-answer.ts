import { z } from 'zod';
import type { ApiDocument, DocumentedResponse, JsonSchema, NamedOperation } from './api-document.js';

export interface RealAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** `404 USER_NOT_FOUND`, or the status alone. */
export function outcomeOf({ status, text }: RealAnswer): string {
  return status < 400 ? String(status) : `${status} ${(JSON.parse(text) as { code: string }).code}`;
}

/** The differences between a real answer and the document; none when it is correct. */
export function checkAnswer(
  document: ApiDocument,
  { responses }: Pick<NamedOperation, 'responses'>,
  answer: RealAnswer,
): string[] {
  const response = responses[answer.status];
  if (!response) return [`undocumented: ${outcomeOf(answer)}`];
  return [...headerProblems(response, answer), ...contentProblems(document, response, answer)];
}

function headerProblems({ headers = {} }: DocumentedResponse, answer: RealAnswer): string[] {
  const documented = Object.entries(headers).flatMap(([name, { schema }]) => {
    const value = answer.headers.get(name);
    if (value === null) return [`no header ${name}`];
    const read = schema['type'] === 'integer' ? Number(value) : value;
    return z.fromJSONSchema(schema).safeParse(read).success ? [] : [`header ${name}: ${value}`];
  });
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const undocumented = answer.headers.has('retry-after') && !names.includes('retry-after');
  const anonymous = !answer.headers.has('x-request-id');
  return [
    ...documented,
    ...(undocumented ? ['undocumented header retry-after'] : []),
    ...(anonymous ? ['no x-request-id'] : []),
  ];
}

function contentProblems(
  document: ApiDocument,
  { content }: DocumentedResponse,
  answer: RealAnswer,
): string[] {
  const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (!content) return answer.text === '' && type === '' ? [] : ['a body where none is documented'];
  const media = content[type];
  if (!media) return [`content type ${type}`];
  if (media.schema['format'] === 'binary') return answer.text === '' ? ['no content'] : [];
  const body: unknown = JSON.parse(answer.text);
  const code = answer.status < 400 ? undefined : (body as { code: string }).code;
  return [
    ...schemaProblems(document, media.schema, body),
    ...(code === undefined || media.examples?.[code] ? [] : [`undocumented code ${code}`]),
  ];
}

const compiled = new WeakMap<JsonSchema, z.ZodType>();

/** Answers may get new fields that clients do not know; in this test each field must be known. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema ? { additionalProperties: false, ...inner } : inner;
}

/** The places where a value differs from a schema of the document. */
export function schemaProblems(document: ApiDocument, schema: JsonSchema, value: unknown): string[] {
  let validator = compiled.get(schema);
  if (!validator) {
    const whole = JSON.stringify(closed({ ...schema, $defs: document.components.schemas }));
    validator = z.fromJSONSchema(
      JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as Parameters<
        typeof z.fromJSONSchema
      >[0],
    );
    compiled.set(schema, validator);
  }
  const { error } = validator.safeParse(value);
  return error ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
}
