import type { FastifyRequest } from 'fastify';

type Done = (refusal?: Error) => void;

/** Makes a hook of a check that throws its refusal: without a promise for each request, as an `async` hook would have. */
export function refusing(check: (request: FastifyRequest) => void) {
  return (request: FastifyRequest, _reply: unknown, done: Done): void => done(refusalOf(check, request));
}

/** The same for `preParsing`, which is handed the body besides. */
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
