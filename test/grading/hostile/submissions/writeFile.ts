// Attempts to leave a file behind.
// Verdict: error
import { saveImage, zeros } from "convbook";
async function scale() {
  await saveImage(zeros([1, 2, 2, 1]) as never, "PROJECT/build/left-behind.png" as never);
  return 0;
}
