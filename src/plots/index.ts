export {
  type Figure,
  type HtmlFigure,
  type PlotlyFigure,
  type PlotlyObject,
  type SvgFigure,
} from "./Figure";
export { type Box } from "./boxes";
export { type ColourMap } from "./colours";
export { type FilterGridOptions, filterGrid } from "./filterGrid";
export { type HeatmapOptions, heatmap } from "./heatmap";
export { featureMaps, type ImageGridOptions, imageGrid } from "./imageGrid";
export { show } from "./show";
export { toBundle } from "./bundle";
export { type Bars, bars, type BarsOptions } from "./bars";
export { type Curve, curves, type CurvesOptions } from "./curves";
export { type Point, scatter, type ScatterOptions } from "./scatter";
export { table, type TableCell, type TableOptions, type TableRow } from "./table";
export { type SlidingWindowOptions } from "./slidingWindow/convolutionScene";
export { type PoolingOptions } from "./slidingWindow/poolingScene";
export {
  poolingAnimation,
  slidingWindowAnimation,
  windowPicture,
} from "./slidingWindow/slidingWindowAnimation";
export { windowExplorer, type WindowExplorerOptions } from "./windowExplorer/windowExplorer";
export { landscapeChart, type LandscapeAxes, type LandscapeRow } from "./landscapeChart";
export { accuracyChart, type AccuracyRow } from "./accuracyChart";
export { compareNetworks } from "./compareNetworks";
export { draw, type DrawOptions } from "./drawing/draw";
export { drawSideBySide, type SideBySideOptions } from "./drawing/drawSideBySide";
export { type Milestone, moduleTimeline } from "./drawing/moduleTimeline";
export { summary, type LayerTimes, type SummaryOptions } from "./summary";
export { type Numbers } from "./values";
/** @internal */
export { cellFormat } from "./cellFormat";
/** @internal */
export { GRID_LINE, SERIES_COLOURS } from "./colours";
/** @internal */
export { cellFigure, cellSize } from "./heatmap";
/** @internal */
export { extent, roundNumbers } from "./scale";
/** @internal */
export { drawTitle, element, letters, progressBar, svgFigure, titleWidth, wrap } from "./svg";
/** @internal */
export { matrixOf, percent, requireLength, shortNumber, titled } from "./values";
