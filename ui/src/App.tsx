import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { forgetAhead } from "./api/ahead";
import { queries } from "./api/client";
import { later, useIdle } from "./parts/Later";
import { fetchScreens, router } from "./routes";

const Toasts = later(async () => (await import("./parts/Toasts")).Toasts);
const Tips = later(async () => (await import("./parts/Tips")).Tips);

/** Milliseconds after which the first screen has been drawn and filled. */
const settled = 600;

/** The whole program on screen. */
export function App() {
  const idle = useIdle();
  useEffect(() => {
    const timer = setTimeout(() => {
      forgetAhead();
      fetchScreens();
    }, settled);
    return () => clearTimeout(timer);
  }, []);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      {idle ? <Toasts.Component /> : null}
      {idle ? <Tips.Component /> : null}
    </QueryClientProvider>
  );
}
