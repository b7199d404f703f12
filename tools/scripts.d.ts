/** What the signs of need weigh, which `kokemus.website.need` writes before `need.js`. */
declare const BIAS: number;
declare const WEIGHTS: string;

/** What stands on a page, its templates say; whether a script finds it there, the tests in a browser. */
interface Document {
  getElementById(id: string): any;
}
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface EventTarget {
  closest(selectors: string): any;
}
interface PerformanceEntry {
  type?: string;
}
