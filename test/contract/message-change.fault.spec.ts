import { fakeInterruptibleSubject, realInterruptibleSubject } from './interruptible-subject.js';
import { describeMessageChangeContract } from './message-change.contract.js';

describeMessageChangeContract('the fake', fakeInterruptibleSubject);
describeMessageChangeContract('PostgreSQL', realInterruptibleSubject);
