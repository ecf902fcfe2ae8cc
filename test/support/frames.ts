import { z } from 'zod';
import { ERRORS } from '../../src/arch/error-catalogue.js';
import { failureSchema } from '../../src/arch/common/interface/ws/session/session-events.js';
import { clientEvents } from '../../src/arch/modules/chat/interface/ws/dto/client-events.js';
import { serverEvents } from '../../src/arch/modules/chat/interface/ws/dto/server-events.js';

/** Frames of this test file that the schemas of the events do not describe. */
const strange: string[] = [];

const HEARD = new Map<string, z.ZodType>(
  Object.entries(serverEvents).map(([event, { payload }]) => [event, payload]),
);
/** The document lists the codes; the schema itself leaves them open. */
const knownFailure = failureSchema.extend({ code: z.enum(ERRORS.map(({ code }) => code)) });
const SENT = new Map(Object.entries(clientEvents));

/** Looks at an event of the server's; one that only a test emits is not described anywhere. */
export function checkHeard(event: string, payload: unknown): void {
  check(`hears ${event}`, HEARD.get(event), payload);
}

/** Looks at an event of a client's when it was accepted, and at what it was answered. */
export function checkSent(
  event: string,
  payload: unknown,
  ack: { ok: boolean; data?: unknown; error?: unknown },
): void {
  const described = SENT.get(event);
  if (ack.ok) {
    check(`is let in with ${event}`, described?.payload, payload);
    check(`is answered to ${event}`, described?.data, ack.data);
  } else check(`is refused ${event}`, knownFailure, ack.error);
}

function check(what: string, schema: z.ZodType | undefined, value: unknown): void {
  const problem = schema?.safeParse(value).error?.message;
  if (problem !== undefined) strange.push(`A socket ${what}, ${JSON.stringify(value)}: ${problem}`);
}

/** @throws Error for the first of them */
export function refuseStrangeFrames(): void {
  const [first] = strange.splice(0);
  if (first !== undefined) throw new Error(first);
}
