/** What is used here of JSON Schema, as zod writes it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** A schema as a type that people read, in HTML; named schemas are links to `#` and their name. */
export function schemaText(schema: JsonSchema, indent = ''): string {
  const { $ref, anyOf, items, properties, type, format } = schema;
  if ($ref !== undefined) return linkTo($ref.slice($ref.lastIndexOf('/') + 1));
  if (anyOf) return anyOf.map((one) => schemaText(one, indent)).join(' | ');
  if (schema.const !== undefined) return escapeHtml(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((one) => escapeHtml(JSON.stringify(one))).join(' | ');
  if (items) return `${schemaText(items, indent)}[]`;
  if (properties) return objectText(properties, schema.required ?? [], indent);
  return format === undefined ? (type ?? 'nothing') : `${type} (${format})`;
}

function objectText(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  indent: string,
): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const { description } = schema;
    const comment = description === undefined ? '' : ` <i>${escapeHtml(description)}</i>`;
    const mark = required.includes(name) ? '' : '?';
    return `${deeper}${name}${mark}: ${schemaText(schema, deeper)}${comment}\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

const linkTo = (name: string): string => `<a href="#${name}">${name}</a>`;
