/** What somebody at the terminal sees of what JupyterLab prints: where to open it, warnings and errors. */
export interface JupyterOutput {
  /** Lines to be shown, without their ends. */
  show: string[];
  /** Where the course opens, once the server is up. */
  address?: string;
}

/** What Jupyter says at every opening of a notebook, and nobody can do anything about. */
const noise = [
  /unknown msg_type/i,
  /is not trusted/,
  /kernel_info/,
  /Could not determine jupyterlab build status/,
  /Running as root is not recommended/,
  /Build is up-to-date/,
  /Client sent subprotocols|No session ID specified/,
];

/**
 * Reads JupyterLab's log line by line. Information is left out; of the page on how to reach the server, which names
 * one address three times, the first address is taken. Warnings and errors are passed on whole.
 */
export function jupyterOutput(): (line: string) => JupyterOutput {
  let isPassing = true; // lines that follow belong to the entry before
  let isAddress = false;
  let isKnown = false;
  return (line) => {
    const level = /^\[([IDWEC]) /.exec(line)?.[1];
    if (level !== undefined) {
      isAddress = /To access the server/.test(line);
      const isEmpty = /\]\s*$/.test(line); // what it says stands in the lines below
      if (isEmpty) return { show: [] };
      isPassing = level !== "I" && level !== "D" && !noise.some((pattern) => pattern.test(line));
    } else if (/^\s*To access the server/.test(line)) isAddress = true;
    if (!isAddress)
      return { show: isPassing && (level !== undefined || line.trim() !== "") ? [line] : [] };
    const address = /\bhttps?:\/\/\S+/.exec(line)?.[0];
    if (address === undefined || isKnown) return { show: [] };
    isKnown = true;
    return { show: [], address };
  };
}
