import { addressNetworks } from '../../domain/address-networks.js';

/** An address shortened so that it identifies no household: its /24, of IPv6 its /48. */
export function addressBlock(address: string): string {
  const [network, larger] = addressNetworks(address);
  return larger ?? network.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24');
}
