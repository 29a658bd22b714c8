/**
 * Shows one line for a step: its title, the seconds going by where the output is a terminal, and how it ended.
 *
 * @param {string} title
 * @param {() => Promise<string | void>} work gives another word than "done", if it has one
 * @param {NodeJS.WriteStream} [out]
 */
export async function showProgress(title, work, out = process.stdout) {
  const started = Date.now();
  const line = (/** @type {string} */ end) => `  ${title.padEnd(34)} ${end}`;
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  out.write(line("..."));
  const clock = out.isTTY ? setInterval(() => out.write(`\r${line(seconds())}`), 1000) : undefined;
  const finish = (/** @type {string} */ end) => {
    clearInterval(clock);
    out.write(out.isTTY ? `\r${line(end)}\n` : ` ${end}\n`);
  };
  try {
    const end = (await work()) ?? "done";
    finish(`${end}, ${seconds()}`);
  } catch (error) {
    finish(`failed after ${seconds()}`);
    throw error;
  }
}
