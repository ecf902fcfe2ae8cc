import { Global, Module } from '@nestjs/common';
import { JanitorPort } from '../../application/ports/janitor.port.js';
import { JanitorAdapter } from './janitor.adapter.js';

@Global()
@Module({
  providers: [JanitorAdapter, { provide: JanitorPort, useExisting: JanitorAdapter }],
  exports: [JanitorPort],
})
export class JanitorModule {}
