import { describeConversationChangeContract } from './conversation-change.contract.js';
import { fakeInterruptibleSubject, realInterruptibleSubject } from './interruptible-subject.js';

describeConversationChangeContract('the fake', fakeInterruptibleSubject);
describeConversationChangeContract('PostgreSQL', realInterruptibleSubject);
