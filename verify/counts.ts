/** What happened, summed over all rounds. */
export class Counts {
  rounds = 0;
  sends = 0;
  attempts = 0;
  acknowledged = 0;
  duplicatesAnswered = 0;
  /** Attempts whose answer never came: the connection was dropped, or the server was away. */
  answersLost = 0;
  /** 429 and 503, over HTTP or as an acknowledgement. */
  toldToWait = 0;
  drops = 0;
  reconnects = 0;
  /** Answers that a relay has lost: of a node, of a commit, and of another statement. */
  answersCut = 0;
  commitsCut = 0;
  statementsCut = 0;
  serverKills = 0;
  databaseKills = 0;
  deliveries = 0;
  deliveredTwice = 0;
  caughtUp = 0;
  caughtUpTwice = 0;
  /** Live deliveries that left one out, healed by catching up. */
  gaps = 0;
  strangersRefused = 0;
}
