import { fakeChatSubject } from './fake-chat-subject.js';
import { describeProfileAudienceContract } from './profile-audience.contract.js';
import { realChatSubject } from './real-chat-subject.js';

describeProfileAudienceContract('the fakes', fakeChatSubject);
describeProfileAudienceContract('PostgreSQL', realChatSubject);
