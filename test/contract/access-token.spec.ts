import { JwtAccessTokenAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/jwt-access-token.adapter.js';
import { AccessTokenFake } from '../fakes/access-token.fake.js';
import { SessionRevocationsFake } from '../fakes/session-revocations.fake.js';
import { SuccessorUsesFake } from '../fakes/successor-uses.fake.js';
import { testConfig } from '../support/test-config.js';
import { describeAccessTokenContract } from './access-token.contract.js';

describeAccessTokenContract('the fake', (expiresIn) => {
  const tokens = new AccessTokenFake(expiresIn);
  return Object.assign(tokens, { revoke: (sessionId: string) => void tokens.revoked.add(sessionId) });
});
describeAccessTokenContract('the JWT adapter', (expiresIn) => {
  const config = testConfig({ JWT_ACCESS_EXPIRATION: `${expiresIn}s` });
  const revocations = new SessionRevocationsFake();
  const revoke = (sessionId: string) => revocations.announceRevocations([sessionId]);
  const uses = new SuccessorUsesFake();
  return Object.assign(new JwtAccessTokenAdapter(config, revocations, uses), { revoke, used: uses.used });
});
