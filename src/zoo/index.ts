export * from "./resnet";
