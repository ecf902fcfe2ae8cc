import { JwtAccessTokenAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/jwt-access-token.adapter.js';
import { AccessTokenFake } from '../fakes/access-token.fake.js';
import { testConfig } from '../support/test-config.js';
import { describeAccessTokenContract } from './access-token.contract.js';

describeAccessTokenContract('the fake', (expiresIn) => new AccessTokenFake(expiresIn));
describeAccessTokenContract(
  'the JWT adapter',
  (expiresIn) => new JwtAccessTokenAdapter(testConfig({ JWT_ACCESS_EXPIRATION: `${expiresIn}s` })),
);
