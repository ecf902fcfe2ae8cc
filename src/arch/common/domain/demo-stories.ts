import { DEMO_PEOPLE, DEMO_USERS, demoId, demoThreadId } from './demo-data.js';
import type { DemoStory } from './demo-story.js';
import { HILLS_STORY } from './demo-story-hills.js';

const [{ email: one }, { email: two }] = DEMO_USERS;
const [{ email: amina }, { email: jonas }, { email: mei }] = DEMO_PEOPLE;

/**
 * The conversations besides `DEMO_CONVERSATION`, all of them older: what a conversation can be, what its log
 * shows, and how messages change.
 */
export const DEMO_STORIES: readonly DemoStory[] = [
  {
    id: demoId('c2'),
    hoursBefore: 1,
    createdBy: amina,
    directWith: one,
    steps: [
      { by: amina, says: 'Did the server survive the power cut?' },
      { by: one, says: 'It came back on its own, and nothing was lost.' },
    ],
  },
  {
    id: demoId('c3'),
    hoursBefore: 5,
    createdBy: amina,
    title: 'Picnic?',
    members: [jonas, one],
    steps: [
      { by: amina, says: 'Who comes to a picnic on Saturday?' },
      { by: one, says: 'I do, with lemonade. 🍋' },
      { by: amina, makesAdmin: jonas },
      { by: jonas, sets: { title: 'Summer picnic' } },
      { by: jonas, adds: mei },
      { by: jonas, adds: two },
      { by: two, says: 'I am away that weekend. Have fun!' },
      { by: two, leaves: true },
      { by: mei, says: 'I bring rice balls, and a blanket for five.' },
      { by: jonas, says: 'At noon then, by the old oak.' },
    ],
  },
  {
    id: demoId('c4'),
    hoursBefore: 24,
    createdBy: jonas,
    title: 'House news',
    members: [amina, mei, one, two],
    steps: [
      { by: jonas, sets: { posting: 'admins' } },
      { by: jonas, says: 'The lift works again.' },
      { by: jonas, says: 'No water on Tuesday between 9 and 11.' },
    ],
  },
  {
    id: demoId('c5'),
    hoursBefore: 48,
    createdBy: one,
    directWith: one,
    steps: [{ by: one, says: 'Notes to myself: ask Mei for her recipe.' }],
  },
  {
    id: demoId('c6'),
    hoursBefore: 72,
    createdBy: mei,
    title: 'Recipes',
    members: [amina, one],
    steps: [
      { by: mei, says: 'Rice balls: two cups of rice, a sheet of nori, salt.' },
      { by: amina, says: 'Where do you buy nori?', replyTo: 1 },
      { by: mei, edits: 1, to: 'Rice balls: two cups of rice, two sheets of nori, salt.' },
      { by: one, says: 'This one is for another conversation.' },
      { by: one, deletes: 3 },
      { by: mei, pins: 1 },
      { by: one, reacts: '😋', on: 1 },
      { by: amina, reacts: '😋', on: 1 },
      { by: mei, says: 'At the market, on Thursdays. Shall we go together?', mentions: [amina, one] },
      { by: amina, reacts: '👍', on: 4 },
      { by: amina, opensThread: demoThreadId('c7'), at: 4 },
      { by: amina, replies: 'At nine, by the fountain?', inThreadAt: 4 },
      { by: one, replies: 'I come along.', inThreadAt: 4 },
      { by: mei, replies: 'Nine is fine.', inThreadAt: 4 },
    ],
  },
  HILLS_STORY,
  {
    id: demoId('ca'),
    hoursBefore: 30,
    createdBy: mei,
    directWith: one,
    steps: [
      { by: mei, says: 'Did you find the market on Thursday?' },
      { by: one, after: 7, says: 'I did! Two kilos of plums, and no idea what to do with them.' },
      { by: mei, after: 2, says: 'Cake. Always cake.', replyTo: 2 },
      { by: one, reacts: '😂', on: 3 },
      { by: mei, says: 'Butter, sugar, eggs, flour: the same weight of each. Plums on top, 40 minutes.' },
      { by: one, after: 190, says: 'It is in the oven.' },
      { by: one, after: 45, says: 'It is out of the oven, and half of it is gone.' },
      { by: mei, after: 12, reacts: '🎉', on: 6 },
      { by: mei, says: 'Keep me a slice?' },
    ],
  },
];
