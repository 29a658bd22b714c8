export type { DescribedModel, ModelOptions } from "./DescribedModel";
export { networkFromKeras } from "./keras/networkFromKeras";
export { networkFromOnnx } from "./onnx/networkFromOnnx";
export { readModel } from "./readModel";
