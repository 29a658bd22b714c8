import { ALEXNET as layers } from "../../shared/alexNet";

/** AlexNet in the notation of this lesson. */
export const ALEXNET = layers.map(({ f, stride, pad }) => ({ f, s: stride, p: pad }));
