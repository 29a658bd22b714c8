export * from "./exercises/seBlock";
export * from "./exercises/seModule";
export * from "./exercises/seParameters";
export * from "./exercises/seUnit";
