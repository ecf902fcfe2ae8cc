import { DomainError } from './domain.error.js';

// The kinds of errors: an error of ours extends one of these, which decides its status.

/** The request breaks a rule that its sender can know; the same request fails again. */
export abstract class BadRequest extends DomainError {
  readonly kind = 'BadRequest';
}

/** Nobody, or nobody any more, vouches for who asks. */
export abstract class Unauthorized extends DomainError {
  readonly kind = 'Unauthorized';
}

/** It is known who asks, and this is not theirs to do. */
export abstract class Forbidden extends DomainError {
  readonly kind = 'Forbidden';
}

/** What was asked for does not exist, or not for who asks. */
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

/** What is stored already contradicts the request. */
export abstract class Conflict extends DomainError {
  readonly kind = 'Conflict';
}

/** The body has more bytes than are accepted. */
export abstract class PayloadTooLarge extends DomainError {
  readonly kind = 'PayloadTooLarge';
}

/** The body is of a type that is not read here. */
export abstract class UnsupportedMediaType extends DomainError {
  readonly kind = 'UnsupportedMediaType';
}

/** The `Expect` header asks for what this server does not do. */
export abstract class ExpectationFailed extends DomainError {
  readonly kind = 'ExpectationFailed';
}

/** A limit on how often, how much or how many at once is reached. */
export abstract class TooManyRequests extends DomainError {
  readonly kind = 'TooManyRequests';
}

/** The head of the request has more bytes than are accepted. */
export abstract class HeadersTooLarge extends DomainError {
  readonly kind = 'HeadersTooLarge';
}

/** A defect of this server; nothing of it is told. */
export abstract class Internal extends DomainError {
  readonly kind = 'Internal';
}

/** HTTP allows the request, and this server does not implement it. */
export abstract class NotImplemented extends DomainError {
  readonly kind = 'NotImplemented';
}

/** The server, or what it depends on, cannot answer now; the same request may succeed later. */
export abstract class Unavailable extends DomainError {
  readonly kind = 'Unavailable';
}
