// A page of its own for each measurement, with an empty cache, and all that it received counted.
import { watch } from "./in-page.mjs";

export async function openPage(browser) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
  });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const received = { bytes: 0 };
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    received.bytes += encodedDataLength;
  });
  wire.on("Network.requestWillBeSent", ({ redirectResponse }) => {
    received.bytes += redirectResponse?.encodedDataLength ?? 0;
  });
  wire.on("Network.webSocketFrameReceived", ({ response }) => {
    received.bytes += Buffer.byteLength(response.payloadData);
  });
  return { page, wire, received, close: () => context.close() };
}

/** Turns the wheel over the middle of a box: so many pixels, down where positive. */
export async function turnWheel({ page, wire }, box, distance, speed) {
  const { x, y, width, height } = await page.locator(box).boundingBox();
  await wire.send("Input.synthesizeScrollGesture", {
    x: x + width / 2,
    y: y + height / 2,
    yDistance: -distance,
    speed,
    gestureSourceType: "mouse",
    preventFling: true,
  });
}
