import type { FastifyRequest } from 'fastify';

type Done = (refusal?: Error) => void;

/**
 * Makes a hook from a check that throws its refusal, without the promise for each request that an `async` hook costs.
 */
export function refusing(check: (request: FastifyRequest) => void) {
  return (request: FastifyRequest, _reply: unknown, done: Done): void => done(refusalOf(check, request));
}

/** The same for `preParsing`, which gets the body as well. */
export function refusingBody(check: (request: FastifyRequest) => void) {
  return (request: FastifyRequest, _reply: unknown, _body: unknown, done: Done): void =>
    done(refusalOf(check, request));
}

function refusalOf(check: (request: FastifyRequest) => void, request: FastifyRequest): Error | undefined {
  try {
    check(request);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
