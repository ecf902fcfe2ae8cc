import { fakeChatSubject } from './fake-chat-subject.js';
import { describeMarkReadContract } from './mark-read.contract.js';
import { describeOwnMembershipContract } from './own-membership.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeMarkReadContract('the fake', fakeChatSubject);
describeMarkReadContract('PostgreSQL', realChatSubject);
describeOwnMembershipContract('the fake', fakeChatSubject);
describeOwnMembershipContract('PostgreSQL', realChatSubject);
