import { DomainError } from './domain.error.js';

// The kinds of errors: each of our errors extends one of these, which decides its status.

/** The request breaks a rule that its sender can know; the same request fails again. */
export abstract class BadRequest extends DomainError {
  readonly kind = 'BadRequest';
}

/** The caller is not authenticated, or no longer. */
export abstract class Unauthorized extends DomainError {
  readonly kind = 'Unauthorized';
}

/** The caller is authenticated, but may not do this. */
export abstract class Forbidden extends DomainError {
  readonly kind = 'Forbidden';
}

/** The requested resource does not exist, or the caller may not see it. */
export abstract class NotFound extends DomainError {
  readonly kind = 'NotFound';
}

/** The path exists, with other methods. */
export abstract class MethodNotAllowed extends DomainError {
  readonly kind = 'MethodNotAllowed';
}

/** The request did not arrive in time. */
export abstract class RequestTimeout extends DomainError {
  readonly kind = 'RequestTimeout';
}

/** The stored state contradicts the request. */
export abstract class Conflict extends DomainError {
  readonly kind = 'Conflict';
}

/** The body has more bytes than are accepted. */
export abstract class PayloadTooLarge extends DomainError {
  readonly kind = 'PayloadTooLarge';
}

/** The server does not accept this type of body. */
export abstract class UnsupportedMediaType extends DomainError {
  readonly kind = 'UnsupportedMediaType';
}

/** The server does not support what the `Expect` header asks for. */
export abstract class ExpectationFailed extends DomainError {
  readonly kind = 'ExpectationFailed';
}

/** A limit on how often, how much or how many at once is reached. */
export abstract class TooManyRequests extends DomainError {
  readonly kind = 'TooManyRequests';
  /** Milliseconds until the next try can succeed. */
  abstract readonly retryAfterMs: number;
}

/** The request line and headers have more bytes than are accepted. */
export abstract class HeadersTooLarge extends DomainError {
  readonly kind = 'HeadersTooLarge';
}

/** A defect of this server; the answer contains no details. */
export abstract class Internal extends DomainError {
  readonly kind = 'Internal';
}

/** HTTP allows the request, but this server does not implement it. */
export abstract class NotImplemented extends DomainError {
  readonly kind = 'NotImplemented';
}

/** The server, or a service that it depends on, cannot answer now; the same request may succeed later. */
export abstract class Unavailable extends DomainError {
  readonly kind = 'Unavailable';
}
