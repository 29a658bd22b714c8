export { addCostCommand } from "./cost";
export { addExplainCommand } from "./explain";
export { addZooCommand } from "./zoo";
export { addCompareCommand, addDrawCommand, addSummaryCommand } from "./views";
