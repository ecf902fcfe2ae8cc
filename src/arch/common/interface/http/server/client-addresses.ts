import type { IncomingMessage } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { addressNetworks, type Networks } from '../../../domain/address-networks.js';

const NETWORKS = Symbol('networks');

/** Notations of some proxies for an address: `203.0.113.7:4711`, `[2001:db8::1]:4711` or `[2001:db8::1]`. */
const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+):\d{1,5}|\[([0-9a-f:.]+)\](?::\d{1,5})?)$/i;

/** An IPv4 address as a dual-stack socket, and a proxy with such a socket, writes it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** The client's address; null when a proxy has forwarded something that is none. */
    readonly clientAddress: string | null;
    /** The networks for which the address counts. */
    readonly clientNetworks: Networks;
    [NETWORKS]: Networks | undefined;
  }
}

/** Determines the client's address, for requests and handshakes alike, from what our own proxies have appended. */
export class ClientAddresses {
  private readonly logger = new Logger('Proxy');
  private warned = false;

  /** @param proxies number of proxies in front that append to X-Forwarded-For; with 0 the header is ignored */
  constructor(private readonly proxies: number) {}

  /** Whether connections come from a proxy instead of their clients. */
  get areForwarded(): boolean {
    return this.proxies > 0;
  }

  /**
   * The address without the zone of a link-local one. Null when the last hop is no address; that is logged once,
   * because all such callers count as one.
   */
  addressOf(request: IncomingMessage): string | null {
    const hop = this.lastHop(request);
    if (isIPv4(hop)) return hop;
    const [, ipv4, ipv6] = WITH_PORT.exec(hop) ?? [];
    const [address = ''] = (ipv4 ?? ipv6 ?? hop).split('%', 1);
    if (isIP(address)) return MAPPED.exec(address)?.[1] ?? address;
    // A connection that the caller has closed has no address any more.
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

/** Adds `clientAddress` and the client's networks to every request; both are computed on first use. */
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
