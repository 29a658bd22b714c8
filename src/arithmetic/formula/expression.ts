/**
 * An expression as mathjs writes it: `"(n - f) / s"`. It stands in a file of its own so that what the package
 * declares does not lead editors and kernels through the types of mathjs.
 */
export type Expression = string;
