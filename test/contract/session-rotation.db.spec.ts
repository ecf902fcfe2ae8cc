import { fakeSessionSubject } from './fake-session-subject.js';
import { realSessionSubject } from './real-session-subject.js';
import { describeSessionRotationContract } from './session-rotation.contract.js';

describeSessionRotationContract('the fake', fakeSessionSubject);
describeSessionRotationContract('PostgreSQL', realSessionSubject);
