/** The kind of a refusal. `common/interface/errors/error-status.ts` maps each kind to its status. */
export type ErrorKind =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'RequestTimeout'
  | 'Conflict'
  | 'PayloadTooLarge'
  | 'UnsupportedMediaType'
  | 'ExpectationFailed'
  | 'TooManyRequests'
  | 'HeadersTooLarge'
  | 'Internal'
  | 'NotImplemented'
  | 'Unavailable';
