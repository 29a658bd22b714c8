export * from "./exercises/convBackward";
export * from "./exercises/gradientCheck";
export * from "./exercises/createMaskFromWindow";
export * from "./exercises/distributeValue";
export * from "./exercises/poolBackward";
