import { randomUUID } from 'node:crypto';
import { ConnectedUsersPort } from '../../src/arch/common/application/ports/connected-users.port.js';
import { ConnectedUsersFake } from '../fakes/connected-users.fake.js';
import { TestServer } from '../support/test-server.js';
import { TestSocket } from '../support/test-socket.js';
import { describeConnectedUsersContract } from './connected-users.contract.js';

describeConnectedUsersContract('the fake', async () => {
  const users = new ConnectedUsersFake();
  return {
    users,
    signUp: async () => randomUUID(),
    connect: async (userId) => {
      users.connect(userId);
      return () => users.disconnect(userId);
    },
    stop: async () => undefined,
  };
});

describeConnectedUsersContract('the sockets of a server', async () => {
  const server = await TestServer.start();
  const tokens = new Map<string, string>();
  return {
    users: server.app.get(ConnectedUsersPort),
    signUp: async () => {
      const { id, token } = await server.signUp();
      tokens.set(id, token);
      return id;
    },
    connect: async (userId) => {
      const socket = await TestSocket.connect(server.url, String(tokens.get(userId)));
      return () => socket.close();
    },
    stop: () => server.stop(),
  };
});
