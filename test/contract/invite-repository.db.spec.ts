import { describeInviteRepositoryContract } from './invite-repository.contract.js';
import { fakeChatSubject } from './fake-chat-subject.js';
import { realChatSubject } from './real-chat-subject.js';

describeInviteRepositoryContract('the fake', fakeChatSubject);
describeInviteRepositoryContract('PostgreSQL', realChatSubject);
