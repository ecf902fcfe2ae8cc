import { UnsupportedTransferEncodingError } from '../../../domain/errors/unsupported-transfer-encoding.error.js';
import type { HostPolicy } from './host-policy.js';

/**
 * Checks a request before it is routed, for what Node would refuse without a body or accept.
 * @returns a check that throws
 */
export function requestPolicy(checkHost: HostPolicy): HostPolicy {
  return (request) => {
    checkHost(request);
    const coding = request.headers['transfer-encoding'];
    // Node removes the last coding only: a body that is encoded with another one would be taken for the decoded body.
    if (coding !== undefined && coding.toLowerCase() !== 'chunked')
      throw new UnsupportedTransferEncodingError();
  };
}
