/** The kernel's function that each loop of the learner's calls, so that V8 looks for interrupts: it does nothing. */
export const LOOP_CALL = "__convbookLoop";
