import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { addressNetworks, type Networks } from '../../../domain/address-networks.js';

const NETWORKS = Symbol('networks');

/** How some proxies write an address: `203.0.113.7:4711`, `[2001:db8::1]:4711` or `[2001:db8::1]`. */
const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+):\d{1,5}|\[([0-9a-f:.]+)\](?::\d{1,5})?)$/i;

/** How a socket for both IP versions, and a proxy that has one, names an IPv4 address. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** From where it comes; null when a proxy has put something else there. */
    readonly clientAddress: string | null;
    /** The networks for which its address counts. */
    readonly clientNetworks: Networks;
    [NETWORKS]: Networks | undefined;
  }
}

/** Who is calling, for requests and handshakes alike: only what our own proxies have appended is believed. */
export class ClientAddresses {
  private readonly logger = new Logger('Proxy');
  private warned = false;

  /** @param proxies how many stand in front and append to X-Forwarded-For; with 0 nobody reads it */
  constructor(private readonly proxies: number) {}

  /** Whether connections come from a proxy instead of their clients. */
  get areForwarded(): boolean {
    return this.proxies > 0;
  }

  /** Without the zone of a link-local one. Null when the last hop is no address; that is logged once, since such callers then count together. */
  addressOf(request: IncomingMessage): string | null {
    const hop = this.lastHop(request);
    if (isIPv4(hop)) return hop;
    const [, ipv4, ipv6] = WITH_PORT.exec(hop) ?? [];
    const [address = ''] = (ipv4 ?? ipv6 ?? hop).split('%', 1);
    if (isIP(address)) return MAPPED.exec(address)?.[1] ?? address;
    // A caller who has gone has no address any more.
    if (hop !== '') this.warnOfNoAddress();
    return null;
  }

  private lastHop({ headers, socket }: IncomingMessage): string {
    const forwarded = this.proxies > 0 ? headers['x-forwarded-for'] : undefined;
    if (forwarded === undefined) return socket.remoteAddress ?? '';
    const entries = String(forwarded).split(',');
    return entries.at(-Math.min(this.proxies, entries.length))?.trim() ?? '';
  }

  private warnOfNoAddress(): void {
    if (this.warned) return;
    this.warned = true;
    this.logger.warn(
      `X-Forwarded-For has something else where TRUST_PROXY=${this.proxies} expects an address: such callers count as one.`,
    );
  }
}

/** Gives every request its `clientAddress` and, computed once, its networks; both when somebody asks. */
export function addClientAddress(fastify: FastifyInstance, addresses: ClientAddresses): void {
  fastify.decorateRequest(NETWORKS);
  fastify.decorateRequest('clientAddress', {
    getter() {
      return addresses.addressOf(this.raw);
    },
  });
  fastify.decorateRequest('clientNetworks', {
    getter() {
      return (this[NETWORKS] ??= addressNetworks(this.clientAddress ?? ''));
    },
  });
}
