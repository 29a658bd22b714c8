export { type Layout, type LayoutName, LAYOUTS, type LocatedFile } from "./Layout";
export { layoutNamed, layoutOf, platformOf } from "./layoutOf";
export { doubtsAbout } from "./plain";
