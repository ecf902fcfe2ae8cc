import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listCodes } from '../../errors/error-code.schema.js';
import { SOCKET_PAGE } from '../../http/pages/serve-pages.js';
import { failureSchema, handshakeRefusal } from '../session/session-events.js';
import { asyncApiPage, type SocketMessage } from './asyncapi-page.js';
import type { JsonSchema } from './schema-text.js';

type Node = Record<string, unknown>;

interface ClientEvent {
  readonly description: string;
  readonly payload: z.ZodType;
  /** The `data` of the acknowledgement. */
  readonly data: z.ZodType;
}

export interface ServerEvent {
  /** Its audience and its meaning. */
  readonly description: string;
  readonly payload: z.ZodType;
}

/** The events of all modules by their wire names. */
export interface SocketEvents {
  readonly client: Readonly<Record<string, ClientEvent>>;
  readonly server: Readonly<Record<string, ServerEvent>>;
}

const CHANNEL = '#/channels/chat';
const DESCRIPTION =
  'The events of Socket.IO 4 (the stock `socket.io-client`), namespace `/chat`, over websocket or polling. The handshake ' +
  'brings an access token of the HTTP API: `auth: { token }`, or the header `Authorization: Bearer …`. Every event of a ' +
  'client is acknowledged with `{ ok: true, data }` or `{ ok: false, error }`. Clients ignore events and fields that ' +
  'they do not know.';

/**
 * Serves `/api/asyncapi.json`, beside the API document, and the same as a page for people.
 * @param version version of this server
 * @param codes codes of all errors
 */
export function serveAsyncApi(
  fastify: FastifyInstance,
  version: string,
  codes: readonly string[],
  events: SocketEvents,
): void {
  const document = asyncApiDocument(version, codes, events);
  const page = asyncApiPage(document);
  fastify.get('/api/asyncapi.json', (_request, reply) => reply.send(document));
  fastify.get(SOCKET_PAGE, (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
}

/** The AsyncAPI 3 document, from the schemas that check and describe the events. */
function asyncApiDocument(version: string, codes: readonly string[], events: SocketEvents) {
  const schemas: Record<string, JsonSchema> = {};
  const messages: Record<string, SocketMessage> = {};
  const operations: Node = {};
  const add = (
    id: string,
    name: string,
    schema: z.ZodType,
    io: 'input' | 'output',
    summary: string,
  ): Node => {
    messages[id] = { name, summary, payload: schemaNode(schema, io, schemas, codes) };
    return { $ref: `${CHANNEL}/messages/${id}` };
  };

  const failure = z.strictObject({ ok: z.literal(false), error: failureSchema });
  const failed = add('failed', 'acknowledgement', failure, 'output', 'The event has failed, and why.');
  for (const [event, { description, payload, data }] of Object.entries(events.client)) {
    const sent = add(`client.${event}`, event, payload, 'input', description);
    const acknowledged = z.strictObject({ ok: z.literal(true), data });
    const done = add(`done.${event}`, 'acknowledgement', acknowledged, 'output', `${event} is done.`);
    operations[`client.${event}`] = {
      action: 'receive',
      channel: { $ref: CHANNEL },
      summary: description,
      messages: [sent],
      reply: { channel: { $ref: CHANNEL }, messages: [done, failed] },
    };
  }
  const emitted = { ...events.server, connect_error: handshakeRefusal };
  for (const [event, { description, payload }] of Object.entries(emitted)) {
    const message = add(`server.${event}`, event, payload, 'output', description);
    operations[`server.${event}`] = {
      action: 'send',
      channel: { $ref: CHANNEL },
      summary: description,
      messages: [message],
    };
  }

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Causerie: the socket',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      local: { host: 'localhost:3000', protocol: 'socket.io', description: 'As `pnpm start` starts it.' },
    },
    channels: {
      chat: {
        address: '/chat',
        title: 'Conversations',
        messages: Object.fromEntries(
          Object.keys(messages).map((id) => [id, { $ref: `#/components/messages/${id}` }]),
        ),
      },
    },
    operations,
    components: { messages, schemas },
  };
}

/** Converts a schema to JSON Schema; named parts of it are added to `schemas`, where others refer to them. */
function schemaNode(
  schema: z.ZodType,
  io: 'input' | 'output',
  schemas: Node,
  codes: readonly string[],
): JsonSchema {
  const {
    $schema: _dialect,
    $defs,
    ...node
  } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      delete jsonSchema.id;
      listCodes(jsonSchema, codes);
      // A format repeats its pattern; and a later version may add fields to its events.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (io === 'output' && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
  Object.assign(schemas, toComponents($defs));
  return toComponents(node) as JsonSchema;
}

/** Replaces references to `$defs` by references to components. */
function toComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComponents);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    key === '$ref' ? String(part).replace('#/$defs/', '#/components/schemas/') : toComponents(part),
  ]);
  return Object.fromEntries(entries) as Node;
}
