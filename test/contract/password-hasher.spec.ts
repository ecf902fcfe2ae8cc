import { Argon2PasswordHasherAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/argon2-password-hasher.adapter.js';
import { PasswordHasherFake } from '../fakes/password-hasher.fake.js';
import { testConfig } from '../support/test-config.js';
import { describePasswordHasherContract } from './password-hasher.contract.js';

describePasswordHasherContract('the fake', new PasswordHasherFake());
describePasswordHasherContract('argon2', new Argon2PasswordHasherAdapter(testConfig()));
