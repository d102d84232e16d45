import { later } from "@/parts/Later";
import { Skeleton } from "@/parts/Skeleton";

/** The page brings the editors of texts along, which are more code than all the rest. */
export const TaskPage = later(
  async () => (await import("./TaskPage")).TaskPage,
  <Skeleton lines={9} />,
);
