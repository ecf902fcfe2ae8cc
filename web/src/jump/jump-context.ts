import { createContext, useContext } from 'react';

/** Shows a message of the conversation that is shown. */
export type Jump = (seq: number) => void;

const none: Jump = () => undefined;

export const JumpContext = createContext<Jump>(none);

export const useJump = (): Jump => useContext(JumpContext);
