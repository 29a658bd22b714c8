/** What an input norm divides by at least, so that a constant channel does not divide by 0; Keras's value. */
export const leastDeviation = 1e-7;
