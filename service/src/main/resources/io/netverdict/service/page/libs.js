// The libraries, by the names that the other modules use. Their scripts run before this one.

const preact = window.preact;
const hooks = window.preactHooks;

export const h = preact.h;
export const render = preact.render;
export const Fragment = preact.Fragment;
export const useState = hooks.useState;
export const useEffect = hooks.useEffect;
export const useLayoutEffect = hooks.useLayoutEffect;
export const useMemo = hooks.useMemo;
export const useRef = hooks.useRef;
export const Plot = window.uPlot;
