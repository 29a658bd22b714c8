import assert from "node:assert/strict";
import { conv2d, flipFilter, type Tensor, tensor } from "convbook";
import { assertClose } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("flipFilter", () => {
  it("flipFilter(filter) leaves the channels where they are", () => {
    const filter = tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]);
    assert.deepEqual([...flipFilter(filter).data], [5, 6, 7, 8, 1, 2, 3, 4]);
  });

  it("flipFilter(flipFilter(filter)) is filter", () => {
    const filter = normal([3, 2, 2, 4], 1);
    assertClose(flipFilter(flipFilter(filter)), filter, { absolute: 0 });
  });

  it("conv2d(x, flipFilter(a)) is commutative and associative, conv2d(x, a) is neither", () => {
    const image = (values: Tensor): Tensor =>
      values.reshape([1, values.shape[0], values.shape[1], 1]);
    const filter = (values: Tensor): Tensor => values.reshape([...values.shape, 1, 1]);
    const correlate = (a: Tensor, b: Tensor): Tensor => {
      const y = conv2d(image(a), filter(b), { padding: "full" });
      return y.reshape([y.shape[1], y.shape[2]]);
    };
    const convolve = (a: Tensor, b: Tensor): Tensor => correlate(a, flipFilter(b));
    const [a, b, c] = [normal([4, 5], 2), normal([3, 3], 3), normal([2, 3], 4)];

    assertClose(convolve(a, b), convolve(b, a));
    assertClose(convolve(convolve(a, b), c), convolve(a, convolve(b, c)));
    assert.throws(() => assertClose(correlate(a, b), correlate(b, a)));
    assert.throws(() => assertClose(correlate(correlate(a, b), c), correlate(a, correlate(b, c))));
  });

  refuses(
    "flipFilter(a vector)",
    () => flipFilter(tensor([1, 2])),
    "flipFilter(): filter must be a tensor of shape [kh, kw, ...], but got a tensor of shape [2].",
  );
  refuses("flipFilter(an array)", () => flipFilter([[1]] as unknown as Tensor), "but got [[1]]");
});
