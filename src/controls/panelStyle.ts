/** How the panel looks, in the colours of JupyterLab's theme. */
export const PANEL_STYLE = `
.convbook-controls {
  display: grid; grid-template-columns: max-content max-content; gap: 6px 12px; align-items: center;
  padding: 8px 0; color: var(--jp-ui-font-color1, inherit); font: 13px var(--jp-ui-font-family, sans-serif);
}
.convbook-controls .value { display: flex; align-items: center; gap: 8px; }
.convbook-controls input[type="range"] { width: 260px; accent-color: var(--jp-brand-color1, #1976d2); }
.convbook-controls output { font-variant-numeric: tabular-nums; min-width: 4ch; }
.convbook-controls select, .convbook-controls button {
  color: inherit; background: var(--jp-layout-color2, #eee); font: inherit; padding: 3px 10px;
  border: 1px solid var(--jp-border-color1, #bbb); border-radius: 3px;
}
.convbook-controls progress { width: 260px; accent-color: var(--jp-brand-color1, #1976d2); }
.convbook-controls canvas, .convbook-controls .hovered {
  width: 196px; image-rendering: pixelated; cursor: crosshair; touch-action: none;
  border: 1px solid var(--jp-border-color1, #bbb);
}
.convbook-controls .hovered { width: 320px; }
.jp-OutputArea-child:has(.convbook-controls) + .jp-OutputArea-child { display: none; }
`;
