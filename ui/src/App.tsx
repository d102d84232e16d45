import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Tooltip } from "@base-ui/react/tooltip";
import { queries } from "./api/client";
import { Toaster } from "./parts/toast";
import { router } from "./routes";

/** The whole program on screen. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Tooltip.Provider delay={450}>
        <RouterProvider router={router} />
        <Toaster />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
