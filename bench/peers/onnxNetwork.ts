import type { Layer, Network, NetworkWeights, Tensor } from "convbook";
import { bytes, integer, integersAttribute, message, text, valueInfo } from "./onnxModel";

/** A network of the benchmark as the bytes of an ONNX model, for a batch of this size. Its images are NCHW. */
export function networkModel(network: Network, weights: NetworkWeights, batch: number): Uint8Array {
  const nodes: Buffer[] = [];
  const constants: Buffer[] = [];
  for (const layer of network.layers.slice(1))
    if (!layer.auxiliary) addLayer(layer, weights, nodes, constants);
  const graph = [
    ...nodes.map((node) => bytes(1, node)),
    text(2, network.name),
    ...constants.map((constant) => bytes(5, constant)),
    message(11, valueInfo(network.input.path, channelsFirst(batch, network.input.shape))),
    message(12, valueInfo(network.output.path, channelsFirst(batch, network.output.shape))),
  ];
  const opset = [text(1, ""), integer(2, 13)];
  return Buffer.concat([integer(1, 8), message(7, graph), message(8, opset)]);
}

export function channelsFirst(batch: number, shape: readonly number[]): number[] {
  return shape.length === 3 ? [batch, shape[2], shape[0], shape[1]] : [batch, ...shape];
}

function addLayer(
  layer: Layer,
  weights: NetworkWeights,
  nodes: Buffer[],
  constants: Buffer[],
): void {
  const { operation, path } = layer;
  const own = weights[path] ?? {};
  const inputs = layer.inputs.map((input) => input.path);
  const put = (type: string, from: readonly string[], attributes: Buffer[][] = [], to = path) => {
    const parts = [...from.map((name) => text(1, name)), text(2, to), text(4, type)];
    nodes.push(Buffer.concat([...parts, ...attributes.map((attribute) => message(5, attribute))]));
  };
  const constant = (name: string, shape: readonly number[], data: Float32Array): string => {
    constants.push(
      Buffer.concat([
        ...shape.map((n) => integer(1, n)),
        integer(2, 1), // float
        text(8, `${path}.${name}`),
        bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
      ]),
    );
    return `${path}.${name}`;
  };
  const integers = (name: string, values: readonly number[]): string => {
    constants.push(
      Buffer.concat([
        integer(1, values.length),
        integer(2, 7), // int64
        text(8, `${path}.${name}`),
        ...values.map((value) => integer(7, value)),
      ]),
    );
    return `${path}.${name}`;
  };
  const tensor = (name: string, { shape, data }: Tensor): string =>
    constant(name, shape, data as Float32Array);
  const whole = (name: string, value: number): Buffer[] => [
    text(1, name),
    integer(3, value),
    integer(20, 2),
  ];
  const real = (name: string, value: number): Buffer[] => {
    const float = Buffer.alloc(5, 21); // field 2, four bytes
    float.writeFloatLE(value, 1);
    return [text(1, name), float, integer(20, 1)];
  };
  switch (operation.kind) {
    case "conv":
    case "pool": {
      const { height, width } = operation.window;
      const pads = [height.before, width.before, height.after, width.after];
      const slides = [
        integersAttribute("kernel_shape", [height.kernel, width.kernel]),
        integersAttribute("strides", [height.stride, width.stride]),
        integersAttribute("pads", pads),
      ];
      if (operation.kind === "pool") {
        const counts = [whole("count_include_pad", Number(operation.countPadding))];
        return operation.mode === "max"
          ? put("MaxPool", inputs, slides)
          : put("AveragePool", inputs, [...slides, ...counts]);
      }
      const from = [tensor("filter", own.filter!.transpose([3, 2, 0, 1]))];
      if (own.bias) from.push(tensor("bias", own.bias));
      return put("Conv", [...inputs, ...from], [...slides, whole("group", operation.groups)]);
    }
    case "dense":
      return put("Gemm", [
        ...inputs,
        tensor("matrix", own.matrix!),
        ...(own.bias ? [tensor("bias", own.bias)] : []),
      ]);
    case "batchNorm":
      return put(
        "BatchNormalization",
        [
          ...inputs,
          tensor("gamma", own.gamma!),
          tensor("beta", own.beta!),
          tensor("mean", own.movingMean!),
          tensor("variance", own.movingVariance!),
        ],
        [real("epsilon", operation.epsilon)],
      );
    case "activation":
      if (operation.function === "relu") return put("Relu", inputs);
      if (operation.function === "softmax") return put("Softmax", inputs, [whole("axis", 1)]);
      if (operation.function === "relu6") {
        const limits = [0, 6].map((value) => constant(`${value}`, [], Float32Array.of(value)));
        return put("Clip", [...inputs, ...limits]);
      }
      break;
    case "globalPool": {
      if (operation.keepDims) return put("GlobalAveragePool", inputs);
      put("GlobalAveragePool", inputs, [], `${path}.maps`);
      return put("Flatten", [`${path}.maps`]);
    }
    case "localResponseNorm":
      return put("LRN", inputs, [
        whole("size", operation.size),
        real("alpha", operation.alpha * operation.size),
        real("beta", operation.beta),
        real("bias", operation.k),
      ]);
    case "add":
      return put("Add", inputs);
    case "concat":
      return put("Concat", inputs, [whole("axis", 1)]);
    case "slice": {
      const bounds = [integers("from", [operation.from]), integers("to", [operation.to])];
      return put("Slice", [...inputs, ...bounds, integers("axes", [1])]);
    }
    case "channelShuffle": {
      const [height, width, channels] = layer.shape;
      const { groups } = operation;
      const apart = integers("apart", [-1, groups, channels / groups, height, width]);
      put("Reshape", [...inputs, apart], [], `${path}:apart`);
      const order = integersAttribute("perm", [0, 2, 1, 3, 4]);
      put("Transpose", [`${path}:apart`], [order], `${path}:dealt`);
      const together = integers("together", [-1, channels, height, width]);
      return put("Reshape", [`${path}:dealt`, together]);
    }
    case "dropout":
      return put("Identity", inputs);
    case "flatten":
      if (layer.inputs[0].shape.slice(0, 2).every((n) => n === 1)) return put("Flatten", inputs);
      break;
  }
  throw new Error(`bench: ${path}, a ${operation.kind}, has no ONNX operation here`);
}
