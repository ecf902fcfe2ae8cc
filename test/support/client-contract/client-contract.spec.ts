import { expect, it } from 'vitest';
import { clientContract } from './client-contract.js';
import type { JsonSchema } from './json-schema.js';
import type { AsyncApi } from './print-events.js';
import type { OpenApi } from './print-routes.js';

const text = { type: 'string', maxLength: 9 };
const field = (...names: string[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
const json = (name: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});

const openApi: OpenApi = {
  paths: {
    '/notes/{id}': {
      put: {
        summary: 'Write a note',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
        ],
        requestBody: json('SendMessage'),
        responses: { 200: json('Message'), 201: json('Message'), 400: json('ApiError') },
      },
    },
  },
  components: {
    schemas: {
      ApiError: { type: 'object', properties: { code: { type: 'string', enum: ['A', 'B'] } } },
      Member: { type: 'object', properties: { role: { type: 'string', enum: ['owner'] } } },
      Message: { type: 'object', properties: { sender: field('id'), content: text }, required: ['sender'] },
      SendMessage: field('content', 'clientMessageId', 'mentions'),
      CreateConversation: field('title', 'memberIds'),
      ChangeSettings: field('slowModeSeconds'),
      BanMember: field('reason'),
      Signup: field('email', 'password', 'displayName'),
      UpdateProfile: {
        type: 'object',
        properties: { bio: text, addableBy: { type: 'string', enum: ['all'] } },
      },
    },
  },
};
const message = { $ref: '#/components/schemas/Message' };
const asyncApi: AsyncApi = {
  components: {
    messages: {
      'client.send': { name: 'send', summary: 'Send.', payload: field('content') },
      'done.send': {
        name: 'ack',
        summary: 'Done.',
        payload: { type: 'object', properties: { data: message } },
      },
      'server.sent': { name: 'sent', summary: 'It is sent.', payload: message },
      'server.connect_error': { name: 'connect_error', summary: 'Refused.', payload: field('message') },
    },
    schemas: { Failure: { type: 'object', properties: { code: { type: 'string', enum: ['A', 'B'] } } } },
  },
};
const contract = clientContract(openApi, asyncApi, ['user:read', 'user:update']);

it.each([
  "export type Permission = 'user:read' | 'user:update';",
  "export type ErrorCode = 'A' | 'B';",
  'export interface Failure {\n  readonly code?: ErrorCode;\n}',
  'export interface Message {\n  readonly sender: Sender;\n  /** At most 9 characters. */\n  readonly content?: string;\n}',
  '/** The body of `PUT /notes/:id`. */\nexport interface SendMessage {',
  '/** The answer of `PUT /notes/:id`. */\nexport interface Message {',
  '/** Part of an event. */\nexport interface Failure {',
  '  content: { max: 9 },\n',
  'export interface ServerEvents {\n  /** It is sent. */\n  readonly sent: Message;\n}',
  'export type HandshakeRefusal = {',
  '    readonly data: Message;\n',
  `  /** Write a note */
  readonly 'PUT /notes/:id': {
    readonly params: {
      readonly id: string;
    };
    readonly query?: {
      readonly limit?: number | undefined;
    };
    readonly body: SendMessage;
    readonly answer: Message;
  };`,
])('has %s', (part) => {
  expect(contract).toContain(part);
});

it('lets fields of bodies be undefined', () => {
  expect(contract).toMatch(/interface SendMessage \{[^}]+readonly content\?: string \| undefined;/);
});

it('has no event of a refused handshake', () => {
  expect(contract).not.toContain('connect_error');
});

it('refuses two schemas of one name', () => {
  const schemas = { Message: field('content') };
  expect(() => clientContract(openApi, { components: { messages: {}, schemas } }, [])).toThrow(
    'The schemas Message of docs/openapi.json and of docs/asyncapi.json differ.',
  );
});

it('refuses a limit of a field that is not there', () => {
  const schemas = { ...openApi.components.schemas, BanMember: field() };
  expect(() => clientContract({ ...openApi, components: { schemas } }, asyncApi, [])).toThrow(
    'The request BanMember has no field reason.',
  );
});
