import { fakeInterruptibleSubject, realInterruptibleSubject } from './interruptible-subject.js';
import { describeMessageReactionsContract } from './message-reactions.contract.js';

describeMessageReactionsContract('the fake', fakeInterruptibleSubject);
describeMessageReactionsContract('PostgreSQL', realInterruptibleSubject);
