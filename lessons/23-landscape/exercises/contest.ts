import {
  AnswerError,
  mnist,
  type Network,
  networkToData,
  random,
  sizeOf,
  type TestContext,
  trainFromSeed,
} from "convbook";

/** What every entry is trained by: the seed draws the digits, their order and the weights at the beginning. */
const [DIGITS, EPOCHS, LEARNING_RATE] = [3000, 5, 0.01];
/** The lesson looks at the first half of the test digits, the mark at the second: 5,000 by other writers. */
const [FIRST_JUDGE, LAST_JUDGE] = [5000, 10_000];
/** In milliseconds by the clock, on a busy machine: quiet, it takes some seconds. */
export const LONGEST_TRAINING = 300_000;

/** The tests of an exercise ask for the same training one after the other. */
const trained = new Map<string, Promise<number>>();
const MOST_KEPT = 50;

/**
 * The share of the digits that a network reads right after it has been trained from the seed of the run. Nothing but its
 * description decides: the weights are made here.
 *
 * @throws AnswerError where it cannot be trained
 */
export function accuracyOf(
  network: Network,
  { seed, apart }: Pick<TestContext, "seed" | "apart">,
): Promise<number> {
  const key = `${seed} ${JSON.stringify(networkToData(network))}`;
  const known = trained.get(key);
  if (known) return known;
  const training = train(network, seed, apart);
  if (trained.size >= MOST_KEPT) trained.clear();
  trained.set(key, training);
  training.catch(() => trained.delete(key)); // what failed for another reason is tried anew
  return training;
}

async function train(network: Network, seed: number, apart: TestContext["apart"]): Promise<number> {
  const digits = mnist();
  const own = digits.train.shuffled(random(seed)).take(DIGITS);
  const judges = digits.test.slice(FIRST_JUDGE, LAST_JUDGE);
  let classes: number[];
  try {
    const result = await apart("trainFromSeed", trainFromSeed)(
      network,
      { x: own.images, y: own.labels },
      {
        seed,
        epochs: EPOCHS,
        learningRate: LEARNING_RATE,
        classify: judges.images,
        progress: true,
      },
    );
    ({ classes } = result);
  } catch (error) {
    const { message } = error as Error;
    throw new AnswerError(`contender(): your network could not be trained. ${message}`);
  }
  const { labels } = judges;
  return classes.filter((digit, i) => digit === labels[i]).length / labels.length;
}

/** Weights, shared ones once and fixed ones too; the moving averages of batch norm follow the data and count for nothing. */
export function weightsIn(network: Network): number {
  return network.layers
    .filter(({ sharesWith }) => !sharesWith)
    .flatMap(({ weights }) => weights)
    .filter(({ name }) => !name.startsWith("moving"))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}
