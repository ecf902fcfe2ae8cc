import { CHAT, EMIT, type PlantedFault, PUBLISHER } from './planted-fault.ts';

/** Faults of members and the log, which the circle finds. */
export const CIRCLE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'the log omits a message',
    rule: 'log-hole',
    module: `${CHAT}/infrastructure/adapters/timeline.reader.js`,
    replacements: [
      [
        'inRevOrder([...messages, ...events])',
        'inRevOrder([...messages.filter(({ seq }) => seq !== 3), ...events])',
      ],
    ],
  },
  {
    name: 'a member who leaves is not removed',
    rule: 'change-lost',
    module: `${CHAT}/application/commands/remove-member.command.js`,
    replacements: [['return this.ends.decideChanges(found, userId, role, "left");', 'return [];']],
  },
  {
    name: 'a removal is emitted with a wrong rev',
    rule: 'event-wrong',
    module: PUBLISHER,
    replacements: [[EMIT, `{ if (name === 'member_removed') payload.rev += 1; ${EMIT} }`]],
  },
  {
    name: 'changes of roles are never emitted',
    rule: 'event-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (name !== 'member_updated') ${EMIT}`]],
  },
  {
    name: 'conversation_removed is never emitted',
    rule: 'event-missing',
    module: PUBLISHER,
    replacements: [[EMIT, `if (name !== 'conversation_removed') ${EMIT}`]],
  },
  {
    name: 'whoever is removed stays in the room',
    rule: 'outside',
    module: `${CHAT}/infrastructure/live/joined-rooms.js`,
    replacements: [
      [
        'this.emitter.removeFromRoom(CHAT_NAMESPACE, room, userId === null ? room : userRoom(userId), staying);',
        ';',
      ],
    ],
  },
  {
    name: 'every member may rename a conversation',
    rule: 'log-wrong',
    module: `${CHAT}/domain/services/settings.policy.js`,
    replacements: [['requireRight("changeConversation", role, "conversation");', ';']],
  },
  {
    name: 'whoever is banned may join by an invite',
    rule: 'banned',
    module: `${CHAT}/application/commands/join-by-invite.command.js`,
    replacements: [
      ['if (await this.bans.isBanned(conversation.id, userId)) throw new MemberBannedError();', ';'],
    ],
  },
  {
    name: 'a ban does not end the membership',
    rule: 'banned',
    module: `${CHAT}/application/commands/ban-member.command.js`,
    replacements: [
      [
        'return target === null ? [] : this.ends.decideChanges(found, userId, target, "banned");',
        'return [];',
      ],
    ],
  },
  {
    name: 'whoever blocks somebody may write to that person',
    rule: 'blocked',
    module: `${CHAT}/domain/services/reach.policy.js`,
    replacements: [['reach.hasBlocked || reach.isBlocked ||', 'reach.hasBlocked ||']],
  },
  {
    name: 'a block is answered with success, and is not kept',
    rule: 'blocked',
    module: `${CHAT}/application/commands/set-block.command.js`,
    replacements: [['if (!await this.blocks.setBlock(blockerId, blockedId, isBlocked)) return;', 'return;']],
  },
  {
    name: 'a direct conversation that was there is announced again',
    rule: 'direct-doubled',
    module: `${CHAT}/application/commands/open-direct-conversation.command.js`,
    replacements: [['if (isNew) this.publishAddition(', 'this.publishAddition(']],
  },
];
