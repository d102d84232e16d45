/** How long the pointer rests on something before its tooltip comes. */
const patience = 450;
/** Whoever has just read one tooltip and goes on to the next does not wait again. */
const reading = 400;

/** Tells whose tooltip is to be shown: of what the pointer rests on, or of what the keyboard has come to. */
export function watchTips(show: (element: HTMLElement | null) => void): () => void {
  let at: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = false;
  let hidden = -reading;

  const open = (element: HTMLElement) => {
    if (!element.isConnected) return;
    shown = true;
    show(element);
  };
  const close = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown = false;
    hidden = performance.now();
    show(null);
  };
  const moveTo = (element: HTMLElement | null, wait: number) => {
    close();
    at = element;
    if (element && wait > 0) timer = setTimeout(() => open(element), wait);
    else if (element) open(element);
  };
  const listeners: Partial<Record<string, (event: Event) => void>> = {
    pointerover: (event) => {
      if ((event as PointerEvent).pointerType === "touch") return;
      const element = carrier(event);
      if (element === at) return;
      moveTo(element, performance.now() - hidden < reading || shown ? 0 : patience);
    },
    focusin: (event) => {
      const element = carrier(event);
      if (element?.matches(":focus-visible")) moveTo(element, 0);
    },
    focusout: close,
    // What was pressed needs no explanation.
    pointerdown: close,
    keydown: (event) => {
      if ((event as KeyboardEvent).key === "Escape") close();
    },
    scroll: close,
  };
  for (const [name, listen] of Object.entries(listeners))
    if (listen) document.addEventListener(name, listen, { capture: true, passive: true });
  return () => {
    close();
    for (const [name, listen] of Object.entries(listeners))
      if (listen) document.removeEventListener(name, listen, { capture: true });
  };
}

function carrier({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
}
