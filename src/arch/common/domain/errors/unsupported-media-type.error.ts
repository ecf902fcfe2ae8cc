import { UnsupportedMediaType } from './kinds.js';

export class UnsupportedMediaTypeError extends UnsupportedMediaType {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';

  constructor(message = 'Send the body as application/json, in UTF-8 and not compressed.') {
    super(message);
  }
}
