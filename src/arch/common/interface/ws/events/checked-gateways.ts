import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GATEWAY_METADATA, GATEWAY_OPTIONS } from '@nestjs/websockets/constants.js';
import { GatewayMetadataExplorer } from '@nestjs/websockets/gateway-metadata-explorer.js';

/**
 * Refuses to start when a gateway names no namespace, because nobody can connect to it, when it has a
 * `handleDisconnect`, and when two methods of a namespace's gateways handle the same event, because these methods would
 * never be called.
 */
@Injectable()
export class CheckedGateways implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error with the gateway, or with the event and both gateways */
  onModuleInit(): void {
    const explorer = new GatewayMetadataExplorer(new MetadataScanner());
    const gateways = new Map<string, string>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || Reflect.getMetadata(GATEWAY_METADATA, metatype) !== true) continue;
      const name = namespaceOf(metatype);
      if ('handleDisconnect' in instance) {
        throw new Error(
          `The gateway ${metatype.name} has a handleDisconnect: listen to the sockets' event disconnect instead.`,
        );
      }
      for (const { message } of explorer.explore(instance)) {
        const event = `${message} of ${name}`;
        const other = gateways.get(event);
        if (other !== undefined) {
          throw new Error(`The event ${event} is listened to twice: by ${other} and ${metatype.name}.`);
        }
        gateways.set(event, metatype.name);
      }
    }
  }
}

/** Nest adds a leading slash as well: `chat` and `/chat` are one namespace. */
function namespaceOf(gateway: object & { readonly name: string }): string {
  const { namespace } = Reflect.getMetadata(GATEWAY_OPTIONS, gateway) as { namespace?: unknown };
  const name = typeof namespace === 'string' ? `/${namespace}`.replace('//', '/') : '/';
  if (name !== '/') return name;
  throw new Error(
    `The gateway ${gateway.name} names no namespace: add one, as in @WebSocketGateway({ namespace: '/name' }).`,
  );
}
