import { commentOf } from './doc-comment.js';
import type { JsonSchema, Schemas } from './json-schema.js';
import { printType, type PrintOptions } from './print-type.js';

interface SocketMessage {
  readonly name: string;
  readonly summary: string;
  readonly payload: JsonSchema;
}
export interface AsyncApi {
  readonly components: {
    readonly messages: Readonly<Record<string, SocketMessage>>;
    readonly schemas: Schemas;
  };
}

/** Socket.IO emits it when the handshake is refused: it is no event of the server. */
const REFUSED = 'connect_error';

/** The interfaces of the events of both sides, of acknowledgements, and of a refused handshake. */
export function printEvents(document: AsyncApi, names: PrintOptions['names']): string {
  const messages = document.components.messages;
  const received = { names, isSent: false };
  const server: string[] = [];
  const client: string[] = [];
  let refusal = '';
  for (const [id, { name, summary, payload }] of Object.entries(messages)) {
    if (id === `server.${REFUSED}`)
      refusal = `${commentOf(summary)}export type HandshakeRefusal = ${printType(payload, received)};\n`;
    else if (id.startsWith('server.'))
      server.push(`${commentOf(summary, '  ')}  readonly ${name}: ${printType(payload, received, '  ')};\n`);
    else if (id.startsWith('client.')) {
      const data = messages[`done.${name}`]?.payload.properties?.['data'];
      if (!data) throw new Error(`The event ${name} has no acknowledgement with data.`);
      const sent = printType(payload, { names, isSent: true }, '    ');
      client.push(
        `${commentOf(summary, '  ')}  readonly ${name}: {\n    readonly payload: ${sent};\n    readonly data: ${printType(data, received, '    ')};\n  };\n`,
      );
    }
  }
  return [
    `/** The events of the server by their names, and their payloads. */\nexport interface ServerEvents {\n${server.join('')}}\n`,
    `/** The events of clients by their names: the payload, and the data of the acknowledgement. */\nexport interface ClientEvents {\n${client.join('')}}\n`,
    `/** The acknowledgement of an event. */\nexport type Ack<T> =\n  | { readonly ok: true; readonly data: T }\n  | { readonly ok: false; readonly error: Failure };\n`,
    refusal,
  ].join('\n');
}
