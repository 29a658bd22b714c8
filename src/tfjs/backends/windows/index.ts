export { kernelsInLoops } from "./kernelsInLoops";
