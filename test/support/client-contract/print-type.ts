import { docComment } from './doc-comment.js';
import { type JsonSchema, meaningOf } from './json-schema.js';

export interface PrintOptions {
  /** Schemas that have a name without being referred to by it: what they mean, and the name. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether fields that may be absent may also be `undefined`: in what is sent, JSON leaves such a field out. */
  readonly isSent: boolean;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/**
 * A schema as a type of TypeScript; all fields and arrays are readonly.
 * @throws Error for a schema that has no exact type here
 */
export function printType(schema: JsonSchema, options: PrintOptions, indent = ''): string {
  const name = options.names.get(meaningOf(schema));
  return name ?? printParts(schema, options, indent);
}

/** As `printType()`, but a schema that has a name is written out. */
export function printParts(schema: JsonSchema, options: PrintOptions, indent = ''): string {
  const { $ref, allOf, type } = schema;
  const print = (part: JsonSchema): string => printType(part, options, indent);
  const enclose = (part: JsonSchema): string => printEnclosed(part, options, indent);
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  if (schema.anyOf ?? schema.oneOf) return union((schema.anyOf ?? schema.oneOf ?? []).map(print));
  if (allOf) return allOf.map(enclose).join(' & ');
  if (Array.isArray(type)) return union(type.map((one: string) => print({ ...schema, type: one })));
  if (type === 'array') return `readonly ${enclose(schema.items ?? {})}[]`;
  if (type === 'object') return printObject(schema, options, indent);
  if (schema.format === 'binary' || type === undefined) return 'unknown';
  const primitive = typeof type === 'string' ? PRIMITIVES[type] : undefined;
  if (primitive === undefined) throw new Error(`There is no type for ${JSON.stringify(schema)}.`);
  return primitive;
}

function printObject(schema: JsonSchema, options: PrintOptions, indent: string): string {
  const { properties, required = [], additionalProperties } = schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  if (!properties || Object.keys(properties).length === 0) {
    const values = additionalProperties === false ? 'never' : printType(others ?? {}, options, indent);
    return `Readonly<Record<string, ${values}>>`;
  }
  if (others)
    throw new Error(
      `There is no exact type for fields beside others: ${Object.keys(properties).join(', ')}.`,
    );
  const deeper = `${indent}  `;
  const fields = Object.entries(properties).map(([key, field]) => {
    const isOptional = !required.includes(key);
    const type = printType(field, options, deeper) + (isOptional && options.isSent ? ' | undefined' : '');
    return `${docComment(field, deeper)}${deeper}readonly ${printKey(key)}${isOptional ? '?' : ''}: ${type};\n`;
  });
  return `{\n${fields.join('')}${indent}}`;
}

/** A type that keeps its meaning as the part of another one. */
function printEnclosed(schema: JsonSchema, options: PrintOptions, indent: string): string {
  const type = printType(schema, options, indent);
  const isCompound = ['enum', 'anyOf', 'oneOf', 'allOf', 'items'].some((key) => key in schema);
  const isNamed = options.names.has(meaningOf(schema));
  return !isNamed && (isCompound || Array.isArray(schema.type) || schema.type === 'array')
    ? `(${type})`
    : type;
}

/** A name of a field, quoted when it is no identifier. */
const printKey = (key: string): string => (IDENTIFIER.test(key) ? key : literal(key));

/** Strings in single quotes, all else as in JSON. */
function literal(value: unknown): string {
  const json = JSON.stringify(value);
  if (typeof value !== 'string') return json;
  return `'${json
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

/** Members in their order, each once. */
const union = (members: readonly string[]): string => [...new Set(members)].join(' | ');
