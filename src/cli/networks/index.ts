export { addCostCommand } from "./cost";
export { addExplainCommand } from "./explain";
export { addCompareCommand, addDrawCommand, addSummaryCommand } from "./views";
