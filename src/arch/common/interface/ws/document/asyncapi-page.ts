import { ERRORS_PAGE, REALTIME_PAGE } from '../../http/pages/serve-pages.js';
import { escapeHtml, type JsonSchema, schemaText } from './schema-text.js';

/** What the page shows of an AsyncAPI document. */
interface SocketDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly components: {
    readonly messages: Readonly<Record<string, SocketMessage>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

export interface SocketMessage {
  readonly name: string;
  readonly summary: string;
  readonly payload: JsonSchema;
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem; }
h3 { margin: 2rem 0 0.25rem; }
p { margin: 0.25rem 0; }
pre { padding: 0.75rem 1rem; overflow-x: auto; white-space: pre-wrap; border: 1px solid #8886; border-radius: 0.5rem; }
code, pre { font: 0.9rem/1.5 ui-monospace, monospace; }
i { opacity: 0.7; }
`;

/** The AsyncAPI document for people: one page, which runs nothing and loads nothing. */
export function asyncApiPage({ info, components: { messages, schemas } }: SocketDocument): string {
  const sent = Object.keys(messages).filter((id) => id.startsWith('client.'));
  const received = Object.entries(messages).filter(([id]) => id.startsWith('server.'));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(info.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1>
<p>${withCode(info.description)}</p>
<p><a href="${REALTIME_PAGE}">How a client uses it</a> · <a href="${ERRORS_PAGE}">every error code</a> ·
<a href="/api/docs">the HTTP API</a> · <a href="/api/asyncapi.json">this page for programs</a> (AsyncAPI 3)</p>
<h2>What a client sends</h2>
${sent.map((id) => sentEvent(id.replace('client.', ''), messages)).join('')}
<h2>What a client receives</h2>
${received.map(([, { name, summary, payload }]) => entry(`server.${name}`, name, summary, payload)).join('')}
<h2>The acknowledgement of a failed event</h2>
${withPayload(messages['failed'])}
<h2>Schemas</h2>
${Object.entries(schemas)
  .map(([name, schema]) => entry(name, name, schema.description ?? '', schema))
  .join('')}
</body>
</html>
`;
}

function sentEvent(event: string, messages: Readonly<Record<string, SocketMessage>>): string {
  const sent = messages[`client.${event}`];
  if (!sent) return '';
  return `${entry(`client.${event}`, event, sent.summary, sent.payload)}<p>The acknowledgement:</p>
${withPayload(messages[`done.${event}`])}`;
}

const entry = (id: string, name: string, summary: string, schema: JsonSchema): string =>
  `<h3 id="${id}"><code>${escapeHtml(name)}</code></h3>
<p>${withCode(summary)}</p>
<pre>${schemaText(schema)}</pre>
`;

const withPayload = (message: SocketMessage | undefined): string =>
  message ? `<pre>${schemaText(message.payload)}</pre>\n` : '';

/** Words between backquotes are code. */
const withCode = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
