export { submission } from "./submission";
