import { DEMO_PEOPLE, DEMO_USERS, demoId, demoThreadId } from './demo-data.js';
import type { DemoStory } from './demo-story.js';

const [{ email: one }] = DEMO_USERS;
const [{ email: amina }, { email: jonas }, { email: mei }] = DEMO_PEOPLE;

/** The next morning, in minutes after an evening's last message. */
const OVERNIGHT = 660;

/** A group of some days with everything that messages can be; the last ones are unread for the first demo user. */
export const HILLS_STORY: DemoStory = {
  id: demoId('c8'),
  hoursBefore: 51,
  createdBy: amina,
  title: 'Weekend in the hills',
  members: [jonas, mei, one],
  steps: [
    { by: amina, says: 'The hut is free from Friday to Sunday. Shall I book it?' },
    { by: jonas, after: 3, says: 'Yes!' },
    { by: mei, says: 'Yes please. I have not seen the sky for weeks.' },
    { by: one, after: 4, says: 'I am in. How do we get there?' },
    { by: jonas, reacts: '🙌', on: 1 },
    { by: mei, reacts: '🙌', on: 1 },
    { by: one, reacts: '🎉', on: 1 },
    {
      by: jonas,
      after: 6,
      says: 'The train at 16:12, then the bus from the station. It goes once an hour, so we must not miss it.',
      replyTo: 4,
    },
    { by: jonas, says: 'The timetable: https://trains.example.com/hills?from=town&day=friday' },
    { by: amina, after: 2, says: 'Booked. Four beds, one stove, no shower.' },
    { by: amina, pins: 7 },
    { by: mei, says: '😅' },
    { by: one, after: 2, says: 'One stove is one more than I can handle.' },
    { by: mei, reacts: '😂', on: 9 },
    { by: amina, reacts: '😂', on: 9 },
    { by: jonas, reacts: '😂', on: 9 },

    { by: mei, after: OVERNIGHT, says: 'Good morning! I have begun a list of what we need:' },
    { by: mei, says: '- rice, miso, tea\n- a pan that fits the stove\n- matches\n- chocolate, lots of it' },
    { by: one, after: 20, says: 'I bring the pan.' },
    { by: jonas, after: 1, says: 'And I the matches, and a second box in case the first one gets wet.' },
    { by: amina, reacts: '👍', on: 12 },
    { by: amina, after: 9, says: 'Cheese?', replyTo: 11 },
    { by: mei, says: 'Cheese.', replyTo: 14 },
    {
      by: mei,
      edits: 11,
      to: '- rice, miso, tea\n- a pan that fits the stove\n- matches\n- cheese\n- chocolate, lots of it',
    },
    { by: one, reacts: '🧀', on: 15 },
    { by: jonas, reacts: '🧀', on: 15 },
    { by: jonas, after: 64, says: 'Which way do we walk on Saturday?' },
    { by: jonas, opensThread: demoThreadId('c9'), at: 16 },
    { by: mei, replies: 'Along the ridge. You see both valleys.', inThreadAt: 16 },
    {
      by: amina,
      after: 5,
      replies: 'The ridge is five hours. The lake is three, and one can swim.',
      inThreadAt: 16,
    },
    { by: one, after: 11, replies: 'The ridge on Saturday, the lake on Sunday?', inThreadAt: 16 },
    { by: jonas, after: 2, replies: 'Settled.', inThreadAt: 16 },
    {
      by: amina,
      after: 240,
      says: 'The weather says sun on Saturday, and something that looks like a comb on Sunday.',
    },
    { by: one, after: 5, says: 'That is rain.' },
    { by: amina, after: 1, says: 'It is a comb. We will look very tidy.' },
    { by: mei, reacts: '😂', on: 19 },
    { by: one, reacts: '😂', on: 19 },

    { by: jonas, after: OVERNIGHT, says: 'I wrote a script that watches for cheaper tickets:' },
    {
      by: jonas,
      says: '```\nwhile sleep 600; do\n  curl -s https://trains.example.com/price | grep -q "19" && say "Buy!"\ndone\n```',
    },
    { by: one, after: 8, says: 'And has it said "Buy!" yet?', replyTo: 21 },
    { by: jonas, after: 2, says: 'At four in the morning. My neighbours know the price, too.' },
    { by: mei, reacts: '😂', on: 23 },
    { by: amina, reacts: '😂', on: 23 },
    { by: one, reacts: '😂', on: 23 },
    { by: amina, after: 30, says: 'Who can lend me a sleeping bag?' },
    { by: one, after: 3, says: 'I have two. One of them is orange.' },
    { by: amina, after: 1, says: 'Orange it is! 🧡' },
    { by: mei, after: 180, says: 'This was for my mother, sorry.' },
    { by: mei, deletes: 27 },
    {
      by: mei,
      after: 4,
      says:
        'I asked at the mountain club about the path. The bridge below the hut is new, the marks are red and white, and ' +
        'above the trees they are on stones, so look down rather than up. If there is fog we should turn round at the ' +
        'chapel: people lose the path there every year, and come out on the wrong side of the mountain.',
    },
    { by: amina, reacts: '👍', on: 28 },
    { by: jonas, reacts: '👍', on: 28 },
    { by: jonas, after: 15, says: 'Turn round at the chapel. Noted.', replyTo: 28 },
    { by: one, after: 40, says: 'Then see you all on the platform tomorrow: 16:00, by the clock.' },
    { by: amina, reacts: '👍', on: 30 },

    { by: mei, after: OVERNIGHT + 300, says: 'I am on the early tram, with far too much rice.' },
    { by: jonas, after: 2, says: 'No such thing.' },
    { by: amina, after: 12, says: 'The bag is packed. The cat is in the bag. One moment.' },
    { by: mei, reacts: '😹', on: 33 },
    { by: jonas, reacts: '😹', on: 33 },
    { by: jonas, after: 3, says: 'Bring the cat!' },
    { by: amina, after: 2, says: 'She has just voted against.' },
    {
      by: mei,
      after: 25,
      says: 'Could you bring the orange sleeping bag down to the door?',
      mentions: [one],
    },
    { by: jonas, after: 4, says: 'And the pan.' },
    { by: amina, after: 8, says: 'The bus driver has written: he waits for us. 🚌' },
  ],
};
