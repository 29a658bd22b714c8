import { FOREGROUND } from "../colours";

/**
 * Blue is the input, grey the padding, orange the filter, purple the stride, green the output, red what nobody reads. As
 * letters they have a contrast of some 4.3 both to white and to #111, so they need not know which the page is.
 */
export const EXPLORER_COLOURS = {
  n: "#2a7fc9",
  p: "#797979",
  f: "#b86a00",
  d: "#b86a00",
  s: "#b3589a",
  o: "#008a64",
  unread: "#d24a43",
} as const;

const { n, p, f, s, o, unread } = EXPLORER_COLOURS;

/** What colours and lines the picture has, below a class of the svg element. */
export const PICTURE_STYLE = `
.cbx-picture { color: ${FOREGROUND}; font: 13px system-ui, sans-serif; }
.cbx-picture text { fill: currentColor; font-weight: 600; }
.cbx-picture .pixel { fill: ${n}; fill-opacity: .42; }
.cbx-picture .zero { fill: ${p}; fill-opacity: .06; stroke: ${p}; stroke-opacity: .75; stroke-dasharray: 3 2.5; }
.cbx-picture .pixel.unread { fill-opacity: .16; }
.cbx-picture .hatch { stroke: ${unread}; stroke-width: 1.3; fill: none; pointer-events: none; }
.cbx-picture .tap { fill: ${f}; fill-opacity: .92; }
.cbx-picture .frame { fill: ${f}; fill-opacity: .1; stroke: ${f}; stroke-width: 3; }
.cbx-picture .misfit .frame { stroke: ${unread}; stroke-dasharray: 7 4; fill: ${unread}; fill-opacity: .06; }
.cbx-picture .misfit .tap { fill: ${unread}; fill-opacity: .7; }
.cbx-picture .none { fill: ${unread}; }
.cbx-picture .beam { fill: ${f}; fill-opacity: .13; stroke: ${f}; stroke-opacity: .45; pointer-events: none; }
.cbx-picture .value { fill: ${o}; fill-opacity: .38; }
.cbx-picture .chosen { fill: ${o}; stroke: ${f}; stroke-width: 3; pointer-events: none; }
.cbx-picture .stop { fill: ${s}; fill-opacity: .55; }
.cbx-picture .step { stroke: ${s}; stroke-width: 1.5; fill: none; }
.cbx-picture .length { stroke: ${p}; stroke-width: 1.3; fill: none; }
.cbx-picture .length-n { stroke: ${n}; }
.cbx-picture .letter-n { fill: ${n}; }
.cbx-picture .letter-p { fill: ${p}; }
.cbx-picture .letter-s { fill: ${s}; }
`;

/** The controls and sentences around it, in the page. */
export const EXPLORER_STYLE = `${PICTURE_STYLE}
.cbx { max-width: 760px; padding: 4px 2px 8px; box-sizing: border-box; container-type: inline-size;
  color: var(--jp-ui-font-color1, inherit); font: 14px/1.45 system-ui, sans-serif; }
.cbx .cbx-picture { color: inherit; display: block; touch-action: pan-y; }
.cbx-picture:focus { outline: none; }
.cbx-picture:focus-visible { outline: 2px solid ${n}; outline-offset: 2px; border-radius: 4px; }
.cbx-picture .window { cursor: grab; }
.cbx-picture .window rect { touch-action: none; }
.cbx-picture .misfit { cursor: default; }
.cbx-picture.drags, .cbx-picture.drags .window { cursor: grabbing; }
.cbx-picture [data-output] { cursor: pointer; touch-action: none; }
.cbx-picture [data-output]:hover { fill-opacity: .65; }
.cbx .cbx-sliders { display: grid; grid-template-columns: repeat(auto-fit, minmax(116px, 1fr)); gap: 4px 18px; }
.cbx .cbx-sliders label { display: grid; grid-template-columns: auto 1fr auto; column-gap: 6px; align-items: baseline; }
.cbx .cbx-sliders b { font: italic 700 17px Georgia, serif; }
.cbx .cbx-sliders span { font-size: 12px; opacity: .8; white-space: nowrap; }
.cbx .cbx-sliders output { font: 700 16px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.cbx .cbx-sliders input { grid-column: 1 / -1; width: 100%; min-width: 0; height: 24px; margin: 0; cursor: pointer; }
.cbx .cbx-formula { margin: 8px 0 2px; font: 16px/1.5 Georgia, "Times New Roman", serif; min-height: 48px; }
.cbx .cbx-formula div { padding-left: 1.4em; text-indent: -1.4em; }
.cbx .cbx-formula i, .cbx .cbx-formula b { font-style: normal; font-weight: 700; }
.cbx .cbx-formula .letters i { font-style: italic; }
.cbx .cbx-verdict { margin: 2px 0 8px; min-height: 21px; }
.cbx .cbx-verdict.unread::before { content: ""; display: inline-block; width: 14px; height: 14px; margin-right: 7px;
  vertical-align: -2px; border-radius: 2px; border: 1px solid ${unread};
  background: repeating-linear-gradient(135deg, ${unread} 0 1.5px, transparent 1.5px 5px); }
.cbx .cbx-verdict.misfit { border-left: 4px solid ${unread}; padding-left: 10px; }
.cbx .cbx-player { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin-top: 4px; }
.cbx .cbx-player button { font: inherit; min-width: 40px; min-height: 34px; padding: 3px 11px; cursor: pointer;
  color: inherit; background: rgba(128, 128, 128, .12); border: 1px solid rgba(128, 128, 128, .55); border-radius: 6px; }
.cbx .cbx-player button:hover:enabled { background: rgba(128, 128, 128, .25); }
.cbx .cbx-player button:disabled { opacity: .4; cursor: default; }
.cbx .cbx-player .play { min-width: 92px; }
.cbx .cbx-player p { flex: 1 1 260px; margin: 0; font-size: 13px; }
@container (max-width: 440px) {
  .cbx .cbx-sliders { grid-template-columns: 1fr; gap: 0; }
  .cbx .cbx-sliders label { grid-template-columns: 1em 5.2em 1fr 1.6em; align-items: center; min-height: 34px; }
  .cbx .cbx-sliders input { grid-column: 3; grid-row: 1; height: 34px; }
  .cbx .cbx-sliders output { grid-column: 4; grid-row: 1; text-align: right; }
}
`;
