import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

type JsonSchema = Readonly<Record<string, unknown>>;

const docs = resolve(import.meta.dirname, '../../docs');
const document = JSON.parse(readFileSync(resolve(docs, 'asyncapi.json'), 'utf8')) as JsonSchema & {
  readonly components: { readonly messages: Readonly<Record<string, unknown>> };
};
const described = new Set(Object.keys(document.components.messages));
const ajv = new Ajv2020({ formats: fullFormats, allErrors: true });
// The keys of the document itself are not keywords of JSON Schema.
ajv.addVocabulary(Object.keys(document));
ajv.addSchema(closed(document) as JsonSchema, 'asyncapi');

/** The codes that `docs/realtime.md` explains, each in a row of its table. */
const explained = new Set(
  [...readFileSync(resolve(docs, 'realtime.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map(
    ([, code]) => code,
  ),
);
/** Frames of this test file that the document of the socket does not describe. */
const strange: string[] = [];

/** Checks an event of the server. An event that only a test emits is not described, and not checked. */
export function checkEmitted(event: string, payload: unknown): void {
  checkFrame(`server.${event}`, payload);
  if (event === 'error') checkCode(payload);
}

/** Checks the acknowledgement of an event of a client, and the event's payload when it was accepted. */
export function checkSent(
  event: string,
  payload: unknown,
  ack: { ok: boolean; data?: unknown; error?: unknown },
): void {
  if (ack.ok) {
    // JSON Schema knows no absent value: an event may be without a payload where all of its fields may be absent.
    checkFrame(`client.${event}`, payload === undefined ? {} : payload);
    checkFrame(`done.${event}`, ack);
  } else {
    checkFrame('failed', ack);
    checkCode(ack.error);
  }
}

/** Checks the error of a refused handshake, in a served namespace or in another one. */
export function checkRefused(refusal: unknown): void {
  checkFrame('server.connect_error', refusal);
  checkCode((refusal as { data?: unknown }).data);
}

/** @throws Error for the first frame that is not described */
export function refuseStrangeFrames(): void {
  const [first] = strange.splice(0);
  if (first !== undefined) throw new Error(first);
}

/** @param message id of a message of the document */
function checkFrame(message: string, value: unknown): void {
  if (!described.has(message)) return;
  // The first call compiles the schema.
  const isDescribed = ajv.getSchema(`asyncapi#/components/messages/${message}/payload`) as ValidateFunction;
  if (isDescribed(value)) return;
  strange.push(
    `${message} of docs/asyncapi.json is not ${JSON.stringify(value)}: ${ajv.errorsText(isDescribed.errors)}`,
  );
}

function checkCode(error: unknown): void {
  const code = (error as { code?: string } | undefined)?.code;
  if (!explained.has(code))
    strange.push(`docs/realtime.md does not explain ${code}, which a socket was answered.`);
}

/** Forbids unknown fields. The document allows them for later versions; this version emits no field that it does not name. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const parts = Object.fromEntries(Object.entries(node).map(([key, part]) => [key, closed(part)]));
  const isObject = parts['type'] === 'object' && 'properties' in parts;
  return isObject ? { additionalProperties: false, ...parts } : parts;
}
