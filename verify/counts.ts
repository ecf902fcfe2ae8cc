/** Counters, summed over all rounds. */
export class Counts {
  rounds = 0;
  sends = 0;
  attempts = 0;
  acknowledged = 0;
  duplicatesAnswered = 0;
  /** Attempts without an answer: the connection was closed, or the server was unavailable. */
  answersLost = 0;
  /** Answers 429 and 503, over HTTP or as an acknowledgement. */
  retryLaterAnswers = 0;
  drops = 0;
  reconnects = 0;
  /** Clients of the library that were closed and made anew. */
  restarts = 0;
  /** Answers that a relay has cut: of a node, of a commit, and of another statement. */
  answersCut = 0;
  commitsCut = 0;
  statementsCut = 0;
  serverKills = 0;
  databaseKills = 0;
  deliveries = 0;
  deliveredTwice = 0;
  caughtUp = 0;
  caughtUpTwice = 0;
  /** Live deliveries whose `seq` was not the next one; the client caught up. */
  gaps = 0;
  strangersRefused = 0;
  /** Requests of the circle and of the wall, by their outcome; one without an answer is in neither. */
  changesDone = 0;
  changesRefused = 0;
}
