import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
// What comes later is compiled first when a test asks for it; a busy machine must not fail a test.
configure({ asyncUtilTimeout: 15_000 });

// jsdom lacks what the browser has; the screens only need it to exist.
globalThis.matchMedia ??= (() => ({
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})) as unknown as typeof matchMedia;
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
// A switch passes the pointer on.
globalThis.PointerEvent ??= class extends MouseEvent {} as typeof PointerEvent;
Element.prototype.scrollIntoView ??= () => undefined;
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
window.scrollTo = () => undefined;
HTMLCanvasElement.prototype.getContext = () => null;
