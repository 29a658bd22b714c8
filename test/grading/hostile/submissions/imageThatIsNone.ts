// Attempts to read a secret as if it were an image.
// Verdict: error
import { loadImage } from "convbook";
async function scale() {
  for (const path of ["SECRET_FILE", "/etc/passwd", "PROJECT/package.json", "/proc/self/environ"])
    try {
      return await loadImage(path);
    } catch (error) {
      console.log(String(error));
    }
  throw new Error("no image");
}
