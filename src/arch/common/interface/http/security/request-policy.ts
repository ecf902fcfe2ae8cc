import { UnsupportedTransferEncodingError } from '../../../domain/errors/unsupported-transfer-encoding.error.js';
import type { HostPolicy } from './host-policy.js';

/**
 * What a request must be before anybody looks at what it asks for: what Node would refuse without a body, or let through.
 * @returns a check that throws
 */
export function requestPolicy(checkHost: HostPolicy): HostPolicy {
  return (request) => {
    checkHost(request);
    const coding = request.headers['transfer-encoding'];
    // Node takes off the last coding only: what is packed below it would be taken for the body.
    if (coding !== undefined && coding.toLowerCase() !== 'chunked')
      throw new UnsupportedTransferEncodingError();
  };
}
