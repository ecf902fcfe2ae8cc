/** What sort of refusal an error is. `common/interface/errors/error-status.ts` gives each kind its status. */
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
