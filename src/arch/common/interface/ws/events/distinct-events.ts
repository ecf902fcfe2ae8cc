import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GATEWAY_METADATA, GATEWAY_OPTIONS } from '@nestjs/websockets/constants.js';
import { GatewayMetadataExplorer } from '@nestjs/websockets/gateway-metadata-explorer.js';

/**
 * Refuses to start when two methods of a namespace's gateways handle the same event: one of them would never be called.
 */
@Injectable()
export class DistinctEvents implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error with the event and both gateways */
  onModuleInit(): void {
    const explorer = new GatewayMetadataExplorer(new MetadataScanner());
    const gateways = new Map<string, string>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype || Reflect.getMetadata(GATEWAY_METADATA, metatype) !== true) continue;
      const { namespace = '' } = Reflect.getMetadata(GATEWAY_OPTIONS, metatype) as { namespace?: string };
      // Nest adds a leading slash as well: `chat` and `/chat` are one namespace.
      const name = `/${namespace}`.replace('//', '/');
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
