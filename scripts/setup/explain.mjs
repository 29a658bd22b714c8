import { root } from "./paths.mjs";

/** What a person does once the trouble is mended. */
export const again = "Then run the same command again: it goes on where it stopped.";

/** What the output of npm, pip or tsc says, and what to do about it. The first that fits counts. */
const known = [
  {
    sign: /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/i,
    meaning: "The disk is full: convbook needs about 1 GB here. Free some space.",
  },
  {
    sign: /EROFS|Read-only file system|EACCES|EPERM|Permission denied/i,
    meaning:
      "Something could not be written for want of permission. Clone the project into a folder of your own, and do not use sudo.",
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|CERT_HAS_EXPIRED|CERTIFICATE_VERIFY_FAILED/,
    meaning:
      "The connection's certificate was refused, as happens behind a company's proxy. Set NODE_EXTRA_CA_CERTS and PIP_CERT to the proxy's certificate.",
  },
  {
    sign: /EINTEGRITY|DO NOT MATCH THE HASHES/,
    meaning:
      "A downloaded package is not the one that was published; most often the download was damaged.",
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|Failed to establish a new connection|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|Temporary failure in name resolution|Network is unreachable/,
    meaning: "No network: the packages could not be downloaded. Connect, or set your proxy.",
  },
];

/**
 * What went wrong, in a sentence with a remedy, from the output of a command or the message of an error.
 *
 * @param {string} output
 * @returns {string | undefined} undefined when nothing known is found
 */
export function explain(output) {
  return elsewhere(output) ?? known.find(({ sign }) => sign.test(output))?.meaning;
}

/**
 * Something outside the project that could not be written: then the project may lie where it does.
 *
 * @param {string} output
 */
function elsewhere(output) {
  const sign =
    /(?:EACCES|EPERM|EROFS|ENOTDIR|Permission denied)[^\n]{0,200}?['"](\/[^'"\n]{1,300})['"]/i;
  const path = sign.exec(output)?.[1];
  if (!path || path === root || path.startsWith(`${root}/`)) return undefined;
  return `${path}, which is outside the project, could not be written. It may belong to another user, as after a command with sudo: give it back to yours (sudo chown -R "$USER" and its folder), or set HOME to a folder of your own.`;
}
