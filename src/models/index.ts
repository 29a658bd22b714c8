export type { DescribedModel, ModelOptions } from "./DescribedModel";
export { networkFromOnnx } from "./onnx/networkFromOnnx";
export { readModel } from "./readModel";
