export { type Likely, type Pretrained, pretrained } from "./pretrained";
export { type PretrainedName, pretrainedNames } from "./sources";
