import type { JsonSchema, Schemas } from './json-schema.js';

/** What forms check before they send: the field of a request by which each limit is known. */
const FORM_FIELDS = {
  content: ['SendMessage', 'content'],
  clientMessageId: ['SendMessage', 'clientMessageId'],
  mentions: ['SendMessage', 'mentions'],
  title: ['CreateConversation', 'title'],
  members: ['CreateConversation', 'memberIds'],
  slowModeSeconds: ['ChangeSettings', 'slowModeSeconds'],
  reason: ['BanMember', 'reason'],
  email: ['Signup', 'email'],
  password: ['Signup', 'password'],
  displayName: ['Signup', 'displayName'],
  bio: ['UpdateProfile', 'bio'],
} as const;

/** The constant `limits` of the client. It is small, because every bundle contains it. */
export function printLimits(schemas: Schemas): string {
  const lines = Object.entries(FORM_FIELDS).map(([name, [request, field]]) => {
    const schema = schemas[request]?.properties?.[field];
    if (!schema) throw new Error(`The request ${request} has no field ${field}.`);
    return `  ${name}: { ${boundsOf(schema).join(', ')} },\n`;
  });
  return `/** Bounds of what is sent. Texts are counted in code points. */\nexport const limits = {\n${lines.join('')}} as const;\n`;
}

function boundsOf(schema: JsonSchema): string[] {
  const min = schema.minLength ?? schema.minItems ?? schema.minimum;
  const max = schema.maxLength ?? schema.maxItems ?? schema.maximum;
  return [
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
    // A format has a pattern as well, which forms leave to the browser.
    ...(schema.pattern === undefined || schema.format !== undefined ? [] : [`pattern: '${schema.pattern}'`]),
  ];
}
