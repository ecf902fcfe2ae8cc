import { Module } from '@nestjs/common';
import { UserRepositoryPort } from './application/ports/user-repository.port.js';
import { UserRepositoryAdapter } from './infrastructure/adapters/user-repository.adapter.js';

@Module({
  providers: [{ provide: UserRepositoryPort, useClass: UserRepositoryAdapter }],
  exports: [UserRepositoryPort],
})
export class UserModule {}
