/** The common network of all texts that are no address, which a proxy may forward. */
const UNKNOWN = 'unknown';
const GROUPS = 8;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
/** Characters and lengths of an IPv6 address. */
const IPV6 = /^[0-9a-f:.]{2,45}$/i;

export type Networks = readonly [string] | readonly [string, string];

/**
 * The networks that an address counts for, the smallest first: an IPv4 address is its own; of IPv6 its /64, which a
 * provider gives to one customer, and its /48, which it gives to customers who ask for more.
 */
export function addressNetworks(ip: string): Networks {
  const bare = ip.split('%', 1)[0] ?? '';
  if (IPV4.test(bare)) return [bare];
  const groups = ipv6(bare);
  if (!groups) return [UNKNOWN];
  return mappedIpv4(groups) ?? [prefix(groups, 4), prefix(groups, 3)];
}

/** The eight groups of an IPv6 address in whatever spelling. */
function ipv6(text: string): readonly string[] | null {
  // The URL parser normalizes each address.
  const host = IPV6.test(text) ? URL.parse(`http://[${text}]/`)?.hostname : undefined;
  if (host === undefined) return null;
  const [head = [], tail] = host
    .slice(1, -1)
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''));
  if (!tail) return head;
  return [...head, ...Array<string>(GROUPS - head.length - tail.length).fill('0'), ...tail];
}

/** `::ffff:203.0.113.7` is the notation of an IPv4 address on a dual-stack socket. */
function mappedIpv4(groups: readonly string[]): readonly [string] | null {
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
  const bytes = groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return [bytes.join('.')];
}

function prefix(groups: readonly string[], count: number): string {
  return `${groups.slice(0, count).join(':')}::/${count * 16}`;
}
