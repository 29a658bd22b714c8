/**
 * How much of its moving averages a batch norm keeps at each step where its description says nothing. PyTorch's value; with Keras's 0.99 the
 * averages are of use only after some hundred steps, which is longer than a lesson trains.
 */
export const batchNormMomentum = 0.9;
